"""Haal de tweede stap weg van iemand die zijn telefoon, passkey en herstelcodes kwijt is."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from toegang.actions import wis_tweede_stap
from toegang.models import Gebruiker


class Command(BaseCommand):
    help = "Haal de tweede stap van een account weg; stel eerst vast wie het is"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--reden", required=True, help="hoe u vaststelde wie het is; komt in het logboek")

    def handle(self, *args: Any, **options: Any) -> None:
        gebruiker = Gebruiker.objects.filter(email__iexact=options["email"]).first()
        if gebruiker is None:
            raise CommandError("Er is geen account met dit e-mailadres.")
        try:
            weg = wis_tweede_stap(gebruiker=gebruiker, reden=options["reden"])
        except ValueError as fout:
            raise CommandError(str(fout)) from None
        self.stdout.write(f"{weg} weggehaald; {gebruiker} stelt bij het inloggen een nieuwe tweede stap in.")
