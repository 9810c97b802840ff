"""Inloggen, het eigen account en de tweede stap."""

import hashlib
import re
from smtplib import SMTPRecipientsRefused
from unittest import mock

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from toegang import wachtwoord
from toegang.enums import Rol

pytestmark = pytest.mark.django_db
WACHTWOORD = "een-lang-wachtwoord-42"


@pytest.fixture(autouse=True)
def _schone_teller():
    cache.clear()


@pytest.fixture
def lid(maak_gebruiker):
    gebruiker = maak_gebruiker("Lid (voorbeeld)")
    gebruiker.set_password(WACHTWOORD)
    gebruiker.save()
    return gebruiker


def log_in(email, wachtwoord, **kw):
    client = Client(**kw)
    return client, client.post(reverse("account_login"), {"login": email, "password": wachtwoord})


def test_inloggen_met_email_en_wachtwoord_ongeacht_hoofdletters(lid):
    client, antwoord = log_in(lid.email.upper(), WACHTWOORD)
    assert antwoord.status_code == 302
    assert antwoord["Location"] == "/thuis/"
    assert client.get("/account/").status_code == 200


def test_een_onbekend_adres_en_een_fout_wachtwoord_geven_dezelfde_melding(lid):
    _, onbekend = log_in("niemand@voorbeeld.test", "x")
    cache.clear()
    _, fout = log_in(lid.email, "x")
    meldingen = [antwoord.context["form"].non_field_errors() for antwoord in (onbekend, fout)]
    assert meldingen[0] == meldingen[1]
    assert onbekend.context["form"]["login"].value() == "niemand@voorbeeld.test"


def test_na_vijf_mislukte_pogingen_wordt_geweigerd_maar_een_ander_adres_kan_nog(lid):
    for _ in range(5):
        log_in(lid.email, "fout")
    _, antwoord = log_in(lid.email, WACHTWOORD)
    assert antwoord.status_code == 200
    assert "pogingen" in str(antwoord.context["form"].non_field_errors()).lower()
    _, ander = log_in(lid.email, WACHTWOORD, REMOTE_ADDR="10.0.0.9")
    assert ander.status_code == 302


