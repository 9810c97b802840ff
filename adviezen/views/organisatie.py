"""/organisatie/beraad/…: de eigen reactie van een organisatie, van lezen tot indienen, en wat intern blijft."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from adviezen import permissions
from adviezen.actions import reacties as acties
from adviezen.actions.lezen import onthoud_gelezen
from adviezen.forms.reacties import KnelpuntForm, MeelezerForm, NotitieForm, OordeelForm, PuntForm
from adviezen.models import Deelname, Meelezer, Reactie, ReactieItem, Versie
from adviezen.queries import reacties as queries
from adviezen.queries.tekst import citaat
from adviezen.views.aanvraag import GET_POST, _versie
from adviezen.views.gedeeld import meld, probeer
from logboek.actions import leg_inzage_vast
from overgangen import beschikbaar
from toegang.routes import ingelogd
from toegang.verzoek import gebruiker

# Wat elke overgang van een reactie doet, en wat er daarna op het scherm staat.
DADEN: dict[str, tuple[Callable[..., Reactie], str]] = {
    "dien_in": (acties.dien_reactie_in, "Uw reactie is ingediend."),
    "meld_geen_reactie": (acties.meld_geen_reactie, "Gemeld: uw organisatie geeft geen reactie."),
    "neem_terug": (acties.neem_reactie_terug, "Uw reactie is weer in concept."),
}
NA_DAAD = {"dien_in": "ingediend", "meld_geen_reactie": "geen_reactie", "neem_terug": "concept"}


def _laad(request: HttpRequest, pk: int) -> Deelname:
    gevonden: Deelname = get_object_or_404(queries.laad_deelname(gebruiker(request)), pk=pk)
    return gevonden


def _schrijver(request: HttpRequest, pk: int) -> Deelname:
    """Een deelname waar deze persoon voor schrijft; wie alleen meeleest krijgt dezelfde 404."""
    gevonden = _laad(request, pk)
    if not permissions.mag_voor_organisatie(gevonden, gebruiker(request)):
        raise Http404
    return gevonden


def _toon(request: HttpRequest, deelname: Deelname, **anders: Any) -> HttpResponse:
    context = queries.bladzijde(deelname, gebruiker(request))
    reactie = context["reactie"]
    begin = {n: getattr(reactie, n) for n in ("oordeel", "toelichting", "mede_namens")} if reactie else {}
    formulieren = {
        "oordeel": OordeelForm(initial=begin),
        "notitie": NotitieForm(prefix="notitie"),
        "versie": reactie.rijversie if reactie else "",
    }
    return render(
        request, "adviezen/organisatie/beraad.html", context | formulieren | anders, status=422 if anders else 200
    )


@ingelogd
@require_http_methods(GET_POST)
def beraad(request: HttpRequest, pk: int) -> HttpResponse:
    """De reactie van de eigen organisatie: oordeel, punten, wat nog moet, en wat ermee gedaan is."""
    deelname = _laad(request, pk)
    if request.method != "POST":
        return _toon(request, deelname)
    form = OordeelForm(request.POST)
    if form.is_valid():

        def bewaar() -> Reactie:
            reactie = acties.begin_reactie(deelname=deelname, door=gebruiker(request))
            versie = _versie(request) if request.POST.get("versie") else None
            return acties.bewaar_oordeel(reactie=reactie, versie=versie, door=gebruiker(request), **form.cleaned_data)

        if probeer(request, form, bewaar) is not None:
            meld(request, "Bewaard in concept. Alleen uw organisatie ziet dit.")
            return redirect("organisatie:beraad", pk=pk)
    return _toon(request, deelname, oordeel=form)


@ingelogd
@require_safe
def tekst(request: HttpRequest, pk: int) -> HttpResponse:
    """De witte versie met de eigen punten in de kantlijn."""
    deelname = _laad(request, pk)
    versie = deelname.beraad.versie
    if versie is None or not Versie.objects.zichtbaar_voor(request.user).filter(pk=versie.pk).exists():
        raise Http404
    if request.method == "GET":
        leg_inzage_vast(object=versie, door=gebruiker(request))
        onthoud_gelezen(versie=versie, door=gebruiker(request))
    passages, koppen = queries.tekst(deelname)
    context = queries.bladzijde(deelname, gebruiker(request))
    return render(
        request,
        "adviezen/organisatie/tekst.html",
        context | {"versie": versie, "passages": passages, "koppen": koppen},
    )


@ingelogd
@require_http_methods(GET_POST)
def punt(request: HttpRequest, pk: int, item: int | None = None) -> HttpResponse:
    """Schrijf of wijzig één punt."""
    deelname = _schrijver(request, pk)
    bestaand = None if item is None else get_object_or_404(ReactieItem, pk=item, reactie__deelname=deelname)
    begin = {"blok": request.GET.get("blok", "")}
    if bestaand is not None:
        begin = {n: getattr(bestaand, n) for n in ("blok", "tekst", "voorstel")}
    form = PuntForm(request.POST or None, initial=begin)
    blok = str(form["blok"].value() or "")
    html = deelname.beraad.versie.html if deelname.beraad.versie else ""
    if blok and f'data-blok="{blok}"' not in html:
        raise Http404
    aanhaling = citaat(html, blok) if blok else ""
    if request.method == "POST" and form.is_valid():

        def bewaar() -> Reactie:
            nieuw = acties.Punt(citaat=aanhaling, **form.cleaned_data)
            if bestaand is not None:
                return acties.wijzig_punt(item=bestaand, versie=None, punt=nieuw, door=gebruiker(request))
            reactie = acties.begin_reactie(deelname=deelname, door=gebruiker(request))
            return acties.voeg_punt_toe(reactie=reactie, versie=None, punt=nieuw, door=gebruiker(request))

        if probeer(request, form, bewaar) is not None:
            meld(request, "Het punt staat in uw concept.")
            return redirect("organisatie:beraad", pk=pk)
    return render(
        request,
        "adviezen/organisatie/punt.html",
        {
            "deelname": deelname,
            "traject": deelname.beraad.traject,
            "form": form,
            "citaat": aanhaling,
            "item": bestaand,
        },
        status=422 if form.is_bound else 200,
    )


@ingelogd
@require_POST
def punt_weg(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Haal één punt weg."""
    deelname = _schrijver(request, pk)
    bestaand = ReactieItem.objects.filter(pk=item, reactie__deelname=deelname).select_related("reactie").first()
    form = forms.Form()
    if bestaand is not None:
        form.cleaned_data = {}
        if probeer(request, form, lambda: acties.haal_punt_weg(item=bestaand, door=gebruiker(request))) is None:
            return _toon(request, deelname, oordeel=_met_fouten(form))
        meld(request, "Het punt is weg.")
    return redirect("organisatie:beraad", pk=pk)


