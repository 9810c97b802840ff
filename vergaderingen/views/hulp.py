"""Wat de schermen delen: laden door de zichtbaarheid heen, en een fout van een handeling op het formulier zetten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from kern.fouten import InvoerFout, OvergangGeweigerd, PortaalFout, VerouderdeVersie
from kern.getal import geheel
from toegang.models import Gebruiker
from vergaderingen.models import Agendapunt, Vergadering


def wie(request: HttpRequest) -> Gebruiker:
    """Geef de ingelogde gebruiker; de poort laat niemand anders door."""
    assert isinstance(request.user, Gebruiker)  # noqa: S101
    return request.user


def laad(request: HttpRequest, pk: int) -> Vergadering:
    """Geef een vergadering die deze gebruiker mag zien, anders 404."""
    zichtbaar = Vergadering.objects.zichtbaar_voor(wie(request)).select_related("commissie", "vorige", "volgende")
    vergadering: Vergadering = get_object_or_404(zichtbaar, pk=pk)
    return vergadering


def laad_punt(request: HttpRequest, pk: int, punt: int) -> Agendapunt:
    """Geef een agendapunt dat deze gebruiker mag zien, anders 404."""
    zichtbaar = Agendapunt.objects.zichtbaar_voor(wie(request)).select_related("vergadering__commissie", "bestand")
    gevonden: Agendapunt = get_object_or_404(zichtbaar, pk=punt, vergadering_id=pk)
    return gevonden


def buren(punt: Agendapunt, gebruiker: Gebruiker) -> tuple[Agendapunt | None, Agendapunt | None]:
    """Geef het punt voor en na dit punt op dezelfde agenda, voor zover deze gebruiker ze mag zien.

    Wat van de agenda ging wordt niet behandeld en wordt overgeslagen.
    """
    andere = Agendapunt.objects.zichtbaar_voor(gebruiker).filter(vergadering=punt.vergadering_id, vervallen_reden="")
    vorig = andere.filter(volgorde__lt=punt.volgorde).order_by("-volgorde").first()
    return vorig, andere.filter(volgorde__gt=punt.volgorde).order_by("volgorde").first()


def naar_agenda(rij: Vergadering, anker: str = "agenda") -> HttpResponse:
    """Ga terug naar de bladzijde van de vergadering, bij de agenda of een plek daarop."""
    return redirect(f"{reverse('vergaderingen:vergadering', args=[rij.pk])}#{anker}")


def invoer(request: HttpRequest) -> QueryDict | None:
    """Geef wat verzonden is, ook als dat leeg is; None bij alleen bekijken."""
    return request.POST if request.method == "POST" else None


def versie_van(request: HttpRequest) -> int | None:
    """Geef de rijversie die het scherm toonde, of None als die ontbreekt of geen getal is."""
    return geheel(request.POST.get("versie", ""))


def probeer(formulier: forms.Form, daad: Callable[[], Any]) -> Any | None:
    """Voer één handeling uit; geef haar uitkomst, of None met de fout op het formulier (invoer blijft staan).

    Een formulier met andere namen dan de handeling zegt in `heet` welk veld van de handeling welk veld van hem is.
    """
    try:
        return daad()
    except InvoerFout as fout:
        veld = getattr(formulier, "heet", {}).get(fout.veld, fout.veld)
        formulier.add_error(veld if veld in formulier.fields else None, fout.tekst)
    except OvergangGeweigerd as fout:
        for tekort in fout.tekorten:
            formulier.add_error(None, tekort.tekst)
    except VerouderdeVersie as fout:
        formulier.add_error(None, str(fout))
    return None


def fouttekst(fout: PortaalFout) -> str:
    """Geef de tekst van een fout voor een melding boven aan het scherm."""
    if isinstance(fout, OvergangGeweigerd):
        return " ".join(t.tekst for t in fout.tekorten)
    return str(fout)
