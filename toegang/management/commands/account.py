"""Maak een account, geef of neem een rol, sluit of heropen. Zonder keuze: zeg wat er van dit account bekend is."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse

from kern.fouten import InvoerFout
from toegang.actions import heropen_account, maak_account, sluit_account, zet_rollen
from toegang.enums import STAFROLLEN, Rol
from toegang.models import Gebruiker

ROLLEN = sorted(map(str, STAFROLLEN))


class Command(BaseCommand):
    """Alles of niets: één fout, en er is niets veranderd."""

    help = "Maak een account (--naam), geef of neem een rol van de staf, sluit of heropen; zonder keuze: toon het."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--naam", help="maak een nieuw account op deze naam")
        parser.add_argument("--rol", action="append", default=[], choices=ROLLEN, help="mag vaker")
        parser.add_argument("--zonder-rol", action="append", default=[], choices=ROLLEN, help="mag vaker")
        stand = parser.add_mutually_exclusive_group()
        stand.add_argument("--sluit", action="store_true", help="niet meer inloggen; wat op zijn naam staat blijft")
        stand.add_argument("--heropen", action="store_true")
        parser.add_argument("--reden", default="", help="bij elke wijziging; komt in het logboek")

    def handle(self, *args: Any, **opties: Any) -> None:
        """Doe wat gevraagd is en toon het account. Werpt CommandError met wat er niet klopt."""
        reden = opties["reden"]
        try:
            with transaction.atomic():
                gebruiker = self._vind_of_maak(opties["email"], opties["naam"], reden)
                if opties["rol"] or opties["zonder_rol"]:
                    erbij, eraf = map(Rol, opties["rol"]), map(Rol, opties["zonder_rol"])
                    zet_rollen(gebruiker=gebruiker, erbij=[*erbij], eraf=[*eraf], reden=reden)
                if opties["sluit"]:
                    sluit_account(gebruiker=gebruiker, reden=reden)
                if opties["heropen"]:
                    heropen_account(gebruiker=gebruiker, reden=reden)
        except InvoerFout as fout:
            raise CommandError(f"{fout} Er is niets veranderd.") from None
        namen = gebruiker.groups.filter(name__in=ROLLEN).order_by("name").values_list("name", flat=True)
        stand = "kan inloggen" if gebruiker.is_active else "gesloten"
        self.stdout.write(
            f"{gebruiker.naam} <{gebruiker.email}>: {stand}; rollen van de staf: {', '.join(namen) or 'geen'}."
        )
        if opties["naam"] is not None:
            adres = settings.PORTAL_ADRES + reverse("account_reset_password")
            self.stdout.write(f"Een wachtwoord kiest deze persoon op {adres} (of: changepassword {gebruiker.email}).")

    @staticmethod
    def _vind_of_maak(email: str, naam: str | None, reden: str) -> Gebruiker:
        if naam is not None:
            return maak_account(email=email, naam=naam, reden=reden)
        gevonden = Gebruiker.objects.filter(email__iexact=email.strip()).first()
        if gevonden is None:
            raise CommandError("Er is geen account met dit e-mailadres. Met --naam maakt u het.")
        return gevonden
