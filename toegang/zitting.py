"""Hoe lang iemand ingelogd blijft: hoogstens twaalf uur, en hoogstens drie uur zonder iets te doen (instelbaar).

De tijden staan in de sessie zelf, gezet bij het inloggen; een sessie zonder tijden geldt als verlopen. Openbare routes
raken de sessie niet aan. Wie te laat is, is voor de rest van het verzoek uitgelogd: de poort stuurt dan naar het
inloggen, en wat iemand verstuurde komt terug op het scherm (toegang.verlopen).
"""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

BEGIN, GEZIEN = "zitting_begin", "zitting_gezien"
# Zo nauwkeurig is de stilte, naar de veilige kant: vaker schrijven kost bij elk verzoek een wijziging in de database.
STAP = 900


def begin(request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Zet de tijden in de sessie; ontvanger van `user_logged_in`."""
    if request is not None:
        nu = int(time.time())
        request.session[BEGIN], request.session[GEZIEN] = nu, nu


def is_voorbij(sessie: Any, nu: float) -> bool:
    """Geef of een ingelogde sessie te oud is of te lang stil lag."""
    begonnen, gezien = sessie.get(BEGIN, 0), sessie.get(GEZIEN, 0)
    te_oud = nu - begonnen >= settings.ZITTING_UREN * 3600
    return bool(te_oud or nu - gezien >= settings.ZITTING_STIL_UREN * 3600)


class Zitting:
    """Middleware vóór de poort die een verlopen zitting beëindigt."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        antwoord = self.get_response(request)
        eis = getattr(request, "toegang", None)
        # Ook na een 404 op een adres dat er niet is: anders verraadt het koekje dat een ander adres er wel is.
        # Wie naar de gebruiker vraagt raakt de sessie aan, dus ook de kopregels zijn dan gelijk (Vary: Cookie).
        if (eis is None or eis.soort != "publiek") and request.user.is_authenticated:
            nu = time.time()
            if nu - request.session.get(GEZIEN, nu) >= STAP:
                request.session[GEZIEN] = int(nu)
        return antwoord

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        eis = getattr(view, "toegang", None)
        if eis is None or eis.soort == "publiek" or not request.user.is_authenticated:
            return
        if is_voorbij(request.session, time.time()):
            # Geen gewone uitlog: die laat de browser wissen wat iemand zonder verbinding schreef en nog moet versturen.
            request.session.flush()
            request.user = AnonymousUser()
