"""De aanvraag en de brieven van een traject openen. Wie de rij mag zien, mag het bestand dat eraan hangt."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from adviezen.models import Adviesaanvraag, Toewijzing
from adviezen.views.gedeeld import laad_traject
from stukken.leveren import lever
from stukken.models import Bestand
from toegang.routes import ingelogd, voor_secretariaat


def _lever(bestand: Bestand | None) -> HttpResponseBase:
    if bestand is None:
        raise Http404
    return lever(bestand)


@voor_secretariaat
@require_safe
def besluitbrief(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Geef de brief bij een besluit van het dagelijks bestuur, zoals die als bestand is toegevoegd."""
    besluiten = Toewijzing.objects.zichtbaar_voor(request.user).filter(traject=laad_traject(request, slug))
    return _lever(get_object_or_404(besluiten.select_related("brief"), pk=pk).brief)


@voor_secretariaat
@require_safe
def eindbrief(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Geef de brief waarmee het traject is ingetrokken, geweigerd of beëindigd."""
    return _lever(laad_traject(request, slug).einde_brief)


def _aanvraag(request: HttpRequest, slug: str) -> Adviesaanvraag:
    zichtbaar = Adviesaanvraag.objects.zichtbaar_voor(request.user).select_related("traject__commissie", "bestand")
    gevonden: Adviesaanvraag = get_object_or_404(zichtbaar, traject__slug=slug)
    return gevonden


@ingelogd
@require_safe
def aanvraag(request: HttpRequest, slug: str) -> HttpResponse:
    """Lees de vraag: ieder met een account in functie (ontwerp §5), ook als zij niet openbaar is."""
    gevonden = _aanvraag(request, slug)
    return render(request, "adviezen/lezen/aanvraag.html", {"aanvraag": gevonden, "traject": gevonden.traject})


@ingelogd
@require_safe
def aanvraagbrief(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Geef de brief van de adviesvrager."""
    return _lever(_aanvraag(request, slug).bestand)
