"""De termijnen van de raad: een benoeming aanvaarden (drie weken, regel 4); het einde van de zittingsperiode."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from raad.models import Benoeming
from termijnen import soorten
from termijnen.ladders import Trede
from termijnen.models import Termijn
from toegang.enums import Rol
from toegang.models import Gebruiker

ACCEPTATIE = "acceptatie_benoeming"
EINDE_PERIODE = "einde_zittingsperiode"
# Besluit aanvaarding functie art. 9: de minister vraagt zes maanden vooraf advies over de samenstelling; art. 8: de
# organisaties geven hun leden vier weken vooraf op.
EINDIGT = "De zittingsperiode eindigt op {dag}."
LADDER = (
    Trede("acht_maanden_ervoor", dagen=-243, zin=f"{EINDIGT} De minister vraagt zes maanden vooraf advies."),
    Trede("acht_weken_ervoor", dagen=-56, zin=f"{EINDIGT} Vraag de organisaties om hun leden."),
    Trede("vier_weken_ervoor", dagen=-28, zin=f"{EINDIGT} De namen moeten nu binnen zijn."),
    Trede("week_ervoor", dagen=-7, spoed=True, niveau=1),
    Trede("op_de_dag", spoed=True, niveau=2),
)


def ontvangers(termijn: Termijn, dag: date) -> Iterable[Gebruiker]:
    """De secretaris van de raad houdt de aanvaardingen bij."""
    return Gebruiker.objects.filter(groups__name=Rol.RAADSSECRETARIS, is_active=True).order_by("pk")


def adres(termijn: Termijn) -> str:
    """De bladzijde van de benoemde persoon; is de benoeming vervallen, dan die van de raad."""
    persoon = Benoeming.objects.filter(pk=termijn.object_id).values_list("persoon_id", flat=True).first()
    return reverse("raad:persoon", args=[persoon]) if persoon else reverse("raad:overzicht")


def registreer() -> None:
    """Meld de soorten aan bij de termijnbewaker."""
    soorten.registreer(soorten.standaard(ACCEPTATIE, ontvangers=ontvangers, adres=adres))
    soorten.registreer(
        soorten.SoortTermijn(
            EINDE_PERIODE,
            "Einde van de zittingsperiode",
            "eigen",
            LADDER,
            ontvangers,
            lambda termijn: reverse("raad:volgende-periode"),
        )
    )
