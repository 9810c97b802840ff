from datetime import date
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.core import checks

if TYPE_CHECKING:
    from termijnen.models import Termijn
    from toegang.models import Gebruiker


class TermijnenConfig(AppConfig):
    name = "termijnen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from berichten.waarover import registreer as registreer_waarover
        from termijnen import soorten, waarover
        from termijnen.controle import controleer_soorten

        checks.register(controleer_soorten, checks.Tags.database)
        soorten.registreer(soorten.standaard("eigen", ontvangers=_eigenaar, adres=_adres))
        registreer_waarover(waarover.namen)


def _eigenaar(termijn: "Termijn", dag: date) -> "list[Gebruiker]":
    return [termijn.eigenaar] if termijn.eigenaar is not None else []


def _adres(termijn: "Termijn") -> str:
    from django.urls import reverse

    return reverse("termijnen:termijn", args=[termijn.pk])
