"""Stap 1 in de browser: registreren, aanvullen, ontvangst bevestigen, overdragen."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from adviezen.actions import aanvraag as acties
from adviezen.actions import bureau, startbesluit
from adviezen.enums import Stap
from adviezen.forms.aanvraag import AanvraagForm, EigenInitiatiefForm, OntvangstForm, OverdrachtForm
from adviezen.views.gedeeld import bewaar_bestand, laad_traject, meld, probeer
from kern.getal import geheel
from kern.tijd import vandaag
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker

GET_POST = ["GET", "HEAD", "POST"]


def _gegevens(request: HttpRequest, form: AanvraagForm) -> dict[str, Any]:
    gegevens = {naam: waarde for naam, waarde in form.cleaned_data.items() if naam != "brief"}
    return gegevens | {"bestand": bewaar_bestand(request, form, "brief")}


@voor_secretariaat
@require_http_methods(GET_POST)
def nieuw(request: HttpRequest) -> HttpResponse:
    """Registreer een adviesaanvraag."""
    begin = {"secretaris": request.user.pk, "ontvangen_op": vandaag()}
    form = AanvraagForm(request.POST or None, request.FILES or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        traject = probeer(
            request,
            form,
            lambda: acties.registreer_aanvraag(door=gebruiker(request), **_gegevens(request, form)),
        )
        if traject is not None:
            meld(request, "De aanvraag is geregistreerd. Bevestig nu de ontvangst aan de adviesvrager.")
            return redirect("adviezen:traject", slug=traject.slug)
    return render(request, "adviezen/aanvraag_nieuw.html", {"form": form}, status=422 if form.is_bound else 200)


@voor_secretariaat
@require_http_methods(GET_POST)
def eigen_initiatief(request: HttpRequest) -> HttpResponse:
    """Leg het startbesluit van een eigen initiatief vast."""
    form = EigenInitiatiefForm(request.POST or None, initial={"secretaris": request.user.pk})
    if request.method == "POST" and form.is_valid():
        traject = probeer(
            request,
            form,
            lambda: startbesluit.start_eigen_initiatief(door=gebruiker(request), **form.cleaned_data),
        )
        if traject is not None:
            meld(request, "Het eigen initiatief is vastgelegd en ligt bij het dagelijks bestuur.")
            return redirect("adviezen:traject", slug=traject.slug)
    return render(request, "adviezen/eigen_initiatief.html", {"form": form}, status=422 if form.is_bound else 200)


@voor_secretariaat
@require_http_methods(GET_POST)
def wijzig(request: HttpRequest, slug: str) -> HttpResponse:
    """Vul de aanvraag aan en bevestig de ontvangst."""
    traject = laad_traject(request, slug)
    if not hasattr(traject, "aanvraag"):
        raise Http404
    te_wijzigen = traject.stap in (Stap.AANVRAAG, Stap.TOEWIJZING)
    bevestigt = request.method == "POST" and "bevestig" in request.POST
    form = AanvraagForm(
        request.POST if request.method == "POST" and not bevestigt else None,
        request.FILES or None if not bevestigt else None,
        initial=AanvraagForm.begin_van(traject),
    )
    ontvangst = OntvangstForm(request.POST if bevestigt else None)
    if bevestigt and ontvangst.is_valid():
        klaar = probeer(
            request,
            ontvangst,
            lambda: acties.bevestig_ontvangst(
                traject=traject,
                versie=_versie(request),
                door=gebruiker(request),
                **ontvangst.cleaned_data,
            ),
        )
        if klaar is not None:
            meld(request, "Vastgelegd: de ontvangst is bevestigd.")
            return redirect("adviezen:traject", slug=slug)
    elif request.method == "POST" and not bevestigt and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: acties.wijzig_aanvraag(
                traject=traject,
                versie=_versie(request),
                door=gebruiker(request),
                **_gegevens(request, form),
            ),
        )
        if klaar is not None:
            meld(request, "De aanvraag is bijgewerkt.")
            return redirect("adviezen:traject", slug=slug)
    fout = form.is_bound or ontvangst.is_bound
    return render(
        request,
        "adviezen/aanvraag.html",
        {
            "traject": traject,
            "form": form,
            "ontvangst": ontvangst,
            "te_wijzigen": te_wijzigen,
            "versie": traject.rijversie,
        },
        status=422 if fout else 200,
    )


def _versie(request: HttpRequest) -> int | None:
    getal = geheel(request.POST.get("versie", ""))
    return -1 if getal is None else getal


@voor_secretariaat
@require_http_methods(GET_POST)
def overdragen(request: HttpRequest, slug: str) -> HttpResponse:
    """Wijs een andere secretaris of een waarnemer aan."""
    traject = laad_traject(request, slug)
    form = OverdrachtForm(
        request.POST or None, initial={"secretaris": traject.secretaris, "waarnemer": traject.waarnemer}
    )
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: bureau.draag_over(
                traject=traject,
                versie=_versie(request),
                door=gebruiker(request),
                **form.cleaned_data,
            ),
        )
        if klaar is not None:
            meld(request, "Vastgelegd wie dit traject behandelt.")
            return redirect("adviezen:traject", slug=slug)
    return render(
        request,
        "adviezen/overdragen.html",
        {"traject": traject, "form": form, "versie": traject.rijversie},
        status=422 if form.is_bound else 200,
    )
