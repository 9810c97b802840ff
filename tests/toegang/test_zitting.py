"""Hoe lang een zitting duurt, wie opnieuw moet bevestigen, en wat raden en aftasten oplevert."""

import json
import re
import time
from unittest import mock

import pytest
import time_machine
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from allauth.usersessions.models import UserSession
from django.conf import settings as instellingen
from django.contrib.auth import hashers
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.test import Client
from django.urls import include, path, reverse

from kern.tijd import nu
from toegang import inlogregels, zitting
from toegang.apps import onthoud_uitloggen
from toegang.enums import Rol
from toegang.opnieuw import langs_de_poort, opnieuw_bevestigd
from toegang.planning import ruim
from toegang.routes import publiek, voor_secretariaat
from toegang.toestel import KOEKJE
from toegang.zitting import begin

pytestmark = pytest.mark.django_db
WACHTWOORD = "een-lang-wachtwoord-42"
GEDAAN = []


@voor_secretariaat
@opnieuw_bevestigd
def publiceer(request):
    if request.method == "POST":
        GEDAAN.append(request.POST.get("tekst"))
    return HttpResponse("gedaan")


urlpatterns = [
    path("publiceer/", publiceer),
    path("zonder-eis/", lambda request: HttpResponse("x")),
    path("openbaar/", publiek(lambda request: HttpResponse("x"))),
    path("account/", include("toegang.urls")),
    path("", include("berichten.urls")),
]


@pytest.fixture(autouse=True)
def _schoon():
    cache.clear()
    GEDAAN.clear()


@pytest.fixture
def lid(maak_gebruiker):
    gebruiker = maak_gebruiker("Lid (voorbeeld)", Rol.SECRETARIAAT)
    gebruiker.set_password(WACHTWOORD)
    gebruiker.save()
    return gebruiker


def log_in(client, email, wachtwoord=WACHTWOORD, **kw):
    return client.post(reverse("account_login"), {"login": email, "password": wachtwoord}, **kw)


def is_binnen(client):
    return client.get("/account/").status_code == 200


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


def werk(daad):
    """Tel hoe vaak er een wachtwoord is nagerekend: dat is wat een antwoord lang doet duren."""
    with mock.patch.object(hashers.MD5PasswordHasher, "encode", autospec=True, side_effect=_encode) as gerekend:
        daad()
    return gerekend.call_count


_encode = hashers.MD5PasswordHasher.encode


def test_een_onbekend_adres_kost_evenveel_werk_als_een_fout_wachtwoord(lid, maak_gebruiker):
    dicht = maak_gebruiker("Dicht", is_active=False)
    keren = {werk(lambda e=e: log_in(Client(), e, "fout")) for e in (lid.email, "niemand@voorbeeld.test", dicht.email)}
    assert len(keren) == 1
    assert keren.pop() > 0


def test_wachtwoord_vergeten_doet_voor_iedereen_hetzelfde(lid, mailoutbox):
    for adres in (lid.email, "niemand@voorbeeld.test"):
        mailoutbox.clear()
        Client().post(reverse("account_reset_password"), {"email": adres})
        assert [m.to for m in mailoutbox] == [[adres]], "ook wie er niet is krijgt post: zo verraadt de tijd niets"


def test_wie_elders_raadt_sluit_het_slachtoffer_niet_buiten(lid):
    eigen = Client()
    log_in(eigen, lid.email)
    eigen.post(reverse("account_logout"))
    koekje = eigen.cookies[KOEKJE]
    assert (koekje["httponly"], koekje["samesite"], koekje["path"]) == (True, "Strict", instellingen.LOGIN_URL)
    for nummer in range(60):
        log_in(Client(REMOTE_ADDR=f"10.0.{nummer}.1"), lid.email, "fout")
    vreemd = log_in(Client(REMOTE_ADDR="10.1.0.1"), lid.email)
    assert vreemd.status_code == 200, "het account is voor een onbekend toestel een uur dicht"
    assert log_in(eigen, lid.email).status_code == 302, "op zijn eigen toestel komt hij gewoon binnen"


