"""Van wat iemand typt naar lexemen: stammen, samenstellingen, de andere spelling, en aanvullen tijdens het typen.

Alleen woorden die nu openbaar zijn (publiek.woord) doen mee, zodat een voorstel nooit iets verraadt.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

GEZOCHT = "SELECT lexemen, erbij, delen, woorden, bits, woorden_kort, bits_kort, elders FROM publiek.gezocht(%s, %s)"
SAMENSTELLING = 5  # zoals in de SQL-functie publicatie_vraag
LEXEEM = re.compile(r"'((?:[^']|'')+)'")
# Een los gezocht woord; met een teken ervoor (uitgesloten) of een pijl ernaast (woordgroep) is het dat niet.
TERM = re.compile(r"(?P<vast><[^>]*>\s*|!\s*)?(?<!')'(?P<woord>[^' ]{6,40})':\*(?!\s*<)")
# Zo staat een adviesnummer op veel kaften (00/11); de oudste adviezen zijn van 1950.
KORT_NUMMER = re.compile(r"(?P<jaar>\d\d)/(?P<nummer>\d{1,2})")
EERSTE_JAAR = "50"
KORTSTE_DEEL, LANGSTE_UITBREIDING, KORTSTE_BEGIN = 5, 12, 3
DUBBEL_EIND = re.compile(r"[^\W\d_]{2,}([bcdfghjklmnpqrstvwxz])\1")
# Het omgekeerde van publicatie_gelijk: hoe de tekst een gelijkgetrokken lexeem kan spellen. Einde → ander einde.
ANDERS = (
    ("stad", "sted"), ("lid", "led"), ("kind", "kinder"), ("schip", "schep"), ("ei", "eier"), ("cris", "crisis"),
    ("werk", "werkt"), ("ial", "iaal"), ("iel", "ieel"), ("ia", "ium"), ("ea", "eum"), ("ici", "icus"), ("er", "eert"),
    ("ie", "ies"), ("f", "ven"),
)  # fmt: skip


def gezocht(q: str) -> tuple[str, list[Any]]:
    """Geef de vraag aan de database, met waarden, bij wat iemand typte: één rij van publiek.gezocht.

    Een adviesnummer mag ook kort, zoals het gedrukt staat: "00/11" vindt 2000/11.
    """
    return GEZOCHT, [_met_eeuw(q), KORTSTE_DEEL]


def verruimd(lexemen: str, vormen: str | None, delen: str | None) -> str:
    """Geef de lexemen van een zoekvraag met samenstellingen in beide richtingen, als tekst van een tsquery.

    "stelsel" vindt ook "pensioenstelsel" (het woord achterin), en "pensioenstelsel" vindt ook een tekst met
    "pensioen" en "stelsel" los van elkaar. Het begin ("pensioen" vindt "pensioenstelsel") doet publicatie_vraag al.
    Woordgroepen en uitgesloten woorden blijven zoals zij zijn. `vormen` en `delen` zijn JSON van publiek.woordvormen.
    """
    if not vormen and not delen:
        return lexemen
    erbij = {w: [als_lexeem(x) for x in xs[:LANGSTE_UITBREIDING]] for w, xs in json.loads(vormen or "{}").items()}
    for woord, paar in _gesplitst({t["woord"] for t in TERM.finditer(lexemen)}, json.loads(delen or "{}")).items():
        erbij.setdefault(woord, []).append(f"( {' & '.join(als_lexeem(d) for d in paar)} )")

    def ruimer(term: re.Match[str]) -> str:
        extra = erbij.get(term["woord"], [])
        if term["vast"] or not extra:
            return term[0]
        return f"( '{term['woord']}':* | {' | '.join(extra)} )"

    return TERM.sub(ruimer, lexemen)


def _met_eeuw(q: str) -> str:
    """Geef bij een kort adviesnummer ook het hele nummer ("99/7" is ook 1999/07); een andere vraag blijft gelijk."""
    if kort := KORT_NUMMER.fullmatch(q.strip()):
        jaar, nummer = kort["jaar"], int(kort["nummer"])
        return f"{q} or {19 if jaar >= EERSTE_JAAR else 20}{jaar}/{nummer:02}"
    return q


def _gesplitst(woorden: Iterable[str], stam: dict[str, str | None]) -> dict[str, tuple[str, str]]:
    """Geef per samenstelling haar twee delen, als `stam` die allebei heeft: het langste begin wint."""
    uit: dict[str, tuple[str, str]] = {}
    for woord in woorden:
        for n in range(len(woord) - KORTSTE_DEEL, KORTSTE_DEEL - 1, -1):
            eerste, tweede = woord[:n], woord[n:]
            # Een tussen-s of -n hoort bij geen van beide: "arbeidsmarkt", "pensioenstelsel", "kennisdeling".
            voor = next((v for v in (eerste, eerste.removesuffix("s")) if stam.get(v)), "")
            if voor and stam.get(tweede):
                uit[woord] = (str(stam[voor]), str(stam[tweede]))
                break
    return uit


def toonvraag(lexemen: str) -> str:
    """Geef een tsquery die in gewone tekst alle vormen van deze lexemen vindt, zonder de uitgesloten woorden."""
    woorden = {w.replace("''", "'") for w in LEXEEM.findall(re.sub(r"!\s*(\([^)]*\)|'(?:[^']|'')+')", "", lexemen))}
    vormen: set[str] = set()
    for woord in woorden:
        vormen.add(woord)
        vormen |= {woord.removesuffix(eind) + ander for eind, ander in ANDERS if woord.endswith(eind)}
        if woord.endswith("s"):
            vormen |= {woord[:-1] + "z", woord + "es"}
        if woord.endswith("f"):
            vormen.add(woord[:-1] + "v")
        if woord and woord[-1] in "bcdfghjklmnpqrstvwxz":
            vormen |= {woord + woord[-1], woord + "s", woord + "z", woord + "en"}
    return " | ".join(als_lexeem(vorm) for vorm in sorted(vormen))


def gelijk_aan(lexemen: str) -> str:
    """Geef een tsquery die een van deze lexemen vindt; "" zonder lexemen."""
    return " | ".join(als_lexeem(w.replace("''", "'")) for w in sorted(set(LEXEEM.findall(lexemen))))


def begin_van(lexemen: str) -> set[str]:
    """Geef waar een van deze woorden in de tekst mee begint; leeg als er meer tegelijk moeten staan.

    Een stam verschilt vooral achteraan van het woord ("adviesrad", adviesraad). Wie meer woorden zoekt, wil de plek
    waar zij bij elkaar staan, en die is er pas na het lezen van de hele tekst.
    """
    if set("&<!") & set(lexemen):
        return set()
    woorden = [w.replace("''", "'") for w in LEXEEM.findall(lexemen)]
    return {vorm for w in woorden for vorm in spellingen(w[: max(len(w) - 3, KORTSTE_BEGIN)])}


def koppen_van(toon: str) -> set[str]:
    """Geef de eerste letters van elk woord dat met `toon` (zie `toonvraag`) gevonden kan worden."""
    return {k for w in LEXEEM.findall(toon) for k in spellingen(w.replace("''", "'")[:KORTSTE_BEGIN])}


def spellingen(begin: str) -> set[str]:
    """Geef dit begin, en zoals het er staat als de stam een dubbele klinker enkel schrijft ("lon" van loon)."""
    dubbel = {(begin[: n + 1] + begin[n:])[: len(begin)] for n, letter in enumerate(begin) if letter in "aeou"}
    return {begin, *dubbel}


def als_lexeem(woord: str) -> str:
    """Geef een woord als lexeem van een tsquery; vanaf vijf letters ook als begin van een samenstelling."""
    return "'" + woord.replace("'", "''") + "'" + (":*" if len(woord) >= SAMENSTELLING else "")


def bedoelde(cursor: Any, q: str) -> str:
    """Geef een spelling die wél iets oplevert, of niets. Alleen woorden die nu openbaar zijn.

    Wat om een woord staat blijft staan: een minteken sluit uit, aanhalingstekens maken een woordgroep.
    """
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
        anders.append(woord.lower().replace(kaal, rij[0], 1) if rij else woord)
    voorstel = " ".join(anders)
    if voorstel.lower() == q.lower():
        return ""
    cursor.execute("SELECT EXISTS (SELECT FROM publiek.zoekbaar WHERE zoek @@ publicatie_vraag(%s))", [voorstel])
    return voorstel if cursor.fetchone()[0] else ""


def gevonden_als(q: str, treffers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Geef getypt woord → waarop gezocht is, als een dubbele medeklinker aan het eind wegviel: "pensioenn", "pensioen".

    De stam schrijft hem enkel, en geen Nederlands woord eindigt erop. `treffers` zijn de titels en fragmenten op deze
    bladzijde: staat het getypte daar, dan is het een woord. Woordgroepen en uitgesloten woorden blijven erbuiten.
    """
    verdacht = [w for w in dict.fromkeys(q.lower().split()) if DUBBEL_EIND.fullmatch(w)]
    if not verdacht or '"' in q:
        return {}
    alles = " ".join(deel.lower() for treffer in treffers for deel in treffer)
    return {w: w[:-1] for w in verdacht if w not in alles and f"<mark>{w[:-1]}" in alles}


def aanvullingen(cursor: Any, begin: str, aantal: int = 6) -> list[str]:
    """Geef openbare woorden die zo beginnen, kortste eerst; leeg bij minder dan drie letters."""
    laatste = begin.lower().split(" ")[-1].strip("\"'-+()%_\\")
    if len(laatste) < 3 or not laatste.isalpha():
        return []
    cursor.execute(
        "SELECT woord FROM publiek.woord WHERE woord >= %s AND woord < %s ORDER BY length(woord), woord LIMIT %s",
        [laatste, laatste[:-1] + chr(ord(laatste[-1]) + 1), aantal],
    )
    return [rij[0] for rij in cursor.fetchall()]
