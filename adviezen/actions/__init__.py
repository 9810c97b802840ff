"""De handelingen van de adviezen. Alles wordt hier geladen, zodat elke overgang haar uitvoering kent."""

from adviezen.actions import aanvraag, einde, toewijzing

__all__ = ["aanvraag", "einde", "toewijzing"]
