"""Inloggen via een echte OIDC-provider (Authlib, in een eigen proces), en wat een valse provider bereikt."""

import base64
import json
import re
import socket
import subprocess
import sys
import time
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from toegang import oidc
from toegang.adapter import SocialAccountAdapter

pytestmark = pytest.mark.django_db
ADRES = "lid-van-de-provider@voorbeeld.test"
MENSEN = [
    {"sub": "lid", "email": ADRES, "email_verified": True},
    {"sub": "niet-bevestigd", "email": ADRES, "email_verified": False},
    {"sub": "vreemde", "email": "niemand@voorbeeld.test", "email_verified": True},
]
HEEN, TERUG = "/account/oidc/oidc/ser/login/", "/account/oidc/oidc/ser/login/callback/"


@pytest.fixture(scope="module")
def provider():
    """Geef het adres en de aangemelde client van een provider die een nonce eist."""
    with socket.socket() as deur:
        deur.bind(("127.0.0.1", 0))
        poort = deur.getsockname()[1]
    mensen = [deel for mens in MENSEN for deel in ("--user-claims", json.dumps(mens))]
    opdracht = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "oidc_provider_mock",
        "--port",
        str(poort),
        "--require-nonce",
        "true",
    ]
    proces = subprocess.Popen(
        [*opdracht, "--require-registration", "true", *mensen], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    adres = f"http://localhost:{poort}"
    try:
        for _ in range(200):
            try:
                requests.get(f"{adres}/.well-known/openid-configuration", timeout=5)
                break
            except requests.ConnectionError:
                assert proces.poll() is None, "de provider startte niet"
                time.sleep(0.05)
        client = requests.post(
            f"{adres}/oauth2/clients",
            json={"redirect_uris": [f"http://testserver{TERUG}"], "token_endpoint_auth_method": "client_secret_post"},
            timeout=5,
        ).json()
        yield adres, client
    finally:
        proces.terminate()
        proces.wait(10)


@pytest.fixture
def ser(provider, settings):
    """Zet deze provider in het portaal."""
    adres, client = provider
    app = {
        "provider_id": "ser",
        "name": "Inloggen via de SER",
        "client_id": client["client_id"],
        "secret": client["client_secret"],
    }
    instelling = {"server_url": adres, "token_auth_method": "client_secret_post"}
    huidig = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**huidig, "APPS": [{**app, "settings": instelling}]}}
    return adres


@pytest.fixture
def lid(maak_gebruiker):
    gebruiker = maak_gebruiker("Lid (voorbeeld)")
    gebruiker.email = ADRES
    gebruiker.save()
    return gebruiker


def heen(client, **velden):
    """Druk op de knop en geef waar de provider om gevraagd wordt."""
    antwoord = client.post(f"{HEEN}?{urlencode(velden)}" if velden else HEEN)
    assert antwoord.status_code == 302, antwoord.content.decode()
    return antwoord["Location"]


def bij_de_provider(vraag, sub):
    """Kies bij de provider wie u bent; geef het pad waarmee hij terugstuurt."""
    terug = requests.post(vraag, data={"sub": sub}, allow_redirects=False, timeout=5).headers["Location"]
    return f"{urlsplit(terug).path}?{urlsplit(terug).query}"


def log_in(client, sub="lid"):
    return client.get(bij_de_provider(heen(client), sub))


def is_binnen(client):
    return client.get("/account/").status_code == 200


def test_wie_een_account_heeft_komt_binnen(ser, lid):
    client = Client()
    assert "SER" in client.get("/account/login/").content.decode()
    vraag = parse_qs(urlsplit(heen(client)).query)
    assert {"state", "nonce", "code_challenge"} <= set(vraag)
    assert vraag["code_challenge_method"] == ["S256"]
    klaar = log_in(client)
    assert (klaar.status_code, klaar["Location"]) == (302, "/thuis/")
    assert is_binnen(client)
    assert SocialAccount.objects.get().user == lid


def test_de_stap_naar_de_provider_en_de_weg_terug_spreken_gewone_taal(ser):
    """De naam van de provider is zelf een opschrift; "Aanmelden via Inloggen via de SER" stond hier."""
    client = Client()
    blad = client.get(HEEN).content.decode()
    assert re.search(r"<title>\s*Inloggen\s", blad)
    assert blad.count("Inloggen via de SER") == 1
    terug = client.get("/account/oidc/login/cancelled/").content.decode()
    assert "U heeft het inloggen afgebroken" in terug
    for woord in (r"\b[Jj]e\b", "[Aa]anmelden", "extern account"):
        assert not re.search(woord, blad + terug), woord


@pytest.mark.parametrize("sub", ["niet-bevestigd", "vreemde"])
def test_zonder_bevestigd_adres_van_een_account_komt_niemand_binnen(ser, lid, sub):
    client = Client()
    log_in(client, sub)
    assert not is_binnen(client)
    assert not SocialAccount.objects.exists()


