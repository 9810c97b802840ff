"""Van wat iemand typt naar lexemen: stammen, samenstellingen, de andere spelling, en aanvullen tijdens het typen.

Alleen woorden die nu openbaar zijn (publiek.woord) doen mee, zodat een voorstel nooit iets verraadt.
"""

import re
from typing import Any

SAMENSTELLING = 5  # zoals in de SQL-functie publicatie_vraag
LEXEEM = re.compile(r"'((?:[^']|'')+)'")
# Een los gezocht woord; met een teken ervoor (uitgesloten) of een pijl ernaast (woordgroep) is het dat niet.
TERM = re.compile(r"(?P<vast><[^>]*>\s*|!\s*)?(?<!')'(?P<woord>[^' ]{6,40})':\*(?!\s*<)")
# Zo staat een adviesnummer op veel kaften (00/11); de oudste adviezen zijn van 1950.
KORT_NUMMER = re.compile(r"(?P<jaar>\d\d)/(?P<nummer>\d{1,2})")
EERSTE_JAAR = "50"
KORTSTE_DEEL, LANGSTE_UITBREIDING = 5, 12
# Het omgekeerde van publicatie_gelijk: hoe de tekst een gelijkgetrokken lexeem kan spellen. Einde → ander einde.
ANDERS = (
    ("stad", "sted"), ("lid", "led"), ("kind", "kinder"), ("schip", "schep"), ("ei", "eier"), ("cris", "crisis"),
    ("werk", "werkt"), ("ial", "iaal"), ("iel", "ieel"), ("ia", "ium"), ("ea", "eum"), ("ici", "icus"), ("er", "eert"),
    ("ie", "ies"), ("f", "ven"),
)  # fmt: skip


def lexemen_van(cursor: Any, q: str) -> str:
    """Geef de zoekvraag als tekst van een tsquery, met samenstellingen in beide richtingen; "" zonder zoekwoord.

    "stelsel" vindt ook "pensioenstelsel" (het woord achterin), en "pensioenstelsel" vindt ook een tekst met
    "pensioen" en "stelsel" los van elkaar. Het begin ("pensioen" vindt "pensioenstelsel") doet publicatie_vraag al.
    Woordgroepen en uitgesloten woorden blijven zoals zij zijn. Een adviesnummer mag ook kort, zoals het gedrukt staat:
    "00/11" vindt 2000/11.
    """
    cursor.execute("SELECT publicatie_vraag(%s)::text", [_met_eeuw(q)])
    lexemen = str(cursor.fetchone()[0])
    woorden = {t["woord"] for t in TERM.finditer(lexemen) if not t["vast"]}
    if not woorden:
        return lexemen
    erbij = _uitbreidingen(cursor, sorted(woorden)[:6])

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


def _uitbreidingen(cursor: Any, woorden: list[str]) -> dict[str, list[str]]:
    """Geef per lexeem de andere vormen als stukken tsquery, uit één blik in de openbare woorden."""
    cursor.execute(
        "SELECT v.w, array_agg(l.lexeme ORDER BY length(l.lexeme), l.lexeme) FROM unnest(%(woorden)s::text[]) v(w), "
        "LATERAL (SELECT DISTINCT x.lexeme FROM (SELECT woord FROM publiek.woord WHERE woord LIKE '%%' || v.w || '%%' "
        "  ORDER BY length(woord), woord LIMIT 60) k, unnest(publicatie_vector(k.woord)) x "
        "  WHERE x.lexeme LIKE repeat('_', %(deel)s) || '%%' || v.w) l GROUP BY v.w",
        {"woorden": woorden, "deel": KORTSTE_DEEL},
    )
    uit = {w: [als_lexeem(x) for x in lexemen[:LANGSTE_UITBREIDING]] for w, lexemen in cursor.fetchall()}
    for woord, delen in _gesplitst(cursor, woorden).items():
        uit.setdefault(woord, []).append(f"( {' & '.join(als_lexeem(d) for d in delen)} )")
    return uit


def _gesplitst(cursor: Any, woorden: list[str]) -> dict[str, tuple[str, str]]:
    """Geef per samenstelling haar twee delen, als beide als woord voorkomen: het langste eerste deel wint."""
    kandidaten = {
        w: [(w[:i], w[i:]) for i in range(len(w) - KORTSTE_DEEL, KORTSTE_DEEL - 1, -1)] for w in woorden if len(w) >= 10
    }
    stukken = sorted({deel for paren in kandidaten.values() for paar in paren for deel in paar})
    if not stukken:
        return {}
    cursor.execute(
        "SELECT s, (SELECT array_agg(l.lexeme) FROM unnest(publicatie_vector(s)) l) FROM unnest(%s::text[]) s "
        "WHERE EXISTS (SELECT FROM publiek.woord WHERE woord = s)",
        [stukken],
    )
    stam = {s: lexemen[0] for s, lexemen in cursor.fetchall() if lexemen}
    uit: dict[str, tuple[str, str]] = {}
    for woord, paren in kandidaten.items():
        for eerste, tweede in paren:
            # Een tussen-s of -n hoort bij geen van beide: "arbeidsmarkt", "pensioenstelsel", "kennisdeling".
            voor = next((v for v in (eerste, eerste.removesuffix("s")) if v in stam), "")
            if voor and tweede in stam:
                uit[woord] = (stam[voor], stam[tweede])
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


def begin_van(lexemen: str) -> str:
    """Geef als reguliere expressie hoe een van deze woorden in de tekst begint; "" als er meer tegelijk moeten staan.

    Een stam verschilt alleen achteraan van het woord ("adviesrad", adviesraad). Wie meer woorden zoekt, wil de plek
    waar zij bij elkaar staan, en die is er pas na het lezen van de hele tekst.
    """
    woorden = [w.replace("''", "'") for w in LEXEEM.findall(lexemen)]
    if not woorden or set("&<!") & set(lexemen):
        return ""
    return rf"\m({'|'.join(re.escape(w[: max(len(w) - 3, 3)]) for w in woorden)})"


def als_lexeem(woord: str) -> str:
    """Geef een woord als lexeem van een tsquery; vanaf vijf letters ook als begin van een samenstelling."""
    return "'" + woord.replace("'", "''") + "'" + (":*" if len(woord) >= SAMENSTELLING else "")


def bedoelde(cursor: Any, q: str) -> str:
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
