"""Met één druk: alles wat klaarstaat op de agenda, en elk stuk een nummer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from kern.fouten import InvoerFout, PortaalFout, eis
from toegang.models import Gebruiker
from vergaderingen import policies
from vergaderingen.actions.agenda import geef_stuknummer, zet_aanbod_neer
from vergaderingen.actions.hulp import vergrendel
from vergaderingen.enums import Orgaan
from vergaderingen.models import Agendapunt, Vergadering


@dataclass(frozen=True)
class Zaak:
    """Iets uit het aanbod, zoals het op het scherm stond; het onderwerp noemt wat niet lukte."""

    bron: str
    sleutel: str
    onderwerp: str


@dataclass
class Geplaatst:
    """Wat er op de agenda kwam, en in één zin per zaak wat niet en waarom."""

    punten: list[Agendapunt] = field(default_factory=list)
    niet: list[str] = field(default_factory=list)


@transaction.atomic
def plaats_alles(*, vergadering: Vergadering, zaken: Sequence[Zaak], door: Gebruiker) -> Geplaatst:
    """Zet deze zaken uit het aanbod op de agenda, in deze volgorde; elke zaak krijgt haar eigen regel in het logboek.

    Wat niet kan wordt genoemd en de rest komt er wel op. De zaken staan los van elkaar: wie er vier van de vijf kan
    plaatsen moest anders alsnog een voor een te werk gaan, en van de agenda halen laat een doorgehaald punt achter.
    Eén zaak komt er helemaal op of helemaal niet: weigert haar bron, dan gaat ook het punt terug.

    Eerst het slot, dan het aanbod: wie het tweede tabblad gebruikt, vindt hier niets meer. Wat intussen al op deze
    agenda staat is geen fout. Werpt OvergangGeweigerd als de agenda vastligt, GeenToegang.
    """
    rij = vergrendel(vergadering.pk, door=door)
    eis(policies.mag_agenda_wijzigen(rij))
    staat_er = set(rij.agendapunten.filter(vervallen_reden="").values_list("sleutel", flat=True))
    uit = Geplaatst()
    for zaak in zaken:
        sleutel = f"{zaak.bron}:{zaak.sleutel}"
        if sleutel in staat_er:
            continue
        staat_er.add(sleutel)
        try:
            with transaction.atomic():
                uit.punten.append(zet_aanbod_neer(rij, zaak.bron, zaak.sleutel, door))
        except PortaalFout as fout:
            uit.niet.append(f"“{zaak.onderwerp}” is niet geplaatst. {fout}")
    return uit


@transaction.atomic
def geef_alle_stuknummers(*, vergadering: Vergadering, door: Gebruiker) -> list[Agendapunt]:
    """Geef elk punt van de raad waar een nummer bij hoort het volgende uit de reeks, in de volgorde van de agenda.

    Wat al een nummer heeft houdt het. Alles of niets, want een half genummerde agenda slaat nummers over die daarna
    achteraan komen. Dubbel verzenden geeft de tweede keer niets. Werpt InvoerFout, OvergangGeweigerd en GeenToegang.
    """
    rij = vergrendel(vergadering.pk, door=door)
    if rij.orgaan != Orgaan.RAAD:
        raise InvoerFout("nummer", "Alleen stukken van de raad krijgen een R-nummer.")
    eis(policies.mag_agenda_wijzigen(rij))
    zonder = [p for p in rij.agendapunten.filter(stuknummer=None).order_by("volgorde") if p.nummerbaar]
    return [geef_stuknummer(agendapunt=punt, door=door) for punt in zonder]
