from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from inrichting.voorbeeld import maak_wereld
from kern.tijd import vandaag
from toegang.voorbeeldaccounts import UITGELICHT, WACHTWOORD


class Command(BaseCommand):
    help = "Bouw de verzonnen voorbeeldwereld, rond de dag van vandaag. Bestaat zij al, dan verandert er niets."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.VOORBEELD:
            raise CommandError("De voorbeeldwereld bestaat alleen in de voorbeeldstand (PORTAL_VOORBEELD=1).")
        if maak_wereld(vandaag(), pdf=True) is None:
            self.stdout.write("De voorbeeldwereld is er al.")
        self.stdout.write(f"Voorbeeldaccounts, wachtwoord {WACHTWOORD}:")
        for adres, wat in UITGELICHT:
            self.stdout.write(f"  {adres:34} {wat}")
