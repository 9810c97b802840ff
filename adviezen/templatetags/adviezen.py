"""Tags voor schermen over trajecten."""

from collections.abc import Iterable
from typing import Any

from django import template

from adviezen.models import Adviestraject, Versie
from adviezen.queries.bladzijde import met_beurt
from adviezen.queries.vergelijken import zichtbare_versies

register = template.Library()


@register.inclusion_tag("adviezen/_tabel.html")
def trajecttabel(trajecten: Iterable[Adviestraject]) -> dict[str, Any]:
    """De tabel van trajecten: titel, stap, aan zet, tot wanneer; een vast aantal zoekvragen."""
    return {"rijen": met_beurt(list(trajecten))}


@register.inclusion_tag("adviezen/versies/_meer.html", takes_context=True)
def meer_van_versie(context: dict[str, Any], versie: Versie) -> dict[str, Any]:
    """Waarmee een lezer deze versie kan vergelijken (wat hij mag zien, de jongste eerst), en hoe hij haar meeneemt."""
    gebruiker = context["request"].user
    eerdere = [v for v in zichtbare_versies(versie.traject, gebruiker) if v.pk < versie.pk and v.hash != versie.hash]
    return {"versie": versie, "eerdere": eerdere[::-1]}
