"""Wat iemand buiten de raad is: hogere verdiepingen melden hier hun bron aan, zodat de raad niet omhoog importeert."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from raad.models import Persoon


@dataclass(frozen=True)
class Lidmaatschap:
    """Een rol elders: waar, wat, van wanneer tot en met wanneer, en het adres."""

    waar: str
    rol: str
    van: date
    laatste_dag: date | None
    adres: str
    geldt_nu: bool


Bron = Callable[["Persoon"], list[Lidmaatschap]]
_bronnen: list[Bron] = []


def registreer(bron: Bron) -> Bron:
    """Meld een bron aan (in `ready()` van een hogere app); geeft de bron terug."""
    if bron not in _bronnen:
        _bronnen.append(bron)
    return bron


def van(persoon: Persoon) -> list[Lidmaatschap]:
    """Alle lidmaatschappen elders, nieuwste eerst."""
    rijen = [rij for bron in _bronnen for rij in bron(persoon)]
    return sorted(rijen, key=lambda rij: (rij.van, rij.waar), reverse=True)
