"""De termijn voor de vergaderstukken van de raad: ongeveer tien dagen vooraf (regel 25)."""

from datetime import date

from termijnen.actions import heropen, laat_vervallen, open_termijn, voldoe
from termijnen.queries import laatste
from toegang.models import Gebruiker
from vergaderingen.enums import Orgaan
from vergaderingen.models import Vergadering

SOORT = "vergaderstukken"


def open_stukkentermijn(vergadering: Vergadering, door: Gebruiker) -> None:
    """Begin te bewaken wanneer de stukken van deze raadsvergadering uit moeten."""
    if vergadering.orgaan == Orgaan.RAAD and vergadering.datum:
        open_termijn(soort=SOORT, object=vergadering, basis=vergadering.datum, door=door)


def voldoe_stukkentermijn(vergadering: Vergadering, stukken_op: date, door: Gebruiker) -> None:
    """De stukken zijn uit."""
    termijn = laatste(vergadering, SOORT)
    if termijn and termijn.loopt:
        voldoe(termijn=termijn, door=door, op=stukken_op)


def heropen_stukkentermijn(vergadering: Vergadering, reden: str, door: Gebruiker) -> None:
    """De oproeping is herroepen: de stukken moeten alsnog uit, voor de dag waarop nu vergaderd wordt."""
    termijn = laatste(vergadering, SOORT)
    if termijn is None or termijn.loopt:
        return
    if termijn.basis == vergadering.datum:
        heropen(termijn=termijn, reden=reden, door=door)
    else:
        open_stukkentermijn(vergadering, door)


def sluit_stukkentermijn(vergadering: Vergadering, reden: str, door: Gebruiker) -> bool:
    """De vergadering gaat zo niet door; geef of er nog een termijn liep."""
    termijn = laatste(vergadering, SOORT)
    if termijn is None or not termijn.loopt:
        return False
    laat_vervallen(termijn=termijn, reden=reden, door=door)
    return True
