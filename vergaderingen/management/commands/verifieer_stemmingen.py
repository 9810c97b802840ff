from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vergaderingen import natellen


class Command(BaseCommand):
    help = "Tel elke gesloten stemming na, uit de stemmen en uit het logboek."

    def handle(self, *args: Any, **options: Any) -> None:
        if fouten := natellen.klopt_niet():
            raise CommandError("Deze stemmingen kloppen niet:\n" + "\n".join(fouten))
        self.stdout.write("Elke gesloten stemming klopt met haar stemmen, haar besluit en het logboek.")
