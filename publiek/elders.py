"""Zoeken buiten de adviezen: agenda's en verslagen, trajecten en hun stukken, kabinetsreacties, commissies."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connections
from django.utils.safestring import SafeString

from kern.tijd import datum_met_precisie
from publiek.fragment import fragmenten
from publiek.kaart import KAARTEN, Treffers
from publiek.verbinding import ALIAS
from publiek.woorden import gelijk_aan
from publiek.zoekvraag import PER_PAGINA

# Soort in het adres (`in=`) → opschrift. Adviezen hebben hun eigen bladzijde met filters.
SOORTEN = {
    "vergaderingen": "Vergaderingen",
    "trajecten": "Trajecten en stukken",
    "reacties": "Kabinetsreacties",
    "commissies": "Commissies",
}
PER_SOORT = 5  # zoveel treffers per soort als alles onder elkaar staat


VONDSTEN = """
SELECT wat, titel, adres, datum, datum_precisie, voorbeeld, tekst
FROM publiek.vondsten(%s, %s::tsquery, %s::tsquery, %s::text[], %s, %s)
"""


@dataclass(frozen=True)
class Vondst:
    """Een treffer buiten de adviezen."""

    wat: str
    titel: str
    adres: str
    datum: str
    fragment: SafeString
    voorbeeld: bool


@dataclass(frozen=True)
class Vondsten:
    """De treffers van één soort, met hoeveel er in totaal zijn."""

    soort: str
    naam: str
    totaal: int
    treffers: list[Vondst]


def tel_alles(q: str) -> dict[str, int]:
    """Geef per soort het aantal, ook van de adviezen; leeg als er geen zoekwoord overblijft."""
    with connections[ALIAS].cursor() as cursor:
        gevonden = KAARTEN.geef(cursor).treffers(cursor, q)
    return {"adviezen": gevonden.alle.bit_count(), **gevonden.elders} if gevonden.lexemen else {}


def zoek_elders(q: str, aantallen: dict[str, int], soort: str = "", pagina: int = 1) -> list[Vondsten]:
    """Geef per soort de best passende treffers; met `soort` alleen die, per bladzijde."""
    uit: list[Vondsten] = []
    with connections[ALIAS].cursor() as cursor:
        gevonden = KAARTEN.geef(cursor).treffers(cursor, q)
        for naam in [soort] if soort else SOORTEN:
            if gevonden.lexemen and aantallen.get(naam):
                hoeveel = PER_PAGINA if soort else PER_SOORT
                treffers = _treffers(cursor, gevonden, naam, hoeveel, (pagina - 1) * hoeveel)
                uit.append(Vondsten(naam, SOORTEN[naam], aantallen[naam], treffers))
    return uit


def _treffers(cursor: Any, gevonden: Treffers, soort: str, hoeveel: int, vanaf: int) -> list[Vondst]:
    lexemen, los = gevonden.lexemen, gevonden.los.get(soort, [])
    cursor.execute(VONDSTEN, [soort, lexemen, gelijk_aan(lexemen) or lexemen, los, vanaf, hoeveel])
    rijen = cursor.fetchall()
    stukken = fragmenten(cursor, [tekst for *_, tekst in rijen], lexemen)
    return [_vondst(*rij[:-1], fragment=stuk) for rij, stuk in zip(rijen, stukken, strict=True)]


def _vondst(
    wat: str, titel: str, adres: str, datum: date | None, precisie: str, voorbeeld: bool, *, fragment: SafeString
) -> Vondst:
    wanneer = datum_met_precisie(datum, precisie) if datum else ""
    return Vondst(wat, titel, adres, wanneer, fragment, voorbeeld)
