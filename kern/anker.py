"""Woorden in een tekst aanwijzen en ze in een latere tekst terugvinden.

Het anker is dat van de W3C-aanbeveling Web Annotation: het citaat met een stukje ervoor en erna (TextQuoteSelector) en
de plaats in tekens (TextPositionSelector), beide binnen één blok (`kern.blokken.Blok.tekst`). De plaats is een hint,
de woorden beslissen. Zuivere functies.
"""

from dataclasses import dataclass

# Zoveel tekens ervoor en erna zijn genoeg om twee gelijke zinsdelen uit elkaar te houden.
RAND = 48


@dataclass(frozen=True)
class Citaat:
    """Aangehaalde woorden in een blok: `exact`, wat ervoor (`voor`) en erna (`na`) stond, `begin` en `einde` in tekens.

    `begin` telt vanaf 0, `einde` is het teken na het laatste.
    """

    exact: str
    voor: str = ""
    na: str = ""
    begin: int = 0
    einde: int = 0


def maak(tekst: str, begin: int, einde: int) -> Citaat:
    """Geef het anker van een stuk van `tekst`, zonder wit aan de randen. Werpt ValueError als er niets overblijft."""
    begin, einde = max(0, begin), min(einde, len(tekst))
    stuk = tekst[begin:einde]
    begin += len(stuk) - len(stuk.lstrip())
    einde -= len(stuk) - len(stuk.rstrip())
    if begin >= einde:
        raise ValueError("niets aangehaald")
    return Citaat(tekst[begin:einde], tekst[max(0, begin - RAND) : begin], tekst[einde : einde + RAND], begin, einde)


def vind(tekst: str, citaat: Citaat) -> tuple[int, int] | None:
    """Geef begin en einde van de aangehaalde woorden in `tekst`, of None als zij er niet meer zo staan.

    Staan de woorden er vaker, dan wint de plek waarvan de omgeving het meest lijkt op die van toen, en daarna de plek
    het dichtst bij de oude.
    """
    tekst, exact = _vlak(tekst), _vlak(citaat.exact)
    if not exact:
        return None
    beste: tuple[int, int, int] | None = None
    begin = tekst.find(exact)
    while begin >= 0:
        score = (-gelijkenis(tekst, citaat, begin, begin + len(exact)), abs(begin - citaat.begin), begin)
        beste = score if beste is None or score < beste else beste
        begin = tekst.find(exact, begin + 1)
    return None if beste is None else (beste[2], beste[2] + len(exact))


def aantal(tekst: str, citaat: Citaat) -> int:
    """Geef hoe vaak de aangehaalde woorden in `tekst` staan."""
    return _vlak(tekst).count(_vlak(citaat.exact))


def gelijkenis(tekst: str, citaat: Citaat, begin: int, einde: int) -> int:
    """Geef hoeveel tekens rond `begin` en `einde` gelijk zijn aan de omgeving van toen."""
    voor = _gelijk(_vlak(tekst[max(0, begin - RAND) : begin])[::-1], _vlak(citaat.voor)[::-1])
    return voor + _gelijk(_vlak(tekst[einde : einde + RAND]), _vlak(citaat.na))


def _vlak(tekst: str) -> str:
    """Een regeleinde telt als spatie; de lengte blijft gelijk."""
    return tekst.replace("\n", " ")


def _gelijk(een: str, ander: str) -> int:
    """Hoeveel tekens vanaf het begin gelijk zijn."""
    lengte = 0
    for a, b in zip(een, ander, strict=False):
        if a != b:
            break
        lengte += 1
    return lengte
