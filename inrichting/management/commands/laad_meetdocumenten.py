"""manage.py laad_meetdocumenten AANTAL: verzonnen adviezen om op te meten. Herhaalbaar; alleen in de voorbeeldstand."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from inrichting import meetdocumenten

MELD_PER = 5_000


class Command(BaseCommand):
    """Laadt verzonnen adviezen, steeds dezelfde."""

    help = "Maak verzonnen adviezen openbaar om op te meten (2000, 100000). Er is geen weg terug dan een verse var/."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("aantal", type=int, help="hoeveel er moeten staan")

    def handle(self, *args: Any, **options: Any) -> None:
        """Laad ze; werpt CommandError buiten de voorbeeldstand of bij een onbruikbaar aantal."""
        aantal: int = options["aantal"]
        if not settings.VOORBEELD:
            raise CommandError("Meetdocumenten bestaan alleen in de voorbeeldstand (PORTAL_VOORBEELD=1).")
        if not 1 <= aantal <= 1_000_000:
            raise CommandError("Kies een aantal van 1 tot en met 1000000.")
        begin = time.monotonic()

        def meld(er: int) -> None:
            if er % MELD_PER == 0:
                self.stdout.write(f"{er} van {aantal} … ({time.monotonic() - begin:.0f} s)")

        nieuw = meetdocumenten.laad(aantal, meld=meld)
        self.stdout.write(f"{nieuw} adviezen erbij, {aantal} in totaal, in {time.monotonic() - begin:.0f} s.")
