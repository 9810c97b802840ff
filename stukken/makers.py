"""Wie een soort PDF maakt. Gewoon is dat de opmaak van één tekst; een hogere app meldt een eigen maker aan.

Een maker krijgt de bewaarde invoer en de voortgang (0-99), geeft bytes, en werpt pdf.PdfFout met een tekst voor de
gebruiker. Hij draait in de werker en mag door een tweede poging worden overgedaan.
"""

from collections.abc import Callable
from typing import Any

from stukken import pdf

Voortgang = Callable[[int], None]
Maker = Callable[[dict[str, Any], Voortgang], bytes]

_makers: dict[str, Maker] = {}


def registreer(soort: str, maker: Maker) -> None:
    """Meld aan wie PDF's van deze soort maakt (in `ready()` van een app)."""
    _makers[soort] = maker


def maak(soort: str, invoer: dict[str, Any], voortgang: Voortgang) -> bytes:
    """Geef de bytes van een PDF. Werpt PdfFout."""
    maker = _makers.get(soort)
    return pdf.uit_invoer(invoer, voortgang=voortgang) if maker is None else maker(invoer, voortgang)
