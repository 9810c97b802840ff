"""Wie er hoort dat een lijst op hem wacht. Het bericht noemt alleen dat zij er is."""

from berichten.actions import stuur
from toegang.models import Gebruiker
from vernietiging.models import Vernietigingslijst
from vernietiging.permissions import ROLLEN


def vraag_besluit(lijst: Vernietigingslijst, *, behalve: int | None, onderwerp: str, tekst: str) -> int:
    """Stuur ieder die mag beslissen een bericht, behalve wie al besliste; geeft hoeveel mensen het krijgen."""
    namen = [str(rol) for rol in ROLLEN]
    wie = Gebruiker.objects.filter(is_active=True, groups__name__in=namen).distinct().order_by("pk")
    anderen = [mens for mens in wie if mens.pk != behalve]
    for mens in anderen:
        stuur(
            ontvanger=mens,
            onderwerp=onderwerp,
            tekst=tekst,
            pad=f"/werk/archief/vernietiging/{lijst.pk}/",
            feit=f"vernietiging.{lijst.stand}:{lijst.pk}:{lijst.rijversie}",
        )
    return len(anderen)
