"""Het eigen account, en de weg naar het eigen beginscherm."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from kern.tijd import nu
from toegang import gegevens as mijn
from toegang.gegevensregister import REGISTER
from toegang.navigatie import thuis as thuis_van
from toegang.rollen import hoedanigheden
from toegang.routes import eigen_account, ingelogd
from toegang.tweede_factor import heeft_tweede_factor, moet_tweede_factor
from toegang.verzoek import gebruiker
from toegang.zoeken import beheerders


@ingelogd
@require_safe
def thuis(request: HttpRequest) -> HttpResponse:
    """Stuur door naar het beginscherm dat bij de rollen van vandaag hoort."""
    return redirect(thuis_van(request.user))


@eigen_account
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Toon naam, adres, rollen van vandaag en de beveiliging van het eigen account."""
    rollen = sorted({str(h.rol.label) for h in hoedanigheden(request.user)})
    return render(
        request,
        "toegang/account.html",
        {
            "rollen": rollen,
            "beheerders": beheerders(),
            "tweede_factor": heeft_tweede_factor(request.user),
            "tweede_factor_verplicht": moet_tweede_factor(request.user),
        },
    )


@ingelogd
@require_safe
def gegevens(request: HttpRequest) -> HttpResponse:
    """Toon hoeveel er van iemand bewaard is, waarvoor en hoe lang."""
    aantallen = mijn.aantallen(gebruiker(request))
    return render(request, "toegang/gegevens.html", {"aantallen": aantallen, "register": REGISTER})


@ingelogd
@require_safe
def gegevens_bestand(request: HttpRequest) -> HttpResponse:
    """Geef alles wat van iemand bewaard is als JSON."""
    inhoud = {"gemaakt_op": nu(), **{soort.naam: rijen for soort, rijen in mijn.van(gebruiker(request))}}
    antwoord = JsonResponse(inhoud, json_dumps_params={"ensure_ascii": False, "indent": 1})
    antwoord["Content-Disposition"] = 'attachment; filename="mijn-gegevens.json"'
    return antwoord
