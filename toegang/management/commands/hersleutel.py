"""Schrijf de geheimen van de tweede stap opnieuw onder de huidige SECRET_KEY (docs/beheer.md, De sleutel wisselen)."""

from typing import Any

from django.core.management.base import BaseCommand

from toegang.tweede_stap import hersleutel


class Command(BaseCommand):
    help = "Schrijf de geheimen van de tweede stap opnieuw onder de huidige SECRET_KEY"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{hersleutel()} geheimen staan nu onder de huidige sleutel.")
