"""Cellen van twee tabelrijen naast elkaar: per kolom, ook als er een kolom bij kwam of wegging."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from kern.vergelijk.lezen import Cel

Paren = list[tuple[int, int]]


def koppel_kolommen(rijen: Sequence[tuple[list[Cel], list[Cel]]]) -> Paren | None:
    """Geef welke oude kolom bij welke nieuwe hoort, als (oud, nieuw) met -1 waar er geen is.

    Gemeten over alle rijen die in beide tabellen staan. None als de rijen niet even breed zijn (samengevoegde cellen).
    """
    rijen = [(links, rechts) for links, rechts in rijen if links and rechts]
    if not rijen:
        return None
    breed_oud, breed_nieuw = len(rijen[0][0]), len(rijen[0][1])
    for links, rechts in rijen:
        if len(links) != breed_oud or len(rechts) != breed_nieuw or any(c.breed > 1 for c in [*links, *rechts]):
            return None
    gelijkenis = [
        [sum(_lijkt(links[o].plat.tekst, rechts[n].plat.tekst) for links, rechts in rijen) for n in range(breed_nieuw)]
        for o in range(breed_oud)
    ]
    return _lijn_uit(gelijkenis, breed_oud, breed_nieuw)


def _lijkt(een: str, ander: str) -> float:
    """Hoe goed twee cellen bij elkaar passen; een beetje altijd, zodat een herschreven kolom haar plaats houdt."""
    if een == ander:
        return 1.0 if een else 0.3
    woorden, andere = set(een.lower().split()), set(ander.lower().split())
    return 0.01 + 0.6 * len(woorden & andere) / max(1, len(woorden | andere))


def _lijn_uit(gelijkenis: list[list[float]], aantal_oud: int, aantal_nieuw: int) -> Paren:
    """Geef de beste koppeling waarbij de volgorde blijft."""
    beste = [[0.0] * (aantal_nieuw + 1) for _ in range(aantal_oud + 1)]
    for o in range(1, aantal_oud + 1):
        for n in range(1, aantal_nieuw + 1):
            beste[o][n] = max(
                beste[o - 1][n - 1] + gelijkenis[o - 1][n - 1],
                beste[o - 1][n],
                beste[o][n - 1],
            )
    uit: Paren = []
    o, n = aantal_oud, aantal_nieuw
    while o or n:
        if o and n and beste[o][n] == beste[o - 1][n - 1] + gelijkenis[o - 1][n - 1]:
            o, n = o - 1, n - 1
            uit.append((o, n))
        elif n and (not o or beste[o][n] == beste[o][n - 1]):
            n -= 1
            uit.append((-1, n))
        else:
            o -= 1
            uit.append((o, -1))
    return uit[::-1]


def koppel_cellen(links: list[Cel], rechts: list[Cel], kolommen: Paren | None) -> Paren:
    """Geef de cellen van één rij naast elkaar, in leesvolgorde; elke cel komt precies één keer voor."""
    if not links or not rechts:
        return [(o, -1) for o in range(len(links))] + [(-1, n) for n in range(len(rechts))]
    if kolommen is not None:
        heel = (list(range(len(links))), list(range(len(rechts))))
        if ([o for o, _ in kolommen if o >= 0], [n for _, n in kolommen if n >= 0]) == heel:
            return kolommen
    if len(links) == len(rechts):
        return [(nummer, nummer) for nummer in range(len(links))]
    uit: Paren = []
    gevonden = SequenceMatcher(None, [c.plat.tekst for c in links], [c.plat.tekst for c in rechts], autojunk=False)
    for _, o1, o2, n1, n2 in gevonden.get_opcodes():
        samen = min(o2 - o1, n2 - n1)
        uit += [(o1 + i, n1 + i) for i in range(samen)]
        uit += [(o, -1) for o in range(o1 + samen, o2)] + [(-1, n) for n in range(n1 + samen, n2)]
    return uit
