"""Wat er naast de adviezen te vinden is en geen eigen zoekkolom heeft: welke woorden erin staan, in het geheugen.

Een vergadering, traject, kabinetsreactie of commissie heeft een tekst uit verscheidene tabellen. PostgreSQL rekent haar
woorden bij elke zoekvraag opnieuw uit, van elke rij; dat kost tientallen milliseconden, ook als er niets te vinden is.
Hier worden zij één keer gelezen, met de kaart waar zij bij horen. Wat op volgorde gezocht wordt (een woordgroep) kan
alleen de database zeggen.
"""

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

ALLE = "SELECT soort, sleutel, tsvector_to_array(zoek) FROM publiek.vindbaar_los"
MET = "SELECT soort, sleutel FROM publiek.vindbaar_los WHERE zoek @@ %s::tsquery"
# Een lexeem met of zonder ":*", of een teken. Al het andere ("<->") zegt iets over volgorde of gewicht.
DEEL = re.compile(r"\s*(?:'((?:[^']|'')*)'(:\*)?(?!:)|([&|!()]))\s*")


class Vindplaatsen:
    """De vindplaatsen bij één stand, elk met een nummer; onveranderlijk na het lezen."""

    def __init__(self, rijen: Iterable[tuple[str, str, list[str]]] = ()) -> None:
        """Neem rijen van ALLE."""
        self._wie: list[tuple[str, str]] = []
        per_lexeem: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        for nummer, (soort, sleutel, lexemen) in enumerate(rijen):
            self._wie.append((soort, sleutel))
            for lexeem in lexemen:
                per_lexeem[lexeem].append(nummer)
        self._per_lexeem = dict(per_lexeem)
        self._op_volgorde = sorted(self._per_lexeem)

    def met(self, cursor: Any, lexemen: str) -> dict[str, list[str]]:
        """Geef per soort de sleutels van wat aan een tsquery (als tekst) voldoet; een soort zonder ontbreekt."""
        delen = _delen(lexemen)
        if delen is None:
            cursor.execute(MET, [lexemen])
            wie = cursor.fetchall()
        else:
            wie = [self._wie[nummer] for nummer in sorted(self._of(delen))]
        uit: defaultdict[str, list[str]] = defaultdict(list)
        for soort, sleutel in wie:
            uit[soort].append(sleutel)
        return dict(uit)

    def _of(self, delen: list[tuple[str, str]]) -> set[int]:
        uit = self._en(delen)
        while delen and delen[-1][0] == "|":
            delen.pop()
            uit |= self._en(delen)
        return uit

    def _en(self, delen: list[tuple[str, str]]) -> set[int]:
        uit = self._een(delen)
        while delen and delen[-1][0] == "&":
            delen.pop()
            uit &= self._een(delen)
        return uit

    def _een(self, delen: list[tuple[str, str]]) -> set[int]:
        soort, lexeem = delen.pop()
        if soort == "!":
            return set(range(len(self._wie))) - self._een(delen)
        if soort == "(":
            uit = self._of(delen)
            delen.pop()  # het haakje erachter
            return uit
        if soort == "heel":
            return set(self._per_lexeem.get(lexeem, ()))
        return {nummer for woord in self._met_begin(lexeem) for nummer in self._per_lexeem[woord]}

    def _met_begin(self, begin: str) -> Iterator[str]:
        for plek in range(bisect_left(self._op_volgorde, begin), len(self._op_volgorde)):
            if not self._op_volgorde[plek].startswith(begin):
                return
            yield self._op_volgorde[plek]


def _delen(lexemen: str) -> list[tuple[str, str]] | None:
    """Geef de delen van een tsquery, de eerste achteraan, of None als er een bij is die iets over volgorde zegt."""
    uit, plek = [], 0
    while plek < len(lexemen):
        deel = DEEL.match(lexemen, plek)
        if deel is None:
            return None
        woord, begin, teken = deel.groups()
        if teken:
            uit.append((teken, ""))
        else:
            uit.append(("begin" if begin else "heel", woord.replace("''", "'").replace("\\\\", "\\")))
        plek = deel.end()
    return uit[::-1] or None


def lees(cursor: Any) -> Vindplaatsen:
    """Lees alle vindplaatsen van deze leestransactie."""
    cursor.execute(ALLE)
    return Vindplaatsen(cursor)