def _met_fouten(form: forms.Form) -> OordeelForm:
    uit = OordeelForm({})
    uit.is_valid()
    for fout in form.non_field_errors():
        uit.add_error(None, fout)
    return uit


@ingelogd
@require_http_methods(GET_POST)
def daad(request: HttpRequest, pk: int, naam: str) -> HttpResponse:
    """Indienen, geen reactie melden of terugnemen: eerst wat het betekent, dan de knop."""
    deelname = _schrijver(request, pk)
    if naam not in DADEN:
        raise Http404
    reactie = queries.eigen_reactie(deelname)
    if reactie is None:
        if request.method != "POST":
            return redirect("organisatie:beraad", pk=pk)
        reactie = acties.begin_reactie(deelname=deelname, door=gebruiker(request))
    if reactie.status == NA_DAAD[naam]:
        if request.method == "POST":
            meld(request, "Dit was al gedaan.")
        return redirect("organisatie:beraad", pk=pk)
    keuze = next((k for k in beschikbaar(reactie, gebruiker(request)) if k.naam == naam), None)
    if keuze is None:
        raise Http404
    form = forms.Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        doe, tekst_ = DADEN[naam]
        versie = _versie(request)
        if probeer(request, form, lambda: doe(reactie=reactie, versie=versie, door=gebruiker(request))) is not None:
            meld(request, tekst_)
            return redirect("organisatie:beraad", pk=pk)
    return render(
        request,
        "adviezen/organisatie/daad.html",
        {
            "deelname": deelname,
            "traject": deelname.beraad.traject,
            "keuze": keuze,
            "form": form,
            "versie": reactie.rijversie,
            "reactie": reactie,
            "punten": queries.punten(reactie),
        },
        status=422 if form.is_bound else 200,
    )


