"""Een bladzijde met een formulier bij een handeling: invullen, een keer doen, doorsturen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kern.fouten import InvoerFout
from raad.forms import DaadForm
from raad.models import Persoon


def naar_raad() -> list[tuple[str, str]]:
    """Geef de kruimels van een handeling op de bladzijde van de raad."""
    return [("Raad", reverse("raad:overzicht"))]


def naar_persoon(persoon: Persoon) -> list[tuple[str, str]]:
    """Geef de kruimels van een handeling op de bladzijde van een persoon."""
    return [*naar_raad(), (persoon.naam, reverse("raad:persoon", args=[persoon.pk]))]


def doe(
    request: HttpRequest,
    form: DaadForm,
    handeling: Callable[..., Any],
    *,
    titel: str,
    knop: str,
    gelukt: str | Callable[[], str],
    terug: str | Callable[[Any], str],
    kruimels: list[tuple[str, str]],
    gevolgen: list[str] | None = None,
    gevaar: bool = False,
    **vast: Any,
) -> HttpResponse:
    """Toon het formulier of voer de handeling uit met de ingevulde velden en `vast`.

    Een weigering komt bij het veld te staan en alles wat getypt was blijft staan. `terug` is een adres, of een
    functie die het adres van de uitkomst geeft; `gelukt` een zin, of een functie die haar na afloop geeft.
    """
    if request.method == "POST" and form.is_valid():
        try:
            uitkomst = handeling(**form.argumenten(), **vast, door=request.user)
        except InvoerFout as fout:
            form.weiger(fout)
        else:
            messages.success(request, gelukt() if callable(gelukt) else gelukt)
            return redirect(terug(uitkomst) if callable(terug) else terug)
    return render(
        request,
        "raad/daad.html",
        {
            "form": form,
            "titel": titel,
            "knop": knop,
            "kruimels": kruimels,
            "gevolgen": gevolgen or [],
            "gevaar": gevaar,
            "terug": kruimels[-1][1],
        },
        status=422 if request.method == "POST" else 200,
    )
