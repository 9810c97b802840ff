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
from raad.enums import Geleding
from raad.models import Organisatie
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


@dataclass(frozen=True)
class Kringkeuze:
    """Een kring waarin iemand kan schrijven, met de organisatie (pk) of geleding als die erbij hoort."""

    kring: Kring
    naam: str
    organisatie: int | None = None
    geleding: str = ""

    @property
    def waarde(self) -> str:
        """De keuze in een formulier, bijvoorbeeld "prive", "organisatie:3" of "geleding:werknemers"."""
        rest = self.geleding or ("" if self.organisatie is None else str(self.organisatie))
        return f"{self.kring}:{rest}" if rest else str(self.kring)


def kringkeuzes(versie: Versie, gebruiker: Any) -> list[Kringkeuze]:
    """Geef waar iemand bij deze versie een opmerking kan schrijven, met namen; leeg als hij haar niet ziet.

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
    meelezer = versie.traject.meelezers.filter(geldt_op(vandaag()), gebruiker=b.pk).values_list(
        "organisatie", flat=True
    )
    organisaties = Organisatie.objects.filter(pk__in={*b.organisaties, *meelezer, *(o for o, _ in lid if o)})
    geledingen = {*b.geledingen, *(str(g) for _, g in lid if g in Geleding.values)}
    uit = [Kringkeuze(Kring.PRIVE, "alleen ik")]
    uit += [Kringkeuze(Kring.ORGANISATIE, f"mijn organisatie: {o}", organisatie=o.pk) for o in organisaties]
    uit += [
        Kringkeuze(Kring.GELEDING, f"mijn geleding: {g.label}", geleding=str(g)) for g in Geleding if g in geledingen
    ]
    if b.staf or commissie in b.lid_van | b.meedenker_in:
        uit.append(Kringkeuze(Kring.COMMISSIE, "de commissie"))
    return [*uit, Kringkeuze(Kring.SECRETARIAAT, "alleen het secretariaat")]


def kringen(versie: Versie, gebruiker: Any) -> list[Kring]:
    """Geef de soorten kringen waarin iemand bij deze versie kan schrijven; zie `kringkeuzes`."""
    return list(dict.fromkeys(k.kring for k in kringkeuzes(versie, gebruiker)))
