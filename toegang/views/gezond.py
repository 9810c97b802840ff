"""/gezond/: leeft het portaal? Zonder gegevens, voor de bewaking."""

from django.db import connection
from django.http import HttpRequest, JsonResponse

from toegang.routes import publiek


@publiek
def gezond(request: HttpRequest) -> JsonResponse:
    """Geef 200 als de database antwoordt, anders 503. Noemt geen oorzaken: die staan in de logs."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # elke oorzaak is hier hetzelfde antwoord
        return JsonResponse({"status": "database onbereikbaar"}, status=503)
    return JsonResponse({"status": "goed"}, headers={"Cache-Control": "no-store"})
