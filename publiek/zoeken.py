"""Zoeken in de openbare adviezen: treffers, tellingen per filter, fragmenten en "bedoelde u".

De SQL wordt uit vaste delen hieronder samengesteld; wat een bezoeker typt gaat altijd als parameter mee.
"""
# ruff: noqa: S608

from dataclasses import dataclass, field
from typing import Any

from django.db import connections
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from publiek.kaart import KAARTEN, Kaart, Keuze
from publiek.models import Advies
from publiek.queries import kort
from publiek.verbinding import ALIAS
from publiek.woorden import LEXEEM, als_lexeem, bedoelde, lexemen_van, toonvraag
from publiek.zoekvraag import FACETTEN, GETALLEN, ONBEKEND, PER_PAGINA, Zoekvraag

# Boven dit aantal treffers wordt alleen binnen de nieuwste zoveel op gewicht geordend: gewicht rekenen kost per advies,
# en wie zo ruim zoekt wil toch het nieuwste zien. Alles wat de raad ooit uitbracht valt daar ruim binnen.
RUIM = 1_000
BEGIN, EIND, RAND = "\x02", "\x03", "\x1f"
KOP = f"StartSel={BEGIN}, StopSel={EIND}, MaxWords=38, MinWords=18, MaxFragments=1"
# Zoals publicatie_leesbaar: een teken dat geen letter is staat los, anders merkt ts_headline “stelsel” niet. De rand
# gaat er weer af, dus op het scherm blijven de tekens staan. In zuivere ASCII is er niets te doen.
ZUIVER = "translate(normalize({0}, NFC), U&'\\00AD\\200B\\200C\\200D\\2060\\FEFF', '')"
LOS = (
    "CASE WHEN octet_length({0}) = length({0}) THEN {0} "
    f"ELSE regexp_replace({ZUIVER}, '([^[:ascii:][:alnum:]])', '{RAND}\\1{RAND}', 'g') END"
)
OP_GEWICHT = """
SELECT id FROM publiek.facetrij WHERE id = ANY(%(ids)s)
ORDER BY ts_rank_cd('{0.1,0.2,0.5,1.0}', zoek_kort, %(vraag)s::tsquery) DESC,
         datum DESC NULLS LAST, jaar DESC NULLS LAST, id DESC LIMIT %(hoeveel)s
"""


@dataclass(frozen=True)
class Treffer:
    """Een advies in de uitslag, met een fragment waarin het gezochte gemerkt is."""

    advies: Advies
    fragment: SafeString
    plaats: str = ""


@dataclass(frozen=True)
class Uitslag:
    """Een bladzijde treffers met het totaal en de tellingen per filter."""

    treffers: list[Treffer]
    totaal: int
    pagina: int
    paginas: int
    tellingen: dict[str, list[tuple[str, int]]]
    bedoelde: str = ""
    te_gewoon: bool = False
    elders: dict[str, int] = field(default_factory=dict)


