"""Wat iemand vandaag is, in de vorm die de zoekvragen van `zicht` nodig hebben, en hoe die vragen klein blijven.

Wat iemand niet is komt niet in zijn zoekvraag: een coördinator vraagt niet naar commissies en een raadslid niet naar
rondes waarin hij zou meelezen. De hoedanigheden van de dag komen uit `toegang.rollen`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from kern.tijd import vandaag
from raad.enums import Geleding
from toegang.enums import Rol
from toegang.rollen import heeft, hoedanigheden, organen

NIETS = Q(pk__in=[])
"""Geen enkele rij; `een_van` en `allebei` herkennen haar, andere zoekvragen mogen haar gewoon gebruiken."""

COMMISSIELEDEN = (Rol.COMMISSIEVOORZITTER, Rol.COMMISSIELID, Rol.COMMISSIE_PLAATSVERVANGER)
MEEDENKERS = (Rol.ADVISEREND_LID, Rol.WAARNEMER)
RAADSKRING = (Rol.RAADSLID, Rol.KROONLID, Rol.PLAATSVERVANGER, Rol.WAARNEMER, Rol.MINISTERIEEL_VERTEGENWOORDIGER)


@dataclass(frozen=True)
class Blik:
    """Wat iemand vandaag is, in de vorm die de zoekvragen nodig hebben."""

    pk: int
    dag: date
    staf: bool
    bestuur: bool
    raadskring: bool
    openbare_raad: bool
    kroonlid: bool
    kroon_plaatsvervanger: bool
    lid_van: frozenset[int]
    meedenker_in: frozenset[int]
    ministerie_in: frozenset[int]
    raadslid_van: frozenset[int]
    coordinator_van: frozenset[int]
    organisaties: frozenset[int]
    geledingen: frozenset[str]
    meelezer: bool
    in_functie: bool

    @property
    def commissies(self) -> frozenset[int]:
        """Elke commissie waarin deze persoon iets is."""
        return self.lid_van | self.meedenker_in | self.ministerie_in


def blik(gebruiker: Any) -> Blik | None:
    """Geef de blik van iemand op vandaag, of None voor wie niet is ingelogd of niet meer mag."""
    if not getattr(gebruiker, "is_authenticated", False) or not gebruiker.is_active:
        return None
    rollen = hoedanigheden(gebruiker)
    zetelrollen = (Rol.RAADSLID, Rol.PLAATSVERVANGER)

    def nummers(soort: str, *namen: Rol) -> frozenset[int]:
        return frozenset(organen(gebruiker, *namen, soort=soort))

    return Blik(
        pk=gebruiker.pk,
        dag=vandaag(),
        staf=heeft(gebruiker, Rol.SECRETARIAAT),
        bestuur=heeft(gebruiker, Rol.DB_LID),
        raadskring=any(h.rol in RAADSKRING and h.orgaan != "raad" for h in rollen),
        openbare_raad=heeft(gebruiker, Rol.MINISTERIEEL_VERTEGENWOORDIGER, orgaan="raad"),
        kroonlid=heeft(gebruiker, Rol.KROONLID),
        kroon_plaatsvervanger=heeft(gebruiker, Rol.PLAATSVERVANGER, orgaan=f"geleding:{Geleding.KROONLEDEN}"),
        lid_van=nummers("commissie", *COMMISSIELEDEN),
        meedenker_in=nummers("commissie", *MEEDENKERS),
        ministerie_in=nummers("commissie", Rol.MINISTERIEEL_VERTEGENWOORDIGER),
        raadslid_van=nummers("organisatie", Rol.RAADSLID),
        coordinator_van=nummers("organisatie", Rol.ORGANISATIECOORDINATOR),
        organisaties=nummers("organisatie", *zetelrollen, Rol.ORGANISATIECOORDINATOR),
        geledingen=frozenset(
            h.orgaan.removeprefix("geleding:")
            for h in rollen
            if h.rol in zetelrollen and h.orgaan.startswith("geleding:")
        ),
        meelezer=heeft(gebruiker, Rol.MEELEZER),
        in_functie=any(h.rol not in (Rol.OUD_LID, Rol.PERS) for h in rollen),
    )


def bij(pad: str, waarden: Collection[Any]) -> Q:
    """Geef de rijen met op `pad` een van de waarden; zonder waarden is dat NIETS."""
    return Q(**{f"{pad}__in": waarden}) if waarden else NIETS


def een_van(*delen: Q) -> Q:
    """Geef wat aan ten minste een van de delen voldoet; een leeg deel (`Q()`) laat alles toe."""
    if any(not deel for deel in delen):
        return Q()
    uit = NIETS
    for deel in delen:
        if deel is not NIETS:
            uit = deel if uit is NIETS else uit | deel
    return uit


def allebei(een: Q, ander: Q) -> Q:
    """Geef wat aan beide voldoet; NIETS zodra een van de twee dat is."""
    return NIETS if een is NIETS or ander is NIETS else een & ander
