"""Wie intussen is uitgelogd en toch iets verstuurt, krijgt zijn invoer terug in plaats van een leeg inlogscherm."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import strip_tags
from django.views.csrf import csrf_failure

from toegang.verzoek import lezer

# Voor wie de bladzijde gemaakt is waarvan dit komt; het script zet het erbij (js/portaal.js, js/lezen_offline.js).
VELD = "lezer"
_EIGEN_VELDEN = {"csrfmiddlewaretoken", VELD}
# Zo heten de velden met een wachtwoord, bij allauth en bij een uitnodiging.
_GEHEIM = ("password", "wachtwoord", "nogmaals")
# Een langer stuk tekst staat ook leesbaar op de bladzijde, zodat wie niet verder wil het kan kopiëren.
_LEESBAAR_VANAF = 12


def van_eigen_bladzijde(request: HttpRequest) -> bool:
    """Zeg of een bladzijde van dit portaal de aanvraag stuurde.

    Een browser zet bij elke POST de kopregel Origin. Komt die van een ander, dan krijgt de lezer diens velden nooit met
    een knop "verstuur opnieuw" voorgehouden: dat zou de bescherming tegen vervalste formulieren omzeilen.
    """
    return request.headers.get("Origin", "") in _eigen(request)


def _eigen(request: HttpRequest) -> set[str]:
    return {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}


def waarheen(request: HttpRequest) -> str:
    """Geef waar iemand na het inloggen heen gaat: dezelfde bladzijde, of die waar de knop op stond die hij gebruikte.

    Het adres van een knop is er vaak alleen voor die knop: wie er na het inloggen heen ging, zag niets.
    """
    try:
        bron = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # een kopregel die geen adres is
        return request.get_full_path()
    eigen = f"{bron.scheme}://{bron.netloc}" in _eigen(request) and not bron.path.startswith("//")
    if request.method in {"GET", "HEAD"} or not eigen:
        return request.get_full_path()
    return f"{bron.path or '/'}{f'?{bron.query}' if bron.query else ''}"


def invoer_van(request: HttpRequest) -> dict[str, Any]:
    """Geef wat `toegang/_invoer.html` toont: de ingevulde velden in volgorde, zonder token en zonder wachtwoorden.

    `teksten` is wat een mens schreef, zonder opmaak: de tekstverwerker van het portaal verstuurt HTML.
    """
    velden = [
        (naam, waarde)
        for naam, waarden in request.POST.lists()
        if naam not in _EIGEN_VELDEN and not any(woord in naam for woord in _GEHEIM)
        for waarde in waarden
    ]
    zonder_opmaak = (strip_tags(waarde).strip() for _, waarde in velden)
    return {
        "velden": velden,
        "teksten": [tekst for tekst in zonder_opmaak if len(tekst) >= _LEESBAAR_VANAF and " " in tekst],
        "bestanden": [b.name for _, lijst in request.FILES.lists() for b in lijst],
        "adres": request.get_full_path(),
    }


def van_een_ander(request: HttpRequest) -> bool:
    """Zeg of deze aanvraag komt van een bladzijde die voor een ander account gemaakt is.

    Op een gedeelde computer logt iemand in op een tweede tabblad. Wat op het eerste getypt stond, zou anders op zijn
    naam komen: het formuliertoken neemt de bladzijde over uit de cookie, omdat wie zelf opnieuw inlogt niets verliest.
    """
    van = request.headers.get("X-Lezer") or request.POST.get(VELD, "")
    return bool(van) and van != lezer(request)


def antwoord(request: HttpRequest, status: int, *, ander: bool = False) -> HttpResponse | None:
    """Geef de bladzijde met de eigen invoer, of None als er niets te bewaren is of een ander het stuurde.

    `ander`: de bladzijde was van een ander account. Dan ook zonder invoer: een knop is een daad op iemands naam.
    """
    if request.method != "POST" or not (ander or van_eigen_bladzijde(request)):
        return None
    invoer = invoer_van(request)
    if not ander and not invoer["velden"] and not invoer["bestanden"]:
        return None
    gegevens = invoer | {"ingelogd": request.user.is_authenticated, "ander": ander}
    return render(request, "toegang/verlopen.html", gegevens, status=status)


def formulier_verlopen(request: HttpRequest, reason: str = "", **rest: Any) -> HttpResponse:
    """Het antwoord van Django's bescherming tegen vervalste formulieren, met de invoer als die van onszelf komt."""
    return antwoord(request, 403) or csrf_failure(request, reason=reason, **rest)
