"""Ruim bestanden zonder rij op, en meld bestanden die ontbreken."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kern.tijd import nu
from stukken.onderhoud import ontbrekend, veeg_wezen


class Command(BaseCommand):
    """Zie `stukken.onderhoud.veeg_wezen`; afsluitcode 1 als de opslag een bestand mist."""

    help = "Ruimt bestanden zonder rij op en meldt rijen waarvan het bestand ontbreekt."

    def handle(self, *args: Any, **opties: Any) -> None:
        self.stdout.write(f"{veeg_wezen(nu())} bestanden zonder rij opgeruimd.")
        if mist := ontbrekend():
            raise CommandError(f"{len(mist)} bestanden ontbreken in de opslag: {', '.join(mist[:10])}")
