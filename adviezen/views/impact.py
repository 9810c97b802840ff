"""Wat het advies moet bereiken: één bladzijde, met de intake naast de vaststelling."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from adviezen import permissions
from adviezen.actions.impact import leg_impact_vast
from adviezen.enums import IMPACT_OPEN, Impactmoment
from adviezen.forms.impact import ImpactForm
from adviezen.models import Adviestraject, BeoogdeImpact
from adviezen.models.impact import VELDEN
from adviezen.views.aanvraag import GET_POST, _versie
from adviezen.views.gedeeld import laad_traject, meld, probeer
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker


def _begin(traject: Adviestraject, moment: str, stond: dict[str, BeoogdeImpact]) -> dict[str, Any]:
    """Geef wat er al stond; bij de vaststelling anders de intake, aangevuld uit de uitvoeringstoets."""
    rij = stond.get(moment) or stond.get(Impactmoment.INTAKE)
    begin: dict[str, Any] = {n: getattr(rij, n) for n in VELDEN} if rij is not None else {}
    toets = getattr(traject, "uitvoeringstoets", None)
    if moment == Impactmoment.VASTSTELLING and moment not in stond and toets is not None:
        uit_toets = {"uitvoerbaarheid": toets.uitvoerbaarheid, "kosten": toets.kosten, "groepen": toets.doelgroepen}
        begin |= {naam: tekst for naam, tekst in uit_toets.items() if tekst}
    return begin | {"moment": moment}


@voor_secretariaat
@require_http_methods(GET_POST)
def impact(request: HttpRequest, slug: str) -> HttpResponse:
    """Toon en leg vast wat dit advies moet bereiken."""
    traject = laad_traject(request, slug)
    stond = {r.moment: r for r in BeoogdeImpact.objects.zichtbaar_voor(gebruiker(request)).filter(traject=traject)}
    nu = next((m for m in Impactmoment if traject.stap in IMPACT_OPEN[m]), None)
    mag = nu is not None and permissions.mag_bewerken(traject, gebruiker(request))
    begin = _begin(traject, nu, stond) if nu is not None else {}
    form = ImpactForm(request.POST if request.method == "POST" else None, initial=begin)
    if form.is_bound and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: leg_impact_vast(
                traject=traject, versie=_versie(request), door=gebruiker(request), **form.cleaned_data
            ),
        )
        if klaar is not None:
            meld(request, "Vastgelegd wat dit advies moet bereiken.")
            return redirect("adviezen:traject", slug=slug)
    return render(
        request,
        "adviezen/impact.html",
        {
            "traject": traject,
            "form": form,
            "versie": traject.rijversie,
            "mag": mag or form.is_bound,
            "nu": nu,
            "momenten": [(m, stond.get(m)) for m in Impactmoment if m != nu or not mag],
            "overgenomen": mag and nu not in stond and len(begin) > 1,
        },
        status=422 if form.is_bound else 200,
    )
