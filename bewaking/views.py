"""/gezond/: leeft het portaal? Zonder getallen, voor wie van buiten kijkt; die staan op de poort van de bewaking."""

from django.http import HttpRequest, JsonResponse

from bewaking import queries
from kern.tijd import nu
from toegang.routes import publiek


@publiek
def gezond(request: HttpRequest) -> JsonResponse:
    """Geef de stand per onderdeel: 200, of 503 als de database niet antwoordt en niets meer kan.

    Staat alleen de klok, de wachtrij of de post stil, dan blijft het 200: het web herstarten helpt daar niet tegen.
    """
    status, delen = queries.gezond(queries.meet(nu()))
    code = 503 if status == "database onbereikbaar" else 200
    return JsonResponse({"status": status, "delen": delen}, status=code, headers={"Cache-Control": "no-store"})