@ingelogd
@require_POST
def notitie(request: HttpRequest, pk: int) -> HttpResponse:
    """Schrijf een notitie die alleen de eigen organisatie leest."""
    deelname = _laad(request, pk)
    form = NotitieForm(request.POST, prefix="notitie")
    if form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: acties.schrijf_notitie(deelname=deelname, door=gebruiker(request), **form.cleaned_data),
        )
        if klaar is not None:
            meld(request, "De notitie staat erbij. Alleen uw organisatie leest haar.")
            return redirect("organisatie:beraad", pk=pk)
    return _toon(request, deelname, notitie=form)


def _formulier(request: HttpRequest, deelname: Deelname, form: forms.Form, **context: str) -> HttpResponse:
    return render(
        request,
        "adviezen/organisatie/formulier.html",
        {"deelname": deelname, "traject": deelname.beraad.traject, "form": form, **context},
        status=422 if form.is_bound else 200,
    )


@ingelogd
@require_http_methods(GET_POST)
def knelpunt(request: HttpRequest, pk: int) -> HttpResponse:
    """Meld een knelpunt meteen aan de secretaris."""
    deelname = _schrijver(request, pk)
    form = KnelpuntForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: acties.meld_knelpunt(deelname=deelname, door=gebruiker(request), **form.cleaned_data),
        )
        if klaar is not None:
            meld(request, "Het knelpunt is gemeld; de secretaris krijgt nu bericht.")
            return redirect("organisatie:beraad", pk=pk)
    return _formulier(
        request,
        deelname,
        form,
        kop="Meld een knelpunt",
        uitleg="De secretaris krijgt meteen bericht en leest wat u hier schrijft. Uw reactie volgt later.",
        knop="Meld het knelpunt",
    )


@ingelogd
@require_http_methods(GET_POST)
def meelezer(request: HttpRequest, pk: int) -> HttpResponse:
    """Laat een collega meelezen met dit traject."""
    deelname = _laad(request, pk)
    if not permissions.mag_meelezers_toelaten(deelname, gebruiker(request)):
        raise Http404
    form = MeelezerForm(request.POST or None, deelname=deelname)
    if request.method == "POST" and form.is_valid():

        def laat() -> Meelezer:
            g = form.cleaned_data
            return acties.laat_meelezen(deelname=deelname, gebruiker=g["email"], tot=g["tot"], door=gebruiker(request))

        klaar = probeer(request, form, laat)
        if klaar is not None:
            meld(request, f"{klaar.gebruiker.naam} leest mee met dit traject.")
            return redirect("organisatie:beraad", pk=pk)
    return _formulier(
        request,
        deelname,
        form,
        kop="Laat een collega meelezen",
        uitleg="Uw collega leest de witte versie, uw reactie en uw notities, onder dezelfde zwijgplicht.",
        knop="Laat meelezen",
    )


@ingelogd
@require_POST
def meelezer_stop(request: HttpRequest, pk: int, meelezer: int) -> HttpResponse:
    """Stop het meelezen van een collega."""
    deelname = _laad(request, pk)
    gevonden = get_object_or_404(
        Meelezer, pk=meelezer, organisatie=deelname.organisatie_id, traject=deelname.beraad.traject_id
    )
    if not permissions.mag_meelezers_toelaten(deelname, gebruiker(request)):
        raise Http404
    acties.stop_meelezen(meelezer=gevonden, deelname=deelname, door=gebruiker(request))
    meld(request, f"{gevonden.gebruiker.naam} leest niet meer mee.")
    return redirect("organisatie:beraad", pk=pk)
