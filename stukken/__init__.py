"""Bestanden, hun keuring, .docx naar HTML, en PDF."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from stukken.models import Bestand


def lever(bestand: "Bestand", naam: str | None = None, als_bijlage: bool = True) -> "HttpResponseBase":
    """Geef een bestand als antwoord; zie `stukken.leveren.lever`. De view ervoor heeft de toegang al nagekeken."""
    from stukken.leveren import lever as _lever

    return _lever(bestand, naam=naam, als_bijlage=als_bijlage)
