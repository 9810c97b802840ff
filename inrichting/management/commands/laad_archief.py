"""manage.py laad_archief <map>: het echte archief laden. Herhaalbaar; fouten per record, de rest gaat door."""

from argparse import ArgumentParser
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

# Volgorde: een advies wijst naar zijn commissie, een vergadering naar niets.
KAMERS = (
    ("commissies.json", "archief_commissies"),
    ("raadsleden.json", "archief_raad"),
    ("vergaderingen.json", "archief_vergaderingen"),
    ("adviezen.json", "archief_adviezen"),
)


class Command(BaseCommand):
    """Laadt commissies, raadsleden, vergaderingen en adviezen uit een map."""

    help = "Laad het archief uit een map met JSON-bestanden. Nog een keer laden verdubbelt niets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("map", type=Path, help="de map met adviezen.json en de andere bestanden")

    def handle(self, *args: Any, **options: Any) -> None:
        """Laad alles; werpt CommandError (afsluitcode 1) als er ook maar één record is afgekeurd."""
        map_: Path = options["map"]
        if not map_.is_dir():
            raise CommandError(f"De map {map_} bestaat niet.")
        fouten = 0

        def melder_voor(bestand: str) -> Callable[[str, str], None]:
            def meld(record: str, tekst: str) -> None:
                nonlocal fouten
                fouten += 1
                self.stderr.write(f"{bestand}: {record}: {tekst}")

            return meld

        for bestand, module in KAMERS:
            aantal = import_module(f"inrichting.{module}").laad(map_, melder_voor(bestand))
            self.stdout.write(f"{bestand}: {aantal} records geladen")
        if fouten:
            woord = "record is" if fouten == 1 else "records zijn"
            raise CommandError(
                f"{fouten} {woord} niet geladen; de rest wel. De regels hierboven zeggen welke en waarom."
            )
