"""Stap 6 in de browser: op de agenda van een raadsvergadering."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from adviezen.actions import agendering as acties
from adviezen.enums import Stap
from adviezen.forms.agendering import AgenderingForm, TussenForm, VanAgendaForm
from adviezen.models import Adviestraject
from adviezen.permissions import mag_als_raadssecretaris
from adviezen.policies.raad import lopende_agendering, mag_behandel, waarschuwingen
from adviezen.policies.verwerking import groene_versie
from adviezen.views.aanvraag import GET_POST, _versie
from adviezen.views.gedeeld import laad_traject, meld, probeer
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker


@voor_secretariaat
@require_http_methods(GET_POST)
def agendering(request: HttpRequest, slug: str) -> HttpResponse:
    """Zet het advies op een agenda, of haal het eraf; toon wat er eerder op stond."""
    traject = laad_traject(request, slug)
    if traject.stap in acties.TUSSEN_STAPPEN:
        return _tussenbespreking(request, traject)
    eraf = request.method == "POST" and "eraf" in request.POST
    form = AgenderingForm(request.POST if request.method == "POST" and not eraf else None, traject=traject)
    af = VanAgendaForm(request.POST if eraf else None)
    if eraf and af.is_valid():
        klaar = probeer(
            request,
            af,
            lambda: acties.haal_af(
                traject=traject, versie=_versie(request), door=gebruiker(request), reden=af.cleaned_data["reden"]
            ),
        )
        if klaar is not None:
            meld(request, "Het advies is van de agenda gehaald.")
            return redirect("adviezen:agendering", slug=slug)
    elif form.is_bound and form.is_valid():
        nieuw = probeer(
            request,
            form,
            lambda: acties.agendeer(
                traject=traject, versie=_versie(request), door=gebruiker(request), **form.cleaned_data
            ),
        )
        if nieuw is not None:
            meld(request, f"Het advies staat op de agenda als {nieuw.agendapunt.stuknummer}.")
            return redirect("adviezen:agendering", slug=slug)
    lopend = lopende_agendering(traject)
    mag = mag_als_raadssecretaris(traject, gebruiker(request)) and traject.stap == Stap.NAAR_RAAD
    return render(
        request,
        "adviezen/agendering.html",
        {
            "traject": traject,
            "form": form if mag and lopend is None else None,
            "af": af if mag and lopend is not None else None,
            "lopend": lopend,
            "groen": groene_versie(traject),
            "tekorten": mag_behandel(traject) if lopend is not None and traject.stap == Stap.NAAR_RAAD else [],
            "waarschuwingen": waarschuwingen(traject),
            "eerder": traject.agenderingen.select_related("agendapunt__vergadering").order_by("-pk"),
            "versie": traject.rijversie,
        },
        status=422 if form.is_bound or af.is_bound else 200,
    )


def _tussenbespreking(request: HttpRequest, traject: Adviestraject) -> HttpResponse:
    """Voor stap 6: de raad kan al over het traject praten, zonder dat de stap verandert."""
    mag = mag_als_raadssecretaris(traject, gebruiker(request))
    form = TussenForm(request.POST if request.method == "POST" else None, traject=traject)
    if form.is_bound and form.is_valid():
        nieuw = probeer(
            request,
            form,
            lambda: acties.agendeer_tussenbespreking(
                traject=traject, versie=_versie(request), door=gebruiker(request), **form.cleaned_data
            ),
        )
        if nieuw is not None:
            meld(request, f"De tussenbespreking staat op de agenda als {nieuw.agendapunt.stuknummer}.")
            return redirect("adviezen:agendering", slug=traject.slug)
    return render(
        request,
        "adviezen/agendering.html",
        {
            "traject": traject,
            "tussen": form if mag else None,
            "eerder": traject.agenderingen.select_related("agendapunt__vergadering").order_by("-pk"),
            "versie": traject.rijversie,
        },
        status=422 if form.is_bound else 200,
    )
