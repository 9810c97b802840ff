"""Waar een bericht over gaat, voor wie het in het portaal leest. De post zelf blijft neutraal.

Deze verdieping kent de dossiers niet: elke app meldt in `ready()` hoe zij de berichten herkent die over haar gaan.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from berichten.models import Bericht
    from toegang.models import Gebruiker

Bron = Callable[["Gebruiker", "Sequence[Bericht]"], Mapping[int, str]]
_bronnen: list[Bron] = []


def registreer(bron: Bron) -> None:
    """Meld een bron aan: zij geeft per bericht (pk) de naam van wat deze gebruiker daarvan mag zien."""
    if bron not in _bronnen:
        _bronnen.append(bron)


def namen(gebruiker: "Gebruiker", berichten: "Sequence[Bericht]") -> dict[int, str]:
    """Geef per bericht (pk) waar het over gaat; wat niemand herkent of wat onzichtbaar is, ontbreekt."""
    uit: dict[int, str] = {}
    for bron in _bronnen:
        uit |= bron(gebruiker, berichten)
    return uit
