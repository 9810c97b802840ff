"""De gebruiker achter een verzoek, met zijn echte type."""

from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from toegang.models import Gebruiker


def gebruiker(request: HttpRequest) -> Gebruiker:
    """Geef de ingelogde gebruiker. Alleen op routes waar de poort een account eist."""
    return cast(Gebruiker, request.user)


def lezer(request: HttpRequest) -> str:
    """Geef een vast kenmerk van de ingelogde gebruiker dat niets over hem zegt.

    Daarmee herkent de browser van wie iets is dat hij op het apparaat bewaarde, zonder naam of nummer. Tijdens het
    wisselen van de SECRET_KEY geldt nog de oude: anders raakt kwijt wat daar op een verbinding wacht.
    """
    sleutel = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)[-1]
    return salted_hmac("toegang.lezer", str(request.user.pk), secret=sleutel, algorithm="sha256").hexdigest()[:24]
