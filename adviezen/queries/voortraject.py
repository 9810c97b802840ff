"""Wat er vóór stap 1 te lezen is: voor het secretariaat en voor het dagelijks bestuur."""

from typing import TYPE_CHECKING

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from adviezen.enums import Voortrajectstand
from adviezen.models import Bestuursmening, Voortraject
from adviezen.models.voortraject import OPEN

if TYPE_CHECKING:
    from toegang.models import Gebruiker


def meningen(voortraject: Voortraject, gebruiker: "Gebruiker") -> list[Bestuursmening]:
    """Geef van elk bestuurslid de jongste mening die `gebruiker` mag lezen, de laatst gegeven eerst."""
    rijen = Bestuursmening.objects.zichtbaar_voor(gebruiker).filter(voortraject=voortraject).select_related("door")
    return sorted({m.door_id: m for m in rijen.order_by("pk")}.values(), key=lambda m: -m.pk)


def open_vragen(gebruiker: "Gebruiker") -> QuerySet[Voortraject]:
    """Geef de open verwachte vragen; `mening_gevraagd`: nog niet besloten, en deze persoon zei er nog niets over."""
    eigen = Bestuursmening.objects.filter(voortraject=OuterRef("pk"), door=gebruiker.pk)
    rijen: QuerySet[Voortraject] = Voortraject.objects.zichtbaar_voor(gebruiker).filter(stand__in=OPEN)
    return rijen.select_related("secretaris").annotate(
        mening_gevraagd=ExpressionWrapper(
            ~Q(stand=Voortrajectstand.GEWENST) & ~Exists(eigen), output_field=BooleanField()
        )
    )
