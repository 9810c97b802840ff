"""De geheimen van de tweede stap, wie haar kwijt is, en namen van koekjes en wachtwoorden die niet te raden zijn."""

import runpy
from io import StringIO
from pathlib import Path

import pytest
from allauth.core import context
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.conf import settings as instellingen
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client

from logboek.models import Gebeurtenis
from tests.toegang.hulp import WACHTWOORD, is_binnen, log_in
from toegang.tweede_stap import Adapter, hersleutel
from toegang.verzoek import lezer

pytestmark = pytest.mark.django_db


@pytest.fixture
def lid(maak_gebruiker):
    cache.clear()
    gebruiker = maak_gebruiker("Lid (voorbeeld)")
    gebruiker.set_password(WACHTWOORD)
    gebruiker.save()
    return gebruiker


def test_wie_alles_kwijt_is_krijgt_met_een_reden_een_nieuwe_tweede_stap(lid, capsys):
    client = Client()
    log_in(client, lid.email)
    Authenticator.objects.create(user=lid, type=Authenticator.Type.TOTP, data={"secret": "x"})
    with pytest.raises(CommandError, match="reden"):
        call_command("wis_tweede_stap", lid.email, reden=" ")
    with pytest.raises(CommandError, match="geen account"):
        call_command("wis_tweede_stap", "niemand@voorbeeld.test", reden="gebeld")
    assert Authenticator.objects.exists()
    call_command("wis_tweede_stap", lid.email.upper(), reden="aan de balie, met paspoort")
    assert capsys.readouterr().out.startswith("1 ")
    assert not Authenticator.objects.exists()
    assert not is_binnen(client), "wie binnen was, is het niet meer"
    rij = Gebeurtenis.objects.get(soort="toegang.wis_tweede_stap")
    assert (rij.reden, rij.gegevens) == ("aan de balie, met paspoort", {"aantal": 1})


def test_geheimen_staan_versleuteld_en_gaan_mee_naar_een_nieuwe_sleutel(lid, settings):
    adapter, oud = Adapter(), settings.SECRET_KEY
    for soort, veld in ((Authenticator.Type.TOTP, "secret"), (Authenticator.Type.RECOVERY_CODES, "seed")):
        Authenticator.objects.create(user=lid, type=soort, data={veld: adapter.encrypt("geheim")})
    Authenticator.objects.create(user=lid, type=Authenticator.Type.WEBAUTHN, data={"name": "laptop"})
    assert "geheim" not in str(list(Authenticator.objects.values_list("data", flat=True)))
    assert "issuer=SER-portaal" in adapter.build_totp_url(lid, "geheim"), "zo heet de regel in iemands app"
    assert adapter.decrypt("van vroeger, onversleuteld") == "van vroeger, onversleuteld"
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "nieuw" * 12, [oud]
    uit = StringIO()
    call_command("hersleutel", stdout=uit)
    assert uit.getvalue().startswith("2 geheimen")
    assert hersleutel() == 2, "nog eens doet geen kwaad"
    settings.SECRET_KEY_FALLBACKS = []
    settings.SECRET_KEY = "nog een andere" * 4
    with pytest.raises(CommandError, match="Zet de sleutel waaronder het geschreven is in SECRET_KEY_OUD"):
        call_command("hersleutel")
    settings.SECRET_KEY = "nieuw" * 12
    rijen = Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN)
    assert {adapter.decrypt(w) for r in rijen for w in r.data.values()} == {"geheim"}
    settings.SECRET_KEY = oud
    with pytest.raises(InvalidToken):
        adapter.decrypt(rijen[0].data.get("secret") or rijen[0].data["seed"])


def test_tijdens_het_wisselen_van_de_sleutel_blijft_herkenbaar_van_wie_iets_op_een_apparaat_is(lid, rf, settings):
    """Aan dit kenmerk hangt de rij met opmerkingen die op een verbinding wachten."""
    vraag, oud = rf.get("/"), settings.SECRET_KEY
    vraag.user = lid
    eerst = lezer(vraag)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "nieuw" * 12, [oud]
    assert lezer(vraag) == eerst
    settings.SECRET_KEY_FALLBACKS = []
    assert lezer(vraag) != eerst


def test_een_passkey_noemt_het_portaal(rf):
    with context.request_context(rf.get("/")):
        assert Adapter().get_public_key_credential_rp_entity() == {"id": "testserver", "name": "SER-portaal"}


@pytest.mark.parametrize(
    ("wachtwoord", "mag"),
    [
        ("Raadslid-2026!", False), ("Sociaal-Economische-Raad", False), ("adviesadvies123", False),
        ("commissie-Welkom01", False), ("een-raadsel-voor-morgen", True), ("vier losse woorden hier", True),
    ],
)  # fmt: skip
def test_woorden_van_het_huis_zijn_geen_wachtwoord(wachtwoord, mag):
    if mag:
        validate_password(wachtwoord)
    else:
        with pytest.raises(ValidationError, match="het eerst geraden"):
            validate_password(wachtwoord)


@pytest.mark.parametrize(("https", "voor"), [("1", "__Host-"), ("0", "")])
def test_achter_https_kan_geen_ander_adres_van_het_domein_een_koekje_zetten(monkeypatch, https, voor):
    monkeypatch.setenv("HTTPS", https)
    echt = runpy.run_path(str(Path(instellingen.BASE_DIR) / "ser_portal" / "settings.py"))
    assert (echt["SESSION_COOKIE_NAME"], echt["CSRF_COOKIE_NAME"]) == (f"{voor}sessionid", f"{voor}csrftoken")
    assert bool(echt.get("SESSION_COOKIE_SECURE")) is bool(voor)
    monkeypatch.setattr(instellingen, "SESSION_COOKIE_SECURE", bool(voor))
    toestel = runpy.run_path(str(Path(instellingen.BASE_DIR) / "toegang" / "toestel.py"))
    assert toestel["KOEKJE"].startswith("__Secure-") is bool(voor), "dit koekje geldt alleen voor het inlogscherm"
