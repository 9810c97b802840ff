"""Middleware: onder /api/v1 is elke fout een problem+json, ook die de poort of het raamwerk zelf geeft."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from publiek.api.kern import BEGIN, KOPPEN, probleem

SOORT = "application/problem+json"
WOORDEN = {
    400: ("Onjuiste invoer", "De aanvraag is niet te lezen."),
    404: ("Niet gevonden", "Op dit adres staat niets."),
    405: ("Alleen lezen", "Deze API kent alleen GET en HEAD."),
    503: ("Even niet bereikbaar", "Probeer het over een minuut opnieuw."),
}


class ApiFouten:
    """Zet een foutbladzijde onder /api/v1 om in een fout volgens RFC 9457; de status blijft."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        antwoord = self.get_response(request)
        if antwoord.status_code < 400 or not request.path.startswith(f"{BEGIN}/"):
            return antwoord
        if antwoord.get("Content-Type", "").startswith(SOORT) or not isinstance(antwoord, HttpResponse):
            return antwoord
        titel, detail = WOORDEN.get(antwoord.status_code, ("Fout in het portaal", "Probeer het later opnieuw."))
        antwoord.content = probleem(antwoord.status_code, titel, detail).content
        antwoord["Content-Type"] = SOORT
        for naam, waarde in KOPPEN.items():
            antwoord[naam] = waarde
        if antwoord.has_header("Content-Length"):
            antwoord["Content-Length"] = str(len(antwoord.content))
        return antwoord
