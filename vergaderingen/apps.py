from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termijnen.models import Termijn
    from toegang.models import Gebruiker


class VergaderingenConfig(AppConfig):
    name = "vergaderingen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Meld de termijn van de vergaderstukken, de maker en het opruimen van bundels, en de eigen agendabron aan."""
        from allauth.account.signals import password_reset
        from django.db.models.signals import post_save

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