def test_zonder_redis_kan_men_inloggen_en_telt_elk_proces_zelf_de_pogingen(lid, settings):
    """Zittingen en rechten staan in de database; alleen de teller is weg, en de rem mag niet mee."""
    LocMemCache("zonder-redis", {}).clear()
    weg = {"BACKEND": "kern.cache.Zacht", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = settings.CACHES | {"default": weg}
    client, binnen = log_in(lid.email, WACHTWOORD)
    assert binnen.status_code == 302
    assert client.get("/account/").status_code == 200
    for _ in range(5):
        log_in(lid.email, "fout")
    _, antwoord = log_in(lid.email, WACHTWOORD)
    assert "pogingen" in str(antwoord.context["form"].non_field_errors()).lower()
    LocMemCache("zonder-redis", {}).clear()


def test_wie_niet_meer_mag_komt_niet_binnen(lid):
    lid.is_active = False
    lid.save()
    client, _ = log_in(lid.email, WACHTWOORD)
    assert client.get("/account/").status_code == 302


def test_aanmelden_is_dicht(lid):
    antwoord = Client().get(reverse("account_signup"))
    assert "kunt zich hier niet zelf aanmelden" in antwoord.content.decode()
    Client().post(reverse("account_signup"), {"email": "x@voorbeeld.test", "password1": WACHTWOORD})
    assert not type(lid).objects.filter(email="x@voorbeeld.test").exists()


def test_het_adres_van_een_ander_account_wordt_nooit_het_eigen(lid, maak_gebruiker):
    """Ook niet in hoofdletters, en ook niet door het daarna de inlognaam te maken: dat was een serverfout."""
    ander, eigen = maak_gebruiker("Een ander (voorbeeld)"), lid.email
    client, _ = log_in(eigen, WACHTWOORD)
    adres = reverse("account_email")
    fout = client.post(adres, {"email": ander.email.upper(), "action_add": ""})
    assert fout.context["form"].has_error("email")
    assert client.post(adres, {"email": ander.email, "action_primary": ""}).status_code < 500
    lid.refresh_from_db()
    assert lid.email == eigen
    assert not lid.emailaddress_set.filter(email=ander.email).exists()


def test_wachtwoord_vergeten_verraadt_geen_account(lid, mailoutbox):
    antwoorden = [
        Client().post(reverse("account_reset_password"), {"email": adres}) for adres in (lid.email, "nee@x.test")
    ]
    assert [a.status_code for a in antwoorden] == [302, 302]
    assert antwoorden[0]["Location"] == antwoorden[1]["Location"]


def test_de_mail_over_een_wachtwoord_is_van_het_portaal_en_belooft_niemand_een_account(lid, mailoutbox):
    """Het pakket nodigde een onbekende uit zich aan te melden, met "je" en een link naar een dichte bladzijde."""
    for adres in (lid.email, "nee@x.test"):
        Client().post(reverse("account_reset_password"), {"email": adres})
    bekend, onbekend = mailoutbox
    for brief in (bekend, onbekend):
        assert brief.subject.startswith("SER-portaal: ")
        assert "Antwoorden op deze e-mail worden niet gelezen." in brief.body
        assert not re.search(r"\b(je|jij|Hallo|registreren)\b|signup", brief.body)
    assert "/account/password/reset/key/" in bekend.body
    assert "http" not in onbekend.body
    assert "Bij dit adres hoort geen account." in onbekend.body


def test_weigert_de_post_dan_merkt_wie_een_wachtwoord_vraagt_dat_niet(lid, caplog):
    with mock.patch("django.core.mail.EmailMessage.send", side_effect=SMTPRecipientsRefused({})):
        antwoorden = [
            Client().post(reverse("account_reset_password"), {"email": adres}) for adres in (lid.email, "nee@x.test")
        ]
    assert {a["Location"] for a in antwoorden} == {reverse("account_reset_password_done")}
    assert caplog.text.count("SMTPRecipientsRefused") == 2
    assert lid.email not in caplog.text


@pytest.mark.parametrize(
    ("rol", "adres"), [(Rol.SECRETARIAAT, "/werk/"), (Rol.ALGEMEEN_SECRETARIS, "/werk/"), (None, "/account/")]
)
def test_thuis_hangt_af_van_de_rol(maak_gebruiker, client, rol, adres):
    client.force_login(
        maak_gebruiker("X", *([rol] if rol else [])), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert client.get("/thuis/")["Location"] == adres


@pytest.mark.parametrize("voorbeeld", [True, False])
def test_een_medewerker_zonder_tweede_stap_moet_die_eerst_instellen(secretaris, client, settings, voorbeeld, rf):
    from toegang.tweede_factor import heeft_tweede_factor, moet_tweede_factor

    settings.VOORBEELD = voorbeeld
    assert moet_tweede_factor(secretaris) is not voorbeeld
    assert not heeft_tweede_factor(secretaris)
    Authenticator.objects.create(user=secretaris, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert heeft_tweede_factor(secretaris)


@pytest.mark.urls("tests.toegang.routes_proef_mfa")
def test_de_poort_stuurt_een_medewerker_naar_de_tweede_stap(secretaris, buitenstaander, settings):
    settings.VOORBEELD = False
    client = Client()
    client.force_login(secretaris, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/secretariaat/")["Location"] == "/tweede-stap/"
    # Een medewerker leest op de schermen van ieder met een account alle concepten.
    assert client.get("/ingelogd/")["Location"] == "/tweede-stap/"
    assert client.get("/tweede-stap/").status_code == 200
    lid = Client()
    lid.force_login(buitenstaander, backend="django.contrib.auth.backends.ModelBackend")
    assert lid.get("/ingelogd/").status_code == 200
    Authenticator.objects.create(user=secretaris, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert client.get("/secretariaat/").status_code == 200
    assert client.get("/ingelogd/").status_code == 200


def test_zonder_tweede_stap_leest_een_medewerker_niets_maar_stelt_hij_haar_wel_in(secretaris, client, settings):
    settings.VOORBEELD = False
    client.force_login(secretaris, backend="django.contrib.auth.backends.ModelBackend")
    for adres in ("/lezen/", "/organisatie/", "/werk/"):
        assert client.get(adres)["Location"] == reverse("mfa_index"), adres
    for adres in ("/account/", reverse("mfa_index")):
        assert client.get(adres).status_code == 200, adres


def test_mijn_account_toont_rollen_van_vandaag(secretaris, client):
    client.force_login(secretaris, backend="django.contrib.auth.backends.ModelBackend")
    tekst = client.get("/account/").content.decode()
    assert "commissiesecretaris, secretariaat" in tekst
    assert 'aria-current="page"' not in tekst


@pytest.mark.parametrize("voorbeeld", [True, False])
def test_voorbeeldaccounts_staan_alleen_in_de_voorbeeldstand_op_het_inlogscherm(settings, voorbeeld):
    settings.VOORBEELD = voorbeeld
    tekst = Client().get(reverse("account_login")).content.decode()
    assert ("voorbeeld-2026" in tekst) is voorbeeld


def test_de_bladzijden_van_het_account_zeggen_u(lid):
    bladzijde = Client().get(reverse("account_reset_password")).content.decode()
    assert "Vul uw e-mailadres in." in bladzijde
    assert not re.search(r"\b(je|jij|jouw)\b", re.sub(r"<[^>]+>", " ", bladzijde), re.IGNORECASE)


def test_de_tweede_stap_instellen_gaat_in_de_woorden_van_het_portaal(lid):
    """De sleutel voor wie niet kan scannen is tekst: een veld dat uit staat is met toetsen niet te bereiken."""
    client, _ = log_in(lid.email, WACHTWOORD)
    adres = reverse("mfa_activate_totp")
    client.post(reverse("account_reauthenticate"), {"password": WACHTWOORD})
    blad = client.get(adres)
    sleutel = blad.context["form"].secret
    assert f"<code>{sleutel}</code>" in blad.content.decode()
    fout = client.post(adres, {"code": "geen code"})
    assert "Deze code klopt niet." in fout.content.decode()
    with mock.patch.object(totp, "yield_hotp_counters_from_time", return_value=[1]):
        klaar = client.post(adres, {"code": totp.format_hotp_value(totp.hotp_value(sleutel, 1))}, follow=True)
    assert "Herstelcodes die u nog niet gebruikte" in klaar.content.decode()
    uit = client.get(reverse("mfa_deactivate_totp"))
    nieuw = client.get(reverse("mfa_generate_recovery_codes"))
    assert nieuw.content.decode().count("De oude werken daarna niet meer.") == 1
    for antwoord in (blad, fout, klaar, uit, nieuw):
        woorden = re.sub(r"<[^>]+>", " ", antwoord.content.decode())
        assert not re.search(r"authenticator|activeer|genere", woorden, re.I), antwoord.request["PATH_INFO"]


def test_een_te_kort_wachtwoord_krijgt_een_nederlandse_melding(lid):
    client, _ = log_in(lid.email, WACHTWOORD)
    velden = {"oldpassword": WACHTWOORD, "password1": "kort", "password2": "kort"}
    antwoord = client.post(reverse("account_change_password"), velden)
    assert "Dit wachtwoord is te kort. Neem minstens 12 tekens." in antwoord.content.decode()


def test_te_vaak_proberen_geeft_een_nederlandse_bladzijde(lid):
    client, _ = log_in(lid.email, WACHTWOORD)
    velden = {"oldpassword": "fout", "password1": "kort", "password2": "kort"}
    antwoorden = [client.post(reverse("account_change_password"), velden) for _ in range(8)]
    assert antwoorden[-1].status_code == 429
    assert "U probeert het te vaak achter elkaar" in antwoorden[-1].content.decode()


def test_een_uitgelekt_wachtwoord_wordt_geweigerd(settings, tmp_path):
    """Op een lijst zoals Pwned Passwords haar geeft: elke regel wordt gevonden, ook de eerste en de laatste."""
    woorden = [f"uitgelekt wachtwoord {n}" for n in range(200)]
    merken = sorted(hashlib.sha1(w.encode()).hexdigest().upper() for w in woorden)
    lijst = tmp_path / "lijst.txt"
    lijst.write_text("\r\n".join(f"{merk}:{n * 7919}" for n, merk in enumerate(merken)) + "\r\n", encoding="ascii")
    assert all(wachtwoord.staat_op(lijst, merk.encode()) for merk in merken)
    vreemd = [hashlib.sha1(f"eigen {n}".encode()).hexdigest().upper() for n in range(200)]
    assert not any(wachtwoord.staat_op(lijst, merk.encode()) for merk in [*vreemd, "0" * 40, "F" * 40])
    leeg = tmp_path / "leeg.txt"
    leeg.touch()
    assert not wachtwoord.staat_op(leeg, merken[0].encode())
    validate_password(woorden[3])
    settings.GELEKTE_WACHTWOORDEN = str(lijst)
    assert wachtwoord.controleer(None) == []
    with pytest.raises(ValidationError, match="lijst van uitgelekte wachtwoorden"):
        validate_password(woorden[3])
    validate_password("iets wat nergens staat 7")
    settings.GELEKTE_WACHTWOORDEN = str(tmp_path / "weg.txt")
    assert "daar staat geen bestand" in wachtwoord.controleer(None)[0].msg


def test_een_ander_adres_kiezen_in_gewone_woorden(lid, mailoutbox):
    """De beheerder verwijst hierheen: een adres wijzigt iemand zelf, en zonder de link in die postbus gaat het niet."""
    client, _ = log_in(lid.email, WACHTWOORD)
    adres, nieuw = reverse("account_email"), "nieuw-adres@voorbeeld.test"
    blad = client.get(adres).content.decode()
    assert "hiermee logt u in" in blad
    assert "Haal dit adres weg" not in blad, "met één adres valt er niets weg te halen"
    gedaan = client.post(adres, {"email": nieuw, "action_add": "1"}, follow=True).content.decode()
    assert f"Er gaat een e-mail naar {nieuw}" in gedaan
    assert "nog niet bevestigd" in gedaan
    brief = next(b for b in mailoutbox if b.to == [nieuw])
    link = re.search(r"/account/confirm-email/\S+", brief.body).group()
    bevestig = client.get(link).content.decode()
    assert "Ja, bevestig dit adres" in bevestig
    assert "is bevestigd" in client.post(link, follow=True).content.decode()
    klaar = client.post(adres, {"email": nieuw, "action_primary": "1"}, follow=True).content.decode()
    assert "U logt voortaan in met dit adres." in klaar
    lid.refresh_from_db()
    assert lid.email == nieuw
    for tekst in (blad, gedaan, bevestig, klaar, brief.subject, brief.body):
        assert not re.search(r"\b(jouw?|je)\b|primair|verifi", tekst, re.I)
    assert "niet heel overgenomen" in client.get(reverse("account_confirm_email", args=["MQ:x:y"])).content.decode()
