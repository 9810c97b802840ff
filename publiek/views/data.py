"""Open data voor mensen: het codeboek van de API, en de bestanden per jaar."""

import base64
import hashlib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from publiek.api.bestanden import SOORTEN, ZONDER, in_een_bestand, jaren, maak, maak_alles, pad
from publiek.api.codeboek import codeboek as lees_codeboek
from publiek.lezen import absoluut
from publiek.licentie import licentie
from publiek.views import openbaar
from publiek.zoekvraag import REACTIES


@openbaar
def codeboek(request: HttpRequest) -> HttpResponse:
    """Wat er op te vragen is, wat elk veld betekent en waar het vandaan komt; gemaakt uit de beschrijving zelf."""
    bestanden = [(jaar, aantal, [(vorm, pad(jaar, vorm)) for vorm in SOORTEN]) for jaar, aantal in jaren()]
    nieuwste = next((jaar for jaar, _ in jaren() if jaar), None)
    context: dict[str, Any] = {
        "boek": lees_codeboek(),
        "licentie": licentie(),
        "bestanden": bestanden,
        "in_een": in_een_bestand(),
        "reacties": REACTIES.items(),
        "bestandsadres": absoluut(pad(nieuwste, "csv")),
    }
    return render(request, "publiek/codeboek.html", context)


@openbaar
def alles(request: HttpRequest, vorm: str) -> HttpResponse:
    """Alle adviezen in één bestand; 404 als het er te veel zijn om in één keer te maken."""
    if not in_een_bestand():
        raise Http404
    return _bestand(maak_alles(vorm), vorm, f"ser-adviezen.{vorm}")


@openbaar
def jaarbestand(request: HttpRequest, jaar: str, vorm: str) -> HttpResponse:
    """Alle adviezen van een jaar als JSON of CSV, met controlegetal en licentie in de kop."""
    nummer = None if jaar == ZONDER else int(jaar)
    if nummer not in dict(jaren()):
        raise Http404
    return _bestand(maak(nummer, vorm), vorm, f"ser-adviezen-{jaar}.{vorm}")


def _bestand(inhoud: bytes, vorm: str, naam: str) -> HttpResponse:
    som = base64.b64encode(hashlib.sha256(inhoud).digest()).decode()
    return HttpResponse(
        inhoud,
        content_type=SOORTEN[vorm],
        headers={
            "Access-Control-Allow-Origin": "*",
            "Content-Disposition": f'attachment; filename="{naam}"',
            "Link": f'<{licentie().adres}>; rel="license"',
            "Repr-Digest": f"sha-256=:{som}:",
        },
    )
