"""Het ontwerpadvies: onder welke sleutel het openbaar wordt, en of het nog wacht."""

from adviezen.models import Adviestraject
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
