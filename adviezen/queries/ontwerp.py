"""Wat van een traject openbaar is: het advies, en het ontwerpadvies of dat nog wacht."""

from typing import Any

from django.db.models import F

from adviezen.models import Adviestraject, Versie
from kern.tijd import nu
from publicatie.models import Publicatie
from publicatie.queries import laatste


def sleutel(traject: Adviestraject) -> str:
    """Geef de sleutel van alle publicaties van dit ontwerpadvies."""
    return f"ontwerpadvies:t-{traject.pk}"


def wachtend_ontwerp(traject: Adviestraject) -> Publicatie | None:
    """Geef het ontwerpadvies dat nog openbaar moet worden, of None."""
    rij = laatste(sleutel(traject))
    return rij if rij is not None and rij.vanaf > nu() else None


def advies_is_openbaar(traject: Adviestraject) -> bool:
    """Of het advies openbaar is of was: onder embargo nog niet, ook als het is aangeboden."""
    return _begon(f"advies:t-{traject.pk}")


def tekst_is_ontwerp(versie: Versie) -> bool:
    """Of juist deze tekst als ontwerpadvies openbaar is of was; een concept van daarna is dat niet."""
    return _begon(sleutel(versie.traject), metadata__hash=versie.hash)


def _begon(naam: str, **waar: Any) -> bool:
    return Publicatie.objects.filter(sleutel=naam, vanaf__lte=nu(), **waar).exclude(tot=F("vanaf")).exists()
