"""Geval 29: een proces waarvan de klok uren verkeerd staat, doet niets en dat valt op."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from bewaking import hartslag, queries
from bewaking.planning import hartslag as tik
from bewaking.queries import FOUT, GOED
from kern import klok
from kern.tijd import nu

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kijk_na(settings):
    settings.KLOK_VERSCHIL_SECONDEN = 30
    cache.delete_many([klok.TEKEN, hartslag.WERKER, hartslag.KLOK])


def stand(meting="klokverschil"):
    return queries.gezond(queries.meet(nu()))[1][meting]


@pytest.mark.parametrize(("uren", "woord"), [(2, "voor"), (-2, "achter")])
def test_een_werker_met_een_scheve_klok_doet_niets_en_dat_valt_op(uren, woord, caplog):
    with time_machine.travel(nu() + timedelta(hours=uren)):
        tik(gestuurd=nu().timestamp())
        assert stand() == FOUT
    [regel] = [r.getMessage() for r in caplog.records if "niet gedaan" in r.getMessage()]
    assert f"{woord} op die van de database" in regel
    assert hartslag.WERKER not in hartslag.tekens()
    # Een ander proces, met een goede klok, ziet het ook: in /gezond/ en in het alarm.
    assert abs(klok.verschil()) < timedelta(seconds=1)
    assert stand() == FOUT
    [meting] = [m for m in queries.meet(nu()) if m.naam == "klokverschil"]
    assert 7190 < meting.waarde < 7210
    assert "een werker met een andere klok doet niets" in meting.uitleg
    cache.delete(klok.TEKEN)  # het teken vervalt vanzelf
    tik(gestuurd=nu().timestamp())
    assert hartslag.WERKER in hartslag.tekens()
    assert stand() == GOED


def test_een_paar_seconden_mag_en_nul_kijkt_niet_na(settings):
    for zoveel in (20, -20):
        with time_machine.travel(nu() + timedelta(seconds=zoveel)):
            assert klok.bezwaar("proef") == ""
    settings.KLOK_VERSCHIL_SECONDEN = 0
    with time_machine.travel(nu() + timedelta(hours=2)):
        tik(gestuurd=nu().timestamp())
    assert hartslag.WERKER in hartslag.tekens()


def test_de_klok_die_tikt_meldt_haar_eigen_verschil_en_een_teken_uit_de_toekomst_is_geen_leven():
    with time_machine.travel(nu() + timedelta(hours=2)):
        hartslag.klok_tikte()
    assert stand() == FOUT
    assert stand("klok") == FOUT


def test_ook_met_de_hand_gebeurt_er_niets():
    with time_machine.travel(nu() + timedelta(hours=2)):
        for opdracht in ("verwerk_termijnen", "verwerk_nieuwsupdate"):
            with pytest.raises(CommandError, match="Er is niets gedaan: de klok van dit proces loopt"):
                call_command(opdracht)


def test_zwijgt_de_database_dan_is_dat_geen_bezwaar_tegen_de_klok(monkeypatch):
    def weg():
        raise DatabaseError("weg")

    monkeypatch.setattr(connection, "cursor", weg)
    assert klok.bezwaar("proef") == ""
