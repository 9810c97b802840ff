"""Voorlopige standpunten bij een versie: het eigen, de eerdere, en wat anderen met deze lezer deelden."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from adviezen.models import Versie, VoorlopigStandpunt

if TYPE_CHECKING:
    from toegang.models import Gebruiker


@dataclass(frozen=True)
class Voorlopigen:
    """Wat er bij een versie te zien is.

    `huidig` is het laatste eigen bij deze versie; `eerder` zijn de andere eigen in dit traject, nieuwste eerst;
    `gedeeld` zijn de laatste van anderen die met deze lezer gedeeld zijn.
    """

    huidig: VoorlopigStandpunt | None
    eerder: tuple[VoorlopigStandpunt, ...]
    gedeeld: tuple[VoorlopigStandpunt, ...]


def voorlopigen(versie: Versie, gebruiker: "Gebruiker") -> Voorlopigen:
    """Geef de voorlopige standpunten die deze lezer bij een versie ziet. Eén zoekvraag."""
    rijen = list(
        VoorlopigStandpunt.objects.zichtbaar_voor(gebruiker)
        .filter(versie__traject=versie.traject_id)
        .select_related("versie")
        .defer("versie__html")
        .order_by("-pk")
    )
    eigen = [r for r in rijen if r.gebruiker_id == gebruiker.pk]
    huidig = next((r for r in eigen if r.versie_id == versie.pk), None)
    return Voorlopigen(
        huidig=huidig,
        eerder=tuple(r for r in eigen if r is not huidig),
        gedeeld=tuple(r for r in rijen if r.gebruiker_id != gebruiker.pk and r.versie_id == versie.pk),
    )
