"""Zoeken in de openbare adviezen: treffers, tellingen per filter, fragmenten en "bedoelde u".

De vragen aan de database staan hier en in publiek/sql/80_vragen.sql; wat een bezoeker typt gaat altijd als parameter
mee.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from django.db import connections
from django.utils.html import escape
from django.utils.safestring import SafeString

from publiek.fragment import fragmenten, kort
from publiek.kaart import KAARTEN, Kaart, Keuze, Treffers
from publiek.models import Advies
from publiek.models.adviezen import adres_van
from publiek.verbinding import ALIAS, Lezing
from publiek.woorden import bedoelde, gelijk_aan, gevonden_als, gezocht, toonvraag
from publiek.zoekvraag import FACETTEN, GETALLEN, ONBEKEND, PER_PAGINA, Zoekvraag

# Boven dit aantal treffers wordt alleen binnen de nieuwste zoveel op gewicht geordend: gewicht rekenen kost per advies,
# en wie zo ruim zoekt wil toch het nieuwste zien. Alles wat de raad ooit uitbracht valt daar ruim binnen.
RUIM = 1_000
OP_GEWICHT = "publiek.op_gewicht(%s::bigint[], %s::tsquery, %s, %s)"
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

    @classmethod
    def van(cls, advies: Advies) -> "Adviesregel":
        """Geef de regel van een heel advies."""
        return cls(*(getattr(advies, naam) for naam in cls._fields))

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
    """Een bladzijde treffers met het totaal en de tellingen per filter, en de kaart waar zij van komen.

    `voorbeelden`: hoeveel van het totaal verzonnen zijn. `anders`: getypt woord → waarop gevonden is.
    """

    kaart: Kaart
    treffers: list[Treffer]
    totaal: int
    pagina: int
    paginas: int
    tellingen: dict[str, list[tuple[str, int]]]
    bedoelde: str = ""
    te_gewoon: bool = False
    elders: dict[str, int] = field(default_factory=dict)
    voorbeelden: int = 0
    anders: dict[str, str] = field(default_factory=dict)

    @property
    def echt(self) -> int:
        """Hoeveel adviezen het zonder de voorbeelden zijn."""
        return self.totaal - self.voorbeelden


def vooruit_te_vragen(vraag: Zoekvraag) -> tuple[str, list[Any]] | None:
    """Geef de vraag waarmee een leestransactie voor `zoek` het best begint, of None als die er niet is."""
    return gezocht(vraag.q) if vraag.q and not KAARTEN.kent(vraag.q) else None


def zoek(vraag: Zoekvraag, lezing: Lezing | None = None) -> Uitslag:
    """Geef de uitslag van `vraag`. Hoort binnen een leestransactie; doet een vast aantal zoekvragen.

    `lezing` is die leestransactie, begonnen met `vooruit_te_vragen(vraag)`, als er hierna niets meer gelezen wordt: zij
    sluit dan met de laatste zoekvraag.
    """
    with _cursor(lezing) as cursor:
        kaart = KAARTEN.geef(cursor)
        gevonden = kaart.treffers(cursor, vraag.q, lezing.vooruit if lezing else None) if vraag.q else None
        if gevonden and not gevonden.lexemen:
            return Uitslag(kaart, [], 0, 1, 0, {naam: [] for naam in FACETTEN}, te_gewoon=True)
        alle = gevonden.alle if gevonden else None
        keuze = kaart.kies(vraag, alle)
        totaal = keuze.aantal
        paginas = -(-totaal // PER_PAGINA)
        pagina = min(vraag.pagina, max(paginas, 1))
        plek = _plek(vraag, gevonden, keuze, (pagina - 1) * PER_PAGINA, PER_PAGINA)
        treffers = _treffers(cursor, lezing, kaart, plek, gevonden.lexemen if gevonden else "")
        voorstel = bedoelde(cursor, vraag.q) if vraag.q and not totaal else ""
    anders = gevonden_als(vraag.q, ((t.advies.titel, t.fragment) for t in treffers))
    tellingen, elders = _gesorteerd(kaart.tel(vraag, alle)), gevonden.elders if gevonden else {}
    voorbeelden = (keuze.bits & ~kaart.echt).bit_count()
    return Uitslag(
        kaart,
        treffers,
        totaal,
        pagina,
        paginas,
        tellingen,
        voorstel,
        elders=elders,
        voorbeelden=voorbeelden,
        anders=anders,
    )


def _cursor(lezing: Lezing | None) -> AbstractContextManager[Any]:
    return nullcontext(lezing.cursor) if lezing else connections[ALIAS].cursor()


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
        plek = _plek(vraag, gevonden, keuze, vanaf, hoeveel)
        if plek.wegen:
            cursor.execute(f"SELECT {OP_GEWICHT}", plek.wegen)
            return keuze.aantal, [*cursor.fetchone()[0], *plek.ids]
        return keuze.aantal, plek.ids


def nummers(vraag: Zoekvraag, hoogste: int) -> list[int]:
    """Geef de id's van alle treffers op volgorde, ten hoogste `hoogste`: voor een uitvoer of een feed."""
    return deel(vraag, 0, hoogste)[1]


