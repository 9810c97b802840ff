"""Het verschil tussen twee teksten, woord voor woord."""

import re
from difflib import SequenceMatcher

from kern.componenten import Deel

# Een getal met punten en komma's is één woord, een samenstelling met een streepje ook.
WOORD = re.compile(r"\s+|\d+(?:[.,:]\d+)*|\w+(?:['’-]\w+)*|[^\w\s]")
# Zoeken kost ongeveer aantal x aantal; daarboven eerst per zin, en als ook dat te veel is de alinea als geheel.
MEESTE = 4_000_000

Snede = tuple[str, int, int, int, int]


def verschil(oud: str, nieuw: str) -> list[Deel]:
    """Geef de delen van `oud` naar `nieuw`: gelijk, eraf, erbij. Aan elkaar geplakt geven ze beide teksten terug.

    Een losse spatie of een los woordje tussen twee grotere wijzigingen hoort bij de wijziging, zodat een vervangen
    zinsdeel één geheel blijft. `eraf` staat altijd voor `erbij`.
    """
    if oud == nieuw:
        return [Deel(oud)] if oud else []
    a, b = WOORD.findall(oud), WOORD.findall(nieuw)
    ruw: list[tuple[str, str, str]] = []
    for soort, a1, a2, b1, b2 in sneden(a, b):
        ruw.append(("gelijk" if soort == "equal" else "anders", "".join(a[a1:a2]), "".join(b[b1:b2])))
    return _bundel(_zonder_gruis(ruw))


def sneden(a: list[str], b: list[str]) -> list[Snede]:
    """Geef de sneden (zoals difflib) tussen twee rijen woorden; wat voor en achter gelijk is kost niets."""
    kort = min(len(a), len(b))
    kop = 0
    while kop < kort and a[kop] == b[kop]:
        kop += 1
    staart = 0
    while staart < kort - kop and a[-1 - staart] == b[-1 - staart]:
        staart += 1
    eind_a, eind_b = len(a) - staart, len(b) - staart
    uit: list[Snede] = [("equal", 0, kop, 0, kop)] if kop else []
    if kop < eind_a or kop < eind_b:
        uit += _midden(a, b, kop, eind_a, eind_b)
    if staart:
        uit.append(("equal", eind_a, len(a), eind_b, len(b)))
    return uit


def _midden(a: list[str], b: list[str], kop: int, eind_a: int, eind_b: int) -> list[Snede]:
    links, rechts = a[kop:eind_a], b[kop:eind_b]
    if not links or not rechts:
        return [("replace", kop, eind_a, kop, eind_b)]
    if len(links) * len(rechts) > MEESTE:
        links_zin, rechts_zin = _zinnen(links), _zinnen(rechts)
        if len(links_zin) * len(rechts_zin) > MEESTE:
            return [("replace", kop, eind_a, kop, eind_b)]
        return _terug_naar_woorden(links_zin, rechts_zin, kop)
    gevonden = SequenceMatcher(None, links, rechts, autojunk=False).get_opcodes()
    return [(s, a1 + kop, a2 + kop, b1 + kop, b2 + kop) for s, a1, a2, b1, b2 in gevonden]


def _zinnen(woorden: list[str]) -> list[tuple[str, int]]:
    """Geef de zinnen met hun aantal woorden."""
    uit: list[tuple[str, int]] = []
    zin: list[str] = []
    for woord in woorden:
        zin.append(woord)
        if woord in {".", ";", "!", "?"}:
            uit.append(("".join(zin), len(zin)))
            zin = []
    if zin:
        uit.append(("".join(zin), len(zin)))
    return uit


def _terug_naar_woorden(links: list[tuple[str, int]], rechts: list[tuple[str, int]], kop: int) -> list[Snede]:
    waar_a, waar_b = [kop], [kop]
    for _, lengte in links:
        waar_a.append(waar_a[-1] + lengte)
    for _, lengte in rechts:
        waar_b.append(waar_b[-1] + lengte)
    gevonden = SequenceMatcher(None, [z for z, _ in links], [z for z, _ in rechts], autojunk=False).get_opcodes()
    return [(s, waar_a[a1], waar_a[a2], waar_b[b1], waar_b[b2]) for s, a1, a2, b1, b2 in gevonden]


def _zonder_gruis(ruw: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Trek een kort gelijk stuk tussen twee wijzigingen bij de wijziging, tot er niets meer te trekken valt.

    Zonder dit leest een herschreven zin als confetti: om en om een woord weg, erbij en gelijk. De maat is die van de
    semantische opruiming in bekende vergelijkers: gelijk vervalt als het aan beide kanten de kortste is.
    """
    stapel: list[tuple[str, str, str]] = []
    for stuk in ruw:
        stapel.append(stuk)
        while len(stapel) >= 3 and _is_gruis(stapel[-3], stapel[-2], stapel[-1]):
            voor, tussen, na = stapel[-3:]
            stapel[-3:] = [("anders", voor[1] + tussen[1] + na[1], voor[2] + tussen[2] + na[2])]
    return stapel


def _is_gruis(voor: tuple[str, str, str], tussen: tuple[str, str, str], na: tuple[str, str, str]) -> bool:
    if voor[0] != "anders" or tussen[0] != "gelijk" or na[0] != "anders":
        return False
    if tussen[1].isspace():
        return True
    lengte = len(tussen[1].strip())
    return lengte <= min(max(len(voor[1]), len(voor[2])), max(len(na[1]), len(na[2])), 24)


def _bundel(ruw: list[tuple[str, str, str]]) -> list[Deel]:
    """Maak van elke wijziging één keer eraf en één keer erbij."""
    delen: list[Deel] = []
    for soort, eraf, erbij in ruw:
        if soort == "gelijk":
            delen.append(Deel(eraf))
        else:
            delen += [Deel(tekst, naam) for tekst, naam in ((eraf, "eraf"), (erbij, "erbij")) if tekst]
    return delen
