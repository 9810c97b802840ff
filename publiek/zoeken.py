"""Zoeken in de openbare adviezen: treffers, tellingen per filter, fragmenten en "bedoelde u".

De SQL wordt uit vaste delen hieronder samengesteld; wat een bezoeker typt gaat altijd als parameter mee.
"""
# ruff: noqa: S608

import re
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from publiek.models import Advies
from publiek.verbinding import ALIAS
from publiek.zoekvraag import PER_PAGINA, Zoekvraag

# Boven dit aantal treffers wordt alleen binnen de nieuwste duizend op gewicht geordend: gemeten scheelt dat op
# honderdduizend adviezen een factor tien, en wie zo ruim zoekt wil toch het nieuwste zien.
RUIM = 3_000
BEGIN, EIND = "\x02", "\x03"
KOP = f"StartSel={BEGIN}, StopSel={EIND}, MaxWords=38, MinWords=18, MaxFragments=1"
SAMENSTELLING = 5  # zoals in de SQL-functie publicatie_vraag
LEXEEM = re.compile(r"'((?:[^']|'')+)'")
# Het omgekeerde van publicatie_gelijk: welke stammen de tekst kan hebben bij een gelijkgetrokken lexeem.
ANDERS = {
    "stad": "sted", "lid": "led", "kind": "kinder", "schip": "schep", "ei": "eier", "grens": "gren",
    "wens": "wen", "kans": "kan", "mens": "men", "balans": "balan", "cris": "crisis", "werk": "werkt",
}  # fmt: skip
VOLGORDE = {
    "nieuwste": "datum DESC NULLS LAST, jaar DESC NULLS LAST, id DESC",
    "oudste": "datum NULLS LAST, jaar NULLS LAST, id",
    "relevantie": "ts_rank_cd('{0.1,0.2,0.5,1.0}', zoek_kort, %(vraag)s::tsquery) DESC, "
    "datum DESC NULLS LAST, jaar DESC NULLS LAST, id DESC",
}
VOORWAARDEN = {
    "jaar": "a.jaar = %(jaar)s",
    "decennium": "a.jaar BETWEEN %(decennium)s AND %(decennium)s + 9",
    "thema": "a.themas @> ARRAY[%(thema)s]::varchar[]",
    "commissie": "a.commissie = %(commissie)s",
    "soort": "a.soort = %(soort)s",
    "oordeel": "a.oordeel = CASE %(oordeel)s WHEN 'onbekend' THEN '' ELSE %(oordeel)s END",
    "reactie": "a.reactie = %(reactie)s",
}
GROEPEN = {
    "jaar": "jaar::text",
    "decennium": "(jaar / 10 * 10)::text",
    "thema": "unnest(themas)",
    "commissie": "nullif(commissie, '')",
    "soort": "soort",
    "oordeel": "coalesce(nullif(oordeel, ''), 'onbekend')",
    "reactie": "reactie",
}


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


