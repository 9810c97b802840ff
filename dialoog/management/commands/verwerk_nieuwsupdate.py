"""Doe zonder Celery wat de klok anders wekt: edities samenstellen, klaarzetten en opruimen."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dialoog.actions import edities
from kern.klok import bezwaar


class Command(BaseCommand):
    """Mag naast Celery draaien, ook uit cron: niets gaat dubbel. Versturen doet `verwerk_termijnen` of de klok."""

    help = "Stelt nieuwsupdates en meldingen samen, zet hun berichten klaar en wist verlopen aanmeldingen."

    def handle(self, *args: Any, **options: Any) -> None:
        if waarom := bezwaar("verwerk_nieuwsupdate"):
            raise CommandError(f"Er is niets gedaan: {waarom}.")
        klaar = edities.verwerk()
        self.stdout.write(
            f"Samengesteld: {klaar['samengesteld']}. Berichten: {klaar['berichten']}. "
            f"Verlopen aanmeldingen gewist: {klaar['verlopen']}."
        )
        if klaar["mislukt"]:
            wat = "1 onderdeel mislukte" if klaar["mislukt"] == 1 else f"{klaar['mislukt']} onderdelen mislukten"
            raise CommandError(f"{wat}; het log zegt welk. De klok probeert het weer.")
