"""Het persbericht bij een advies."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from publiek.models import Grafsteen
from publiek.views import openbaar
from publiek.views.adviezen import ingetrokken, stuur_door, vind


@openbaar
def persbericht(request: HttpRequest, jaar: str, nr: str) -> HttpResponse:
    """Het persbericht met de woordvoerder; 404 als het advies er geen heeft, 410 als het advies is ingetrokken."""
    rij = vind(jaar, nr)
    if isinstance(rij, Grafsteen):
        return ingetrokken(request, rij)
    bericht = rij.metadata.get("persbericht")
    if not bericht:
        raise Http404
    adres = f"{rij.get_absolute_url()}persbericht/"
    if request.path != adres:
        return stuur_door(rij, jaar, nr, adres)
    context = {"advies": rij, "bericht": bericht, "woordvoerder": rij.metadata.get("woordvoerder") or {}}
    return render(request, "publiek/persbericht.html", context)
