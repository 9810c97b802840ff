"""Het hart van de API: foutantwoorden volgens RFC 9457, de kop API-Version, en bladeren.

Naar de NLGov REST API Design Rules: zelfstandige naamwoorden in het meervoud, geen schuine streep aan het eind,
camelCase in vragen, alle fouten in de invoer tegelijk in één 400.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError

from publiek.api.beschrijving import beschrijf
from publiek.api.wijzigingen import VERSIE
from publiek.lezen import absoluut

# Alles is openbaar en alleen te lezen, zonder cookies: elke website mag het ophalen. Een eigen kop van drie regels is
# dan genoeg; een pakket voor CORS regelt vooral wat hier niet mag (inloggegevens, andere methoden).
KOPPEN = {
    "API-Version": VERSIE,
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "API-Version, ETag, Last-Modified, Link",
}
BEGIN = "/api/v1"


class Weg(Exception):
    """Wat hier stond is ingetrokken: 410 met de reden."""

    def __init__(self, titel: str, reden: str, sinds: str) -> None:
        super().__init__(reden)
        self.titel, self.reden, self.sinds = titel, reden, sinds


class Api(NinjaAPI):
    """De API met links om te bladeren ook in de kop, en een beschrijving die aan de ontwerpregels voldoet."""

    _beschrijving: Any = None

    def create_response(self, request: HttpRequest, data: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        antwoord: HttpResponse = super().create_response(request, data, *args, **kwargs)
        if isinstance(data, dict) and isinstance(links := data.get("links"), dict):
            antwoord["Link"] = ", ".join(f'<{adres}>; rel="{soort}"' for soort, adres in links.items() if adres)
        return antwoord

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        if self._beschrijving is None:  # staat vast zodra de routes zijn aangemeld
            self._beschrijving = beschrijf(super().get_openapi_schema(**{**kwargs, "path_prefix": ""}))
        return self._beschrijving


api = Api(
    title="SER-portaal",
    version=VERSIE,
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
    servers=[{"url": f"{settings.PORTAL_ADRES}{BEGIN}", "description": "dit portaal"}],
)


def probleem(status: int, titel: str, detail: str, **extra: Any) -> HttpResponse:
    """Geef een fout volgens RFC 9457."""
    lijf = json.dumps({"status": status, "title": titel, "detail": detail, **extra}, ensure_ascii=False)
    return HttpResponse(lijf, status=status, content_type="application/problem+json", headers=KOPPEN)


def onjuist(fouten: Sequence[dict[str, str]]) -> HttpResponse:
    """Geef 400 met alle fouten tegelijk; elke fout noemt de naam in de vraag."""
    namen = ", ".join(sorted({fout["in"] for fout in fouten}))
    return probleem(400, "Onjuiste invoer", f"Kijk na: {namen}.", errors=list(fouten))


ZINNEN = {
    "int_parsing": "Geef een geheel getal.",
    "int_from_float": "Geef een geheel getal.",
    "bool_parsing": "Geef true of false.",
    "date_from_datetime_parsing": "Geef een dag als 2023-03-16.",
    "date_parsing": "Geef een dag als 2023-03-16.",
    "date_from_datetime_inexact": "Geef een dag zonder tijd, als 2023-03-16.",
    "greater_than_equal": "Geef {ge} of meer.",
    "less_than_equal": "Geef hoogstens {le}.",
    "string_too_long": "Geef hoogstens {max_length} tekens.",
    "string_pattern_mismatch": "Gebruik kleine letters, cijfers en streepjes.",
    "literal_error": "Kies uit: {expected}.",
    "enum": "Kies uit: {expected}.",
    "missing": "Dit is verplicht.",
}


@api.exception_handler(ValidationError)
def bij_invoer(request: HttpRequest, fout: ValidationError) -> HttpResponse:
    """Onjuiste vraag: 400. Een adres dat niet kan bestaan: 404."""
    if any(f["loc"][0] == "path" for f in fout.errors):
        return bij_niets(request, fout)
    fouten = []
    for f in fout.errors:
        zin = ZINNEN.get(f["type"]) or str(f["msg"])
        ctx = {k: str(v).replace(" or ", " of ") for k, v in f.get("ctx", {}).items()}
        fouten.append({"in": str(f["loc"][-1]), "detail": zin.format_map(ctx)})
    return onjuist([*fouten, *onbekende_vragen(request)])


@api.exception_handler(HttpError)
def bij_fout(request: HttpRequest, fout: HttpError) -> HttpResponse:
    """Een bewuste fout van de API."""
    return probleem(fout.status_code, "Onjuiste invoer", str(fout))


@api.exception_handler(Http404)
@api.exception_handler(ObjectDoesNotExist)
def bij_niets(request: HttpRequest, fout: Exception) -> HttpResponse:
    """Er is niets op dit adres."""
    return probleem(404, "Niet gevonden", "Op dit adres staat niets.")


@api.exception_handler(Weg)
def bij_ingetrokken(request: HttpRequest, fout: Weg) -> HttpResponse:
    """Wat hier stond is ingetrokken."""
    return probleem(410, f"Ingetrokken: {fout.titel}", fout.reden, sinds=fout.sinds)


def namen_van(request: HttpRequest) -> set[str]:
    """Geef de vragen die de bewerking op dit adres kent."""
    view = request.resolver_match.func if request.resolver_match else None
    return set(getattr(view, "vragen", ()))


def onbekende_vragen(request: HttpRequest) -> list[dict[str, str]]:
    """Geef een fout per vraag die hier niet bestaat: een tikfout gaf anders stil de hele lijst."""
    kent = namen_van(request)
    keuze = (
        f"Deze vraag bestaat hier niet. Wel: {', '.join(sorted(kent))}." if kent else "Hier is geen vraag te stellen."
    )
    return [{"in": naam[:60], "detail": keuze} for naam in sorted(set(request.GET) - kent)]


def bladzijde(
    request: HttpRequest, vragen: Schema, naam: str, totaal: int, rijen: Iterable[dict[str, Any]]
) -> dict[str, Any]:
    """Geef een bladzijde onder `naam`, met het totaal en de links; `rijen` is al het juiste deel."""
    pagina, per = vragen.pagina, vragen.perPagina  # type: ignore[attr-defined]
    paginas = max(1, -(-totaal // per))
    gevraagd = [(n, w) for n, w in sorted(request.GET.items()) if n != "pagina"]

    def adres(nummer: int) -> str:
        return absoluut(f"{request.path}?{urlencode([*gevraagd, ('pagina', nummer)])}")

    return {
        "totaal": totaal,
        "pagina": pagina,
        "paginas": paginas,
        "perPagina": per,
        "links": {
            "self": adres(pagina),
            "first": adres(1),
            "prev": adres(min(pagina - 1, paginas)) if pagina > 1 else None,
            "next": adres(pagina + 1) if pagina < paginas else None,
            "last": adres(paginas),
        },
        naam: list(rijen),
    }


def uit_lijst(
    request: HttpRequest, vragen: Schema, naam: str, bron: Any, maak: Callable[[Any], dict[str, Any]]
) -> dict[str, Any]:
    """Geef een bladzijde uit een QuerySet of lijst."""
    totaal = bron.count() if hasattr(bron, "filter") else len(bron)
    begin = (vragen.pagina - 1) * vragen.perPagina  # type: ignore[attr-defined]
    deel = bron[begin : begin + vragen.perPagina]  # type: ignore[attr-defined]
    return bladzijde(request, vragen, naam, totaal, [maak(rij) for rij in deel])
