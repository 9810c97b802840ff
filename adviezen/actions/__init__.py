"""De handelingen van de adviezen. Alles wordt hier geladen, zodat elke overgang haar uitvoering kent."""

from adviezen.actions import aanvraag, beraad, einde, opmerkingen, reacties, toewijzing, versies, verwerking

__all__ = ["aanvraag", "beraad", "einde", "opmerkingen", "reacties", "toewijzing", "versies", "verwerking"]
