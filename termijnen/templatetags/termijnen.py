"""Filters voor sjablonen over termijnen."""

from django import template

from kern.componenten import Klok
from kern.tijd import vandaag
from termijnen.klok import klok
from termijnen.models import Termijn

register = template.Library()


@register.filter
def als_klok(termijn: Termijn) -> Klok:
    """Geef de klok van een termijn op vandaag."""
    return klok(termijn, vandaag())
