from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser

from overgangen import diagram
from overgangen.controle import modellen_met_toestand

KOP = """# Toestanden

Gemaakt uit de code met `./portal manage toestandsdiagram --alles > docs/toestanden.md`; een toets vergelijkt ze.
"""


def bladzijde() -> str:
    """Geef de bladzijde met het diagram van elk model van het huis dat een toestand heeft."""
    modellen = [m for m in modellen_met_toestand() if not m.__module__.startswith("tests.")]
    modellen.sort(key=lambda m: m._meta.label_lower)
    return KOP + "".join(f"\n## {m._meta.verbose_name}\n\n```mermaid\n{diagram(m)}```\n" for m in modellen)


class Command(BaseCommand):
    help = "Druk het toestandsdiagram van een model af (Mermaid), bijvoorbeeld adviezen.Adviestraject; of --alles."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("model", nargs="?", default="adviezen.Adviestraject")
        parser.add_argument("--alles", action="store_true", help="de hele bladzijde voor docs/toestanden.md")

    def handle(self, *args: Any, **options: Any) -> None:
        tekst = bladzijde() if options["alles"] else diagram(apps.get_model(options["model"]))
        self.stdout.write(tekst, ending="")
