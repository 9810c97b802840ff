"""`manage.py maak_certificaten <map> web=10001 postgres=999 …`: certificaten voor het verkeer binnen de compose."""

from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from inrichting.certificaten import Dienst, geef_uit


def _dienst(tekst: str) -> Dienst:
    naam, _, uid = tekst.partition("=")
    if not naam.isidentifier() or not (uid.isascii() and uid.isdigit()):
        raise ArgumentTypeError(f"verwacht dienst=uid, bijvoorbeeld web=10001 (gelezen: {tekst!r})")
    return Dienst(naam, int(uid))


class Command(BaseCommand):
    help = "Geef elke dienst een certificaat van een eigen uitgever; wat nog goed is blijft staan."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("map", type=Path, help="hierin staan uitgever/, ca/ en per dienst een map")
        parser.add_argument("dienst", type=_dienst, nargs="+", help="dienst=uid van wie haar sleutel leest")

    def handle(self, *, map: Path, dienst: list[Dienst], **_: Any) -> None:
        """Maak wat ontbreekt of oud wordt, en zeg het. Werpt CommandError met wat niet te lezen of te schrijven is."""
        try:
            gedaan = geef_uit(map, dienst)
        except ValueError as fout:
            raise CommandError(f"Een uitgever van buiten is niet te lezen: {fout}") from None
        except OSError as fout:
            raise CommandError(f"De certificaten zijn niet te schrijven: {fout}") from None
        self.stdout.write("\n".join(f"Gemaakt: {zin}." for zin in gedaan) or "Alle certificaten gelden nog.")
