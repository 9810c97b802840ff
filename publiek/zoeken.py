"""Zoeken in de openbare adviezen: treffers, tellingen per filter, fragmenten en "bedoelde u".

De SQL wordt uit vaste delen hieronder samengesteld; wat een bezoeker typt gaat altijd als parameter mee.
"""
# ruff: noqa: S608

from dataclasses import dataclass, field
from typing import Any

from django.db import connections
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from publiek.models import Advies
from publiek.queries import kort
from publiek.verbinding import ALIAS
from publiek.woorden import LEXEEM, als_lexeem, bedoelde, lexemen_van, toonvraag
from publiek.zoekvraag import GETALLEN, ONBEKEND, PER_PAGINA, Zoekvraag

# Boven dit aantal treffers wordt alleen binnen de nieuwste duizend op gewicht geordend: gemeten scheelt dat op
# honderdduizend adviezen een factor tien, en wie zo ruim zoekt wil toch het nieuwste zien.
RUIM = 3_000
BEGIN, EIND, RAND = "\x02", "\x03", "\x1f"
KOP = f"StartSel={BEGIN}, StopSel={EIND}, MaxWords=38, MinWords=18, MaxFragments=1"
# Zoals publicatie_leesbaar: een teken dat geen letter is staat los, anders merkt ts_headline “stelsel” niet. De rand
# gaat er weer af, dus op het scherm blijven de tekens staan.
ZUIVER = "translate(normalize({}, NFC), U&'\\00AD\\200B\\200C\\200D\\2060\\FEFF', '')"
LOS = f"regexp_replace({ZUIVER}, '([^[:ascii:][:alnum:]])', '{RAND}\\1{RAND}', 'g')"
VOLGORDE = {
    "nieuwste": "datum DESC NULLS LAST, jaar DESC NULLS LAST, id DESC",
    "oudste": "datum NULLS LAST, jaar NULLS LAST, id",
    "relevantie": "ts_rank_cd('{0.1,0.2,0.5,1.0}', zoek_kort, %(vraag)s::tsquery) DESC, "
    "datum DESC NULLS LAST, jaar DESC NULLS LAST, id DESC",
}
# Binnen een filter "een van deze". "onbekend" is overal een keuze: leeg in het record is nooit "geen".
VOORWAARDEN = {
    "jaar": "coalesce(a.jaar::text, 'onbekend') = ANY(%(jaar)s)",
    "decennium": "coalesce((a.jaar / 10 * 10)::text, 'onbekend') = ANY(%(decennium)s)",
    "thema": "(a.themas && %(thema)s::varchar[] OR 'onbekend' = ANY(%(thema)s) AND a.themas = '{}')",
    "commissie": "coalesce(nullif(a.commissie, ''), 'onbekend') = ANY(%(commissie)s)",
    "vrager": "(a.vragers && %(vrager)s OR 'onbekend' = ANY(%(vrager)s) AND a.vragers = '{}')",
    "soort": "a.soort = ANY(%(soort)s)",
    "oordeel": "coalesce(nullif(a.oordeel, ''), 'onbekend') = ANY(%(oordeel)s)",
    "reactie": "a.reactie = ANY(%(reactie)s)",
}
PERIODE = "a.jaar BETWEEN coalesce(%(van)s, 0) AND coalesce(%(tot)s, 9999)"
GROEPEN = {
    "jaar": "coalesce(jaar::text, 'onbekend')",
    "decennium": "coalesce((jaar / 10 * 10)::text, 'onbekend')",
    "thema": "unnest(CASE WHEN themas = '{}' THEN ARRAY['onbekend'] ELSE themas END)",
    "commissie": "coalesce(nullif(commissie, ''), 'onbekend')",
    "vrager": "unnest(CASE WHEN vragers = '{}' THEN ARRAY['onbekend'] ELSE vragers END)",
    "soort": "soort",
    "oordeel": "coalesce(nullif(oordeel, ''), 'onbekend')",
    "reactie": "reactie",
}
GETELD = "id, jaar, commissie, soort, oordeel, reactie, themas, vragers"


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
            # De planner rekent het uitpakken van lange vectoren niet mee en kiest bij gewone woorden een volle lezing;
            # hij schat ook te weinig treffers, en zou de reacties dan per treffer opnieuw uitrekenen.
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_nestloop = off")
            lexemen = lexemen_van(cursor, vraag.q)
            if not lexemen:
                return Uitslag([], 0, 1, 0, {naam: [] for naam in GROEPEN}, te_gewoon=True)
        waarden = _waarden(vraag, lexemen)
        totaal, tellingen = _tel(cursor, vraag, waarden)
        paginas = -(-totaal // PER_PAGINA)
        pagina = min(vraag.pagina, max(paginas, 1))
        ids = _bladzijde(cursor, vraag, waarden, totaal, pagina)
        buiten: dict[str, int] = {}
        if vraag.q:
            cursor.execute("SET LOCAL enable_nestloop = on")
            buiten = tel_elders(cursor, lexemen) if elders else {}
        fragmenten = _fragmenten(cursor, ids, lexemen) if lexemen and ids else {}
        voorstel = bedoelde(cursor, vraag.q) if vraag.q and not totaal else ""
    rijen = kort().in_bulk(ids)
    treffers = [_treffer(rijen[i], fragmenten.get(i)) for i in ids if i in rijen]
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
            cursor.execute("SET LOCAL enable_seqscan = off")
            lexemen = lexemen_van(cursor, vraag.q)
            if not lexemen:
                return []
        volgorde = VOLGORDE[vraag.volgorde]
        cursor.execute(
            f"SELECT id FROM {_bron(vraag)} a WHERE {'zoek @@ %(vraag)s::tsquery AND ' if vraag.q else ''}"
            f"{_waar(vraag)} AND (%(binnen)s::bigint[] IS NULL OR a.id = ANY(%(binnen)s)) "
            f"ORDER BY {volgorde} LIMIT %(hoeveel)s",
            _waarden(vraag, lexemen) | {"hoeveel": hoogste, "binnen": binnen},
        )
        return [rij[0] for rij in cursor.fetchall()]


def _waarden(vraag: Zoekvraag, lexemen: str) -> dict[str, Any]:
    keuzes = {naam: list(getattr(vraag, naam)) for naam in VOORWAARDEN}
    return {**keuzes, "van": vraag.van, "tot": vraag.tot, "vraag": lexemen}


def _waar(vraag: Zoekvraag, *, behalve: str = "") -> str:
    delen = [VOORWAARDEN[naam] for naam in vraag.gefilterd if naam != behalve]
    if vraag.begrensd:
        delen.append(PERIODE)
    return " AND ".join(delen) or "true"


def _bron(vraag: Zoekvraag) -> str:
    """Geef de view: met een zoekwoord die waarop alleen de zoekindex past, anders die met de gewone indexen."""
    return "publiek.zoekbaar" if vraag.q else "publiek.advies"


def _tel(cursor: Any, vraag: Zoekvraag, waarden: dict[str, Any]) -> tuple[int, dict[str, list[tuple[str, int]]]]:
    """Tel de treffers en per filter de keuzes; een filter telt zichzelf niet mee, zodat wisselen kan."""
    bron = f"SELECT {GETELD} FROM {_bron(vraag)}"
    if vraag.q:
        bron += " WHERE zoek @@ %(vraag)s::tsquery"
    delen = [f"SELECT '' AS naam, '' AS waarde, count(*) AS aantal FROM t a WHERE {_waar(vraag)}"]
    for naam, groep in GROEPEN.items():
        delen.append(
            f"SELECT '{naam}', w, count(*) FROM (SELECT {groep} AS w FROM t a "
            f"WHERE {_waar(vraag, behalve=naam)}) x WHERE w IS NOT NULL GROUP BY w"
        )
    cursor.execute(f"WITH t AS MATERIALIZED ({bron}) {' UNION ALL '.join(delen)}", waarden)
    totaal = 0
    tellingen: dict[str, list[tuple[str, int]]] = {naam: [] for naam in GROEPEN}
    for naam, waarde, aantal in cursor.fetchall():
        if naam:
            tellingen[naam].append((waarde, aantal))
        else:
            totaal = aantal
    for naam, rijen in tellingen.items():
        if naam in GETALLEN:
            rijen.sort(key=lambda r: "" if r[0] == ONBEKEND else r[0], reverse=True)
        else:
            rijen.sort(key=lambda r: (r[0] == ONBEKEND, -r[1], r[0]))
    return totaal, tellingen


def _bladzijde(cursor: Any, vraag: Zoekvraag, waarden: dict[str, Any], totaal: int, pagina: int) -> list[int]:
    if not totaal:
        return []
    zoekdeel = "zoek @@ %(vraag)s::tsquery AND " if vraag.q else ""
    volgorde = vraag.volgorde
    bron = _bron(vraag)
    if volgorde == "relevantie" and totaal > RUIM:
        bron = f"(SELECT * FROM {bron} a WHERE {zoekdeel}{_waar(vraag)} ORDER BY {VOLGORDE['nieuwste']} LIMIT 1000)"
        if pagina * PER_PAGINA > 1000:
            bron, volgorde = _bron(vraag), "nieuwste"
    cursor.execute(
        f"SELECT id FROM {bron} a WHERE {zoekdeel}{_waar(vraag)} ORDER BY {VOLGORDE[volgorde]} "
        "LIMIT %(hoeveel)s OFFSET %(vanaf)s",
        waarden | {"hoeveel": PER_PAGINA, "vanaf": (pagina - 1) * PER_PAGINA},
    )
    return [rij[0] for rij in cursor.fetchall()]


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
