"""Correcties in de browser: wat te herstellen is, wat er al hersteld is, en één gegeven herstellen."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from adviezen.actions import correctie as acties
from adviezen.enums import Stap
from adviezen.forms.correctie import CorrectieForm
from adviezen.models import Adviestraject
from adviezen.permissions import mag_corrigeren
from adviezen.queries.intrekking import wacht_tot
from adviezen.views.aanvraag import GET_POST, _versie
from adviezen.views.gedeeld import laad_traject, meld, probeer
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker


@voor_secretariaat
@require_safe
def correctie(request: HttpRequest, slug: str) -> HttpResponse:
    """Toon wat te herstellen is, en alle eerdere correcties met de oude waarde."""
    traject, wie = laad_traject(request, slug), gebruiker(request)
    te_herstellen = acties.te_corrigeren(traject)
    return render(
        request,
        "adviezen/correcties.html",
        {
            "traject": traject,
            "gegevens": [(g, waarde, acties.mag_herstellen(traject, g.naam, wie)) for g, waarde in te_herstellen],
            "mag": mag_corrigeren(traject, wie),
            "correcties": traject.correcties.order_by("-pk"),
            "wacht_tot": wacht_tot(traject),
        },
    )


@voor_secretariaat
@require_http_methods(GET_POST)
def corrigeer(request: HttpRequest, slug: str, gegeven: str) -> HttpResponse:
    """Herstel één gegeven, met de gevolgen vooraf."""
    traject = laad_traject(request, slug)
    mag = {g.naam: g for g, _ in acties.te_corrigeren(traject)}
    if gegeven not in mag or not acties.mag_herstellen(traject, gegeven, gebruiker(request)):
        raise Http404
    soort = mag[gegeven]
    nu = acties.waarde_van(traject, gegeven)
    form = CorrectieForm(request.POST or None, gegeven=soort, waarde=nu)
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: acties.corrigeer(
                traject=traject, versie=_versie(request), gegeven=gegeven, door=gebruiker(request), **form.cleaned_data
            ),
        )
        if klaar is not None:
            meld(request, f"Hersteld: {soort.label}. De oude waarde blijft te zien.")
            return redirect("adviezen:correctie", slug=slug)
    return render(
        request,
        "adviezen/corrigeer.html",
        {
            "traject": traject,
            "form": form,
            "gegeven": soort,
            "waarde": acties.toon(nu),
            "gevolgen": _gevolgen(traject, gegeven),
            "versie": traject.rijversie,
        },
        status=422 if form.is_bound else 200,
    )


def _gevolgen(traject: Adviestraject, gegeven: str) -> list[str]:
    """Geef wat er gebeurt als dit gegeven in deze stap hersteld wordt."""
    uit = ["De oude waarde blijft in het dossier te zien."]
    if gegeven not in acties.BINNENSKAMERS:
        if traject.stap == Stap.AANGEBODEN:
            uit.append("De openbare bladzijde toont na tien minuten de juiste waarde en de correctie.")
        elif traject.stap == Stap.AANBIEDING:
            uit.append("De brieven worden opnieuw afgetekend, en de aanbieding opnieuw klaargezet en bevestigd.")
    if gegeven == "uitgebracht_op":
        uit.append("De klok van het kabinet wordt opnieuw gerekend.")
    elif gegeven in acties.MET_KLOK:
        uit.append("Een termijn die van deze dag telt en nog loopt, schuift mee.")
    return uit