def test_ook_een_bekend_toestel_raadt_niet_eindeloos_en_een_koekje_geldt_voor_een_account(lid, maak_gebruiker):
    ander = maak_gebruiker("Ander")
    ander.set_password(WACHTWOORD)
    ander.save()
    toestel = Client(REMOTE_ADDR="10.2.0.1")
    log_in(toestel, lid.email)
    toestel.post(reverse("account_logout"))
    antwoorden = [log_in(toestel, lid.email, "fout") for _ in range(11)]
    assert "pogingen" in str(antwoorden[-1].context["form"].non_field_errors()).lower()
    for _ in range(5):
        log_in(toestel, ander.email, "fout")
    assert log_in(toestel, ander.email).status_code == 200, "voor een ander account telt het netwerkadres"
    toestel.cookies[KOEKJE] = "vals:koekje"
    assert log_in(toestel, lid.email).status_code == 200


@pytest.mark.urls(__name__)
def test_openbaar_maken_vraagt_opnieuw_wie_u_bent_en_doet_daarna_hetzelfde(lid, settings):
    settings.OPNIEUW_BEVESTIGEN = True
    client = Client()
    log_in(client, lid.email)
    assert client.get("/publiceer/").status_code == 200
    gevraagd = client.post("/publiceer/", {"tekst": "wat getypt was"})
    assert gevraagd["Location"].startswith(reverse("account_reauthenticate"))
    assert GEDAAN == []
    bladzijde = client.get(gevraagd["Location"]).content.decode()
    assert "u hoeft niets opnieuw in te vullen" in bladzijde
    assert 'type="password"' in bladzijde
    assert client.post(gevraagd["Location"], {"password": "fout"}).status_code == 200
    assert GEDAAN == []
    assert STATE_SESSION_KEY in client.session
    klaar = client.post(gevraagd["Location"], {"password": WACHTWOORD})
    assert klaar.content.decode() == "gedaan"
    assert GEDAAN == ["wat getypt was"]
    client.post("/publiceer/", {"tekst": "meteen erna"})
    assert len(GEDAAN) == 2
    with time_machine.travel(time.time() + 16 * 60, tick=False):
        assert client.post("/publiceer/", {"tekst": "later"}).status_code == 302
    assert len(GEDAAN) == 2


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("daarna", ["rol weg", "tweede stap weg"])
def test_wat_na_het_bevestigen_gebeurt_gaat_eerst_weer_langs_de_poort(lid, settings, daarna):
    """allauth doet het bewaarde formulier zonder middleware; een recht kan intussen vervallen zijn."""
    settings.OPNIEUW_BEVESTIGEN = True
    client = Client()
    log_in(client, lid.email)
    gevraagd = client.post("/publiceer/", {"tekst": "te laat"})["Location"]
    if daarna == "rol weg":
        lid.groups.clear()
    else:
        settings.VOORBEELD = False  # dan is de tweede stap verplicht, en dit account heeft er geen
    antwoord = client.post(gevraagd, {"password": WACHTWOORD})
    assert antwoord.status_code == (404 if daarna == "rol weg" else 302)
    assert STATE_SESSION_KEY not in client.session
    assert GEDAAN == []
    settings.VOORBEELD = True
    lid.groups.add(Group.objects.get_or_create(name=str(Rol.SECRETARIAAT))[0])
    client.post(gevraagd, {"password": WACHTWOORD})
    assert GEDAAN == [], "wat verviel komt niet alsnog"


def test_wie_alleen_kijkt_gaat_langs_de_poort_zonder_iets_te_bewaren(rf):
    vraag = rf.get("/bevestig/")
    vraag.session = {}
    for omhul in (langs_de_poort, opnieuw_bevestigd):
        assert omhul(lambda request: HttpResponse("bevestig"))(vraag).content == b"bevestig"


@pytest.mark.urls(__name__)
def test_wat_bewaard_is_voor_een_adres_zonder_eis_gebeurt_nooit(rf, lid):
    vraag = rf.post("/bevestig/")
    vraag.session, vraag.user = {STATE_SESSION_KEY: {"request": json.dumps({"path_info": "/zonder-eis/"})}}, lid
    with pytest.raises(Http404):
        langs_de_poort(lambda request: HttpResponse("gedaan"))(vraag)
    assert vraag.session == {}


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


def test_een_geraden_pad_in_de_opslag_is_er_niet(lid):
    from stukken.actions import bewaar_bytes

    rij = bewaar_bytes(inhoud=b"geheim", naam="a.csv", soort="csv")
    client = Client()
    client.force_login(lid, backend="django.contrib.auth.backends.ModelBackend")
    relatief = rij.pad.relative_to(instellingen.MEDIA_ROOT)
    niets = client.get("/bestanden/niets").content
    for wortel in ("", "bestanden/", "media/", "static/", "static/../bestanden/", "var/bestanden/"):
        antwoord = client.get(f"/{wortel}{relatief}")
        assert antwoord.status_code == 404
        assert b"geheim" not in antwoord.content
    assert client.get(f"/bestanden/{relatief}").content == niets


