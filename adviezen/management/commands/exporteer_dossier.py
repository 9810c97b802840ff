"""Voer het dossier van een gesloten traject uit naar een ZIP voor het archief."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from adviezen.actions.dossier import exporteer_dossier
from adviezen.models import Adviestraject
from kern.fouten import OvergangGeweigerd


class Command(BaseCommand):
    """Schrijft alleen een heel bestand: mislukt het, dan blijft er niets half achter."""

    help = "Schrijft het dossier van een gesloten traject als ZIP met MDTO-metagegevens en controlegetallen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("traject", help="de naam in het adres, of het kenmerk")
        parser.add_argument("--naar", type=Path, help="bestand of map; standaard dossier-<kenmerk>.zip hier")

    def handle(self, *args: Any, **options: Any) -> None:
        gezocht = options["traject"]
        traject = Adviestraject.objects.filter(slug=gezocht).first()
        traject = traject or Adviestraject.objects.filter(kenmerk=gezocht).first()
        if traject is None:
            raise CommandError(f"Er is geen traject met de naam of het kenmerk “{gezocht}”.")
        naam = f"dossier-{traject.kenmerk.replace('/', '-')}.zip"
        doel: Path = options["naar"] or Path(naam)
        if doel.is_dir():
            doel = doel / naam
        half = doel.with_name(f".{doel.name}.half")
        try:
            with half.open("wb") as uit:
                klaar = exporteer_dossier(traject=traject, naar=uit, door=None)
            os.replace(half, doel)
        except OvergangGeweigerd as fout:
            raise CommandError(str(fout)) from fout
        except OSError as fout:
            raise CommandError(f"Schrijven naar {doel} lukt niet: {fout.strerror or fout}") from fout
        finally:
            half.unlink(missing_ok=True)
        self.stdout.write(f"{doel}: {klaar.stukken} stukken, {klaar.bestanden} bestanden, manifest {klaar.manifest}")
