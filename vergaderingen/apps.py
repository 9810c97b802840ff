from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from collections.abc import Iterable

    from berichten.models import Bericht
    from termijnen.models import Termijn
    from toegang.models import Gebruiker

# Van wie alleen deze berichten terughaalt, staat de vergadering op een dag waar niemand van weet.
HERROEP_HIER = ("roep_op", "verplaats", "gelast_af")


class VergaderingenConfig(AppConfig):
    name = "vergaderingen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Meld aan: de termijn van de stukken, maken en opruimen van bundels, de agendabron, en waar men herroept."""
        from allauth.account.signals import password_reset
        from django.db.models.signals import post_save

        from berichten.terugdraaien import registreer_eigen_weg
        from stukken import exemplaren, makers
        from termijnen.soorten import registreer, standaard
        from vergaderingen import bundel
        from vergaderingen.actions import agendasleutel
        from vergaderingen.agenda import registreer_bron
        from vergaderingen.eigen_bron import EigenBron

        registreer(standaard("vergaderstukken", ontvangers=ontvangers, adres=adres))
        makers.registreer(bundel.SOORT, bundel.maak)
        exemplaren.registreer(bundel.laat_los)
        password_reset.connect(agendasleutel.na_herstel, dispatch_uid="vergaderingen.agendasleutel")
        post_save.connect(
            agendasleutel.na_sluiten, sender="toegang.Gebruiker", dispatch_uid="vergaderingen.agendasleutel"
        )
        registreer_bron(EigenBron())
        for daad in HERROEP_HIER:
            registreer_eigen_weg(f"vergaderingen.{daad}", herroep_bij_de_vergadering)


def ontvangers(termijn: Termijn, dag: date) -> Iterable[Gebruiker]:
    """Geef wie de oproeping verstuurt: de eigenaar van de termijn, anders de secretarissen van de raad."""
    from toegang.enums import Rol
    from toegang.models import Gebruiker

    if termijn.eigenaar and termijn.eigenaar.is_active:
        return [termijn.eigenaar]
    return Gebruiker.objects.filter(is_active=True, groups__name=Rol.RAADSSECRETARIS)


def adres(termijn: Termijn) -> str:
    """Geef de bladzijde van de vergadering."""
    from django.urls import reverse

    return reverse("vergaderingen:vergadering", args=[termijn.object_id])


def herroep_bij_de_vergadering(bericht: Bericht) -> tuple[str, str]:
    """Geef waarom men deze berichten niet los herroept, en het adres van de vergadering waar zij over gaan."""
    from django.urls import reverse

    zin = (
        "Deze berichten horen bij een oproeping, een verplaatsing of een afgelasting. Herroep die bij de vergadering "
        "zelf: dan gaan de berichten niet uit, en staat de vergadering weer zoals zij stond."
    )
    return zin, reverse("vergaderingen:vergadering", args=[int(bericht.feit.split(":")[1])])
