"""Wat elk sjabloon weet, zonder sessie of gebruiker aan te raken."""

from django.conf import settings
from django.http import HttpRequest


def portaal(request: HttpRequest) -> dict[str, bool]:
    """Geef of het portaal in de voorbeeldstand draait."""
    return {"voorbeeldstand": settings.VOORBEELD}
