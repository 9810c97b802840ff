from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from logboek import queries


class Command(BaseCommand):
    help = "Reken de keten van het logboek na. Met --kop: vergelijk met een eerder bewaarde kop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kop", default="", help="de hash van een eerdere controle; moet in de keten voorkomen")

    def handle(self, *args: Any, **options: Any) -> None:
        uitkomst = queries.kijk_na()
        breuken = list(uitkomst.breuken)
        if options["kop"] and not queries.Schakel.objects.filter(hash=options["kop"]).exists():
            breuken.append("de eerder bewaarde kop komt niet meer in de keten voor: er is aan het eind afgekapt")
        if breuken:
            raise CommandError("Het logboek klopt niet:\n" + "\n".join(breuken))
        self.stdout.write(f"Het logboek klopt: {uitkomst.gebeurtenissen} gebeurtenissen, kop {uitkomst.kop}")
