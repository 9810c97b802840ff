"""Herroepen: alles van één handeling, zolang niets weg is."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from berichten import actions
from berichten.enums import Status
from berichten.fouten import AlVerstuurd
from berichten.models import Bericht
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import nu
from logboek.models import Gebeurtenis

pytestmark = pytest.mark.django_db


@pytest.fixture
def zet_klaar(maak_gebruiker: Any) -> Any:
    def zet(feit: str, wacht: bool = True) -> Bericht:
        bericht = actions.stuur(ontvanger=maak_gebruiker(), onderwerp="Nieuws", pad="/lezen/", feit=feit, wacht=wacht)
        assert bericht is not None
        return bericht

    return zet


def test_de_hele_handeling_en_niets_anders(zet_klaar: Any, secretaris: Any) -> None:
    zet_klaar("toets.bied_aan:1:3")
    zet_klaar("toets.bied_aan:1:3:minister:7")
    buren = [zet_klaar("toets.bied_aan:1:31"), zet_klaar("toets.bied_aan:12:3"), zet_klaar("toets.bied_aan_x:1:3")]
    assert actions.herroep(feit_begin="toets.bied_aan:1:3", door=secretaris) == 2
    assert set(Bericht.objects.filter(status=Status.WACHT)) == set(buren)
    [spoor] = Gebeurtenis.objects.filter(soort="berichten.herroep")
    assert spoor.actor_id == secretaris.pk
    assert len(spoor.gegevens["berichten"]) == 2
    assert actions.herroep(feit_begin="toets.bied_aan:1:3", door=secretaris) == 0
    assert actions.herroep(feit_begin="toets.bestaat_niet:1:3", door=secretaris) == 0
    assert Gebeurtenis.objects.filter(soort="berichten.herroep").count() == 1


@pytest.mark.parametrize(
    ("verstuurd", "totaal", "zin"),
    [
        (1, 1, "Het bericht is al verstuurd of gelezen."),
        (2, 2, "Alle 2 berichten zijn al verstuurd of gelezen."),
        (1, 3, "1 van de 3 berichten is al verstuurd of gelezen."),
        (2, 3, "2 van de 3 berichten zijn al verstuurd of gelezen."),
    ],
)
def test_wat_weg_is_komt_niet_terug(zet_klaar: Any, secretaris: Any, verstuurd: int, totaal: int, zin: str) -> None:
    for nummer in range(totaal):
        zet_klaar(f"toets.doe:1:1:{nummer}", wacht=nummer >= verstuurd)
    assert actions.verstuur_gereed() == verstuurd
    with pytest.raises(AlVerstuurd) as geweigerd:
        actions.herroep(feit_begin="toets.doe:1:1", door=secretaris)
    assert str(geweigerd.value).startswith(zin)
    assert "er is niets veranderd" in str(geweigerd.value)
    assert Bericht.objects.filter(status=Status.HERROEPEN).count() == 0


def test_wat_gelezen_is_komt_niet_terug_ook_al_is_er_nog_niet_gemaild(zet_klaar: Any, secretaris: Any) -> None:
    bericht = zet_klaar("toets.doe:1:1", wacht=False)
    assert actions.markeer_gelezen(gebruiker=bericht.ontvanger, bericht=bericht) == 1
    with pytest.raises(AlVerstuurd):
        actions.herroep(feit_begin="toets.doe:1:1", door=secretaris)
    assert actions.annuleer(feit_begin="toets.doe:1:1", reden="verviel") == 0


def test_annuleren_haalt_terug_wat_kan_en_klaagt_niet(zet_klaar: Any) -> None:
    zet_klaar("toets.doe:1:1:a", wacht=False)
    actions.verstuur_gereed()
    open_ = zet_klaar("toets.doe:1:1:b")
    assert actions.annuleer(feit_begin="toets.doe:1:1", reden="De aanleiding verviel.") == 1
    open_.refresh_from_db()
    assert open_.status == Status.HERROEPEN
    assert Gebeurtenis.objects.get(soort="berichten.herroep").reden == "De aanleiding verviel."
    assert actions.annuleer(feit_begin="toets.doe:1:1", reden="Nog eens.") == 0


def test_een_leeg_begin_zou_alles_raken_en_wordt_geweigerd(zet_klaar: Any, secretaris: Any) -> None:
    zet_klaar("toets.doe:1:1")
    with pytest.raises(InvoerFout):
        actions.herroep(feit_begin="", door=secretaris)
    with pytest.raises(InvoerFout):
        actions.annuleer(feit_begin=" ", reden="x")
    assert Bericht.objects.get().status == Status.WACHT


def test_een_adres_dat_zich_terugtrekt_verdwijnt_met_elk_bericht_en_niets_anders(zet_klaar: Any) -> None:
    def aan(email: str, feit: str) -> None:
        actions.stuur(email=email, onderwerp="Nieuws", pad="/", feit=feit, wacht=False)

    aan("weg@voorbeeld.test", "dialoog.nieuws:1:1")
    actions.verstuur_gereed()
    aan("weg@voorbeeld.test", "dialoog.nieuws:2:1")
    aan("weg@voorbeeld.test", "adviezen.bied_aan:1:1")
    aan("blijf@voorbeeld.test", "dialoog.nieuws:1:1")
    zet_klaar("dialoog.nieuws:1:1")
    assert actions.wis_adres(feit_soort="dialoog.", email="weg@voorbeeld.test") == 2
    over = Bericht.objects.order_by("pk").values_list("email", "feit")
    assert list(over) == [
        ("weg@voorbeeld.test", "adviezen.bied_aan:1:1"),
        ("blijf@voorbeeld.test", "dialoog.nieuws:1:1"),
        ("", "dialoog.nieuws:1:1"),
    ]
    assert actions.wis_adres(feit_soort="dialoog.", voor=nu() - timedelta(days=1)) == 0
    assert actions.wis_adres(feit_soort="dialoog.", voor=nu() + timedelta(days=1)) == 1
    assert set(Bericht.objects.values_list("email", flat=True)) == {"weg@voorbeeld.test", ""}


@pytest.mark.parametrize(("kw", "veld"), [({"feit_soort": "dialoog."}, "email"), ({"feit_soort": ""}, "feit_soort")])
def test_wissen_zonder_adres_moment_of_soort_zou_alles_raken(kw: Any, veld: str) -> None:
    with pytest.raises(InvoerFout) as geweigerd:
        actions.wis_adres(**kw)
    assert geweigerd.value.veld == veld


def test_andermans_bericht_is_niet_af_te_tekenen(zet_klaar: Any, secretaris: Any) -> None:
    with pytest.raises(GeenToegang):
        actions.markeer_gelezen(gebruiker=secretaris, bericht=zet_klaar("toets.doe:1:1", wacht=False))


def test_wat_toch_geldt_gaat_alsnog_na_tien_minuten(zet_klaar: Any, secretaris: Any) -> None:
    """Wie het al kreeg niet nog eens, en wie geen account meer heeft niet."""
    weg, terug, dicht = (zet_klaar(f"toets.doe:1:1:{n}", wacht=n > 0) for n in range(3))
    assert actions.verstuur_gereed() == 1
    Bericht.objects.filter(pk=dicht.pk).update(status=Status.HERROEPEN, laatste_fout=actions.REDEN_GESLOTEN)
    actions.annuleer(feit_begin="toets.doe:1", reden="Gestopt.", door=secretaris)
    with time_machine.travel(nu() + timedelta(hours=1)):
        assert actions.laat_toch_gaan(feit_begin="toets.doe:1:1", reden="Toch niet.", door=secretaris) == 1
        assert actions.laat_toch_gaan(feit_begin="toets.doe:1:1", reden="Toch niet.", door=secretaris) == 0
        terug.refresh_from_db()
        assert (terug.status, terug.pogingen) == (Status.WACHT, 0)
        assert terug.volgende_poging == terug.niet_voor > nu() + timedelta(minutes=9)
    assert set(Bericht.objects.exclude(status=Status.WACHT)) == {weg, dicht}
    assert Gebeurtenis.objects.filter(soort="berichten.laat_toch_gaan").count() == 1
