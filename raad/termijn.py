"""De termijn om een benoeming te aanvaarden: drie weken na de mededeling (regel 4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from raad.models import Benoeming
from termijnen import soorten
from termijnen.models import Termijn
from toegang.enums import Rol
from toegang.models import Gebruiker

ACCEPTATIE = "acceptatie_benoeming"


def ontvangers(termijn: Termijn, dag: date) -> Iterable[Gebruiker]:
    """De secretaris van de raad houdt de aanvaardingen bij."""
    return Gebruiker.objects.filter(groups__name=Rol.RAADSSECRETARIS, is_active=True).order_by("pk")


def adres(termijn: Termijn) -> str:
    """De bladzijde van de benoemde persoon; is de benoeming vervallen, dan die van de raad."""
    persoon = Benoeming.objects.filter(pk=termijn.object_id).values_list("persoon_id", flat=True).first()
    return reverse("raad:persoon", args=[persoon]) if persoon else reverse("raad:overzicht")


def registreer() -> None:
    """Meld de soort aan bij de termijnbewaker."""
    soorten.registreer(soorten.standaard(ACCEPTATIE, ontvangers=ontvangers, adres=adres))
