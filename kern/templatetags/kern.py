"""Filters die elk sjabloon kent (settings: TEMPLATES.builtins)."""

from datetime import date, datetime

from django import template

from kern import beeld, tijd

register = template.Library()


register.filter(beeld.hoofdletter)


@register.filter
def datum(waarde: date | datetime | None) -> str:
    """Geef "do 16 maart 2023"; leeg bij geen datum."""
    if waarde is None or waarde == "":
        return ""
    return tijd.datum_nl(tijd.dag_van(waarde) if isinstance(waarde, datetime) else waarde)


@register.filter
def datum_precies(waarde: date | None, precisie: str) -> str:
    """Geef een dag zoals zij bekend is: "do 16 maart 2023", "maart 2023 (dag onbekend)", "2023 (dag onbekend)"."""
    return tijd.datum_met_precisie(waarde, precisie)


@register.filter
def moment(waarde: datetime | None) -> str:
    """Geef "do 16 maart 2023, 10.15 uur"; leeg bij geen moment."""
    return "" if waarde is None or waarde == "" else tijd.moment_nl(waarde)


@register.filter
def resterend(waarde: date | None) -> str:
    """Geef "nog 12 dagen" of "sinds 3 dagen verstreken", gerekend vanaf vandaag."""
    return "" if not waarde else tijd.duur_nl((waarde - tijd.vandaag()).days)
