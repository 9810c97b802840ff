"""Zoeken in de openbare adviezen: treffers, tellingen per filter, fragmenten en "bedoelde u".

De vragen aan de database staan hier en in publiek/sql/80_vragen.sql; wat een bezoeker typt gaat altijd als parameter
mee.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connections
from django.utils.html import escape
from django.utils.safestring import SafeString

from publiek.fragment import fragmenten, kort
from publiek.kaart import KAARTEN, Kaart, Keuze, Treffers
from publiek.models.adviezen import adres_van
from publiek.verbinding import ALIAS
from publiek.woorden import bedoelde, gelijk_aan, toonvraag
from publiek.zoekvraag import FACETTEN, GETALLEN, ONBEKEND, PER_PAGINA, Zoekvraag

# Boven dit aantal treffers wordt alleen binnen de nieuwste zoveel op gewicht geordend: gewicht rekenen kost per advies,
# en wie zo ruim zoekt wil toch het nieuwste zien. Alles wat de raad ooit uitbracht valt daar ruim binnen.
RUIM = 1_000
OP_GEWICHT = """
SELECT id FROM (
  SELECT id, datum, jaar, ts_rank_cd('{0.1,0.2,0.5,1.0}', zoek_kort, %(vraag)s::tsquery) AS gewicht
  FROM publiek.facetrij WHERE id = ANY(%(ids)s)) f
WHERE gewicht > 0 ORDER BY gewicht DESC, datum DESC NULLS LAST, jaar DESC NULLS LAST, id DESC
"""
REGELS = "SELECT * FROM publiek.zoekregels(%s::bigint[], %s::tsquery)"


class Adviesregel(NamedTuple):
    """Wat er van een advies in een lijst staat."""

    pk: int
    kenmerk: str
    nummer: str
    jaar: int | None
    titel: str
    soort: str
    oordeel: str
    voorbeeld: bool
    datum_tekst: str
    commissienaam: str
    reactie: str

    def get_absolute_url(self) -> str:
        """Het blijvende adres."""
        return adres_van(self.jaar, self.nummer, self.kenmerk)


@dataclass(frozen=True)
class Treffer:
    """Een advies in de uitslag, met een fragment waarin het gezochte gemerkt is."""

    advies: Adviesregel
    fragment: SafeString
    plaats: str = ""


@dataclass(frozen=True)
class Uitslag:
    """Een bladzijde treffers met het totaal en de tellingen per filter, en de kaart waar zij van komen."""

    kaart: Kaart
    treffers: list[Treffer]
    totaal: int
    pagina: int
    paginas: int
    tellingen: dict[str, list[tuple[str, int]]]
    bedoelde: str = ""
    te_gewoon: bool = False
    elders: dict[str, int] = field(default_factory=dict)


def zoek(vraag: Zoekvraag) -> Uitslag:
    """Geef de uitslag van `vraag`. Hoort binnen een leestransactie; doet een vast aantal zoekvragen."""
    with connections[ALIAS].cursor() as cursor:
        kaart = KAARTEN.geef(cursor)
        gevonden = kaart.treffers(cursor, vraag.q) if vraag.q else None
        if gevonden and not gevonden.lexemen:
            return Uitslag(kaart, [], 0, 1, 0, {naam: [] for naam in FACETTEN}, te_gewoon=True)
        alle = gevonden.alle if gevonden else None
        keuze = kaart.kies(vraag, alle)
        totaal = keuze.aantal
        paginas = -(-totaal // PER_PAGINA)
        pagina = min(vraag.pagina, max(paginas, 1))
        ids = _op_volgorde(cursor, vraag, gevonden, keuze, (pagina - 1) * PER_PAGINA, PER_PAGINA)
        treffers = _treffers(cursor, kaart, ids, gevonden.lexemen if gevonden else "")
        voorstel = bedoelde(cursor, vraag.q) if vraag.q and not totaal else ""
    tellingen, elders = _gesorteerd(kaart.tel(vraag, alle)), gevonden.elders if gevonden else {}
    return Uitslag(kaart, treffers, totaal, pagina, paginas, tellingen, voorstel, elders=elders)


def deel(vraag: Zoekvraag, vanaf: int, hoeveel: int, *, binnen: Sequence[int] | None = None) -> tuple[int, list[int]]:
    """Geef het totaal van een zoekvraag, en op volgorde ten hoogste `hoeveel` id's, van `vanaf` af (de eerste is 0).

    `binnen` beperkt tot deze id's.
    """
    with connections[ALIAS].cursor() as cursor:
        kaart = KAARTEN.geef(cursor)
        gevonden = kaart.treffers(cursor, vraag.q) if vraag.q else None
        if gevonden and not gevonden.lexemen:
            return 0, []
        keuze = kaart.kies(vraag, gevonden.alle if gevonden else None)
        if binnen is not None:
            keuze = Keuze(kaart, keuze.bits & kaart.van_ids(binnen))
        return keuze.aantal, _op_volgorde(cursor, vraag, gevonden, keuze, vanaf, hoeveel)


def nummers(vraag: Zoekvraag, hoogste: int) -> list[int]:
    """Geef de id's van alle treffers op volgorde, ten hoogste `hoogste`: voor een uitvoer of een feed."""
    return deel(vraag, 0, hoogste)[1]


