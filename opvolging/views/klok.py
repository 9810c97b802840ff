"""De klok van één advies: toezeggingen, vrijgave, en de brieven aan het ministerie."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kern.fouten import PortaalFout
from opvolging import actions, permissions
from opvolging.actions.brieven import briefpdf_van_nu, sleutel_van
from opvolging.forms.klok import BriefForm, ToezeggingForm, VrijgaveForm
from opvolging.models import Herinneringsbrief, Toezegging
from opvolging.queries.dossier import bewindspersonen, oude_dag
from opvolging.views.aanbeveling import GET_POST, laad_advies, probeer, versie_van
from stukken.actions import probeer_pdf_opnieuw
from stukken.leveren import lever
from stukken.queries import laatste_opdracht, laatste_pdf
from stukken.voortgang import PdfGegevens, gegevens, paneel
from toegang.enums import Rol
from toegang.routes import voor, voor_secretariaat
from toegang.verzoek import gebruiker


@voor_secretariaat
@require_http_methods(GET_POST)
def toezegging(request: HttpRequest, kenmerk: str) -> HttpResponse:
    """Leg vast wat een bewindspersoon toezegde."""
    advies = laad_advies(kenmerk)
    form = ToezeggingForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and probeer(
            form,
            lambda: actions.leg_toezegging_vast(advies=advies, door=gebruiker(request), **form.cleaned_data),
        )
    ):
        messages.success(request, "De toezegging is vastgelegd. Over tien minuten staat zij op de openbare klok.")
        return redirect("opvolging:advies", kenmerk=kenmerk)
    return render(
        request,
        "opvolging/reden.html",
        {
            "form": form,
            "kop": "Leg een toezegging vast",
            "over": advies.titel,
            "gevolg": "De toezegging staat over tien minuten op de openbare klok, met wie haar deed. Tot dan kunt u "
            "haar herroepen. De afgesproken drie maanden veranderen niet.",
            "voorstellen": ("wie-zegde-toe", bewindspersonen(advies)),
            "knop": "Leg de toezegging vast",
            "terug": ("opvolging:advies", kenmerk),
        },
        status=422 if form.is_bound else 200,
    )


@voor_secretariaat
@require_POST
def herroep_toezegging(request: HttpRequest, pk: int) -> HttpResponse:
    """Haal een toezegging weg zolang het publiek haar niet leest."""
    alle = Toezegging.objects.zichtbaar_voor(gebruiker(request)).select_related("advies")
    rij = get_object_or_404(alle, pk=pk)
    try:
        actions.herroep_toezegging(toezegging=rij, door=gebruiker(request))
    except PortaalFout as fout:
        messages.error(request, str(fout))
    else:
        messages.success(request, "De toezegging is herroepen. Zij komt niet op de openbare klok.")
    return redirect("opvolging:advies", kenmerk=rij.advies.kenmerk)


@voor(Rol.ALGEMEEN_SECRETARIS)
@require_http_methods(GET_POST)
def vrijgave(request: HttpRequest, kenmerk: str) -> HttpResponse:
    """Laat openbaar zeggen dat er nog niets kwam, of neem dat terug."""
    advies = laad_advies(kenmerk)
    laatst = advies.klokvrijgaven.order_by("-pk").first()
    vrij = not (laatst is not None and laatst.vrij)
    form = VrijgaveForm(request.POST or None, initial={"wat": "vrij" if vrij else "terug"})
    if request.method == "POST" and form.is_valid():
        gekozen = form.cleaned_data["wat"]
        vrij = gekozen == "vrij" if gekozen else vrij
    if (
        request.method == "POST"
        and form.is_valid()
        and probeer(
            form,
            lambda: actions.geef_klok_vrij(
                advies=advies, vrij=vrij, door=gebruiker(request), reden=form.cleaned_data["reden"]
            ),
        )
    ):
        messages.success(request, "Vrijgegeven." if vrij else "De vrijgave is teruggenomen.")
        return redirect("opvolging:advies", kenmerk=kenmerk)
    return render(
        request,
        "opvolging/reden.html",
        {
            "form": form,
            "kop": "Geef de openbare klok vrij" if vrij else "Neem de vrijgave terug",
            "over": advies.titel,
            "gevolg": "Op de openbare bladzijden komt te staan: nog geen reactie ontvangen, met de afgesproken dag."
            if vrij
            else "Openbaar staat er weer dat de reactie wordt afgewacht.",
            "knop": "Geef vrij" if vrij else "Neem terug",
            "terug": ("opvolging:advies", kenmerk),
        },
        status=422 if form.is_bound else 200,
    )


@voor_secretariaat
@require_POST
def brief_nieuw(request: HttpRequest, kenmerk: str) -> HttpResponse:
    """Zet met de hand een concept klaar."""
    advies = laad_advies(kenmerk)
    try:
        rij = actions.zet_brief_klaar(advies=advies, door=gebruiker(request))
    except PortaalFout as fout:
        messages.error(request, str(fout))
        return redirect("opvolging:advies", kenmerk=kenmerk)
    messages.success(request, "Het concept staat klaar. Lees het na.")
    return redirect("opvolging:brief", pk=rij.pk)


def _laad(request: HttpRequest, pk: int) -> Herinneringsbrief:
    brieven = Herinneringsbrief.objects.zichtbaar_voor(gebruiker(request))
    return get_object_or_404(brieven.select_related("advies", "afgetekend_door", "verstuurd_door", "pdf"), pk=pk)


def _pdf(rij: Herinneringsbrief) -> PdfGegevens:
    return gegevens(
        laatste_opdracht(sleutel_van(rij)),
        stand=reverse("opvolging:briefpdf_stand", args=[rij.pk]),
        download=reverse("opvolging:briefpdf", args=[rij.pk]),
        opnieuw=reverse("opvolging:briefpdf_maak", args=[rij.pk]),
        terug=reverse("opvolging:brief", args=[rij.pk]),
        van_nu=briefpdf_van_nu(rij),
    )


@voor_secretariaat
@require_http_methods(GET_POST)
def brief(request: HttpRequest, pk: int) -> HttpResponse:
    """Lees of wijzig een brief."""
    rij = _laad(request, pk)
    form = BriefForm(request.POST or None, brief=rij)
    if (
        request.method == "POST"
        and form.is_valid()
        and probeer(form, lambda: actions.wijzig_brief(brief=rij, door=gebruiker(request), **form.cleaned_data))
    ):
        messages.success(request, "De brief is gewijzigd.")
        return redirect("opvolging:brief", pk=pk)
    return render(
        request,
        "opvolging/brief.html",
        {
            "brief": rij,
            "form": form,
            "pdf": _pdf(rij),
            "oude_dag": oude_dag(rij) if rij.is_concept else "",
            "mag_aftekenen": rij.is_concept
            and rij.afgetekend_op is None
            and permissions.mag_vrijgeven(gebruiker(request)),
        },
        status=422 if form.is_bound else 200,
    )


def _doe(request: HttpRequest, pk: int, daad: Callable[[], object], gelukt: str) -> HttpResponse:
    try:
        daad()
    except PortaalFout as fout:
        messages.error(request, str(fout))
    else:
        messages.success(request, gelukt)
    return redirect("opvolging:brief", pk=pk)


@voor(Rol.ALGEMEEN_SECRETARIS)
@require_POST
def brief_teken_af(request: HttpRequest, pk: int) -> HttpResponse:
    """Teken een brief af."""
    rij, versie = _laad(request, pk), versie_van(request)
    return _doe(
        request,
        pk,
        lambda: actions.teken_brief_af(brief=rij, versie=versie, door=gebruiker(request)),
        "De brief is afgetekend.",
    )


@voor_secretariaat
@require_POST
def brief_verstuur(request: HttpRequest, pk: int) -> HttpResponse:
    """Verstuur een afgetekende brief."""
    rij, versie = _laad(request, pk), versie_van(request)
    return _doe(
        request,
        pk,
        lambda: actions.verstuur_brief(brief=rij, versie=versie, door=gebruiker(request)),
        "De brief gaat over tien minuten uit."
        if rij.email
        else "De brief staat als verstuurd vast. Over tien minuten noemt de openbare klok hem.",
    )


@voor_secretariaat
@require_POST
def brief_herroep(request: HttpRequest, pk: int) -> HttpResponse:
    """Herroep het versturen zolang het kan."""
    rij, versie = _laad(request, pk), versie_van(request)
    return _doe(
        request,
        pk,
        lambda: actions.herroep_brief(brief=rij, versie=versie, door=gebruiker(request)),
        "Het versturen is herroepen. De brief is weer een afgetekend concept.",
    )


@voor_secretariaat
@require_POST
def brief_vervalt(request: HttpRequest, pk: int) -> HttpResponse:
    """Laat een concept vervallen."""
    rij, versie = _laad(request, pk), versie_van(request)
    return _doe(
        request,
        pk,
        lambda: actions.laat_brief_vervallen(brief=rij, versie=versie, door=gebruiker(request)),
        "Het concept is vervallen.",
    )


@voor_secretariaat
@require_POST
def briefpdf_maak(request: HttpRequest, pk: int) -> HttpResponse:
    """Vraag de PDF van een brief."""
    rij = _laad(request, pk)
    opdracht = actions.vraag_briefpdf(brief=rij, door=gebruiker(request))
    probeer_pdf_opnieuw(opdracht=opdracht, door=gebruiker(request))
    return redirect("opvolging:brief", pk=pk)


@voor_secretariaat
@require_safe
def briefpdf_stand(request: HttpRequest, pk: int) -> HttpResponse:
    """Hoe ver de PDF van de brief is."""
    return paneel(request, _pdf(_laad(request, pk)))


@voor_secretariaat
@require_safe
def briefpdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Geef de PDF: zoals hij verstuurd is, anders de laatste."""
    rij = _laad(request, pk)
    opdracht = laatste_pdf(sleutel_van(rij))
    bestand = rij.pdf or (opdracht.bestand if opdracht is not None else None)
    if bestand is None:
        raise Http404
    return lever(bestand)
