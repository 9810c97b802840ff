"""Valt de database even weg, dan krijgt wie iets verstuurde zijn invoer terug, met een knop om het nog eens te doen."""

import contextlib
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.middleware.csrf import get_token
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

from kern import logregels
from toegang.verlopen import invoer_van, van_eigen_bladzijde

# SQLSTATE: de lijn is verbroken, de server stopt of start, heeft geen plaats, of een ander hield te lang iets vast.
# Een fout van de vraag zelf is geen storing.
VERBROKEN = ("08", "53", "57P", "55P03")
SECONDEN = 30  # een herstart van PostgreSQL duurt er hooguit een paar


def is_storing(fout: BaseException | None) -> bool:
    """Geef of de database er niet was. Zonder SQLSTATE brak de lijn zelf, of kwam zij niet tot stand."""
    if not isinstance(fout, OperationalError | InterfaceError):
        return False
    code = getattr(fout.__cause__, "sqlstate", None)
    return code is None or str(code).startswith(VERBROKEN)


@requires_csrf_token
def serverfout(request: HttpRequest) -> HttpResponse:
    """Geef bij een storing van de database een 503 met de eigen invoer, en anders de gewone foutbladzijde.

    Of het gelukt is weet niemand als de lijn brak, en dat staat er. Nog eens versturen heeft geen tweede gevolg waar
    een formulier een volgnummer of kenmerk meestuurt (geval 24).
    """
    if not is_storing(sys.exc_info()[1]):
        return logregels.serverfout(request)
    gegevens = {"kenmerk": logregels.KENMERK.get(), "verstuurd": request.method == "POST"}
    with contextlib.suppress(UnreadablePostError):
        if request.method == "POST" and van_eigen_bladzijde(request):
            gegevens |= invoer_van(request) | {"csrf_token": get_token(request)}
    kop = {"Retry-After": str(SECONDEN), "Cache-Control": "private, no-store"}
    return HttpResponse(loader.render_to_string("503.html", gegevens), status=503, headers=kop)
