"""Een kleine raad met plaatsvervangers: 3 ondernemers, 4 kroonleden (een van DNB, een van CPB), 3 werknemers."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from commissies.actions import benoem_commissielid, stel_commissie_in
from commissies.enums import CommissieRol, SoortCommissie
from commissies.models import Commissie
from kern.tijd import AMSTERDAM, vandaag
from raad.actions import Zetels, benoem, benoem_db_lid, registreer_organisatie, registreer_persoon, richt_periode_in
from raad.enums import Bijzonder, Geleding, SoortBenoeming
from raad.models import Persoon, Zetel
from tests.gedeeld import Gedeeld
from toegang.enums import Rol
from toegang.models import Gebruiker
from vergaderingen import actions
from vergaderingen.enums import Orgaan
from vergaderingen.models import Agendapunt, Vergadering

SLEUTELS = {
    Geleding.ONDERNEMERS: ("O1", "O2", "O3"),
    Geleding.WERKNEMERS: ("W1", "W2", "W3"),
    Geleding.KROONLEDEN: ("K1", "K2", "DNB", "CPB"),
}


@dataclass
class Wereld:
    """De raad, haar mensen, en de secretaris die vastlegt."""

    door: Gebruiker
    leden: dict[str, Persoon] = field(default_factory=dict)
    plv: dict[str, Persoon] = field(default_factory=dict)
    zetels: dict[str, Zetel] = field(default_factory=dict)

    def plan(self, dag: date | None = None, orgaan: str = Orgaan.RAAD, **velden: Any) -> Vergadering:
        velden = {"begin": time(10, 15), "eind": time(12, 30)} | velden
        return actions.plan_vergadering(orgaan=orgaan, datum=dag or vandaag(), door=self.door, **velden)

    def punt(self, rij: Vergadering, onderwerp: str = "Advies", **velden: Any) -> Agendapunt:
        return actions.voeg_agendapunt_toe(vergadering=rij, onderwerp=onderwerp, door=self.door, **velden)

    def opgeroepen(self, dag: date | None = None, **velden: Any) -> Vergadering:
        rij = self.plan(dag, **velden)
        self.punt(rij)
        dag = min(vandaag(), rij.datum - timedelta(days=11)) if rij.datum else vandaag()
        return actions.roep_op(vergadering=rij, versie=None, opgeroepen_op=dag, door=self.door)

    def teken(self, rij: Vergadering, *sleutels: str) -> None:
        for sleutel in sleutels:
            actions.teken_presentie(vergadering=rij, persoon=self.leden[sleutel], door=self.door)

    def geopend(self, dag: date | None = None, **velden: Any) -> Vergadering:
        rij = self.opgeroepen(dag, **velden)
        for geleding in Geleding.values:
            actions.teken_geleding(vergadering=rij, geleding=geleding, door=self.door)
        moment = datetime.combine(rij.datum, time(0, 1), AMSTERDAM) if rij.datum else None
        return actions.open_vergadering(vergadering=rij, versie=None, geopend_op=moment, door=self.door)

    def gesloten(self, dag: date | None = None, **velden: Any) -> Vergadering:
        rij = self.geopend(dag, **velden)
        return actions.sluit_vergadering(vergadering=rij, versie=None, door=self.door)


@pytest.fixture
def werk(wereld: Wereld) -> Client:
    """De browser van wie vastlegt."""
    client = Client()
    client.force_login(wereld.door)
    return client


def pad(naam: str, *args: int) -> str:
    """Geef het adres van een scherm van het secretariaat."""
    return reverse(f"vergaderingen:{naam}", args=args)


def tekst(antwoord: Any) -> str:
    """De bladzijde als tekst."""
    return str(antwoord.content.decode())


@pytest.fixture
def voorbeeldstand(settings: Any) -> None:
    settings.VOORBEELD = True


def bouw(maak_gebruiker: Callable[..., Gebruiker]) -> Wereld:
    """Bouw de raad; alleen wie vastlegt heeft een account."""
    wereld = Wereld(maak_gebruiker("Raadssecretaris (voorbeeld)", Rol.RAADSSECRETARIS, Rol.COMMISSIESECRETARIS))
    van = vandaag() - timedelta(days=400)
    vno = registreer_organisatie(naam="VNO (voorbeeld)", geleding=Geleding.ONDERNEMERS, door=None)
    fnv = registreer_organisatie(naam="FNV (voorbeeld)", geleding=Geleding.WERKNEMERS, door=None)
    periode = richt_periode_in(
        naam="Proef", van=van, tot=van + relativedelta(years=2), door=None, db_per_geleding=1,
        aantallen={Geleding.ONDERNEMERS: 3, Geleding.WERKNEMERS: 3, Geleding.KROONLEDEN: 4},
        zetels=[
            Zetels(Geleding.ONDERNEMERS, 3, vno), Zetels(Geleding.WERKNEMERS, 3, fnv),
            Zetels(Geleding.KROONLEDEN, 2), Zetels(Geleding.KROONLEDEN, 1, bijzonder=Bijzonder.DNB),
            Zetels(Geleding.KROONLEDEN, 1, bijzonder=Bijzonder.CPB),
        ],
    )  # fmt: skip
    for geleding, sleutels in SLEUTELS.items():
        zetels = sorted(
            periode.zetels.filter(geleding=geleding), key=lambda z: (z.bijzonder == "cpb", z.bijzonder, z.nummer)
        )
        for sleutel, zetel in zip(sleutels, zetels, strict=True):
            wereld.zetels[sleutel] = zetel
            for soort, doel, naam in (
                (SoortBenoeming.LID, wereld.leden, f"Lid {sleutel}"),
                (SoortBenoeming.PLAATSVERVANGER, wereld.plv, f"Plv {sleutel}"),
            ):
                doel[sleutel] = registreer_persoon(naam=naam, gebruiker=None, door=None)
                benoem(persoon=doel[sleutel], zetel=zetel, soort=soort, van=van, door=None)
    for sleutel in ("O1", "W1", "K1"):
        benoem_db_lid(persoon=wereld.leden[sleutel], van=van, door=None)
    return wereld


def _secretaris(naam: str, *rollen: Rol) -> Gebruiker:
    """Maak het ene account van de gedeelde raad; zijn adres botst niet met dat van `maak_gebruiker` van een toets."""
    gebruiker = Gebruiker.objects.create_user("raad@voorbeeld.test", naam, None)
    gebruiker.groups.set(Group.objects.get_or_create(name=str(rol))[0] for rol in rollen)
    return gebruiker


@pytest.fixture(scope="module")
def _vergaderwereld(gedeeld: Gedeeld) -> Iterator[Wereld]:
    with gedeeld.leen("vergaderingen", lambda: bouw(_secretaris)) as wereld:
        yield wereld


@pytest.fixture
def wereld(_vergaderwereld: Wereld, db: None) -> Wereld:
    """De raad zonder accounts; niet in toetsen met `transaction=True`: gebruik daar `bouw`."""
    return deepcopy(_vergaderwereld)


@pytest.fixture
def wereld_met_accounts(wereld: Wereld, maak_gebruiker: Callable[..., Gebruiker]) -> Wereld:
    """Dezelfde raad, en ieder lid en elke plaatsvervanger heeft een account."""
    for persoon in [*wereld.leden.values(), *wereld.plv.values()]:
        persoon.gebruiker = maak_gebruiker(persoon.naam)
        persoon.save()
    return wereld


def maak_commissie(wereld: Wereld, naam: str = "Commissie Proef", **leden: CommissieRol) -> Commissie:
    """Maak een commissie; `leden` is sleutel=rol van raadsleden (K1 voorzitter als er niets is)."""
    van = vandaag() - timedelta(days=300)
    commissie = stel_commissie_in(naam=naam, soort=SoortCommissie.VAST, taak="proef", ingesteld_op=van, door=None)
    for sleutel, rol in (
        leden or {"K1": CommissieRol.VOORZITTER, "O1": CommissieRol.LID, "W1": CommissieRol.LID}
    ).items():
        benoem_commissielid(commissie=commissie, persoon=wereld.leden[sleutel], rol=rol, van=van, door=None)
    return commissie
