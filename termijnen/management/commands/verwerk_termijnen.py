"""Doe zonder Celery wat de klok anders wekt: waarschuwen en versturen."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kern.klok import bezwaar
from kern.tijd import vandaag
from termijnen import actions


class Command(BaseCommand):
    """Mag naast Celery draaien, ook uit cron: niets gaat dubbel."""

    help = "Waarschuwt over termijnen die aan de beurt zijn en verstuurt de wachtende berichten."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--herplan", action="store_true", help="reken eerst van elke lopende termijn de volgende waarschuwing uit"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if waarom := bezwaar("verwerk_termijnen"):
            raise CommandError(f"Er is niets gedaan: {waarom}.")
        if options["herplan"]:
            self.stdout.write(f"Opnieuw gepland: {actions.herplan(dag=vandaag())} termijnen.")
        klaar = actions.verwerk()
        self.stdout.write(
            f"Waarschuwingen: {klaar.herinneringen}. Verstuurd: {klaar.verstuurd}. Mislukt: {klaar.fouten}."
        )
        if klaar.fouten:
            raise SystemExit(1)
