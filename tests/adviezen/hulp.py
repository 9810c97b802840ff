"""Kleine hulp: tekorten nalopen, een feit herstellen, en het adres van een scherm."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.urls import reverse

from adviezen.actions.correctie import corrigeer
from adviezen.models import Deelname, Versie
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


def pad(cast: Cast, bladzijde: str, /, app: str = "adviezen", **meer: Any) -> str:
    """Geef het adres van een scherm van een traject."""
    return reverse(f"{app}:{bladzijde}", kwargs={"slug": cast.traject.slug, **meer})


def versiepad(versie: Versie, bladzijde: str = "versie", /, **meer: Any) -> str:
    """Geef het adres waar leden een versie lezen, of wat zij ermee doen."""
    return reverse(f"lezen:{bladzijde}", kwargs={"pk": versie.pk, **meer})


def deelnamepad(deelname: Deelname, bladzijde: str = "beraad", /, **meer: Any) -> str:
    """Geef het adres van een scherm van een organisatie in haar ronde."""
    return reverse(f"organisatie:{bladzijde}", kwargs={"pk": deelname.pk, **meer})
