"""Tags voor schermen over trajecten."""

from collections.abc import Iterable
from typing import Any

from django import template

from adviezen.models import Adviestraject
from adviezen.queries.bladzijde import met_beurt

register = template.Library()


@register.inclusion_tag("adviezen/_tabel.html")
def trajecttabel(trajecten: Iterable[Adviestraject]) -> dict[str, Any]:
    """De tabel van trajecten: titel, stap, aan zet, tot wanneer; een vast aantal zoekvragen."""
    return {"rijen": met_beurt(list(trajecten))}
