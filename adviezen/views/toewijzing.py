"""Stap 2 in de browser: het startbesluit, de criteria en het besluit van het dagelijks bestuur."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from adviezen.actions import toewijzing as acties
from adviezen.actions.startbesluit import wijzig_startbesluit
from adviezen.enums import Criterium, Stap
from adviezen.forms.aanvraag import StartbesluitForm
from adviezen.forms.toewijzing import CriteriaForm, DbBesluitForm
from adviezen.policies.toewijzing import geldend_besluit
from adviezen.queries import bladzijde
from adviezen.views.aanvraag import GET_POST, _versie
from adviezen.views.gedeeld import bewaar_bestand, laad_traject, meld, probeer
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker


@voor_secretariaat
@require_http_methods(GET_POST)
def criteria(request: HttpRequest, slug: str) -> HttpResponse:
    """Beoordeel de zeven criteria en eigen criteria, met eerdere adviezen over hetzelfde ernaast."""
    traject = laad_traject(request, slug)
    form = CriteriaForm(request.POST or None, traject=traject)
    if request.method == "POST" and form.is_valid():
        oordelen = [
            acties.Oordeel(
                criterium=Criterium.EIGEN if rij["eigen"] else rij["sleutel"],
                oordeel=form.cleaned_data[f"{rij['sleutel']}_oordeel"],
                toelichting=form.cleaned_data[f"{rij['sleutel']}_toelichting"],
                naam=form.cleaned_data.get(f"{rij['sleutel']}_naam", ""),
            )
            for rij in form.rijen
            if form.cleaned_data[f"{rij['sleutel']}_oordeel"]
        ]
        klaar = probeer(
            request,
            form,
            lambda: acties.beoordeel_criteria(
                traject=traject,
                versie=_versie(request),
                oordelen=oordelen,
                door=gebruiker(request),
            ),
        )
        if klaar is not None:
            meld(request, "De oordelen zijn vastgelegd." if oordelen else "Vastgelegd: nog geen oordelen.")
            return redirect("adviezen:traject", slug=slug)
    return render(
        request,
        "adviezen/criteria.html",
        {
            "traject": traject,
            "form": form,
            "versie": traject.rijversie,
            "eerder": bladzijde.eerder_over(traject),
        },
        status=422 if form.is_bound else 200,
    )


@voor_secretariaat
@require_http_methods(GET_POST)
def toewijzing(request: HttpRequest, slug: str) -> HttpResponse:
    """Leg vast wat het dagelijks bestuur besloot."""
    traject = laad_traject(request, slug)
    form = DbBesluitForm(request.POST or None, request.FILES or None, traject=traject)
    if request.method == "POST" and form.is_valid():
        gegevens = dict(form.cleaned_data)

        def doe() -> object:
            gegevens["brief"] = bewaar_bestand(request, form, "brief")
            return acties.leg_db_besluit_vast(
                traject=traject,
                versie=_versie(request),
                door=gebruiker(request),
                **gegevens,
            )

        if probeer(request, form, doe) is not None:
            meld(request, "Het besluit is vastgelegd. Doe nu de handeling die erbij hoort.")
            return redirect("adviezen:traject", slug=slug)
    return render(
        request,
        "adviezen/toewijzing.html",
        {"traject": traject, "form": form, "versie": traject.rijversie, "geldend": geldend_besluit(traject)},
        status=422 if form.is_bound else 200,
    )


@voor_secretariaat
@require_http_methods(GET_POST)
def startbesluit(request: HttpRequest, slug: str) -> HttpResponse:
    """Toon het startbesluit van een eigen initiatief, en verbeter het zolang er nog geen commissie is."""
    traject = laad_traject(request, slug)
    if not hasattr(traject, "startbesluit"):
        raise Http404
    invoer = request.POST if request.method == "POST" else None
    form = StartbesluitForm(invoer, initial=StartbesluitForm.begin_van(traject))
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: wijzig_startbesluit(
                traject=traject, versie=_versie(request), door=gebruiker(request), **form.cleaned_data
            ),
        )
        if klaar is not None:
            meld(request, "Het startbesluit is bijgewerkt.")
            return redirect("adviezen:traject", slug=slug)
    return render(
        request,
        "adviezen/startbesluit.html",
        {
            "traject": traject,
            "form": form,
            "te_wijzigen": traject.stap == Stap.TOEWIJZING,
            "versie": traject.rijversie,
        },
        status=422 if form.is_bound else 200,
    )
