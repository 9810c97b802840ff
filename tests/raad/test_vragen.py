"""Wie wat is op een dag: de queries en de rollen, met halfopen randen."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raad import queries
from raad.actions import benoem, benoem_db_lid, kies_voorzitter, leg_contact_vast, registreer_persoon
from raad.enums import Geleding, SoortBenoeming, Voorzittersfunctie
from raad.models import Benoeming, Organisatie, Persoon, Zittingsperiode
from tests.raad.conftest import TOT, VAN, Raad
from toegang.enums import Rol
from toegang.models import Gebruiker
from toegang.rollen import Hoedanigheid, hoedanigheden, organen

OND, KROON, WERK = Geleding.ONDERNEMERS, Geleding.KROONLEDEN, Geleding.WERKNEMERS
EEN_DAG = timedelta(days=1)


@pytest.fixture
def lid_met_account(raad: Raad, maak_gebruiker: Callable[..., Gebruiker]) -> Callable[..., Gebruiker]:
    def maak(geleding: Geleding, soort: str = "lid", van: date = VAN, tot: date | None = None) -> Gebruiker:
        gebruiker = maak_gebruiker()
        persoon = registreer_persoon(naam=gebruiker.naam, gebruiker=gebruiker, door=None)
        benoem(persoon=persoon, zetel=raad.zetel(geleding), soort=soort, van=van, tot=tot, door=None)
        return gebruiker

    return maak


def test_rollen_van_een_ondernemerslid(raad: Raad, lid_met_account: Callable[..., Gebruiker]) -> None:
    gebruiker = lid_met_account(OND)
    assert hoedanigheden(gebruiker, VAN) == {
        Hoedanigheid(Rol.RAADSLID, "geleding:ondernemers"),
        Hoedanigheid(Rol.RAADSLID, f"organisatie:{raad.vno.pk}"),
    }
    assert organen(gebruiker, Rol.RAADSLID, dag=VAN) == {raad.vno.pk}


def test_rollen_van_een_kroonlid(lid_met_account: Callable[..., Gebruiker]) -> None:
    gebruiker = lid_met_account(KROON)
    benoem_db_lid(persoon=gebruiker.persoon, van=date(2026, 5, 1), tot=date(2026, 6, 1), door=None)
    assert {h.rol for h in hoedanigheden(gebruiker, VAN)} == {Rol.RAADSLID, Rol.KROONLID}
    assert hoedanigheden(gebruiker, date(2026, 5, 1)) == {
        Hoedanigheid(Rol.RAADSLID, "geleding:kroonleden"),
        Hoedanigheid(Rol.KROONLID, "geleding:kroonleden"),
        Hoedanigheid(Rol.DB_LID),
    }
    assert Rol.DB_LID not in {h.rol for h in hoedanigheden(gebruiker, date(2026, 6, 1))}


def test_rollen_van_een_plaatsvervanger(raad: Raad, lid_met_account: Callable[..., Gebruiker]) -> None:
    assert hoedanigheden(lid_met_account(WERK, "plaatsvervanger"), VAN) == {
        Hoedanigheid(Rol.PLAATSVERVANGER, "geleding:werknemers"),
        Hoedanigheid(Rol.PLAATSVERVANGER, f"organisatie:{raad.fnv.pk}"),
    }


def test_oud_lid_vanaf_de_dag_na_het_einde(lid_met_account: Callable[..., Gebruiker]) -> None:
    gebruiker = lid_met_account(OND, van=date(2026, 5, 1), tot=date(2027, 1, 1))
    verwacht = {
        date(2026, 4, 30): set(),
        date(2026, 5, 1): {Rol.RAADSLID},
        date(2026, 12, 31): {Rol.RAADSLID},
        date(2027, 1, 1): {Rol.OUD_LID},
    }
    for dag, rol in verwacht.items():
        assert {h.rol for h in hoedanigheden(gebruiker, dag)} == rol, dag


def test_wie_terugkomt_is_geen_oud_lid(raad: Raad, lid_met_account: Callable[..., Gebruiker]) -> None:
    gebruiker = lid_met_account(OND, tot=date(2026, 8, 1))
    benoem(persoon=gebruiker.persoon, zetel=raad.zetel(OND, 1), soort="lid", van=date(2026, 9, 1), door=None)
    assert {h.rol for h in hoedanigheden(gebruiker, date(2026, 8, 15))} == {Rol.OUD_LID}
    assert {h.rol for h in hoedanigheden(gebruiker, date(2026, 9, 1))} == {Rol.RAADSLID}


def test_soort_onbekend_geeft_geen_rol(raad: Raad, lid_met_account: Callable[..., Gebruiker]) -> None:
    gebruiker = lid_met_account(OND)
    Zittingsperiode.objects.update(volledig=False)
    Benoeming.objects.update(soort=SoortBenoeming.ONBEKEND)
    assert hoedanigheden(gebruiker, VAN) == set()


def test_coordinator_per_organisatie(raad: Raad, maak_gebruiker: Callable[..., Gebruiker]) -> None:
    gebruiker = maak_gebruiker()
    leg_contact_vast(gebruiker=gebruiker, organisatie=raad.fnv, van=VAN, tot=TOT, door=None)
    assert hoedanigheden(gebruiker, VAN) == {Hoedanigheid(Rol.ORGANISATIECOORDINATOR, f"organisatie:{raad.fnv.pk}")}
    assert hoedanigheden(gebruiker, TOT) == set()
    assert list(queries.coordinatoren(raad.fnv, VAN)) == [gebruiker]
    assert not queries.coordinatoren(raad.vno, VAN)
    assert not queries.coordinatoren(raad.fnv, TOT)
    Gebruiker.objects.update(is_active=False)
    assert not queries.coordinatoren(raad.fnv, VAN)


def test_zetels_op_een_dag(raad: Raad) -> None:
    lid = raad.lid(OND, tot=date(2027, 1, 1))
    vervanger = benoem(persoon=raad.persoon("Vervanger"), zetel=lid.zetel, soort="plaatsvervanger", van=VAN, door=None)
    zetels = queries.zetels_op(date(2026, 12, 31))
    assert len(zetels) == 9
    assert (zetels[0].lid, zetels[0].plaatsvervanger) == (lid.persoon, vervanger.persoon)
    assert (zetels[0].geleding, zetels[0].organisatie) == (OND, raad.vno)
    assert zetels[1].lid is None
    assert queries.zetels_op(date(2027, 1, 1))[0].lid is None
    assert queries.zetels_op(VAN - EEN_DAG) == []
    assert queries.zetels_op(TOT) == []
    with CaptureQueriesContext(connection) as vragen:
        queries.zetels_op(VAN)
    assert len(vragen) == 3


def test_leden_bestuur_voorzitter_en_organisaties(raad: Raad) -> None:
    kroon, ond = raad.lid(KROON), raad.lid(OND, tot=date(2027, 1, 1))
    benoem(persoon=raad.persoon(), zetel=raad.zetel(WERK), soort="plaatsvervanger", van=VAN, door=None)
    kies_voorzitter(persoon=kroon.persoon, functie=Voorzittersfunctie.VOORZITTER, van=VAN, door=None)
    benoem_db_lid(persoon=ond.persoon, van=VAN, door=None)
    assert set(queries.zittende_leden(VAN)) == {kroon.persoon, ond.persoon}
    assert set(queries.zittende_leden(date(2027, 1, 1))) == {kroon.persoon}
    assert list(queries.db_leden(VAN)) == [ond.persoon]
    assert not queries.db_leden(date(2027, 1, 1))
    assert queries.voorzitter(VAN) == kroon.persoon
    assert queries.voorzitter(TOT) is None
    assert set(queries.organisaties_met_zetels(VAN)) == {raad.vno, raad.fnv}
    assert not queries.organisaties_met_zetels(TOT)
    assert dict(queries.bestuur_op(VAN))[OND][0].persoon == ond.persoon
    assert queries.benoeming_van(ond.persoon, VAN) == ond
    assert queries.benoeming_van(ond.persoon, date(2027, 1, 1)) is None
    assert queries.is_kroonlid_of_vervanger(kroon.persoon, VAN)
    assert not queries.is_kroonlid_of_vervanger(ond.persoon, VAN)
    assert list(queries.aflopend(date(2026, 12, 1), date(2027, 2, 1))) == [ond]


def test_voorbeeldperiode_gaat_voor_de_echte(raad: Raad) -> None:
    """In de voorbeeldwereld bestaan twee zittingsperioden tegelijk; de dag zelf kiest een wereld."""
    Zittingsperiode.objects.update(voorbeeld=True)
    echt = Zittingsperiode.objects.create(naam="Echt", van=VAN, tot=date(2029, 1, 1), voorbeeld=False)
    assert queries.periode_op(VAN) == raad.periode
    assert queries.periode_op(TOT) == echt
    assert queries.periode_op(date(2030, 1, 1)) is None


def test_sorteren_gaat_op_achternaam_zonder_accenten(db: None, settings: Any) -> None:
    for naam in ("Zoë Zwart", "Ýmke van Äalst", "anna de Boer"):
        registreer_persoon(naam=naam, door=None)
    assert [p.naam for p in Persoon.objects.all()] == ["Ýmke van Äalst", "anna de Boer", "Zoë Zwart"]
    assert Organisatie.objects.count() == 0
