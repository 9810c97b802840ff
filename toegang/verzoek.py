"""De gebruiker achter een verzoek, met zijn echte type."""

from typing import cast

from django.http import HttpRequest

from toegang.models import Gebruiker


def gebruiker(request: HttpRequest) -> Gebruiker:
    """Geef de ingelogde gebruiker. Alleen op routes waar de poort een account eist."""
    return cast(Gebruiker, request.user)
