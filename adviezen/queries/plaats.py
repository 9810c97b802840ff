"""Waar een opmerking staat in een latere versie. Zuiver rekenwerk: zij blijft bij de versie waar zij geschreven is.

Een opmerking verdwijnt nooit: vindt niets haar plek terug, dan is zij "vervallen" en staat zij apart, met haar citaat.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kern import anker
from kern.anker import Citaat
from kern.blokken import blokken

HIER, VERPLAATST, GEWIJZIGD, VERVALLEN, GEHEEL = "hier", "verplaatst", "gewijzigd", "vervallen", "geheel"
GESPLITST = "gesplitst"
# Korter dan dit zijn woorden te gewoon om ze elders in de tekst terug te kennen.
KORTST = 12
# Staan de woorden er elders vaker, dan moet er zoveel van de omgeving gelijk zijn.
OMGEVING = 16


@dataclass(frozen=True)
class Plek:
    """Een plek in een versie: het blok, en daarbinnen de aangehaalde woorden als die er nog staan.

    `staat`: hier · verplaatst (de woorden staan nu in een andere alinea) · gewijzigd (de alinea is er nog, de woorden
    niet) · gesplitst (een opmerking over een hele alinea die nu meer alinea's is; `blok` is de eerste) · vervallen
    (nergens meer; `blok` is "") · geheel (een opmerking over de hele tekst).
    """

    staat: str
    blok: str = ""
    begin: int | None = None
    einde: int | None = None


class Anker(NamedTuple):
    """Waar een opmerking over gaat; zonder `begin` over het hele blok."""

    blok: str
    citaat: str
    begin: int | None = None
    einde: int | None = None
    voor: str = ""
    na: str = ""

    @property
    def woorden(self) -> Citaat:
        """De aangehaalde woorden; bij een heel blok het begin van zijn tekst."""
        return Citaat(self.citaat.removesuffix("…").strip(), self.voor, self.na, self.begin or 0, self.einde or 0)


@dataclass
class Kaart:
    """De tekst van één versie, om plekken in te zoeken.

    `verwant` geeft van een eerdere versie (pk) per blok dat gesplitst is of opging in een ander de blokken van nu. Zij
    wordt alleen gevraagd waar de woorden niet ongeschonden in hun eigen blok staan.
    """

    html: str
    verwant: Callable[[int], Mapping[str, tuple[str, ...]]] | None = None

    @cached_property
    def teksten(self) -> dict[str, str]:
        """Per blok zijn tekst, in leesvolgorde."""
        return {b.id: b.tekst for b in blokken(self.html) if b.id}

    @cached_property
    def _geheel(self) -> tuple[str, list[tuple[int, str]]]:
        """Alle tekst achter elkaar, en waar elk blok begint; blokken staan een NUL uit elkaar."""
        delen, begin, plaats = [], [], 0
        for blok, tekst in self.teksten.items():
            delen.append(tekst)
            begin.append((plaats, blok))
            plaats += len(tekst) + 1
        return "\0".join(delen), begin

    def plek(self, waar: Anker, versie: int = 0) -> Plek:
        """Geef waar een opmerking in deze tekst staat; `versie` is de eerdere versie waar zij geschreven is."""
        if not waar.blok:
            return Plek(GEHEEL)
        tekst, woorden = self.teksten.get(waar.blok), waar.woorden
        gevonden = None if tekst is None or waar.begin is None else anker.vind(tekst, woorden)
        if not self._ongeschonden(tekst, waar, woorden, gevonden):
            delen = self.verwant(versie).get(waar.blok, ()) if self.verwant is not None and versie else ()
            if delen:
                return self._in_delen(waar, delen)
        if waar.begin is None:
            if tekst is not None:
                return Plek(HIER if tekst.startswith(woorden.exact) else GEWIJZIGD, waar.blok)
            elders = self._elders(woorden)
            return Plek(VERVALLEN) if elders is None else Plek(VERPLAATST, elders[0])
        if gevonden is not None:
            return Plek(HIER, waar.blok, *gevonden)
        elders = self._elders(woorden)  # gesplitst, samengevoegd of verhuisd
        if elders is not None:
            return Plek(VERPLAATST, *elders)
        return Plek(VERVALLEN) if tekst is None else Plek(GEWIJZIGD, waar.blok)

    @staticmethod
    def _ongeschonden(tekst: str | None, waar: Anker, woorden: Citaat, gevonden: tuple[int, int] | None) -> bool:
        """Of de woorden met heel hun omgeving in hun eigen blok staan; een heel blok als het nog zo lang is."""
        if tekst is None:
            return False
        if waar.begin is None:
            return tekst.startswith(woorden.exact) and not waar.citaat.endswith("…")
        return gevonden is not None and anker.gelijkenis(tekst, woorden, *gevonden) == len(waar.voor + waar.na)

    def _in_delen(self, waar: Anker, delen: tuple[str, ...]) -> Plek:
        """De plek in een blok dat gesplitst is of opging in een ander: bij het deel dat de woorden heeft.

        Een opmerking over de hele alinea blijft bij haar begin. Staan de woorden in geen van de delen, dan zijn zij
        gewijzigd.
        """
        if waar.begin is None:
            return Plek(GESPLITST if len(delen) > 1 else VERPLAATST, delen[0])
        beste: tuple[int, int, Plek] | None = None
        for nummer, blok in enumerate(delen):
            tekst = self.teksten[blok]
            gevonden = anker.vind(tekst, waar.woorden)
            if gevonden is not None:
                kans = (-anker.gelijkenis(tekst, waar.woorden, *gevonden), nummer)
                if beste is None or kans < beste[:2]:
                    beste = (*kans, Plek(HIER if blok == waar.blok else VERPLAATST, blok, *gevonden))
        if beste is not None:
            return beste[2]
        return Plek(GEWIJZIGD, waar.blok if waar.blok in delen else delen[0])

    def _elders(self, woorden: Citaat) -> tuple[str, int, int] | None:
        """Zoek de woorden in de hele tekst: op één plek, of op een plek waar de omgeving dezelfde is."""
        if len(woorden.exact) < KORTST:
            return None
        geheel, begin = self._geheel
        gevonden = anker.vind(geheel, woorden)
        if gevonden is None:
            return None
        if anker.aantal(geheel, woorden) > 1 and anker.gelijkenis(geheel, woorden, *gevonden) < OMGEVING:
            return None
        start, blok = next((b, naam) for b, naam in reversed(begin) if b <= gevonden[0])
        return blok, gevonden[0] - start, gevonden[1] - start
