from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser

from overgangen import diagram


class Command(BaseCommand):
    help = "Druk het toestandsdiagram van een model af (Mermaid), bijvoorbeeld adviezen.Adviestraject."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("model", nargs="?", default="adviezen.Adviestraject")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(diagram(apps.get_model(options["model"])))
