"""Rollen volgen uit groepen en uit aangemelde bronnen, op de dag zelf."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from toegang import rollen
from toegang.enums import STAFROLLEN, Rol
from toegang.models import Gebruiker

DAG = date(2026, 11, 20)


@pytest.fixture
def bron(monkeypatch):
    """Een bron die ieder vanaf DAG een commissielidmaatschap geeft."""
    monkeypatch.setattr(rollen, "_bronnen", [])
    return rollen.registreer("SELECT 'commissielid', 'commissie:12' WHERE %(dag)s >= '2026-11-20'::date")


def test_wie_niet_is_ingelogd_of_niet_meer_mag_is_niets(maak_gebruiker, bron, django_assert_num_queries):
    weg = maak_gebruiker("X", Rol.SECRETARIAAT, is_active=False)
    with django_assert_num_queries(0):
        assert rollen.hoedanigheden(AnonymousUser(), DAG) == rollen.hoedanigheden(None, DAG) == frozenset()
        assert rollen.hoedanigheden(weg, DAG) == frozenset()


@pytest.mark.parametrize("rol", sorted(STAFROLLEN - {Rol.BEHEERDER}))
def test_elke_stafrol_brengt_het_secretariaat_mee(maak_gebruiker, rol):
    assert rollen.heeft(maak_gebruiker("X", rol), Rol.SECRETARIAAT)
    assert rollen.heeft(maak_gebruiker("X", rol), rol)


def test_de_beheerder_hoort_niet_bij_het_secretariaat(maak_gebruiker):
    beheerder = maak_gebruiker("X", Rol.BEHEERDER)
    assert rollen.heeft(beheerder, Rol.BEHEERDER)
    assert not rollen.heeft(beheerder, Rol.SECRETARIAAT)


def test_een_rol_geldt_op_de_dag_en_in_het_orgaan(maak_gebruiker, bron):
    lid = maak_gebruiker("X")
    assert not rollen.heeft(lid, Rol.COMMISSIELID, dag=date(2026, 11, 19))
    assert rollen.heeft(lid, Rol.COMMISSIELID, dag=DAG)
    assert rollen.heeft(lid, Rol.COMMISSIELID, orgaan="commissie:12", dag=DAG)
    assert not rollen.heeft(lid, Rol.COMMISSIELID, orgaan="commissie:13", dag=DAG)
    assert rollen.organen(lid, Rol.COMMISSIELID, soort="commissie", dag=DAG) == {12}
    assert rollen.organen(lid, Rol.COMMISSIELID, soort="organisatie", dag=DAG) == set()


def test_alle_bronnen_samen_zijn_een_zoekvraag_per_verzoek(maak_gebruiker, django_assert_num_queries):
    lid = maak_gebruiker("X", Rol.SECRETARIAAT)
    assert len(rollen._bronnen) > 2
    with django_assert_num_queries(1):
        rollen.hoedanigheden(lid, DAG)
        rollen.hoedanigheden(lid, DAG)
    rollen.vergeet(lid)
    with django_assert_num_queries(1):
        rollen.hoedanigheden(lid, DAG)


def test_een_bron_telt_een_keer(bron):
    rollen.registreer(bron)
    assert rollen._bronnen == [bron]


def test_een_vreemde_groep_geeft_geen_rol(maak_gebruiker, bron):
    from django.contrib.auth.models import Group

    gebruiker = maak_gebruiker("X")
    gebruiker.groups.add(Group.objects.create(name="kantine"), Group.objects.create(name="raadslid"))
    assert rollen.hoedanigheden(gebruiker, date(2020, 1, 1)) == frozenset()


def test_een_account_met_en_zonder_wachtwoord_en_voor_de_naslagtabellen(db):
    gewoon = Gebruiker.objects.create_user(" Anna@Voorbeeld.test ", "Anna (voorbeeld)")
    assert (gewoon.email, gewoon.has_usable_password(), gewoon.is_staff) == ("anna@voorbeeld.test", False, False)
    assert {str(gewoon), gewoon.get_full_name(), gewoon.get_short_name()} == {"Anna (voorbeeld)"}
    beheer = Gebruiker.objects.create_superuser("beheer@voorbeeld.test", "Beheer", "een-lang-wachtwoord-42")
    assert (beheer.is_staff, beheer.is_superuser, beheer.check_password("een-lang-wachtwoord-42")) == (True,) * 3
    assert rollen.hoedanigheden(beheer) == frozenset(), "een superuser ziet geen dossiers"
