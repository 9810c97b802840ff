"""De stand van een achterbanberaad, en in welke kring iemand kan schrijven."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from adviezen.enums import Kring, Reactiestatus
from adviezen.models import Achterbanberaad, Deelname, Versie
from adviezen.models.zicht import blik
from commissies.enums import STEMGERECHTIGD
from commissies.models import Commissielid
from kern.tijd import vandaag
from raad.models.tijdvak import geldt_op


@dataclass(frozen=True)
class Stand:
    """Hoe het met één organisatie in een ronde staat, zonder de tekst van haar reactie.

    `status` is "niet_begonnen" of een Reactiestatus; `punten` is 0 zolang de reactie in concept is.
    """

    deelname: Deelname
    status: str
    status_naam: str
    ingediend_op: datetime | None
    punten: int
    knelpunten: int

    @property
    def gereed(self) -> bool:
        """Of de organisatie reageerde of "geen reactie" meldde."""
        return self.status in (Reactiestatus.INGEDIEND, Reactiestatus.GEEN_REACTIE)


def stand_van_beraad(beraad: Achterbanberaad) -> list[Stand]:
    """Geef per organisatie de stand, op naam; één zoekvraag. Voor het secretariaat: geen tekst van concepten."""
    deelnames = (
        beraad.deelnames.select_related("organisatie", "contact", "reactie")
        .annotate(punten=Count("reactie__items", distinct=True), aantal_knelpunten=Count("knelpunten", distinct=True))
        .order_by("organisatie__naam")
    )
    uit = []
    for deelname in deelnames:
        reactie = getattr(deelname, "reactie", None)
        status = "niet_begonnen" if reactie is None else reactie.status
        concept = reactie is None or status == Reactiestatus.CONCEPT
        uit.append(
            Stand(
                deelname=deelname,
                status=status,
                status_naam="nog niet begonnen" if reactie is None else reactie.get_status_display(),
                ingediend_op=None if reactie is None else reactie.ingediend_op,
                punten=0 if concept else deelname.punten,
                knelpunten=deelname.aantal_knelpunten,
            )
        )
    return uit


def kringen(versie: Versie, gebruiker: Any) -> list[Kring]:
    """Geef de kringen waarin iemand bij deze versie een opmerking kan schrijven; leeg als hij haar niet ziet.

    Een ministerieel vertegenwoordiger schrijft voor zichzelf of aan het secretariaat.
    """
    b = blik(gebruiker)
    if b is None or not Versie.objects.zichtbaar_voor(gebruiker).filter(pk=versie.pk).exists():
        return []
    commissie = versie.traject.commissie_id
    lid = list(
        Commissielid.objects.filter(
            geldt_op(vandaag()),
            persoon__gebruiker=b.pk,
            commissie=commissie,
            rol__in=STEMGERECHTIGD,
        ).values_list("organisatie_id", "geleding")
    )
    meelezer = versie.traject.meelezers.filter(geldt_op(vandaag()), gebruiker=b.pk).exists()
    uit = [Kring.PRIVE]
    if b.organisaties or meelezer or any(organisatie for organisatie, _ in lid):
        uit.append(Kring.ORGANISATIE)
    if b.geledingen or any(geleding for _, geleding in lid):
        uit.append(Kring.GELEDING)
    if b.staf or commissie in b.lid_van | b.meedenker_in:
        uit.append(Kring.COMMISSIE)
    return [*uit, Kring.SECRETARIAAT]
