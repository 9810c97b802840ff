"""De evaluaties van adviezen: wat eraan komt, één vastleggen, en ze plannen."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kern.fouten import PortaalFout
from kern.getal import geheel
from kern.tijd import vandaag
from opvolging.actions.evaluatie import jongste, leg_evaluatie_vast, plan_evaluaties
from opvolging.enums import TUSSENTIJDS
from opvolging.forms.evaluatie import EvaluatieForm
from opvolging.models.evaluatie import MOMENTEN
from opvolging.queries.aanbeveling import opvolging_van
from opvolging.queries.evaluatie import (
    adviezen_met_komende,
    begindag,
    doorwerking_van,
    gedaan,
    kan_vanaf,
    nog_te_doen,
)
from opvolging.views.aanbeveling import GET_POST, PER_BLADZIJDE, laad_advies, probeer
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker


@voor_secretariaat
@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """Toon de evaluaties die komen en die er zijn."""
    pagina = Paginator(adviezen_met_komende(), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    klaar = Paginator(gedaan(gebruiker(request)), PER_BLADZIJDE).get_page(request.GET.get("gedaan"))
    return render(
        request,
        "opvolging/evaluaties.html",
        {"pagina": pagina, "regels": nog_te_doen(list(pagina.object_list)), "gedaan": klaar, "vandaag": vandaag()},
    )


@voor_secretariaat
@require_http_methods(GET_POST)
def evaluatie(request: HttpRequest, kenmerk: str) -> HttpResponse:
    """Leg een evaluatie vast, naast wat het advies wilde bereiken; `?na=3` kiest het moment."""
    advies = laad_advies(kenmerk)
    stand = doorwerking_van(advies, gebruiker(request))
    aan_de_beurt = [t for t, vanaf in stand.komend if vanaf <= vandaag()]
    eerste = int(aan_de_beurt[0].soort.rpartition("_")[2]) if aan_de_beurt else TUSSENTIJDS
    na = geheel(request.GET.get("na", ""))
    na = na if na in MOMENTEN else eerste
    basis = begindag(advies)
    te_vroeg = kan_vanaf(basis, na) if na != TUSSENTIJDS and basis is not None else None
    oud = jongste(advies, na)
    begin = {"na_jaren": str(na), "gezien": oud.pk if oud else None}
    if oud is not None:
        namen = ("per", "uitwerking", "bevindingen", "groepen", "geraadpleegd", "lessen")
        begin |= {naam: getattr(oud, naam) for naam in namen}
    form = EvaluatieForm(request.POST or None, initial=begin)
    if (
        request.method == "POST"
        and form.is_valid()
        and probeer(form, lambda: leg_evaluatie_vast(advies=advies, door=gebruiker(request), **form.cleaned_data))
    ):
        messages.success(request, "De evaluatie is vastgelegd; over tien minuten openbaar.")
        return redirect("opvolging:advies", kenmerk=kenmerk)
    punten = advies.aanbevelingen.select_related("advies").prefetch_related("aan")
    return render(
        request,
        "opvolging/evaluatie.html",
        {
            "advies": advies,
            "form": form,
            "oud": oud,
            "w": stand,
            "aanbevelingen": opvolging_van(list(punten)),
            "basis": basis,
            "na": na,
            "te_vroeg": te_vroeg if te_vroeg is not None and te_vroeg > vandaag() else None,
        },
        status=422 if form.is_bound else 200,
    )


@voor_secretariaat
@require_POST
def plan(request: HttpRequest, kenmerk: str) -> HttpResponse:
    """Plan de evaluaties die nog komen."""
    try:
        nieuw = plan_evaluaties(advies=laad_advies(kenmerk), door=gebruiker(request))
    except PortaalFout as fout:
        messages.error(request, str(fout))
    else:
        messages.success(request, "Gepland: " + ", ".join(t.omschrijving.lower() for t in nieuw) + ".")
    return redirect("opvolging:advies", kenmerk=kenmerk)
