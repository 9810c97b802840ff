"""/lezen/versie/…: een versie lezen op elk scherm, wat er nieuw is, klaar met lezen, en een voorlopig standpunt."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from adviezen.actions import lezen as acties
from adviezen.enums import Deling, Kring
from adviezen.forms.opmerkingen import FilterForm, OpmerkingForm, VoorlopigForm
from adviezen.models import VoorlopigStandpunt
from adviezen.permissions import is_secretariaat
from adviezen.queries import lezen as queries
from adviezen.queries.beraad import Kringkeuze, kringkeuzes
from adviezen.queries.opmerkingen import ANTWOORDEN, Filter, Kaarten
from adviezen.queries.voorlopig import voorlopigen
from adviezen.views import lezen_pdf
from adviezen.views.gedeeld import laad_versie, meld, naar_versie, noteer_inzage, probeer
from toegang.routes import ingelogd
from toegang.verzoek import gebruiker

PER_BLAD = 25


def _weergave(request: HttpRequest) -> str:
    """Welke tekst: schoon, wijzigingen of sinds. `?sinds=1` is het oude adres."""
    return "sinds" if request.GET.get("sinds") else request.GET.get("weergave", "schoon")


@ingelogd
@require_safe
def versie(request: HttpRequest, pk: int) -> HttpResponse:
    """Lees een versie. Het scherm opent op wat er nieuw is sinds de vorige keer."""
    gevonden = laad_versie(request, pk)
    if queries.is_vertrouwelijk(gevonden):
        noteer_inzage(request, gevonden)
    # Wie een tekst op zijn apparaat zet heeft hem nog niet gelezen; dat hij hem ophaalde staat wel bij de inzages.
    if request.method == "GET" and "X-Bewaren" not in request.headers:
        acties.onthoud_gelezen(versie=gevonden, door=gebruiker(request))
    context = queries.bladzijde(
        gevonden, gebruiker(request), weergave=_weergave(request), filter=Filter.lees(request.GET)
    )
    f = context["filter"]
    begin = {"kring": f.kring, "stand": f.stand, "blokkerend": f.blokkerend, "mij": f.van_mij, "nieuw": f.nieuw}
    context["filterform"] = FilterForm(initial=begin, auto_id="filter_%s")
    context["pdf"] = lezen_pdf.stand(request, gevonden)
    if context["kan_schrijven"]:
        keuzes = context["keuzes"]
        context["opmerkform"] = OpmerkingForm(keuzes=keuzes, initial={"kring": keuzes[0].waarde})
        if not context["is_staf"]:
            context["voorlopigform"] = _voorlopigform(context["keuzes"], context["voorlopig"].huidig)
    return render(request, "adviezen/lezen/versie.html", context)


def _voorlopigform(keuzes: Sequence[Kringkeuze], huidig: VoorlopigStandpunt | None, data: Any = None) -> VoorlopigForm:
    begin = {n: getattr(huidig, n) for n in ("keuze", "tekst", "gedeeld_met")} if huidig is not None else {}
    return VoorlopigForm(
        data, commissie=any(k.kring == Kring.COMMISSIE for k in keuzes), initial=begin, auto_id="voorlopig_%s"
    )


@ingelogd
@require_http_methods(["GET", "HEAD", "POST"])
def voorlopig(request: HttpRequest, pk: int) -> HttpResponse:
    """Bewaar wat de lezer voorlopig vindt; het vorige blijft staan. Het secretariaat heeft hier niets te vinden."""
    gevonden = laad_versie(request, pk)
    if is_secretariaat(request.user):
        raise Http404
    huidig = voorlopigen(gevonden, gebruiker(request)).huidig
    form = _voorlopigform(kringkeuzes(gevonden, gebruiker(request)), huidig, request.POST or None)
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: acties.geef_voorlopig_standpunt(versie=gevonden, door=gebruiker(request), **form.cleaned_data),
        )
        if klaar is not None:
            alleen = klaar.gedeeld_met == Deling.NIEMAND
            wie = "Alleen u ziet dit." if alleen else f"Gedeeld met: {klaar.get_gedeeld_met_display()}."
            meld(request, f"Wat u voorlopig vindt is bewaard. {wie}")
            return naar_versie(gevonden, "voorlopig")
    return render(
        request,
        "adviezen/lezen/voorlopig.html",
        {"versie": gevonden, "traject": gevonden.traject, "form": form},
        status=422 if form.is_bound else 200,
    )


@ingelogd
@require_safe
def alinea(request: HttpRequest, pk: int, waar: str) -> HttpResponse:
    """Alle opmerkingen bij één passage, bij het geheel of bij vervallen passages, per bladzijde."""
    gevonden = laad_versie(request, pk)
    if queries.is_vertrouwelijk(gevonden):
        noteer_inzage(request, gevonden)
    filter = Filter.lees(request.GET)
    stand, passage, rijen = queries.bij_passage(gevonden, gebruiker(request), waar, filter)
    if passage is None and waar not in ("geheel", "vervallen"):
        raise Http404
    bladzijde = Paginator(rijen, PER_BLAD).get_page(request.GET.get("p"))
    kaarten = Kaarten(stand, gebruiker(request), bladzijde.object_list, ANTWOORDEN)
    return render(
        request,
        "adviezen/lezen/alinea.html",
        {
            "versie": gevonden,
            "traject": gevonden.traject,
            "waar": waar,
            "passage": passage,
            "bladzijde": bladzijde,
            "filter": filter,
            "kaarten": [kaarten.kaart(rij, 0) for rij in bladzijde.object_list],
            "kan_schrijven": queries.kan_schrijven(gevonden),
        },
    )


@ingelogd
@require_POST
def klaar(request: HttpRequest, pk: int) -> HttpResponse:
    """Onthoud dat deze lezer klaar is, of toch niet; niemand anders ziet dat."""
    gevonden = laad_versie(request, pk)
    af = request.POST.get("klaar") != "nee"
    acties.onthoud_gelezen(versie=gevonden, door=gebruiker(request), klaar=af)
    meld(request, "U bent klaar met lezen." if af else "Deze versie staat weer op uw leeslijst.")
    return redirect("werkplek_lezen:lezen") if af else naar_versie(gevonden)
