"""Wat meer dan één stap van een vergadering wil weten."""

from typing import TYPE_CHECKING

from kern.tekort import Tekort
from kern.tijd import datum_nl, vandaag
from vergaderingen.enums import Orgaan, Status
from vergaderingen.policies import quorum

if TYPE_CHECKING:
    from datetime import date

    from adviezen.models import Adviestraject
    from vergaderingen.models import Vergadering

GEHOUDEN = (Status.GEOPEND, Status.GESLOTEN)


def bijeen(vergadering: "Vergadering", wat: str, link: str = "") -> list[Tekort]:
    """Geef wat er aan ontbreekt dat deze vergadering gehouden is (of nu bezig is).

    `wat` is de vergadering in een zin, bijvoorbeeld "De vergadering van het dagelijks bestuur".
    """
    if vergadering.status in (Status.AFGELAST, Status.NIET_DOORGEGAAN):
        return [Tekort(f"{wat} is niet doorgegaan.", link)]
    if vergadering.datum is None:
        return [Tekort(f"{wat} heeft nog geen datum.", link)]
    if vergadering.datum > vandaag():
        return [Tekort(f"{wat} is pas op {datum_nl(vergadering.datum)}.", link)]
    if vergadering.status not in GEHOUDEN:
        return [Tekort(f"{wat} is nog niet geopend.", link)]
    return []


def met_quorum(vergadering: "Vergadering", wat: str, link: str = "") -> list[Tekort]:
    """Geef een tekort als het quorum niet gehaald is (Wet op de SER, artikel 20 en 29)."""
    stand = quorum(vergadering)
    if stand.gehaald:
        return []
    return [Tekort(f"{wat} had geen quorum: {stand.aanwezig} aanwezig, {stand.nodig} nodig.", link)]


def niet_voor(vergadering: "Vergadering", begin: "date", wat: str, link: str = "") -> list[Tekort]:
    """Geef een tekort als de vergadering voor de dag `begin` was; `wat` is in een zin wat er toen nog niet was."""
    if vergadering.datum is None or vergadering.datum >= begin:
        return []
    return [Tekort(f"Deze vergadering was op {datum_nl(vergadering.datum)}: {wat} pas op {datum_nl(begin)}.", link)]


def van_commissie(
    traject: "Adviestraject", vergadering: "Vergadering | None", wat: str, link: str = ""
) -> list[Tekort]:
    """Geef wat eraan ontbreekt dat `wat` in een gehouden vergadering van de eigen commissie is vastgesteld.

    `wat` begint met een hoofdletter, bijvoorbeeld "De witte versie".
    """
    if vergadering is None:
        return [Tekort(f"{wat} is nog niet in een vergadering van de commissie vastgesteld.", link)]
    if vergadering.orgaan != Orgaan.COMMISSIE or vergadering.commissie_id != traject.commissie_id:
        return [Tekort(f"{wat} is niet vastgesteld in een vergadering van de eigen commissie.", link)]
    return bijeen(vergadering, f"De commissievergadering over {wat[0].lower()}{wat[1:]}", link)