def zoek(vraag: Zoekvraag) -> Uitslag:
    """Geef de uitslag van `vraag`. Hoort binnen een leestransactie; doet een vast aantal zoekvragen."""
    lexemen = ""
    with connections[ALIAS].cursor() as cursor:
        if vraag.q:
            # De planner rekent het uitpakken van lange vectoren niet mee en kiest bij gewone woorden een volle lezing;
            # hij schat ook te weinig treffers, en zou de reacties dan per treffer opnieuw uitrekenen.
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_nestloop = off")
            cursor.execute("SELECT publicatie_vraag(%s)::text", [vraag.q])
            lexemen = cursor.fetchone()[0]
            if not lexemen:
                return Uitslag([], 0, 1, 0, {naam: [] for naam in GROEPEN}, te_gewoon=True)
        waarden = _waarden(vraag, lexemen)
        totaal, tellingen = _tel(cursor, vraag, waarden)
        paginas = -(-totaal // PER_PAGINA)
        pagina = min(vraag.pagina, max(paginas, 1))
        ids = _bladzijde(cursor, vraag, waarden, totaal, pagina)
        if vraag.q:
            cursor.execute("SET LOCAL enable_nestloop = on")
        fragmenten = _fragmenten(cursor, ids, lexemen) if lexemen and ids else {}
        bedoelde = _bedoelde(cursor, vraag.q) if vraag.q and not totaal else ""
    rijen = Advies.objects.defer("zoek", "zoek_kort", "html", "bestanden").in_bulk(ids)
    treffers = [_treffer(rijen[i], fragmenten.get(i)) for i in ids if i in rijen]
    return Uitslag(treffers, totaal, pagina, paginas, tellingen, bedoelde)


def _waarden(vraag: Zoekvraag, lexemen: str) -> dict[str, Any]:
    return {naam: getattr(vraag, naam) for naam in VOORWAARDEN} | {"vraag": lexemen}


def _waar(vraag: Zoekvraag, *, behalve: str = "") -> str:
    delen = [VOORWAARDEN[naam] for naam in vraag.gefilterd if naam != behalve]
    return " AND ".join(delen) or "true"


def _bron(vraag: Zoekvraag) -> str:
    """Geef de view: met een zoekwoord die waarop alleen de zoekindex past, anders die met de gewone indexen."""
    return "publiek.zoekbaar" if vraag.q else "publiek.advies"


def _tel(cursor: Any, vraag: Zoekvraag, waarden: dict[str, Any]) -> tuple[int, dict[str, list[tuple[str, int]]]]:
    """Tel de treffers en per filter de keuzes; een filter telt zichzelf niet mee, zodat wisselen kan."""
    bron = f"SELECT id, jaar, commissie, soort, oordeel, reactie, themas FROM {_bron(vraag)}"
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
        rijen.sort(key=(lambda r: r[0]) if naam in {"jaar", "decennium"} else (lambda r: (-r[1], r[0])))
        if naam in {"jaar", "decennium"}:
            rijen.reverse()
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


def toonvraag(lexemen: str) -> str:
    """Geef een tsquery die in gewone tekst alle vormen van deze lexemen vindt, zonder de uitgesloten woorden."""
    woorden = {w.replace("''", "'") for w in LEXEEM.findall(re.sub(r"!\s*(\([^)]*\)|'(?:[^']|'')+')", "", lexemen))}
    vormen: set[str] = set()
    for woord in woorden:
        vormen.add(woord)
        if woord in ANDERS:
            vormen.add(ANDERS[woord])
        if woord.endswith("s"):
            vormen |= {woord[:-1] + "z", woord + "es"}
        if woord.endswith("f"):
            vormen.add(woord[:-1] + "v")
        if woord and woord[-1] in "bcdfghjklmnpqrstvwxz":
            vormen.add(woord + woord[-1])
    return " | ".join(_lexeem(vorm) for vorm in sorted(vormen))


def _lexeem(woord: str) -> str:
    """Geef een woord als lexeem van een tsquery; vanaf vijf letters ook als begin van een samenstelling."""
    return "'" + woord.replace("'", "''") + "'" + (":*" if len(woord) >= SAMENSTELLING else "")


def _fragmenten(cursor: Any, ids: list[int], lexemen: str) -> dict[int, tuple[str, str]]:
    """Geef per advies het best passende fragment en de plaats (`#blok`) ervan."""
    toon = toonvraag(lexemen)
    if not toon:
        return {}
    gelijk = " | ".join(_lexeem(w.replace("''", "'")) for w in sorted(set(LEXEEM.findall(lexemen))))
    cursor.execute(
        "SELECT a.id, coalesce(p.blok, ''), "
        "ts_headline('nl_ser', coalesce(p.tekst, a.metadata ->> 'samenvatting', ''), %(toon)s::tsquery, %(kop)s) "
        "FROM publiek.advies a LEFT JOIN LATERAL ("
        "  SELECT s.blok, s.tekst FROM publiek.passage s WHERE s.advies_id = a.id AND s.zoek @@ %(gelijk)s::tsquery"
        "  ORDER BY ts_rank(s.zoek, %(gelijk)s::tsquery) DESC, s.volgorde LIMIT 1) p ON true "
        "WHERE a.id = ANY(%(ids)s)",
        {"toon": toon, "gelijk": gelijk, "kop": KOP, "ids": ids},
    )
    return {i: (blok, tekst) for i, blok, tekst in cursor.fetchall()}


def _treffer(advies: Advies, fragment: tuple[str, str] | None) -> Treffer:
    if fragment and fragment[1]:
        blok, ruw = fragment
        veilig = escape(ruw).replace(BEGIN, "<mark>").replace(EIND, "</mark>")
        return Treffer(advies, mark_safe(veilig), f"#{blok}" if blok else "")  # noqa: S308 - zojuist ontsnapt
    samenvatting = str(advies.metadata.get("samenvatting") or "")
    kort = samenvatting if len(samenvatting) <= 260 else samenvatting[:260].rsplit(" ", 1)[0] + " …"
    return Treffer(advies, escape(kort))


def _bedoelde(cursor: Any, q: str) -> str:
    """Geef een spelling die wél iets oplevert, of niets. Alleen woorden die nu openbaar zijn."""
    anders: list[str] = []
    for woord in q.split():
        kaal = woord.lower().strip("\"'-+()")
        if len(kaal) < 4:
            anders.append(woord)
            continue
        cursor.execute(
            "SELECT woord FROM publiek.woord WHERE woord %% %s ORDER BY similarity(woord, %s) DESC, woord LIMIT 1",
            [kaal, kaal],
        )
        rij = cursor.fetchone()
        anders.append(rij[0] if rij else woord)
    voorstel = " ".join(anders)
    if voorstel.lower() == q.lower():
        return ""
    cursor.execute("SELECT EXISTS (SELECT FROM publiek.zoekbaar WHERE zoek @@ publicatie_vraag(%s))", [voorstel])
    return voorstel if cursor.fetchone()[0] else ""