def zoek(vraag: Zoekvraag, *, elders: bool = False) -> Uitslag:
    """Geef de uitslag van `vraag`. Hoort binnen een leestransactie; doet een vast aantal zoekvragen.

    `elders`: tel bij een zoekwoord ook wat er buiten de adviezen te vinden is (publiek.vindbaar), per soort.
    """
    lexemen = ""
    with connections[ALIAS].cursor() as cursor:
        if vraag.q:
            lexemen = lexemen_van(cursor, vraag.q)
            if not lexemen:
                return Uitslag([], 0, 1, 0, {naam: [] for naam in FACETTEN}, te_gewoon=True)
        kaart = KAARTEN.geef(cursor)
        gevonden = kaart.treffers(cursor, lexemen) if lexemen else None
        keuze = kaart.kies(vraag, gevonden)
        totaal = keuze.aantal
        paginas = -(-totaal // PER_PAGINA)
        pagina = min(vraag.pagina, max(paginas, 1))
        ids = _op_volgorde(cursor, vraag, lexemen, keuze, (pagina - 1) * PER_PAGINA, PER_PAGINA)
        buiten = tel_elders(cursor, lexemen) if lexemen and elders else {}
        fragmenten = _fragmenten(cursor, ids, lexemen) if lexemen and ids else {}
        voorstel = bedoelde(cursor, vraag.q) if vraag.q and not totaal else ""
    treffers = [_treffer(advies, fragmenten.get(advies.pk)) for advies in _adviezen(kaart, ids)]
    tellingen = _gesorteerd(kaart.tel(vraag, gevonden))
    return Uitslag(treffers, totaal, pagina, paginas, tellingen, voorstel, elders=buiten)


def tel_elders(cursor: Any, lexemen: str) -> dict[str, int]:
    """Geef per soort hoeveel er buiten de adviezen te vinden is; een soort zonder treffers ontbreekt."""
    cursor.execute("SELECT soort, count(*) FROM publiek.vindbaar WHERE zoek @@ %s::tsquery GROUP BY soort", [lexemen])
    return dict(cursor.fetchall())


def nummers(vraag: Zoekvraag, hoogste: int, *, binnen: list[int] | None = None) -> list[int]:
    """Geef de id's van alle treffers op volgorde, ten hoogste `hoogste`: voor een uitvoer of een feed.

    `binnen` beperkt tot deze id's.
    """
    with connections[ALIAS].cursor() as cursor:
        lexemen = ""
        if vraag.q:
            lexemen = lexemen_van(cursor, vraag.q)
            if not lexemen:
                return []
        kaart = KAARTEN.geef(cursor)
        keuze = kaart.kies(vraag, kaart.treffers(cursor, lexemen) if lexemen else None)
        if binnen is not None:
            keuze = Keuze(kaart, keuze.bits & kaart.van_ids(binnen))
        return _op_volgorde(cursor, vraag, lexemen, keuze, 0, hoogste)


def _op_volgorde(cursor: Any, vraag: Zoekvraag, lexemen: str, keuze: Keuze, vanaf: int, hoeveel: int) -> list[int]:
    """Geef de id's van deze treffers op de volgorde van de vraag, van `vanaf` af en ten hoogste `hoeveel`.

    Op gewicht staan alleen de nieuwste RUIM; wat daarna komt staat op datum, nieuwste eerst.
    """
    if vraag.volgorde != "relevantie":
        return keuze.ids(vraag.volgorde, vanaf, hoeveel)
    uit: list[int] = []
    if vanaf < RUIM:
        beste = keuze.ids("nieuwste", 0, RUIM)
        if beste:
            cursor.execute(OP_GEWICHT, {"ids": beste, "vraag": lexemen, "hoeveel": vanaf + hoeveel})
            uit = [rij[0] for rij in cursor.fetchall()][vanaf:]
    rest = hoeveel - len(uit)
    return uit + (keuze.ids("nieuwste", max(vanaf, RUIM), rest) if rest and keuze.aantal > RUIM else [])


def _adviezen(kaart: Kaart, ids: list[int]) -> list[Advies]:
    """Geef deze adviezen op volgorde, met de stand van de reactie van de kaart: die staat daar al."""
    rijen = kort().defer("reactie").in_bulk(ids)
    for pk, advies in rijen.items():
        advies.reactie = kaart.reactie(pk)
    return [rijen[pk] for pk in ids if pk in rijen]


def _gesorteerd(tellingen: dict[str, list[tuple[str, int]]]) -> dict[str, list[tuple[str, int]]]:
    """Zet de keuzes op volgorde van het scherm: jaren aflopend, het andere op aantal, "onbekend" altijd achteraan."""
    for naam, rijen in tellingen.items():
        if naam in GETALLEN:
            rijen.sort(key=lambda r: "" if r[0] == ONBEKEND else r[0], reverse=True)
        else:
            rijen.sort(key=lambda r: (r[0] == ONBEKEND, -r[1], r[0]))
    return tellingen


def _fragmenten(cursor: Any, ids: list[int], lexemen: str) -> dict[int, tuple[str, str]]:
    """Geef per advies het best passende fragment en de plaats (`#blok`) ervan."""
    toon = toonvraag(lexemen)
    if not toon:
        return {}
    gelijk = " | ".join(als_lexeem(w.replace("''", "'")) for w in sorted(set(LEXEEM.findall(lexemen))))
    tekst = LOS.format("coalesce(p.tekst, a.metadata ->> 'samenvatting', '')")
    cursor.execute(
        "SELECT a.id, coalesce(p.blok, ''), "
        f"ts_headline('nl_ser', {tekst}, "
        "%(toon)s::tsquery, %(kop)s) "
        "FROM publiek.advies a LEFT JOIN LATERAL ("
        "  SELECT s.blok, s.tekst FROM publiek.passage s WHERE s.advies_id = a.id AND s.zoek @@ %(gelijk)s::tsquery"
        "  ORDER BY ts_rank(s.zoek, %(gelijk)s::tsquery) DESC, s.volgorde LIMIT 1) p ON true "
        "WHERE a.id = ANY(%(ids)s)",
        {"toon": toon, "gelijk": gelijk, "kop": KOP, "ids": ids},
    )
    return {i: (blok, tekst) for i, blok, tekst in cursor.fetchall()}


def gemerkt(ruw: str) -> SafeString:
    """Geef een fragment uit ts_headline als veilige HTML, met het gezochte in <mark>."""
    veilig = escape(ruw.replace(RAND, "")).replace(BEGIN, "<mark>").replace(EIND, "</mark>")
    return mark_safe(veilig)  # noqa: S308 - zojuist ontsnapt


def _treffer(advies: Advies, fragment: tuple[str, str] | None) -> Treffer:
    if fragment and fragment[1]:
        blok, ruw = fragment
        return Treffer(advies, gemerkt(ruw), f"#{blok}" if blok else "")
    samenvatting = str(advies.metadata.get("samenvatting") or "")
    kort = samenvatting if len(samenvatting) <= 260 else samenvatting[:260].rsplit(" ", 1)[0] + " …"
    return Treffer(advies, escape(kort))
