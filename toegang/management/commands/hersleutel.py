"""Schrijf de geheimen van de tweede stap opnieuw onder de huidige SECRET_KEY (docs/beheer.md, De sleutels)."""

from typing import Any

from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError

from toegang.tweede_stap import hersleutel


class Command(BaseCommand):
    help = "Schrijf de geheimen van de tweede stap opnieuw onder de huidige SECRET_KEY"

    def handle(self, *args: Any, **options: Any) -> None:
        """Doe alles of niets. Werpt CommandError als een geheim met geen van de sleutels te lezen is."""
        try:
            aantal = hersleutel()
        except InvalidToken:
            raise CommandError(
                "Een geheim is met geen van de sleutels te lezen; er is niets veranderd. Zet de sleutel waaronder het "
                "geschreven is in SECRET_KEY_OUD (mag er meer dan een zijn, met komma's) en geef dit opnieuw."
            ) from None
        self.stdout.write(f"{aantal} geheimen staan nu onder de huidige sleutel.")
