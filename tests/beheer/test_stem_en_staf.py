"""Wie meebeslist heeft geen rol van de staf: ook niet straks, en ook niet als twee mensen tegelijk beslissen."""

from datetime import timedelta

import pytest

from beheer import actions
from kern.fouten import InvoerFout
from kern.tijd import vandaag
from raad.actions import benoem, benoemingen, leg_contact_vast, personen, registreer_nevenfunctie, registreer_persoon
from raad.enums import Ambt
from raad.models import Benoeming, OrganisatieContact
from tests.hulp import midden_in
from tests.raad.conftest import VAN, op_een_vaste_dag, raad, richt_in  # noqa: F401 dezelfde raad
from toegang.enums import Rol
from toegang.models import Gebruiker
from toegang.rollen import is_medewerker


def _geef_rol(wie, door):
    velden = {"rollen": ["secretariaat"], "was": [], "reden": "nieuw in dienst"}
    actions.zet_rollen(gebruiker=Gebruiker.objects.get(pk=wie.pk), door=Gebruiker.objects.get(pk=door.pk), **velden)


def _persoon(wie):
    return registreer_persoon(naam=wie.naam, gebruiker=wie, door=None)


@pytest.mark.django_db
@pytest.mark.parametrize("straks", ["zetel", "organisatie"])
def test_wie_straks_meebeslist_krijgt_geen_rol_van_de_staf(straks, raad, op_een_vaste_dag, maak_gebruiker):  # noqa: F811
    wie, door = maak_gebruiker("W. Wie"), maak_gebruiker("A", Rol.ALGEMEEN_SECRETARIS)
    morgen = vandaag() + timedelta(days=1)
    if straks == "zetel":
        benoem(persoon=_persoon(wie), zetel=raad.zetels[0], soort="lid", van=morgen, door=None)
    else:
        leg_contact_vast(gebruiker=wie, organisatie=raad.fnv, van=morgen, door=None)
    with pytest.raises(InvoerFout, match="nu of straks") as fout:
        _geef_rol(wie, door)
    assert fout.value.veld == "rollen"


@pytest.fixture
def rol_terwijl(maak_gebruiker, monkeypatch):
    """Geef een functie: wie een rol van de staf geeft, is klaar vlak voordat de daad haar beurt neemt."""
    wie, door = maak_gebruiker("W. Wie"), maak_gebruiker("A", Rol.ALGEMEEN_SECRETARIS)

    def samen(bij, daad):
        draden = midden_in(monkeypatch, bij, "in_een_keer", lambda: _geef_rol(wie, door))
        with pytest.raises(InvoerFout, match="secretariaat"):
            daad(wie)
        draden[0].join()
        return is_medewerker(wie)

    return samen


@pytest.mark.wedloop
@pytest.mark.django_db(transaction=True)
def test_een_zetel_terwijl_iemand_een_rol_van_de_staf_krijgt(raad, rol_terwijl):  # noqa: F811
    def doe(wie):
        benoem(persoon=_persoon(wie), zetel=raad.zetels[0], soort="lid", van=VAN, door=None)

    assert rol_terwijl(benoemingen, doe)
    assert not Benoeming.objects.exists()


@pytest.mark.wedloop
@pytest.mark.django_db(transaction=True)
def test_een_coordinator_terwijl_iemand_een_rol_van_de_staf_krijgt(raad, rol_terwijl):  # noqa: F811
    def doe(wie):
        leg_contact_vast(gebruiker=wie, organisatie=raad.fnv, van=VAN, door=None)

    assert rol_terwijl(personen, doe)
    assert not OrganisatieContact.objects.exists()


@pytest.mark.wedloop
@pytest.mark.django_db(transaction=True)
def test_een_rol_van_de_staf_terwijl_iemand_een_zetel_krijgt(raad, maak_gebruiker, monkeypatch):  # noqa: F811
    """De rol wacht tot de benoeming er is, en gaat dan niet door."""
    wie, door, fouten = maak_gebruiker("W. Wie"), maak_gebruiker("A", Rol.ALGEMEEN_SECRETARIS), []

    def geef() -> None:
        try:
            _geef_rol(wie, door)
        except InvoerFout as fout:
            fouten.append(fout.veld)

    draden = midden_in(monkeypatch, benoemingen, "leg_tijdvak_vast", geef)
    benoem(persoon=_persoon(wie), zetel=raad.zetels[0], soort="lid", van=VAN, door=None)
    draden[0].join()
    assert (fouten, is_medewerker(wie)) == (["rollen"], False)


@pytest.mark.wedloop
@pytest.mark.django_db(transaction=True)
def test_een_zetel_terwijl_iemand_minister_wordt(raad, monkeypatch):  # noqa: F811
    wie = raad.persoon()

    def minister() -> None:
        registreer_nevenfunctie(
            persoon=wie, functie="minister", van=VAN, onverenigbaar=Ambt.MINISTER, door=None
        )  # fmt: skip

    draden = midden_in(monkeypatch, benoemingen, "in_een_keer", minister)
    with pytest.raises(InvoerFout, match="gaat niet samen met een zetel"):
        benoem(persoon=wie, zetel=raad.zetels[0], soort="lid", van=VAN, door=None)
    draden[0].join()
    assert not Benoeming.objects.exists()
