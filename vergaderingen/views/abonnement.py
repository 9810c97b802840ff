"""De eigen agenda als abonnement: een geheim adres dat de agenda-app leest. Nooit een onderwerp of concepttitel."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from icalendar import Calendar, Event

from kern.agenda import zet_tijden
from kern.tijd import vandaag
from toegang.enums import Rol
from toegang.models import Gebruiker
from toegang.rollen import heeft
from toegang.routes import ingelogd, open_route
from vergaderingen import actions
from vergaderingen.enums import Orgaan, Status
from vergaderingen.models import Agendasleutel, Vergadering
from vergaderingen.models.vergadering import kring_filter
from vergaderingen.views.hulp import wie

TERUG = timedelta(days=60)
GAAT_NIET_DOOR = (Status.AFGELAST, Status.NIET_DOORGEGAAN)


@ingelogd
@require_http_methods(["GET", "HEAD", "POST"])
def abonnement(request: HttpRequest) -> HttpResponse:
    """Maak of vernieuw het adres (het staat één keer op het scherm), of trek het in.

    Wat een adres dat al geldt laat vervallen, wordt eerst gevraagd: elke agenda die het leest krijgt dan niets meer.
    """
    gebruiker = wie(request)
    adressen: list[tuple[str, str, str]] = []
    staf, vraag = heeft(gebruiker, Rol.SECRETARIAAT), ""
    if request.method == "POST":
        weg, zeker = "trek-in" in request.POST, request.POST.get("zeker") == "ja"
        if _geldig(gebruiker) is not None and not zeker:
            vraag = "trek-in" if weg else "nieuw"
        elif weg:
            if actions.trek_agendasleutel_in(door=gebruiker):
                messages.success(request, "Het adres geldt niet meer. Uw agenda-app krijgt niets nieuws.")
            return redirect("vergaderingen_lezen:abonnement")
        else:
            sleutel = actions.maak_agendasleutel(door=gebruiker)
            adressen = [_adres("vergaderingen", "eigen-agenda", sleutel)]
            if staf:  # de termijnen van leden staan bij hun ronde
                adressen.append(_adres("termijnen", "eigen-termijnen", sleutel))
    return render(
        request,
        "vergaderingen/abonnement.html",
        {"adressen": adressen, "staf": staf, "geldig": _geldig(gebruiker), "vraag": vraag},
    )


def _geldig(gebruiker: Gebruiker) -> Agendasleutel | None:
    return Agendasleutel.objects.filter(gebruiker=gebruiker, ingetrokken_op__isnull=True).first()


def _adres(wat: str, naam: str, sleutel: str) -> tuple[str, str, str]:
    """Geef waarvan het adres is, het adres, en hetzelfde als `webcal:`, waarmee een agenda-app zich opent."""
    adres = settings.PORTAL_ADRES + reverse(naam, args=[sleutel])
    return wat, adres, f"webcal://{adres.partition('://')[2]}"


@open_route
@require_safe
def eigen_agenda(request: HttpRequest, sleutel: str) -> HttpResponse:
    """Geef de vergaderingen van de kringen van deze persoon. Ingetrokken, onbekend of een dicht account: 404."""
    eigenaar = actions.gebruiker_bij(sleutel)
    if eigenaar is None:
        raise Http404
    kalender = Calendar()
    kalender.add("prodid", "-//SER//portaal//NL")
    kalender.add("version", "2.0")
    kalender.add("x-wr-calname", "Mijn vergaderingen bij de SER")
    kring = kring_filter(eigenaar)
    if heeft(eigenaar, Rol.MINISTERIEEL_VERTEGENWOORDIGER, orgaan="raad"):
        kring |= Q(orgaan=Orgaan.RAAD, openbaar=True)  # daar wordt een ministerie voor opgeroepen (Wet art. 28)
    vergaderingen = (
        Vergadering.objects.filter(kring, kenmerk__isnull=True, datum__gte=vandaag() - TERUG)
        .select_related("commissie")
        .order_by("datum", "begin", "pk")
    )
    for vergadering in vergaderingen:
        kalender.add_component(_punt(vergadering))
    antwoord = HttpResponse(kalender.to_ical(), content_type="text/calendar; charset=utf-8")
    antwoord["Cache-Control"] = "private, no-store"
    return antwoord


def _punt(rij: Vergadering) -> Event:
    assert rij.datum is not None  # noqa: S101 - de vraag kiest op datum
    punt = Event()
    punt.add("uid", f"vergadering-{rij.pk}@ser-portaal")
    naam = f"{'VOORBEELD: ' if rij.voorbeeld else ''}{rij.naam}"
    af = rij.status in GAAT_NIET_DOOR
    punt.add("summary", f"{naam} ({rij.get_status_display()})" if af else naam)
    zet_tijden(punt, datum=rij.datum, begin=rij.begin, eind=rij.eind, duur=timedelta(hours=2))
    punt.add("sequence", rij.rijversie)
    punt.add("status", "CANCELLED" if af else "CONFIRMED")
    if rij.plaats:
        punt.add("location", rij.plaats)
    punt.add("url", settings.PORTAL_ADRES + reverse("vergaderingen_lezen:vergadering", args=[rij.pk]))
    return punt
