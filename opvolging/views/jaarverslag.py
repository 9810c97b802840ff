"""Het jaarverslag: beginnen, lezen wat de records zeggen, als PDF of Word ophalen, en aanbieden."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kern.fouten import PortaalFout
from kern.tijd import vandaag
from opvolging.actions import jaarverslag as acties
from opvolging.forms.jaarverslag import AanbiedForm, InleidingForm, JaarForm
from opvolging.jaartekst import Hoofdstuk, als_html
from opvolging.models import Jaarverslag
from opvolging.policies import tekorten
from opvolging.queries.aanbieden import vaststellingen
from opvolging.queries.jaarverslag import hoofdstukken
from opvolging.views.aanbeveling import GET_POST, probeer, versie_van
from stukken.actions import probeer_pdf_opnieuw
from stukken.leveren import lever
from stukken.queries import laatste_opdracht, laatste_pdf
from stukken.voortgang import PdfGegevens, gegevens, paneel
from termijnen.klok import klok
from termijnen.queries import laatste
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker

DEFINITIEF = "definitief"  # de PDF voor de ministers, zonder het woord concept
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@voor_secretariaat
@require_http_methods(GET_POST)
def lijst(request: HttpRequest) -> HttpResponse:
    """De jaarverslagen; begin er een."""
    form = JaarForm(request.POST or None, initial={"jaar": vandaag().year})
    if (
        request.method == "POST"
        and form.is_valid()
        and probeer(form, lambda: acties.begin_jaarverslag(door=gebruiker(request), **form.cleaned_data))
    ):
        return redirect("opvolging:jaarverslag", jaar=form.cleaned_data["jaar"])
    return render(
        request,
        "opvolging/jaarverslagen.html",
        {"form": form, "verslagen": Jaarverslag.objects.zichtbaar_voor(gebruiker(request))},
        status=422 if form.is_bound else 200,
    )


def _laad(request: HttpRequest, jaar: int) -> Jaarverslag:
    return get_object_or_404(Jaarverslag.objects.zichtbaar_voor(gebruiker(request)), jaar=jaar)


def _pdf(rij: Jaarverslag, *, definitief: bool = False, delen: Sequence[Hoofdstuk] | None = None) -> PdfGegevens:
    erbij = f"?{DEFINITIEF}=1" if definitief else ""
    return gegevens(
        laatste_opdracht(acties.sleutel_van(rij, definitief=definitief)),
        stand=reverse("opvolging:jaarpdf_stand", args=[rij.jaar]) + erbij,
        download=reverse("opvolging:jaarpdf", args=[rij.jaar]) + erbij,
        opnieuw=reverse("opvolging:jaarpdf_maak", args=[rij.jaar]) + erbij,
        terug=reverse("opvolging:jaarverslag_aanbieden" if definitief else "opvolging:jaarverslag", args=[rij.jaar]),
        van_nu=acties.jaarpdf_van_nu(rij, definitief=definitief, delen=delen),
    )


def _definitief(request: HttpRequest) -> bool:
    return DEFINITIEF in request.GET


@voor_secretariaat
@require_http_methods(GET_POST)
def jaarverslag(request: HttpRequest, jaar: int) -> HttpResponse:
    """Eén jaarverslag: het concept uit de records, met de inleiding en de termijn."""
    rij = _laad(request, jaar)
    inleiding = InleidingForm(request.POST or None, initial={"inleiding": rij.inleiding, "versie": rij.rijversie})
    wie = gebruiker(request)
    if (
        request.method == "POST"
        and inleiding.is_valid()
        and probeer(inleiding, lambda: acties.schrijf_inleiding(verslag=rij, door=wie, **inleiding.cleaned_data))
    ):
        messages.success(request, "De inleiding is bewaard.")
        return redirect("opvolging:jaarverslag", jaar=jaar)
    termijn, delen = laatste(rij, acties.SOORT), hoofdstukken(rij)
    return render(
        request,
        "opvolging/jaarverslag.html",
        {
            "verslag": rij,
            "concept": mark_safe(als_html(delen, scherm=True)),  # noqa: S308 - als_html ontsnapt alle tekst
            "inleiding": inleiding,
            "tekorten": tekorten(rij, vaststellingen(rij)) if rij.aangeboden_op is None else [],
            "pdf": _pdf(rij, delen=delen),
            "klok": klok(termijn, vandaag()) if termijn is not None else None,
        },
        status=422 if inleiding.is_bound else 200,
    )


@voor_secretariaat
@require_http_methods(GET_POST)
def aanbieden(request: HttpRequest, jaar: int) -> HttpResponse:
    """Lees na wat er gebeurt, maak de definitieve PDF, en leg vast dat het jaarverslag is aangeboden."""
    rij, wie = _laad(request, jaar), gebruiker(request)
    if rij.aangeboden_op is not None:
        return redirect("opvolging:jaarverslag", jaar=jaar)
    punten = vaststellingen(rij)
    form = AanbiedForm(request.POST or None, punten=punten, initial={"versie": rij.rijversie})
    if (
        request.method == "POST"
        and form.is_valid()
        and probeer(form, lambda: acties.bied_jaarverslag_aan(verslag=rij, door=wie, **form.cleaned_data))
    ):
        messages.success(request, "Het jaarverslag is aangeboden. Over tien minuten leest het publiek het.")
        return redirect("opvolging:jaarverslag", jaar=jaar)
    return render(
        request,
        "opvolging/jaarverslag_aanbieden.html",
        {"verslag": rij, "form": form, "tekorten": tekorten(rij, punten), "pdf": _pdf(rij, definitief=True)},
        status=422 if form.is_bound else 200,
    )


@voor_secretariaat
@require_POST
def herroep(request: HttpRequest, jaar: int) -> HttpResponse:
    """Herroep het aanbieden zolang het publiek het nog niet leest."""
    rij = _laad(request, jaar)
    try:
        acties.herroep_jaarverslag(verslag=rij, versie=versie_van(request), door=gebruiker(request))
    except PortaalFout as fout:
        messages.error(request, str(fout))
    else:
        messages.success(request, "Het aanbieden is herroepen. Het jaarverslag is weer een concept.")
    return redirect("opvolging:jaarverslag", jaar=jaar)


@voor_secretariaat
@require_safe
def word(request: HttpRequest, jaar: int) -> HttpResponse:
    """Het jaarverslag als Word-document: het concept, of wat is aangeboden."""
    rij = _laad(request, jaar)
    antwoord = HttpResponse(acties.als_word(rij), content_type=WORD)
    soort = "-concept" if rij.aangeboden_op is None else ""
    antwoord["Content-Disposition"] = f'attachment; filename="jaarverslag-{rij.jaar}{soort}.docx"'
    return antwoord


@voor_secretariaat
@require_POST
def jaarpdf_maak(request: HttpRequest, jaar: int) -> HttpResponse:
    """Vraag de PDF; met `?definitief` die voor de ministers."""
    rij, wie, definitief = _laad(request, jaar), gebruiker(request), _definitief(request)
    probeer_pdf_opnieuw(opdracht=acties.vraag_jaarpdf(verslag=rij, door=wie, definitief=definitief), door=wie)
    return redirect("opvolging:jaarverslag_aanbieden" if definitief else "opvolging:jaarverslag", jaar=jaar)


@voor_secretariaat
@require_safe
def jaarpdf_stand(request: HttpRequest, jaar: int) -> HttpResponse:
    """Hoe ver de PDF is."""
    return paneel(request, _pdf(_laad(request, jaar), definitief=_definitief(request)))


@voor_secretariaat
@require_safe
def jaarpdf(request: HttpRequest, jaar: int) -> HttpResponseBase:
    """Geef de PDF die is aangeboden, of anders de laatste."""
    rij = _laad(request, jaar)
    opdracht = laatste_pdf(acties.sleutel_van(rij, definitief=_definitief(request)))
    bestand = rij.pdf or (opdracht.bestand if opdracht is not None else None)
    if bestand is None:
        raise Http404
    return lever(bestand)