@pytest.mark.parametrize(
    "lijf", [b"login=%ff%fe&password=x", b"login=a%00b&password=x", b"login=\xff\xfe&password=\xc3"]
)
def test_bytes_die_geen_tekst_zijn_worden_netjes_geweigerd(lijf):
    antwoord = Client().post("/account/login/", lijf, content_type="application/x-www-form-urlencoded")
    assert antwoord.status_code in (200, 400)


def test_wie_zijn_adres_wijzigt_bevestigt_opnieuw(lid, settings):
    settings.ACCOUNT_REAUTHENTICATION_REQUIRED = True
    client = Client()
    log_in(client, lid.email)
    antwoord = client.post(reverse("account_email"), {"email": "ander@voorbeeld.test", "action_add": ""})
    assert antwoord["Location"].startswith(reverse("account_reauthenticate"))
    assert not lid.emailaddress_set.filter(email="ander@voorbeeld.test").exists()


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


def test_het_log_luistert_naar_in_en_uitloggen(lid, caplog):
    seinen = {"binnen": user_logged_in, "buiten": user_logged_out, "mislukt": user_login_failed}
    for naam, sein in seinen.items():
        assert sein.disconnect(dispatch_uid=f"toegang.inlogregels.{naam}")
    inlogregels.sluit_aan()
    with caplog.at_level("INFO", logger="toegang"):
        client = Client()
        log_in(client, lid.email, "fout")
        log_in(client, lid.email)
        client.post(reverse("account_logout"))
    assert [r.getMessage().partition(":")[0] for r in caplog.records if r.name == "toegang.inlogregels"] == [
        "inloggen mislukt",
        "ingelogd",
        "uitgelogd",
    ]


def test_wie_verandert_waarmee_hij_binnenkomt_staat_in_het_log(lid, caplog):
    """Een ander adres of wachtwoord is wat een overnemer het eerst doet; ook dat staat er zonder adres."""
    client = Client()
    log_in(client, lid.email)
    nieuw = "een-heel-ander-wachtwoord-2026"
    caplog.clear()
    with caplog.at_level("INFO", logger="toegang"):
        client.post(reverse("account_email"), {"email": "ander@voorbeeld.test", "action_add": ""})
        lid.emailaddress_set.update(verified=True)
        client.post(reverse("account_email"), {"email": "ander@voorbeeld.test", "action_primary": ""})
        client.post(reverse("account_email"), {"email": lid.email, "action_remove": ""})
        velden = {"oldpassword": WACHTWOORD, "password1": nieuw, "password2": nieuw}
        client.post(reverse("account_change_password"), velden)
    wat = ("e-mailadres erbij", "inlognaam gewijzigd", "e-mailadres weg", "wachtwoord gewijzigd")
    regels = [r.getMessage() for r in caplog.records if r.name == "toegang.inlogregels"]
    assert regels == [f"{een}: account {lid.pk}" for een in wat]
    assert "@" not in "".join(regels)


def test_een_sein_zonder_aanvraag_doet_niets():
    """Een toets of een opdracht kan iemand in- of uitloggen zonder dat er een browser is."""
    assert begin() is None
    assert onthoud_uitloggen() is None


def test_inloggen_staat_in_het_log_zonder_adres_of_wachtwoord(lid, caplog):
    with caplog.at_level("INFO", logger="toegang"):
        client = Client()
        log_in(client, lid.email, "een-geheim-woord")
        log_in(client, lid.email.upper(), "een-geheim-woord")
        log_in(client, lid.email)
        log_in(Client(), "ander@voorbeeld.test", "een-geheim-woord")
        client.post(reverse("account_logout"))
    regels = [r.getMessage() for r in caplog.records if r.name == "toegang.inlogregels"]
    mislukt = {r for r in regels if r.startswith("inloggen mislukt")}
    assert len(mislukt) == 2, "hetzelfde adres heeft hetzelfde kenmerk, een ander een ander"
    assert all(re.fullmatch("inloggen mislukt: adres [0-9a-f]{12}", regel) for regel in mislukt)
    assert f"ingelogd: account {lid.pk}" in regels
    assert f"uitgelogd: account {lid.pk}" in regels
    assert lid.email not in caplog.text.lower()
    assert "geheim" not in caplog.text
