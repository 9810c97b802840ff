"""Stap 7 in de browser: standpunten per passage, oordeel en minderheidsnota's."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import linebreaks
from django.views.decorators.http import require_http_methods, require_POST

from adviezen.actions import standpunten as acties
from adviezen.enums import SoortAgendering, Stap
from adviezen.forms.standpunten import MINSTE, NotaForm, OordeelForm, PassageForm
from adviezen.models import Adviestraject, Agendering, Minderheidsnota, Registratie
from adviezen.permissions import mag_als_raadssecretaris
from adviezen.policies.raad import lopende_agendering, mag_stel_vast
from adviezen.queries import standpunten as lezen
from adviezen.views.aanvraag import GET_POST, _versie
from adviezen.views.gedeeld import bewaar_bestand, laad_traject, meld, probeer
from kern.fouten import PortaalFout
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker


def _agendering(traject: Adviestraject) -> Agendering | None:
    """Geef de behandeling die loopt, of anders de laatste die er was."""
    eerder = traject.agenderingen.filter(soort=SoortAgendering.BEHANDELING)
    return lopende_agendering(traject) or eerder.select_related("agendapunt__vergadering", "versie").last()


def _eis_open(request: HttpRequest, slug: str) -> tuple[Adviestraject, Agendering]:
    """Geef traject en lopende behandeling als deze persoon daar nu iets aan mag vastleggen; anders 404."""
    traject = laad_traject(request, slug)
    agendering = lopende_agendering(traject)
    if agendering is None or traject.stap != Stap.VASTSTELLING:
        raise Http404
    if not mag_als_raadssecretaris(traject, gebruiker(request)):
        raise Http404
    return traject, agendering


@voor_secretariaat
@require_http_methods(GET_POST)
def standpunten(request: HttpRequest, slug: str) -> HttpResponse:
    """Toon wat is vastgelegd, en leg het oordeel vast."""
    traject = laad_traject(request, slug)
    agendering = _agendering(traject)
    form = OordeelForm(request.POST or None, initial={"oordeel": agendering.oordeel if agendering else ""})
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: acties.leg_oordeel_vast(
                traject=traject, versie=_versie(request), door=gebruiker(request), **form.cleaned_data
            ),
        )
        if klaar is not None:
            meld(request, f"Vastgelegd: de raad is {klaar.get_oordeel_display()}.")
            return redirect("adviezen:standpunten", slug=slug)
    bewerkbaar = traject.stap == Stap.VASTSTELLING and mag_als_raadssecretaris(traject, gebruiker(request))
    aanwezig = lezen.stemmers(agendering) if agendering else []
    return render(
        request,
        "adviezen/standpunten.html",
        {
            "traject": traject,
            "agendering": agendering,
            "form": form,
            "bewerkbaar": bewerkbaar and agendering is not None,
            "passages": [(r, lezen.op_scherm(r, aanwezig)) for r in lezen.registraties(agendering)]
            if agendering
            else [],
            "aanwezig": len(aanwezig),
            "notas": agendering.minderheidsnotas.prefetch_related("leden") if agendering else [],
            "achterhaald": lezen.achterhaald(agendering) if bewerkbaar and agendering else [],
            "tekorten": mag_stel_vast(traject) if traject.stap == Stap.VASTSTELLING else [],
            "versie": traject.rijversie,
        },
        status=422 if form.is_bound else 200,
    )


@voor_secretariaat
@require_http_methods(GET_POST)
def passage(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """Leg een passage vast of wijzig haar; "Toon de woorden" laat eerst zien wat er in het advies komt."""
    traject, agendering = _eis_open(request, slug)
    registratie = get_object_or_404(Registratie, pk=pk, agendering=agendering) if pk is not None else None
    aantal = request.POST.get("aantal", "")
    meer = "meer" in request.POST
    form = PassageForm(
        request.POST or None,
        traject=traject,
        stemmers=lezen.stemmers(agendering),
        registratie=registratie,
        aantal=(int(aantal) if aantal.isdecimal() and len(aantal) < 3 else MINSTE) + meer,
    )
    voorbeeld = None
    alleen_tonen = meer or "toon" in request.POST
    if request.method == "POST" and form.is_valid():
        voorbeeld = form.voorbeeld()
        if not alleen_tonen:
            klaar = probeer(request, form, lambda: _bewaar(request, form, traject, registratie))
            if klaar is not None:
                meld(request, "De standpunten over deze passage zijn vastgelegd.")
                return redirect("adviezen:standpunten", slug=slug)
    context: dict[str, Any] = {
        "traject": traject,
        "form": form,
        "voorbeeld": voorbeeld,
        "registratie": registratie,
        "versie": traject.rijversie,
    }
    if getattr(request, "htmx", False):
        return render(request, "adviezen/_standpuntvoorbeeld.html", context)
    return render(request, "adviezen/passage.html", context, status=422 if form.is_bound and not alleen_tonen else 200)


def _bewaar(
    request: HttpRequest, form: PassageForm, traject: Adviestraject, registratie: Registratie | None
) -> Registratie:
    return acties.leg_passage_vast(
        traject=traject,
        versie=_versie(request),
        passage=form.tekst_van_passage(),
        blok=form.cleaned_data["blok"],
        marge=form.cleaned_data["marge"],
        opvattingen=form.opvattingen(),
        registratie=registratie,
        door=gebruiker(request),
    )


def _haal_weg(request: HttpRequest, slug: str, daad: Callable[[], None], tekst: str) -> HttpResponse:
    """Haal iets weg zonder eigen bladzijde; een weigering staat op de bladzijde van de standpunten."""
    try:
        daad()
    except PortaalFout as fout:
        messages.error(request, str(fout))
    else:
        meld(request, tekst)
    return redirect("adviezen:standpunten", slug=slug)


@voor_secretariaat
@require_POST
def passage_weg(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Haal een passage weg."""
    traject, agendering = _eis_open(request, slug)
    registratie = get_object_or_404(Registratie, pk=pk, agendering=agendering)
    return _haal_weg(
        request,
        slug,
        lambda: acties.verwijder_passage(
            traject=traject, versie=_versie(request), registratie=registratie, door=gebruiker(request)
        ),
        "De passage is weggehaald.",
    )


