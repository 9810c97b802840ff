"""De lees-API /api/v1, naar de NLGov REST API Design Rules. Leest alleen het schema `publiek`, onder de leesrol."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from publiek.api import adviezen, bestanden, opvolging, raad, werk  # noqa: F401 - elk meldt zijn bewerkingen aan
from publiek.api.kern import KOPPEN, api, onbekende_vragen, onjuist, probleem
from publiek.views import View, openbaar

__all__ = ["api", "onbekend", "routes"]


@openbaar
def onbekend(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Elk ander adres onder /api/: 404 als problem+json, ook met een schuine streep aan het eind."""
    return probleem(404, "Niet gevonden", "Op dit adres staat niets. Zie /api/v1/openapi.json.")


def routes() -> list[URLPattern]:
    """Geef de routes van de API, elk gemerkt als openbaar en lezend onder de rol ser_publiek."""
    wegen = api.get_openapi_schema()["paths"]
    patronen = [p for p in api.urls[0] if isinstance(p, URLPattern) and p.name != "api-root"]
    for patroon in patronen:
        weg = "/" + str(patroon.pattern).replace("<", "{").replace(">", "}")
        vragen = [v["name"] for v in wegen.get(weg, {}).get("get", {}).get("parameters", []) if v["in"] == "query"]
        view = openbaar(_ingang(patroon.callback))
        view.vragen = vragen  # type: ignore[attr-defined]
        patroon.callback = view
    return patronen


def _ingang(view: View) -> View:
    """Laat HEAD doen wat GET doet (de server stuurt dan alleen de kop); weiger vragen die niet bestaan."""

    @wraps(view)
    def binnen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        daad = request.method
        request.method = "GET"
        try:
            antwoord = view(request, *args, **kwargs)
        finally:
            request.method = daad
        for naam, waarde in KOPPEN.items():
            antwoord[naam] = waarde
        fouten = onbekende_vragen(request)
        return onjuist(fouten) if fouten and antwoord.status_code != 400 else antwoord

    return binnen
