"""Vóór stap 1 in de browser: verwachte vragen, verkennen, besluiten, en een traject worden."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from adviezen.actions import voortraject as acties
from adviezen.forms.aanvraag import AanvraagForm, EigenInitiatiefForm
from adviezen.forms.voortraject import BesluitForm, VerkenningForm, VoortrajectForm
from adviezen.models import Voortraject
from adviezen.queries.voortraject import meningen
from adviezen.views.aanvraag import GET_POST, _gegevens, _versie
from adviezen.views.gedeeld import meld, probeer
from kern.tijd import vandaag
from overgangen import beschikbaar
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker


def _laad(request: HttpRequest, pk: int) -> Voortraject:
    rijen = Voortraject.objects.zichtbaar_voor(gebruiker(request)).select_related("secretaris", "traject")
    rij: Voortraject = get_object_or_404(rijen, pk=pk)
    return rij


@voor_secretariaat
@require_http_methods(GET_POST)
def nieuw(request: HttpRequest) -> HttpResponse:
    """Zet een verwachte vraag op het werkprogramma."""
    begin = {"secretaris": request.user.pk, "lijstjaar": vandaag().year}
    form = VoortrajectForm(request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        rij = probeer(
            request, form, lambda: acties.leg_voortraject_vast(door=gebruiker(request), **_lijsten(form.cleaned_data))
        )
        if rij is not None:
            meld(request, "De verwachte vraag staat op het werkprogramma.")
            return redirect("adviezen:voortraject", pk=rij.pk)
    return render(request, "adviezen/voortraject_wijzig.html", {"form": form}, status=422 if form.is_bound else 200)


def _lijsten(schoon: dict[str, Any]) -> dict[str, Any]:
    return schoon | {"vragers": list(schoon["vragers"]), "doelen": list(schoon["doelen"])}


@voor_secretariaat
@require_http_methods(GET_POST)
def wijzig(request: HttpRequest, pk: int) -> HttpResponse:
    """Vul een verwachte vraag aan."""
    rij = _laad(request, pk)
    form = VoortrajectForm(request.POST or None, initial=VoortrajectForm.begin_van(rij))
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: acties.leg_voortraject_vast(
                voortraject=rij, versie=_versie(request), door=gebruiker(request), **_lijsten(form.cleaned_data)
            ),
        )
        if klaar is not None:
            meld(request, "De verwachte vraag is bijgewerkt.")
            return redirect("adviezen:voortraject", pk=pk)
    return render(
        request,
        "adviezen/voortraject_wijzig.html",
        {"form": form, "rij": rij, "versie": rij.rijversie},
        status=422 if form.is_bound else 200,
    )


@voor_secretariaat
@require_http_methods(GET_POST)
def voortraject(request: HttpRequest, pk: int) -> HttpResponse:
    """Toon een verwachte vraag; hier komt ook een verkenning erbij."""
    rij = _laad(request, pk)
    form = VerkenningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: acties.leg_verkenning_vast(voortraject=rij, door=gebruiker(request), **form.cleaned_data),
        )
        if klaar is not None:
            meld(request, "De verkenning is vastgelegd.")
            return redirect("adviezen:voortraject", pk=pk)
    keuzen = [k for k in beschikbaar(rij, gebruiker(request)) if k.naam != "wordt_traject"]
    return render(
        request,
        "adviezen/voortraject.html",
        {
            "rij": rij,
            "form": form,
            "keuzen": keuzen,
            "verkenningen": rij.verkenningen.select_related("door"),
            "meningen": meningen(rij, gebruiker(request)),
            "kan_traject": rij.traject_id is None,
        },
        status=422 if form.is_bound else 200,
    )


@voor_secretariaat
@require_http_methods(GET_POST)
def besluit(request: HttpRequest, pk: int, naam: str) -> HttpResponse:
    """Leg één besluit vast, met wat er nog voor ontbreekt."""
    rij = _laad(request, pk)
    keuze = next((k for k in beschikbaar(rij, gebruiker(request)) if k.naam == naam != "wordt_traject"), None)
    if keuze is None:
        raise Http404
    form = BesluitForm(request.POST if request.method == "POST" else None, verplicht=keuze.reden_verplicht)
    if not keuze.reden_verplicht:
        form.fields["reden"].widget = forms.HiddenInput()
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: acties.besluit(
                voortraject=rij, versie=_versie(request), overgang=naam, door=gebruiker(request), **form.cleaned_data
            ),
        )
        if klaar is not None:
            meld(request, f"{keuze.label}: vastgelegd.")
            return redirect("adviezen:voortraject", pk=pk)
    return render(
        request,
        "adviezen/voortraject_besluit.html",
        {
            "rij": rij,
            "keuze": keuze,
            "form": form,
            "versie": rij.rijversie,
            "meningen": meningen(rij, gebruiker(request)),
        },
        status=422 if form.is_bound else 200,
    )


@voor_secretariaat
@require_http_methods(GET_POST)
def traject(request: HttpRequest, pk: int) -> HttpResponse:
    """Maak er een traject van: alles wat al bekend is, staat er al; `?eigen=1` is een eigen initiatief."""
    rij = _laad(request, pk)
    if rij.traject is not None:
        return redirect("adviezen:traject", slug=rij.traject.slug)
    eigen = "eigen" in request.GET
    invoer = request.POST if request.method == "POST" else None
    begin: dict[str, Any] = {"titel": rij.titel, "secretaris": rij.secretaris_id}
    form: Any
    if eigen:
        form = EigenInitiatiefForm(invoer, initial=begin | {"tekst": rij.probleemstelling, "besloten_op": vandaag()})
    else:
        begin |= {"vraag": rij.probleemstelling, "vragers": list(rij.vragers.all()), "ontvangen_op": vandaag()}
        form = AanvraagForm(invoer, request.FILES or None, initial=begin)
    if form.is_bound and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: acties.maak_traject(
                voortraject=rij,
                versie=_versie(request),
                door=gebruiker(request),
                eigen=eigen,
                **(form.cleaned_data if eigen else _gegevens(request, form)),
            ),
        )
        if klaar is not None:
            wat = "Het traject ligt bij het dagelijks bestuur." if eigen else "Bevestig nu de ontvangst."
            meld(request, f"Het voortraject is een traject geworden. {wat}")
            return redirect("adviezen:traject", slug=klaar.slug)
    return render(
        request,
        "adviezen/voortraject_traject.html",
        {"rij": rij, "form": form, "eigen": eigen, "versie": rij.rijversie},
        status=422 if form.is_bound else 200,
    )
