"""Het beginscherm van de beheerder: hoe het met het portaal gaat, zonder iets van de inhoud."""

import os
from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from django.urls import reverse

from beheer import stand
from berichten.actions import stuur, verstuur_gereed
from berichten.enums import Status
from berichten.models import Bericht
from bewaking.queries import FOUT, GOED, Meting
from kern.tijd import nu
from toegang.enums import Rol

pytestmark = pytest.mark.django_db


@pytest.fixture
def scherm(client, maak_gebruiker, settings):
    settings.VOORBEELD = True
    client.force_login(maak_gebruiker("B", Rol.BEHEERDER), backend="django.contrib.auth.backends.ModelBackend")
    return lambda: client.get(reverse("beheer:beheer")).content.decode()


def test_de_beheerder_begint_bij_zijn_werk(client, scherm):
    assert client.get(reverse("thuis")).url == reverse("beheer:beheer")
    tekst = scherm()
    for adres in ("beheer:accounts", "beheer:nieuw", "termijnen:ladders", "werkplek:waarom"):
        assert reverse(adres) in tekst


def test_post_die_niet_weg_kon_heeft_een_oorzaak_en_geen_adres(scherm, maak_gebruiker):
    geheim = stuur(
        ontvanger=maak_gebruiker("Geheim Mens"), onderwerp="Geheim onderwerp", pad="/account/", feit="proef.x:1"
    )
    Bericht.objects.filter(pk=geheim.pk).update(
        status=Status.MISLUKT, laatste_fout="SMTPRecipientsRefused: {'geheim@elders.test': (550, b'nee')}"
    )
    tekst = scherm()
    assert "1 bericht kon niet weg" in tekst
    assert "het adres is geweigerd: 1" in tekst
    for woord in ("Geheim", "geheim@", "SMTP"):
        assert woord not in tekst


def test_post_die_wacht_noemt_de_fout(scherm, maak_gebruiker):
    for nummer in range(3):
        stuur(ontvanger=maak_gebruiker(), onderwerp="Dag", pad="/account/", feit=f"proef.x:{nummer}")
    weg = ConnectionRefusedError("[Errno 111] geheim@elders.test")
    with mock.patch("berichten.actions.mails.verstuur", side_effect=weg):
        verstuur_gereed(nu=nu() + timedelta(hours=1))
    tekst = scherm()
    assert "waarvan na een mislukte poging: storing, de mailserver antwoordt niet: 1" in tekst
    assert "Errno" not in tekst


def test_wat_fout_is_staat_bovenaan_met_wat_te_doen(scherm):
    klok = Meting("klok", "m", "u", 900.0, FOUT)
    goed = Meting("database", "m", "u", 1.0, GOED)
    with mock.patch("beheer.stand.meet", return_value=[goed, klok]):
        tekst = scherm()
        assert stand.stand(nu()).problemen[0].getal == "15 minuten"
    assert "Niet alles draait" in tekst
    assert tekst.index("Let op</h2>") < tekst.index("De klok die werk start") < tekst.index("De stand</h2>")
    with mock.patch("beheer.stand.meet", return_value=[goed]):
        assert "Alles draait" in scherm()


def test_elk_onderdeel_met_een_stand_heeft_gewone_woorden():
    """Een nieuw onderdeel van de bewaking zonder woorden zou hier stil ontbreken."""
    from bewaking.queries import meet

    assert {m.naam for m in meet(nu()) if m.stand} == set(stand.WOORDEN)


def test_de_laatste_reservekopie(settings, tmp_path, scherm):
    settings.VAR = tmp_path
    assert stand.laatste_backup() is None
    (tmp_path / "backup").mkdir()
    toen = datetime(2026, 3, 1, 12, tzinfo=UTC)
    for dagen, naam in ((0, "a.tar"), (-1, "b.tar"), (3, "geen.txt")):
        pad = tmp_path / "backup" / naam
        pad.write_text("x")
        tijd = (toen + timedelta(days=dagen)).timestamp()
        os.utime(pad, (tijd, tijd))
    assert stand.laatste_backup() == toen
    assert "1 maart 2026" in scherm()


@pytest.mark.parametrize(
    ("seconden", "woorden"),
    [(1, "1 seconde"), (12.4, "12 seconden"), (130, "2 minuten"), (7300, "2 uur"), (200000, "2 dagen")],
)
def test_een_duur_in_woorden(seconden, woorden):
    assert stand.duur(seconden) == woorden


def test_ieder_leest_op_zijn_account_wie_de_beheerder_is(client, maak_gebruiker):
    maak_gebruiker("Bo Beheer", Rol.BEHEERDER)
    maak_gebruiker("Weg Beheer", Rol.BEHEERDER, is_active=False)
    client.force_login(maak_gebruiker("Lid"), backend="django.contrib.auth.backends.ModelBackend")
    tekst = client.get(reverse("account")).content.decode()
    assert "functioneel beheerder (Bo Beheer)" in tekst
    assert "Weg Beheer" not in tekst
