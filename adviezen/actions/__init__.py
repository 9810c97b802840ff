"""De handelingen van de adviezen. Alles wordt hier geladen, zodat elke overgang haar uitvoering kent."""

from adviezen.actions import (
    aanbieding,
    aanvraag,
    adviesgegevens,
    agendering,
    beraad,
    brieven,
    correctie,
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
    "aanbieding",
    "aanvraag",
    "adviesgegevens",
    "agendering",
    "beraad",
    "brieven",
    "correctie",
    "einde",
    "opmerkingen",
    "reacties",
    "standpunten",
    "toewijzing",
    "vaststelling",
    "versies",
    "verwerking",
]