@voor_secretariaat
@require_POST
def nota_weg(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Haal een minderheidsnota weg."""
    traject, agendering = _eis_open(request, slug)
    nota_ = get_object_or_404(Minderheidsnota, pk=pk, agendering=agendering)
    return _haal_weg(
        request,
        slug,
        lambda: acties.verwijder_nota(traject=traject, versie=_versie(request), nota=nota_, door=gebruiker(request)),
        "De minderheidsnota is weggehaald.",
    )


@voor_secretariaat
@require_http_methods(GET_POST)
def nota(request: HttpRequest, slug: str) -> HttpResponse:
    """Voeg een minderheidsnota toe."""
    traject, agendering = _eis_open(request, slug)
    form = NotaForm(request.POST or None, request.FILES or None, agendering=agendering)
    if request.method == "POST" and form.is_valid():

        def doe() -> Minderheidsnota:
            return acties.voeg_nota_toe(
                traject=traject,
                versie=_versie(request),
                titel=form.cleaned_data["titel"],
                tekst=_als_html(form.cleaned_data["tekst"]),
                leden=list(form.cleaned_data["leden"]),
                bestand=bewaar_bestand(request, form, "bestand"),
                door=gebruiker(request),
            )

        if probeer(request, form, doe) is not None:
            meld(request, "De minderheidsnota is toegevoegd.")
            return redirect("adviezen:standpunten", slug=slug)
    return render(
        request,
        "adviezen/nota.html",
        {"traject": traject, "form": form, "versie": traject.rijversie},
        status=422 if form.is_bound else 200,
    )


def _als_html(tekst: str) -> str:
    return linebreaks(tekst, autoescape=True) if tekst.strip() else ""
