"""De handelingen van de adviezen. Alles wordt hier geladen, zodat elke overgang haar uitvoering kent."""

from adviezen.actions import (
    aanvraag,
    agendering,
    beraad,
    einde,
    opmerkingen,
    reacties,
    standpunten,
    toewijzing,
    vaststelling,
    versies,
    verwerking,
)

__all__ = [
    "aanvraag",
    "agendering",
    "beraad",
    "einde",
    "opmerkingen",
    "reacties",
    "standpunten",
    "toewijzing",
    "vaststelling",
    "versies",
    "verwerking",
]
