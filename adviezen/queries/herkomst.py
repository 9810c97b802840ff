"""Waar de woorden van een alinea vandaan komen: welke versie bracht welke woorden, en waarom."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from kern.vergelijk import Regel
from kern.vergelijk.lezen import is_noot

if TYPE_CHECKING:
    from adviezen.queries.geschiedenis import Stand


@dataclass(frozen=True)
class Stukje:
    """Woorden achter elkaar uit dezelfde versie; `nummer` telt in `Herkomst.bronnen` vanaf 1 (0: de eerste versie)."""

    tekst: str
    nummer: int


@dataclass(frozen=True)
class Herkomst:
    """De alinea zoals zij nu luidt, met per stukje de versie waarin het erbij kwam."""

    stukjes: Sequence[Stukje]
    bronnen: Sequence["Stand"]


def herkomst(standen: Sequence["Stand"], blok: str) -> Herkomst | None:
    """Geef waar de woorden vandaan komen; None als de alinea er niet meer is, een tabelrij is, of nooit wijzigde.

    `standen` staan op volgorde, oudste eerst, zoals `geschiedenis` ze geeft.
    """
    tekst = ""
    wie: list[int] = []
    for nummer, stand in enumerate(standen):
        regel = stand.regel
        if stand.soort in ("nieuw", "terug", "afgesplitst"):
            tekst, wie = "".join(s.tekst for s in stand.stukken if s.soort != "eraf"), []
        if regel is None or regel.cellen:
            continue
        if stand.soort == "geschrapt":
            tekst, wie = "", []
            continue
        tekst, wie = _stap(regel, wie, nummer, blok)
    if not tekst or len(set(wie)) < 2:
        return None
    letters = [(letter, n) for letter, n in zip(tekst, wie, strict=True) if not is_noot(letter)]
    eerste = min(wie)
    volg = {n: i for i, n in enumerate(sorted(set(wie) - {eerste}), start=1)}
    stukjes = [
        Stukje("".join(letter for letter, _ in groep), volg.get(n, 0))
        for n, groep in groupby(letters, key=lambda paar: paar[1])
    ]
    return Herkomst(stukjes, [standen[n] for n in volg])


def _stap(regel: Regel, wie: list[int], nummer: int, blok: str) -> tuple[str, list[int]]:
    """Geef de tekst na deze versie, met per letter de versie waarin zij kwam."""
    oud = sum(len(s.tekst) for s in regel.stukken if s.soort != "erbij")
    wie = _oude(regel, wie, oud, nummer, blok)
    tekst = ""
    uit: list[int] = []
    plaats = 0
    for stuk in regel.stukken:
        lengte = len(stuk.tekst)
        if stuk.soort == "erbij":
            uit += [nummer] * lengte
        elif stuk.soort == "gelijk":
            uit += wie[plaats : plaats + lengte]
        tekst += stuk.tekst if stuk.soort != "eraf" else ""
        plaats += lengte if stuk.soort != "erbij" else 0
    return tekst, uit


def _oude(regel: Regel, wie: list[int], lengte: int, nummer: int, blok: str) -> list[int]:
    """Geef per letter van de oude tekst waar zij vandaan kwam; zonder eerdere stap is dat de versie ervoor."""
    if regel.samen:
        # Wat uit een andere alinea kwam, kwam in deze versie in deze alinea.
        grenzen = [0, *_naden(regel), lengte + 1]
        eigen = regel.oude.index(blok) if blok in regel.oude else 0
        van, tot = grenzen[eigen], grenzen[eigen + 1] - 1
        kern = wie or [max(0, nummer - 1)] * (tot - van)
        return ([nummer] * van + kern[: tot - van] + [nummer] * lengte)[:lengte]
    if not wie:
        return [max(0, nummer - 1)] * lengte
    if regel.bereik is not None:
        wie = wie[regel.bereik[0] : regel.bereik[1]]
    return wie if len(wie) == lengte else [*wie, *[nummer] * lengte][:lengte]


def _naden(regel: Regel) -> list[int]:
    uit: list[int] = []
    plaats = 0
    for stuk in regel.stukken:
        if stuk.soort == "naad":
            uit.append(plaats)
        plaats += len(stuk.tekst) if stuk.soort != "erbij" else 0
    return uit