def test_een_antwoord_geldt_een_keer_en_alleen_in_de_eigen_sessie(ser, lid):
    client, ander = Client(), Client()
    terug = bij_de_provider(heen(client), "lid")
    ander.get(terug)
    assert not is_binnen(ander), "een ander wordt niet ongemerkt ingelogd als dit lid"
    assert client.get(terug).status_code == 302
    client.post("/account/logout/")
    client.get(terug)
    assert not is_binnen(client)


def test_van_buiten_meegegeven_velden_veranderen_de_vraag_niet(ser):
    vraag = parse_qs(urlsplit(heen(Client(), auth_params="nonce=vast&state=vast")).query)
    assert "vast" not in (*vraag["nonce"], *vraag["state"])


def _deel(inhoud):
    return base64.urlsafe_b64encode(json.dumps(inhoud).encode()).rstrip(b"=").decode()


def _lees(deel):
    return json.loads(base64.urlsafe_b64decode(deel + "=" * (-len(deel) % 4)))


def _knoei(token, kop=None, **inhoud):
    """Verander een ID-token; de handtekening past dan niet meer."""
    k, i, handtekening = token.split(".")
    return ".".join((_deel({**_lees(k), **(kop or {})}), _deel({**_lees(i), **inhoud}), handtekening))


VALS = {
    "andere nonce": lambda t, eerder: eerder,
    "geen ID-token": lambda t, eerder: None,
    "veranderde inhoud": lambda t, eerder: _knoei(t, sub="vreemde"),
    "zonder handtekening": lambda t, eerder: _knoei(t, {"alg": "none"}).rsplit(".", 1)[0] + ".",
    "ander algoritme": lambda t, eerder: _knoei(t, {"alg": "HS256"}),
    "onbekende sleutel": lambda t, eerder: _knoei(t, {"kid": "x"}),
    "geen token": lambda t, eerder: "rommel",
}


@pytest.mark.parametrize("naam", VALS)
def test_een_vals_id_token_wordt_geweigerd(ser, lid, monkeypatch, naam):
    """Het antwoord van de echte provider, onderweg veranderd; zonder verandering komt dezelfde weg binnen."""
    gezien = []

    def sessie(self):
        s = requests.Session()

        def verander(antwoord, **kw):
            if antwoord.url.endswith("/token"):
                lijf = antwoord.json()
                gezien.append(lijf["id_token"])
                if len(gezien) == 2:
                    lijf["id_token"] = VALS[naam](lijf["id_token"], gezien[0])
                    lijf = {k: v for k, v in lijf.items() if v is not None}
                antwoord._content = json.dumps(lijf).encode()

        s.hooks["response"].append(verander)
        return s

    monkeypatch.setattr(SocialAccountAdapter, "get_requests_session", sessie)
    eerlijk, vals = Client(), Client()
    log_in(eerlijk)
    assert is_binnen(eerlijk)
    antwoord = log_in(vals)
    assert len(gezien) == 2
    assert not is_binnen(vals)
    assert "lukte niet" in antwoord.content.decode()


def test_gegevens_van_een_ander_dan_het_token_worden_geweigerd(ser, lid, monkeypatch):
    """OpenID Connect Core 5.3.2: `sub` van de gegevens is die van het token, anders telt geen van beide."""

    def sessie(self):
        s = requests.Session()

        def verander(antwoord, **kw):
            if "userinfo" in antwoord.url:
                antwoord._content = json.dumps(antwoord.json() | {"sub": "vreemde"}).encode()

        s.hooks["response"].append(verander)
        return s

    monkeypatch.setattr(SocialAccountAdapter, "get_requests_session", sessie)
    client = Client()
    antwoord = log_in(client)
    assert not is_binnen(client)
    assert "lukte niet" in antwoord.content.decode()


@pytest.mark.parametrize("veld", ["issuer", "audience"])
def test_een_token_van_of_voor_een_ander_wordt_geweigerd(ser, lid, monkeypatch, veld):
    echt = jwt.decode
    monkeypatch.setattr(oidc.jwt, "decode", lambda *a, **kw: echt(*a, **{**kw, veld: "een-ander"}))
    client = Client()
    log_in(client)
    assert not is_binnen(client)


def test_een_provider_die_weg_is_geeft_een_bladzijde_en_een_onbekende_een_404(ser, settings):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"
    antwoord = Client().post(HEEN)
    assert "Inloggen via de SER lukte niet" in antwoord.content.decode()
    assert Client().post("/account/oidc/oidc/ander/login/").status_code == 404


def test_waarom_het_misging_staat_in_het_log_en_wat_de_provider_stuurde_niet(caplog):
    fout = ValueError("wat de provider stuurde")
    met_oorzaak = ValueError("wat de provider stuurde")
    met_oorzaak.__cause__ = KeyError("ook geheim")
    for uitzondering in (fout, met_oorzaak, None):
        SocialAccountAdapter().on_authentication_error(None, None, exception=uitzondering)
    assert [r.getMessage().partition(": ")[2] for r in caplog.records] == [
        "ValueError",
        "KeyError",
        "geen antwoord dat bij een vraag hoort",
    ]
