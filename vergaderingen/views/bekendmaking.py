"""Bekendmakingen bij een agendapunt: vastleggen, intrekken, en de onthouding van het dagelijks bestuur."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kern.fouten import PortaalFout
from toegang.routes import voor_secretariaat
from vergaderingen import actions
from vergaderingen.forms import BekendmakingForm, RedenForm
from vergaderingen.queries import bekend_te_maken
from vergaderingen.views.agenda import toon_punt
from vergaderingen.views.hulp import fouttekst, invoer, laad_punt, probeer, wie


@voor_secretariaat
@require_POST
def leg_vast(request: HttpRequest, pk: int, punt: int) -> HttpResponse:
    """Leg een bekendmaking vast."""
    rij = laad_punt(request, pk, punt)
    formulier = BekendmakingForm(request.POST, soorten=bekend_te_maken(rij), prefix="bekend")
    if formulier.is_valid() and probeer(
        formulier,
        lambda: actions.leg_bekendmaking_vast(agendapunt=rij, door=wie(request), **formulier.cleaned_data),
    ):
        messages.success(request, "De bekendmaking is vastgelegd en staat op de openbare lijst.")
        return redirect("vergaderingen:agendapunt", pk, punt)
    return toon_punt(request, rij, bekend=formulier)


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def trek_in(request: HttpRequest, pk: int, punt: int, bekendmaking: int) -> HttpResponse:
    """Trek een bekendmaking in."""
    rij = laad_punt(request, pk, punt)
    gevonden = get_object_or_404(rij.bekendmakingen, pk=bekendmaking, ingetrokken_reden="")
    formulier = RedenForm(invoer(request))
    if (
        request.method == "POST"
        and formulier.is_valid()
        and probeer(
            formulier,
            lambda: actions.trek_bekendmaking_in(
                bekendmaking=gevonden, reden=formulier.cleaned_data["reden"], door=wie(request)
            ),
        )
    ):
        messages.success(request, "De bekendmaking is ingetrokken.")
        return redirect("vergaderingen:agendapunt", pk, punt)
    return render(
        request, "vergaderingen/daad.html",
        {"vergadering": rij.vergadering, "formulier": formulier, "kop": f"Trek in: {gevonden}",
         "knop": "Trek de bekendmaking in", "gevaar": True,
         "gevolgen": ["Zij staat daarna niet meer op de openbare lijst; de geschiedenis houdt wat er stond."]},
    )  # fmt: skip


@voor_secretariaat
@require_POST
def bestuur_onthoudt(request: HttpRequest, pk: int, punt: int) -> HttpResponse:
    """Leg bij de jaarrekening in één keer vast dat het dagelijks bestuur zich onthoudt."""
    rij = laad_punt(request, pk, punt)
    try:
        aantal = actions.onthoud_dagelijks_bestuur(agendapunt=rij, door=wie(request))
    except PortaalFout as fout:
        messages.error(request, fouttekst(fout))
    else:
        wie_ = "1 lid" if aantal == 1 else f"{aantal} leden"
        onthoudt = "onthoudt" if aantal == 1 else "onthouden"
        messages.success(request, f"{wie_} van het dagelijks bestuur {onthoudt} zich bij dit punt.")
    return redirect("vergaderingen:agendapunt", pk, punt)
