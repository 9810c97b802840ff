"""Wat er vroeger stond: een vorige uitgave van een advies, met wat er sindsdien veranderde."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kern.vergelijk import Vergelijking, vergelijk
from publiek.models import Advies, Grafsteen, VorigeUitgave
from publiek.views import openbaar
from publiek.views.adviezen import ingetrokken, stuur_door, vind

# Boven deze lengte van beide teksten samen (in tekens) staat er geen vergelijking: een lezer wacht daar niet op.
MEESTE_TEKENS = 2_000_000
ONDERDELEN = (
    ("ondertitel", "Ondertitel"),
    ("nummer", "Adviesnummer"),
    ("datum_tekst", "Datum"),
    ("uitgebracht_tekst", "Uitgebracht"),
    ("uitkomst", "Oordeel"),
    ("commissie", "Commissie"),
    ("aanvraagdatum_tekst", "Datum van de aanvraag"),
    ("samenvatting", "Samenvatting"),
    ("vraag", "Vraag"),
)


@openbaar
def uitgave(request: HttpRequest, jaar: str, nr: str, pk: str) -> HttpResponse:
    """Een vorige uitgave van dit advies; 404 als zij er niet is of is ingetrokken, 410 als het advies weg is."""
    rij = vind(jaar, nr)
    if isinstance(rij, Grafsteen):
        return ingetrokken(request, rij)
    oud = VorigeUitgave.objects.filter(kenmerk=rij.kenmerk, pk=int(pk), ingetrokken=False).first()
    if oud is None:
        raise Http404
    adres = f"{rij.get_absolute_url()}uitgaven/{oud.pk}/"
    if request.path != adres:
        return stuur_door(rij, jaar, nr, adres)
    context = {"advies": rij, "oud": oud, "m": oud.metadata, "anders": anders(oud, rij), "verschil": verschil(oud, rij)}
    return render(request, "publiek/uitgave.html", context)


def anders(oud: VorigeUitgave, nu: Advies) -> list[dict[str, Any]]:
    """Geef welke gegevens nu anders zijn dan in deze uitgave: wat, hoe het was, hoe het nu is."""
    paren = [("Titel", oud.titel, nu.titel)]
    paren += [(naam, oud.metadata.get(veld) or "", nu.metadata.get(veld) or "") for veld, naam in ONDERDELEN]
    paren.append(("Gevraagd door", _vragers(oud.metadata), _vragers(nu.metadata)))
    paren.append(("Aanbevelingen", _punten(oud.metadata), _punten(nu.metadata)))
    return [{"naam": naam, "was": was, "is": is_} for naam, was, is_ in paren if was != is_]


def verschil(oud: VorigeUitgave, nu: Advies) -> Vergelijking | None:
    """Geef de vergelijking van de twee teksten, of None als zij gelijk zijn, ontbreken of te lang zijn."""
    if oud.html == nu.html or not oud.html or not nu.html or len(oud.html) + len(nu.html) > MEESTE_TEKENS:
        return None
    return vergelijk(oud.html, nu.html)


def _vragers(metadata: dict[str, Any]) -> str:
    return "\n".join(metadata.get("adviesvragers") or [])


def _punten(metadata: dict[str, Any]) -> str:
    return "\n".join(f"{a.get('nummer')}. {a.get('tekst')}" for a in metadata.get("aanbevelingen") or [])
