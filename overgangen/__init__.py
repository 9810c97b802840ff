"""Overgangen: voer_uit is de enige aanroeper van toestandswissels.

De namen worden pas bij gebruik geladen, omdat Django deze map al laadt voordat de modellen klaar zijn.
"""

from typing import Any

__all__ = ["Keuze", "beschikbaar", "diagram", "overgangen_van", "paren", "toestandsveld", "voer_uit"]


def __getattr__(naam: str) -> Any:
    if naam in __all__:
        from overgangen import uitvoering

        return getattr(uitvoering, naam)
    raise AttributeError(naam)
