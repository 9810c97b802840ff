"""Rekenen aan de staven van de cijfers: elke staaf is een regel van 44 hoog, de naam boven de staaf."""

from collections.abc import Sized

from django import template

from kern.svg import getal

register = template.Library()
REGEL = 44
DEEL = 0.78  # rechts blijft ruimte voor het getal


@register.filter
def hoogte(staven: Sized) -> int:
    """Geef de hoogte van de tekening."""
    return len(staven) * REGEL


@register.filter
def regel(nummer: int, y: int) -> int:
    """Geef de hoogte `y` binnen regel `nummer`."""
    return nummer * REGEL + y


@register.filter
def deel(breedte: float) -> str:
    """Geef de breedte van een staaf in procenten van de tekening; een staaf van iets is altijd te zien."""
    return getal(max(breedte * DEEL, 0.5) if breedte else 0)
