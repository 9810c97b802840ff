"""Kleine hulp bij het nalopen van tekorten."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from adviezen.actions.correctie import corrigeer
from tests.adviezen.bouw import Cast

Ingreep = Callable[[Cast], Any]
MORGEN = timedelta(days=1)


def teksten(tekorten: list[Any]) -> str:
    return " | ".join(t.tekst for t in tekorten)


def alleen(tekorten: list[Any], stuk: str) -> None:
    """Precies één tekort, met deze woorden."""
    assert len(tekorten) == 1, teksten(tekorten)
    assert stuk in tekorten[0].tekst, teksten(tekorten)


def zet(obj: Any, **velden: Any) -> None:
    for naam, waarde in velden.items():
        setattr(obj, naam, waarde)
    obj.save()


def herstel(cast, gegeven, nieuw, **kw):
    gegevens = {"reden": "Tikfout.", "versie": None, "door": cast.secretaris} | kw
    cast.vers()
    return corrigeer(traject=cast.traject, gegeven=gegeven, nieuw=nieuw, **gegevens)
