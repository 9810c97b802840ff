"""Zoeken buiten de adviezen: agenda's en verslagen, trajecten en hun stukken, kabinetsreacties, commissies."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connections
from django.utils.safestring import SafeString

from kern.tijd import datum_met_precisie
from publiek.fragment import fragmenten
from publiek.kaart import KAARTEN
from publiek.verbinding import ALIAS
from publiek.woorden import gelijk_aan
from publiek.zoekvraag import PER_PAGINA

# Soort in het adres (`in=`) → opschrift. Adviezen hebben hun eigen bladzijde met filters.
SOORTEN = {
    "vergaderingen": "Vergaderingen",
    "trajecten": "Trajecten",
    "reacties": "Kabinetsreacties",
    "commissies": "Commissies",
}
PER_SOORT = 5  # zoveel treffers per soort als alles onder elkaar staat


# Eerst de bladzijde kiezen, dan pas fragmenten snijden; bij een stuk met passages wijst het adres naar de passage.
TREFFERS = """
WITH v AS MATERIALIZED (
  SELECT *, ts_rank_cd(zoek, %(vraag)s::tsquery) AS gewicht FROM publiek.vindbaar
  WHERE soort = %(soort)s AND zoek @@ %(vraag)s::tsquery
  ORDER BY gewicht DESC, datum DESC NULLS LAST, sleutel LIMIT %(hoeveel)s OFFSET %(vanaf)s)
SELECT v.wat, v.titel, v.adres || CASE WHEN p.blok IS NULL OR v.adres LIKE '%%#%%' THEN '' ELSE '#' || p.blok END,
       v.datum, v.datum_precisie,
       v.voorbeeld, coalesce(p.tekst, v.tekst)
FROM v LEFT JOIN LATERAL (
  SELECT s.blok, s.tekst FROM publiek.passage s
  WHERE s.advies_id = v.publicatie_id AND s.zoek @@ %(gelijk)s::tsquery
  ORDER BY ts_rank(s.zoek, %(gelijk)s::tsquery) DESC, s.volgorde LIMIT 1) p ON true
ORDER BY v.gewicht DESC, v.datum DESC NULLS LAST, v.sleutel
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
        lexemen = KAARTEN.geef(cursor).treffers(cursor, q).lexemen
        for naam in [soort] if soort else SOORTEN:
            if lexemen and aantallen.get(naam):
                hoeveel = PER_PAGINA if soort else PER_SOORT
                treffers = _treffers(cursor, lexemen, naam, hoeveel, (pagina - 1) * hoeveel)
                uit.append(Vondsten(naam, SOORTEN[naam], aantallen[naam], treffers))
    return uit


def _treffers(cursor: Any, lexemen: str, soort: str, hoeveel: int, vanaf: int) -> list[Vondst]:
    waarden = {"soort": soort, "vraag": lexemen, "gelijk": gelijk_aan(lexemen) or lexemen}
    cursor.execute(TREFFERS, waarden | {"hoeveel": hoeveel, "vanaf": vanaf})
    rijen = cursor.fetchall()
    stukken = fragmenten(cursor, [tekst for *_, tekst in rijen], lexemen)
    return [_vondst(*rij[:-1], fragment=stuk) for rij, stuk in zip(rijen, stukken, strict=True)]


def _vondst(
    wat: str, titel: str, adres: str, datum: date | None, precisie: str, voorbeeld: bool, *, fragment: SafeString
) -> Vondst:
    wanneer = datum_met_precisie(datum, precisie) if datum else ""
    return Vondst(wat, titel, adres, wanneer, fragment, voorbeeld)
