"""De poort: elke aanvraag wordt vóór haar view aan de eis van de route getoetst. Zonder eis gaat niets open."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.loader import render_to_string

from toegang import verlopen
from toegang.rollen import heeft
from toegang.routes import Toegang
from toegang.tweede_factor import heeft_tweede_factor, moet_tweede_factor

INLOGGEN = {"WWW-Authenticate": 'Formulier realm="SER"'}


def toets(request: HttpRequest, eis: Toegang) -> HttpResponse | None:
    """Geef None als deze aanvraag aan de eis voldoet, anders waar zij heen moet. Werpt Http404 als het niet mag."""
    if eis.soort == "open":
        return None
    if not request.user.is_authenticated:
        if "HX-Request" in request.headers:
            # Een inlogscherm midden in een lijst helpt niemand: het script op de bladzijde zegt wat er is.
            return HttpResponse("Niet ingelogd.", status=401, headers=INLOGGEN)
        return verlopen.antwoord(request, 401) or redirect_to_login(verlopen.waarheen(request))
    if request.method == "POST" and verlopen.van_een_ander(request):
        if "X-Lezer" in request.headers:  # een script vraagt het: dat zegt zelf dat men opnieuw moet inloggen
            return HttpResponse("Ingelogd als een ander.", status=401, headers=INLOGGEN)
        return verlopen.antwoord(request, 403, ander=True)
    if eis.soort == "rollen" and not heeft(request.user, *eis.rollen):
        raise Http404
    # Ook waar ieder met een account komt: een medewerker leest daar alle concepten.
    if not eis.zonder_tweede_stap and moet_tweede_factor(request.user) and not heeft_tweede_factor(request.user):
        return redirect("mfa_index")
    return None


class Poort:
    """Middleware die alleen doorlaat wat de route zelf toestaat (ontwerp §5.2)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        antwoord = self.get_response(request)
        if antwoord.status_code == 405 and not antwoord.content:
            antwoord.content = render_to_string("405.html")  # anders een witte bladzijde
        eis: Toegang | None = getattr(request, "toegang", None)
        if eis is None or eis.soort != "publiek":
            if "Cache-Control" not in antwoord:
                antwoord["Cache-Control"] = "private, no-store"
            if getattr(request, "net_uitgelogd", False):
                # Wat op het apparaat bewaard is om zonder verbinding te lezen, gaat met het uitloggen weg.
                antwoord["Clear-Site-Data"] = '"storage"'
        return antwoord

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        eis: Toegang | None = getattr(view, "toegang", None)
        request.toegang = eis  # type: ignore[attr-defined]
        if eis is None:
            raise Http404
        if eis.soort == "publiek":
            return None if request.method in {"GET", "HEAD"} else HttpResponseNotAllowed(["GET", "HEAD"])
        return toets(request, eis)
