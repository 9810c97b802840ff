"""/organisatie/beraad/…: de eigen reactie van een organisatie, van lezen tot indienen, en wat intern blijft."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from adviezen import permissions
from adviezen.actions import organisatie as eigen
from adviezen.actions import reacties as acties
from adviezen.actions.lezen import onthoud_gelezen
from adviezen.actions.tijdvraag import vraag_meer_tijd
from adviezen.enums import Reactiestatus
from adviezen.forms.reacties import (
    KnelpuntantwoordForm,
    KnelpuntForm,
    MedeForm,
    MeerTijdForm,
    NotitieForm,
    OordeelForm,
    PuntForm,
)
from adviezen.models import Deelname, Reactie, ReactieItem, Versie
from adviezen.queries import organisatie as queries
from adviezen.queries.tekst import citaat, rondom
from adviezen.views.aanvraag import GET_POST, _versie
from adviezen.views.gedeeld import meld, probeer
from kern.tijd import datum_nl
from logboek.actions import leg_inzage_vast
from toegang.routes import ingelogd
from toegang.verzoek import gebruiker

# Wat elke overgang van een reactie doet, en wat er daarna op het scherm staat.
DADEN: dict[str, tuple[Callable[..., Reactie], str]] = {
    "dien_in": (acties.dien_reactie_in, "Uw reactie is ingediend."),
    "meld_geen_reactie": (acties.meld_geen_reactie, "Gemeld: uw organisatie geeft geen reactie."),
    "neem_terug": (acties.neem_reactie_terug, "Uw reactie is weer in concept."),
}
NA_DAAD = {"dien_in": "ingediend", "meld_geen_reactie": "geen_reactie", "neem_terug": "concept"}


def laad(request: HttpRequest, pk: int) -> Deelname:
    """Geef een deelname van de eigen organisatie; anders de 404 van wat niet bestaat."""
    gevonden: Deelname = get_object_or_404(queries.laad_deelname(gebruiker(request)), pk=pk)
    return gevonden


def schrijver(request: HttpRequest, pk: int) -> Deelname:
    """Een deelname waar deze persoon voor schrijft; wie alleen meeleest krijgt dezelfde 404."""
    gevonden = laad(request, pk)
    if not permissions.mag_voor_organisatie(gevonden, gebruiker(request)):
        raise Http404
    return gevonden


def _oordeel_nu(reactie: Reactie | None) -> dict[str, str]:
    return {n: getattr(reactie, n) for n in ("oordeel", "toelichting", "mede_namens")} if reactie else {}


def toon(request: HttpRequest, deelname: Deelname, **anders: Any) -> HttpResponse:
    """Toon de bladzijde van een beraad; met een formulier in `anders` is dat afgewezen (422)."""
    context = queries.bladzijde(deelname, gebruiker(request))
    reactie = context["reactie"]
    formulieren = {
        "oordeel": OordeelForm(initial=_oordeel_nu(reactie)),
        "notitie": NotitieForm(prefix="notitie"),
        "antwoord": KnelpuntantwoordForm(prefix="antwoord"),
        "medeform": MedeForm(keuze=context["te_vragen"]),
        "versie": reactie.rijversie if reactie else "",
    }
    return render(
        request, "adviezen/organisatie/beraad.html", context | formulieren | anders, status=422 if anders else 200
    )


@ingelogd
@require_http_methods(GET_POST)
def beraad(request: HttpRequest, pk: int) -> HttpResponse:
    """De reactie van de eigen organisatie: oordeel, punten, wat nog moet, en wat ermee gedaan is."""
    deelname = laad(request, pk)
    if request.method != "POST":
        return toon(request, deelname)
    form = OordeelForm(request.POST, initial=_oordeel_nu(queries.eigen_reactie(deelname)))
    if form.is_valid():

        def bewaar() -> Reactie:
            reactie = acties.begin_reactie(deelname=deelname, door=gebruiker(request))
            versie = _versie(request) if request.POST.get("versie") else None
            return acties.bewaar_oordeel(reactie=reactie, versie=versie, door=gebruiker(request), **form.cleaned_data)

        if probeer(request, form, bewaar) is not None:
            if request.POST.get("verder") == "dien_in":
                # Wat er stond is bewaard; het volgende scherm zegt wat indienen betekent.
                return redirect("organisatie:daad", pk=pk, naam="dien_in")
            wie = queries.leest_concept_mee(deelname) or "Alleen uw organisatie ziet dit."
            meld(request, f"Bewaard in concept. {wie}")
            return redirect("organisatie:beraad", pk=pk)
    return toon(request, deelname, oordeel=form)


@ingelogd
@require_safe
def tekst(request: HttpRequest, pk: int) -> HttpResponse:
    """De witte versie met de eigen punten in de kantlijn."""
    deelname = laad(request, pk)
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
    deelname = schrijver(request, pk)
    bestaand = None if item is None else get_object_or_404(ReactieItem, pk=item, reactie__deelname=deelname)
    begin = {"blok": request.GET.get("blok", "")}
    uit_tekst = bestaand is None or request.GET.get("van") == "tekst"
    if request.GET.get("van") == "toelichting":
        begin["tekst"] = getattr(queries.eigen_reactie(deelname), "toelichting", "")[: PuntForm.LANGSTE]
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
            meld(request, f"Het punt staat in uw concept. {queries.leest_concept_mee(deelname)}".strip())
            if blok and uit_tekst:  # wie door de tekst gaat, gaat verder op dezelfde plek
                return redirect(f"{reverse('organisatie:tekst', kwargs={'pk': pk})}#{blok}")
            return redirect("organisatie:beraad", pk=pk)
    return render(
        request,
        "adviezen/organisatie/punt.html",
        {
            "deelname": deelname,
            "traject": deelname.beraad.traject,
            "form": form,
            "citaat": aanhaling,
            "rondom": rondom(html, blok) if blok else [],
            "item": bestaand,
        },
        status=422 if form.is_bound else 200,
    )


@ingelogd
@require_http_methods(GET_POST)
def punt_weg(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Haal één punt weg; eerst staat er welk, want terughalen kan niet."""
    deelname = schrijver(request, pk)
    bestaand = ReactieItem.objects.filter(pk=item, reactie__deelname=deelname).select_related("reactie").first()
    if bestaand is not None and request.method != "POST":
        context = {"deelname": deelname, "traject": deelname.beraad.traject, "item": bestaand}
        return render(request, "adviezen/organisatie/punt_weg.html", context)
    form = forms.Form()
    if bestaand is not None:
        form.cleaned_data = {}
        if probeer(request, form, lambda: acties.haal_punt_weg(item=bestaand, door=gebruiker(request))) is None:
            return toon(request, deelname, oordeel=_met_fouten(form))
        meld(request, f"Het punt is weg. {queries.leest_concept_mee(deelname)}".strip())
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
    deelname = schrijver(request, pk)
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
    keuze = next((k for k in queries.daden(reactie, gebruiker(request)) if k.naam == naam), None)
    if keuze is None:
        raise Http404
    form = forms.Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        doe, tekst_ = DADEN[naam]
        if reactie.status == Reactiestatus.GEEN_REACTIE:
            tekst_ = "De melding is teruggenomen. U kunt alsnog reageren."
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
            "mede": queries.mede_namen(reactie),
        },
        status=422 if form.is_bound else 200,
    )


