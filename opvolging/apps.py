from datetime import date
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from termijnen.models import Termijn
    from toegang.models import Gebruiker


class OpvolgingConfig(AppConfig):
    name = "opvolging"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from adviezen.queries import dossier
        from berichten import terugdraaien
        from opvolging.actions.brieven import bij_trede, herroep_verzending
        from opvolging.queries.archief import stukken
        from opvolging.termijnsoorten import registreer_soorten
        from termijnen import soorten

        registreer_soorten(bij_trede)
        dossier.registreer(stukken)
        terugdraaien.registreer("opvolging.verstuur_brief", herroep_verzending)
        soorten.registreer(soorten.standaard("jaarverslag", ontvangers=_eigenaar, adres=_adres))


def _eigenaar(termijn: "Termijn", dag: date) -> "list[Gebruiker]":
    return [termijn.eigenaar] if termijn.eigenaar is not None else []


def _adres(termijn: "Termijn") -> str:
    return "/werk/opvolging/jaarverslag/"