class _Plek(NamedTuple):
    """Welke adviezen er aan de beurt zijn: wat publiek.op_gewicht kiest (met `wegen`), en daarna deze."""

    ids: list[int]
    wegen: list[Any] | None = None


def _plek(vraag: Zoekvraag, gevonden: Treffers | None, keuze: Keuze, vanaf: int, hoeveel: int) -> _Plek:
    """Geef wie er op de volgorde van de vraag staan, van `vanaf` af en ten hoogste `hoeveel`.

    Op gewicht staan alleen de nieuwste RUIM; wat daarna komt staat op datum, nieuwste eerst. Alleen wie het woord in
    titel, samenvatting of trefwoorden heeft, heeft gewicht; de andere volgen op datum, zoals bij gewicht nul. Van die
    hoeft de database er dus niet meer te zien dan tot het eind van deze bladzijde.
    """
    if gevonden is None or vraag.volgorde != "relevantie":
        return _Plek(keuze.ids(vraag.volgorde, vanaf, hoeveel))
    met_gewicht = keuze.bits & gevonden.kort
    if not met_gewicht:
        return _Plek(keuze.ids("nieuwste", vanaf, hoeveel))
    beste = keuze.ids("nieuwste", 0, RUIM)
    weegt = set(Keuze(keuze.kaart, met_gewicht).ids())
    te_wegen = [pk for pk in beste if pk in weegt]
    te_wegen += islice((pk for pk in beste if pk not in weegt), vanaf + hoeveel)
    ervan = min(hoeveel, max(len(beste) - vanaf, 0))
    rest = keuze.ids("nieuwste", max(vanaf, RUIM), hoeveel - ervan) if ervan < hoeveel and keuze.aantal > RUIM else []
    return _Plek(rest, [te_wegen, gevonden.lexemen, vanaf, ervan] if ervan else None)


def _gesorteerd(tellingen: dict[str, list[tuple[str, int]]]) -> dict[str, list[tuple[str, int]]]:
    """Zet de keuzes op volgorde van het scherm: jaren aflopend, het andere op aantal, "onbekend" altijd achteraan."""
    for naam, rijen in tellingen.items():
        if naam in GETALLEN:
            rijen.sort(key=lambda r: "" if r[0] == ONBEKEND else r[0], reverse=True)
        else:
            rijen.sort(key=lambda r: (r[0] == ONBEKEND, -r[1], r[0]))
    return tellingen


def _treffers(cursor: Any, lezing: Lezing | None, kaart: Kaart, plek: _Plek, lexemen: str) -> list[Treffer]:
    """Geef de regels van deze adviezen, met het best passende fragment en de plaats (`#blok`) ervan.

    Een fragment komt uit de tekst die dan al gelezen is; daarvoor hoeft de leestransactie niet open te blijven.
    """
    if not plek.ids and not plek.wegen:
        return []
    opdracht, waarden = REGELS, [plek.ids, gelijk_aan(lexemen) or None]
    if plek.wegen:
        opdracht, waarden = REGELS.replace("%s", f"{OP_GEWICHT} || %s", 1), [*plek.wegen, *waarden]
    if lezing:
        rijen = lezing.laatste(opdracht, waarden)
    else:
        cursor.execute(opdracht, waarden)
        rijen = cursor.fetchall()
    regels, teksten = [], []
    for pk, kenmerk, nummer, jaar, titel, soort, oordeel, voorbeeld, dag, naam, blok, tekst in rijen:
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