@ingelogd
@require_POST
def notitie(request: HttpRequest, pk: int) -> HttpResponse:
    """Schrijf een notitie die alleen de eigen organisatie leest."""
    deelname = laad(request, pk)
    form = NotitieForm(request.POST, prefix="notitie")
    if form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: eigen.schrijf_notitie(deelname=deelname, door=gebruiker(request), **form.cleaned_data),
        )
        if klaar is not None:
            meld(request, "De notitie staat erbij. Alleen uw organisatie leest haar.")
            return redirect("organisatie:beraad", pk=pk)
    return toon(request, deelname, notitie=form)


def formulier(request: HttpRequest, deelname: Deelname, form: forms.Form, **context: str) -> HttpResponse:
    """Toon één formulier op een eigen bladzijde."""
    return render(
        request,
        "adviezen/organisatie/formulier.html",
        {"deelname": deelname, "traject": deelname.beraad.traject, "form": form, **context},
        status=422 if form.is_bound else 200,
    )


@ingelogd
@require_http_methods(GET_POST)
def meer_tijd(request: HttpRequest, pk: int) -> HttpResponse:
    """Vraag de secretaris om meer tijd; hij geeft een dag of antwoordt waarom niet."""
    deelname = schrijver(request, pk)
    if request.method != "POST" and not deelname.beraad.is_open:
        return gesloten(request, deelname, "Om meer tijd vragen kan niet meer")
    form = MeerTijdForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request, form, lambda: vraag_meer_tijd(deelname=deelname, door=gebruiker(request), **form.cleaned_data)
        )
        if klaar is not None:
            meld(request, "Gevraagd. De secretaris krijgt nu bericht; zijn antwoord leest u hier en in uw berichten.")
            return redirect("organisatie:beraad", pk=pk)
    dag = deelname.laatste_dag
    return formulier(
        request,
        deelname,
        form,
        kop="Vraag om meer tijd",
        uitleg=(
            f"Reageren kan nu tot en met {datum_nl(dag) if dag else 'een dag die nog niet bekend is'}. De secretaris "
            "beslist; tot hij antwoordt geldt die dag."
        ),
        knop="Vraag om meer tijd",
    )


def gesloten(request: HttpRequest, deelname: Deelname, wat: str) -> HttpResponse:
    """Ga terug naar de reactie en zeg wat er na het sluiten niet meer kan; een formulier zou het pas aan het eind."""
    messages.info(request, f"{wat}: deze ronde is gesloten.")
    return redirect("organisatie:beraad", pk=deelname.pk)


@ingelogd
@require_http_methods(GET_POST)
def knelpunt(request: HttpRequest, pk: int) -> HttpResponse:
    """Meld een knelpunt meteen aan de secretaris."""
    deelname = schrijver(request, pk)
    if request.method != "POST" and not deelname.beraad.is_open:
        return gesloten(request, deelname, "Een knelpunt melden kan niet meer")
    form = KnelpuntForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: eigen.meld_knelpunt(deelname=deelname, door=gebruiker(request), **form.cleaned_data),
        )
        if klaar is not None:
            meld(request, "Het knelpunt is gemeld; de secretaris krijgt nu bericht.")
            return redirect("organisatie:beraad", pk=pk)
    reactie = queries.eigen_reactie(deelname)
    later = " Uw reactie volgt later." if reactie is None or reactie.status == Reactiestatus.CONCEPT else ""
    return formulier(
        request,
        deelname,
        form,
        kop="Meld een knelpunt",
        uitleg=f"De secretaris krijgt meteen bericht en leest wat u hier schrijft.{later}",
        knop="Meld het knelpunt",
    )