def _op_volgorde(
    cursor: Any, vraag: Zoekvraag, gevonden: Treffers | None, keuze: Keuze, vanaf: int, hoeveel: int
) -> list[int]:
    """Geef de id's van deze treffers op de volgorde van de vraag, van `vanaf` af en ten hoogste `hoeveel`.

    Op gewicht staan alleen de nieuwste RUIM; wat daarna komt staat op datum, nieuwste eerst. Alleen wie het woord in
    titel, samenvatting of trefwoorden heeft, heeft gewicht; de andere volgen op datum, zoals bij gewicht nul.
    """
    if gevonden is None or vraag.volgorde != "relevantie":
        return keuze.ids(vraag.volgorde, vanaf, hoeveel)
    met_gewicht = Keuze(keuze.kaart, keuze.bits & gevonden.kort)
    if not met_gewicht.bits:
        return keuze.ids("nieuwste", vanaf, hoeveel)
    beste = keuze.ids("nieuwste", 0, RUIM)
    weegt = set(met_gewicht.ids())
    if te_wegen := [pk for pk in beste if pk in weegt]:
        cursor.execute(OP_GEWICHT, {"ids": te_wegen, "vraag": gevonden.lexemen})
        voorop = dict.fromkeys(pk for (pk,) in cursor.fetchall())
        beste = [*voorop, *(pk for pk in beste if pk not in voorop)]
    uit = beste[vanaf : vanaf + hoeveel]
    rest = hoeveel - len(uit)
    return uit + (keuze.ids("nieuwste", max(vanaf, RUIM), rest) if rest and keuze.aantal > RUIM else [])


def _gesorteerd(tellingen: dict[str, list[tuple[str, int]]]) -> dict[str, list[tuple[str, int]]]:
    """Zet de keuzes op volgorde van het scherm: jaren aflopend, het andere op aantal, "onbekend" altijd achteraan."""
    for naam, rijen in tellingen.items():
        if naam in GETALLEN:
            rijen.sort(key=lambda r: "" if r[0] == ONBEKEND else r[0], reverse=True)
        else:
            rijen.sort(key=lambda r: (r[0] == ONBEKEND, -r[1], r[0]))
    return tellingen


def _treffers(cursor: Any, kaart: Kaart, ids: list[int], lexemen: str) -> list[Treffer]:
    """Geef de regels van deze adviezen, met het best passende fragment en de plaats (`#blok`) ervan."""
    if not ids:
        return []
    cursor.execute(REGELS, [ids, gelijk_aan(lexemen) or None])
    regels, teksten = [], []
    for pk, kenmerk, nummer, jaar, titel, soort, oordeel, voorbeeld, dag, naam, blok, tekst in cursor:
        reactie = kaart.reactie(pk)
        advies = Adviesregel(
            pk, kenmerk, nummer, jaar, titel, soort, oordeel, voorbeeld, dag or "", naam or "", reactie
        )
        regels.append((advies, f"#{blok}" if blok else ""))
        teksten.append(tekst)
    if toonvraag(lexemen):
        stukken = fragmenten(cursor, teksten, lexemen)
    else:
        stukken = [SafeString(escape(kort(tekst))) for tekst in teksten]
    return [Treffer(advies, stuk, plaats) for (advies, plaats), stuk in zip(regels, stukken, strict=True)]
