"""Hoe lang een zitting duurt, wat haar sleutel waard is, en wat zij op het apparaat en in de browser achterlaat."""

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.conf import settings as instellingen
from django.test import Client
from django.urls import reverse

from kern.tijd import nu
from tests.toegang.hulp import WACHTWOORD, is_binnen, log_in
from toegang import zitting
from toegang.planning import ruim

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("schone_telling")]


def na(uren, client, *, eerst=()):
    """Geef of iemand die op deze uren iets deed, na `uren` nog binnen is."""
    begin = nu()
    for uur in (*eerst, uren):
        with time_machine.travel(begin.timestamp() + uur * 3600, tick=False):
            binnen = is_binnen(client)
    return binnen


@pytest.mark.parametrize(
    ("eerst", "uren", "binnen"),
    [((), 2.9, True), ((), 3.0, False), ((2.5, 5, 7.5, 10), 11.9, True), ((2.5, 5, 7.5, 10), 12.0, False)],
)
def test_een_zitting_duurt_twaalf_uur_en_drie_uur_stilte(lid, eerst, uren, binnen):
    client = Client()
    log_in(client, lid.email)
    assert na(uren, client, eerst=eerst) is binnen
    assert is_binnen(client) is binnen, "verlopen is verlopen: de sessie zelf is weg"


@pytest.mark.parametrize(
    ("begonnen", "gezien", "voorbij"),
    [(12 * 3600, 1, True), (12 * 3600 - 1, 1, False), (3 * 3600, 3 * 3600, True), (3 * 3600, 3 * 3600 - 1, False)],
)
def test_op_de_seconde_zelf_is_het_voorbij(begonnen, gezien, voorbij):
    """Zo veel seconden geleden begonnen, en zo veel geleden voor het laatst gezien."""
    moment = 100_000
    sessie = {zitting.BEGIN: moment - begonnen, zitting.GEZIEN: moment - gezien}
    assert zitting.is_voorbij(sessie, moment) is voorbij


def test_precies_na_een_kwartier_schrijft_de_zitting_weer(lid):
    client, begin = Client(), int(nu().timestamp())
    with time_machine.travel(begin, tick=False):
        log_in(client, lid.email)
    with time_machine.travel(begin + 900, tick=False):
        assert "sessionid" in client.get("/account/").cookies


def test_wie_verliep_wist_niets_op_het_apparaat_en_houdt_zijn_invoer(lid):
    client = Client()
    log_in(client, lid.email)
    with time_machine.travel(nu().timestamp() + 4 * 3600, tick=False):
        velden = {"tekst": "Een hele alinea die niet weg mag."}
        antwoord = client.post("/account/email/", velden, headers={"Origin": "http://testserver"})
    assert antwoord.status_code == 401
    assert "Een hele alinea die niet weg mag." in antwoord.content.decode()
    assert "Clear-Site-Data" not in antwoord


def test_het_koekje_verraadt_niet_welk_adres_er_is(lid):
    """Na een kwartier wordt de tijd bijgewerkt: bij een verboden, een onbekend en een eigen adres gelijk."""
    client = Client()
    log_in(client, lid.email)
    assert "sessionid" not in client.get("/account/").cookies, "binnen het kwartier kost het geen schrijven"
    begin = nu().timestamp()
    koekjes = []
    for nummer, adres in enumerate(("/werk/termijnen/999999/", "/nergens/", "/account/", "/")):
        with time_machine.travel(begin + (nummer + 1) * 1000, tick=False):
            koekjes.append("sessionid" in client.get(adres).cookies)
    assert koekjes == [True, True, True, False]


def test_een_sessie_zonder_tijden_is_verlopen_en_openbaar_raakt_haar_niet_aan(lid, settings):
    client = Client()
    client.force_login(lid, backend="django.contrib.auth.backends.ModelBackend")
    sessie = client.session
    del sessie["zitting_begin"]
    sessie.save()
    client.get("/")
    assert client.session.get("zitting_gezien")
    assert not is_binnen(client)


def test_de_sleutel_wisselt_bij_het_inloggen_en_de_oude_is_niets_waard(lid):
    client, dief = Client(), Client()
    sessie = client.session
    sessie["van_voor"] = "x"
    sessie.save()
    oud = client.cookies[instellingen.SESSION_COOKIE_NAME] = sessie.session_key
    log_in(client, lid.email)
    assert client.session.session_key != oud
    dief.cookies[instellingen.SESSION_COOKIE_NAME] = oud
    assert not is_binnen(dief)
    assert is_binnen(client)


def test_een_nieuw_wachtwoord_beeindigt_de_andere_sessies(lid):
    hier, elders = Client(), Client()
    for client in (hier, elders):
        log_in(client, lid.email)
    nieuw = {"oldpassword": WACHTWOORD, "password1": "heel-iets-anders-7", "password2": "heel-iets-anders-7"}
    assert hier.post(reverse("account_change_password"), nieuw).status_code == 302
    assert not is_binnen(elders)


def test_een_gewisselde_sleutel_werkt_nog_zolang_de_oude_genoemd_is(lid, settings):
    client = Client()
    log_in(client, lid.email)
    oud = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "nieuw" * 12, [oud]
    assert is_binnen(client)
    ander = Client()
    ander.cookies = client.cookies.copy()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "nog-nieuwer" * 6, []
    assert not is_binnen(ander)


def test_iemand_ziet_waar_hij_is_ingelogd_en_logt_de_rest_uit(lid, maak_gebruiker):
    telefoon = "Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0"
    hier, elders, ander = Client(), Client(headers={"user-agent": telefoon}), Client()
    for client in (hier, elders):
        log_in(client, lid.email)
    buur = maak_gebruiker("Buur")
    buur.set_password(WACHTWOORD)
    buur.save()
    log_in(ander, buur.email)
    bladzijde = hier.get(reverse("usersessions_list")).content.decode()
    assert "Firefox op Android" in bladzijde
    assert "hier en nu" in bladzijde
    assert hier.post(reverse("usersessions_list")).status_code == 302
    assert [is_binnen(c) for c in (hier, elders, ander)] == [True, False, True]


def test_wat_voorbij_is_wordt_opgeruimd_met_netwerkadres_en_browser(lid):
    oud, nieuw = Client(), Client()
    with time_machine.travel(nu().timestamp() - 13 * 3600, tick=False):
        log_in(oud, lid.email)
    log_in(nieuw, lid.email)
    UserSession.objects.get_or_create(session_key="wees", defaults={"user": lid, "ip": "10.0.0.1", "user_agent": "x"})
    ruim()
    assert [z.session_key for z in UserSession.objects.all()] == [nieuw.session.session_key]
    assert is_binnen(nieuw)


def test_het_geheugen_van_de_browser_leegt_bij_uitloggen_en_elk_antwoord_draagt_de_kopregels(lid):
    client = Client()
    log_in(client, lid.email)
    for antwoord in (
        client.get("/account/"),
        Client().get("/"),
        client.get("/nergens/"),
        Client().get("/api/v1/adviezen"),
    ):
        beleid = antwoord["Content-Security-Policy"]
        for deel in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "default-src 'self'"):
            assert deel in beleid
        assert "unsafe" not in beleid
        assert (antwoord["X-Content-Type-Options"], antwoord["Referrer-Policy"]) == ("nosniff", "same-origin")
    assert client.post(reverse("account_logout"))["Clear-Site-Data"] == '"storage"'
