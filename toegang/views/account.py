"""Het eigen account, en de weg naar het eigen beginscherm."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from toegang.navigatie import thuis as thuis_van
from toegang.rollen import hoedanigheden
from toegang.routes import ingelogd
from toegang.tweede_factor import heeft_tweede_factor, moet_tweede_factor


@ingelogd
@require_safe
def thuis(request: HttpRequest) -> HttpResponse:
    """Stuur door naar het beginscherm dat bij de rollen van vandaag hoort."""
    return redirect(thuis_van(request.user))


@ingelogd
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Toon naam, adres, rollen van vandaag en de beveiliging van het eigen account."""
    rollen = sorted({str(h.rol.label) for h in hoedanigheden(request.user)})
    return render(
        request,
        "toegang/account.html",
        {
            "rollen": rollen,
            "tweede_factor": heeft_tweede_factor(request.user),
            "tweede_factor_verplicht": moet_tweede_factor(request.user),
        },
    )
