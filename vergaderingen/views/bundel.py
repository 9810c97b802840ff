"""De bundel van een vergadering voor de lezer zelf: vragen, zien hoe ver zij is, en halen."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from logboek.actions import leg_inzage_vast
from stukken import lever
from stukken.models import PdfOpdracht
from stukken.queries import laatste_pdf
from stukken.voortgang import PdfGegevens, gegevens, paneel
from toegang.routes import ingelogd
from vergaderingen import actions
from vergaderingen.bundel import mag_nog
from vergaderingen.enums import Status
from vergaderingen.models import Agendapunt, Bundel, Vergadering
from vergaderingen.queries import laatste_bundel
from vergaderingen.views.hulp import laad, wie


def bundelgegevens(request: HttpRequest, rij: Vergadering) -> PdfGegevens:
    """Geef het paneel van de bundel van deze lezer."""
    bundel = laatste_bundel(rij, wie(request))
    uit = gegevens(
        bundel.opdracht if bundel and mag_nog(rij, wie(request), bundel.inhoud) else None,
        stand=reverse("vergaderingen_lezen:bundel", args=[rij.pk]),
        download=reverse("vergaderingen_lezen:bundel-bestand", args=[rij.pk]),
        opnieuw=reverse("vergaderingen_lezen:bundel", args=[rij.pk]),
        terug=reverse("vergaderingen_lezen:vergadering", args=[rij.pk]),
    )
    return uit if _leesbaar(request, rij, uit.vorige) else replace(uit, vorige=None)


def _leesbaar(request: HttpRequest, rij: Vergadering, opdracht: PdfOpdracht | None) -> Bundel | None:
    """Geef de bundel die met deze opdracht gemaakt is, als deze lezer haar nu nog mag lezen."""
    if opdracht is None:
        return None
    gemaakt = Bundel.objects.filter(vergadering=rij, lezer=wie(request), opdracht=opdracht).first()
    return gemaakt if gemaakt is not None and mag_nog(rij, wie(request), gemaakt.inhoud) else None


def mag_bundel(rij: Vergadering) -> bool:
    """Een bundel is er zodra de leden zijn opgeroepen; van het archief zijn er geen stukken."""
    return rij.kenmerk is None and rij.status in (Status.OPGEROEPEN, Status.GEOPEND, Status.GESLOTEN)


@ingelogd
@require_http_methods(["GET", "HEAD", "POST"])
def bundel(request: HttpRequest, pk: int) -> HttpResponse:
    """Vraag de bundel met de stukken van nu (POST), of kijk hoe ver zij is (GET)."""
    rij = laad(request, pk)
    if not mag_bundel(rij):
        raise Http404
    if request.method == "POST":
        actions.vraag_bundel(vergadering=rij, lezer=wie(request))
        return redirect(reverse("vergaderingen_lezen:vergadering", args=[pk]) + "#bundel")
    return paneel(request, bundelgegevens(request, rij))


@ingelogd
@require_safe
def bestand(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Lever de eigen bundel; van een besloten vergadering, of met een vertrouwelijk punt, is dat een inzage."""
    rij = laad(request, pk)
    gevonden = laatste_bundel(rij, wie(request))
    opdracht = laatste_pdf(gevonden.opdracht.onderwerp) if gevonden else None
    bundel = _leesbaar(request, rij, opdracht)
    if bundel is None or opdracht is None or opdracht.bestand is None:
        raise Http404
    punten = Agendapunt.objects.filter(pk__in=[regel[0] for regel in bundel.inhoud["agenda"]])
    besloten = not rij.openbaar or punten.filter(vertrouwelijk=True).exists()
    if besloten and request.method == "GET":
        leg_inzage_vast(object=rij, door=wie(request))
    return lever(opdracht.bestand, naam=opdracht.naam)
