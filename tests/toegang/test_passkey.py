"""Een passkey in een echte Chromium met een echte sleutel (CDP), en wat de browser onder onze CSP niet uitvoert."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import sync_playwright

from tests.browser import AXE, AXE_PAD, VLAGGEN, axe, bladzijden, chromium, loopt_over

WACHTWOORD = "een-lang-wachtwoord-42"
SLEUTEL = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
# Een browser zegt pas na twintig seconden dat iemand niet ontgrendelde: zo verraadt hij niet welke sleutels er zijn.
KORT_GEDULD = """() => {
  const haal = navigator.credentials.get.bind(navigator.credentials);
  navigator.credentials.get = (wens) => haal({ ...wens, publicKey: { ...wens.publicKey, timeout: 1000 } });
}"""


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_een_passkey_maken_en_ermee_inloggen_zonder_wachtwoord(live_server, maak_gebruiker):
    cache.clear()
    lid = maak_gebruiker("Lid (voorbeeld)")
    lid.set_password(WACHTWOORD)
    lid.save()
    fouten: list[str] = []
    with sync_playwright() as speler:
        browser = speler.chromium.launch(executable_path=chromium(), args=VLAGGEN)
        context = browser.new_context(locale="nl-NL", base_url=live_server.url, viewport={"width": 360, "height": 800})
        context.route(f"**{AXE_PAD}", lambda weg: weg.fulfill(body=AXE, content_type="text/javascript"))
        blad = context.new_page()
        blad.on("console", lambda bericht: fouten.append(bericht.text) if bericht.type == "error" else None)
        cdp = context.new_cdp_session(blad)
        cdp.send("WebAuthn.enable")
        sleutel = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": SLEUTEL})["authenticatorId"]

        def met_wachtwoord():
            blad.goto("/account/login/")
            blad.fill("[name=login]", lid.email)
            blad.fill("[name=password]", WACHTWOORD)
            blad.get_by_role("button", name="Log in", exact=True).click()
            blad.wait_for_url(re.compile(r"/account/(tweede-stap/.*)?$"))

        def met_passkey(knop):
            blad.get_by_role("button", name=knop).click()

        met_wachtwoord()
        blad.goto("/account/tweede-stap/")
        assert (axe(blad), loopt_over(blad)) == ([], 0)
        blad.get_by_role("link", name="Maak een passkey").click()
        blad.fill("[name=password]", WACHTWOORD)
        blad.get_by_role("button", name="Bevestigen").click()
        blad.check("[name=passwordless]")
        assert (axe(blad), loopt_over(blad)) == ([], 0)
        met_passkey("Maak de passkey")
        blad.wait_for_url(re.compile("recovery-codes"))
        blad.goto("/account/tweede-stap/webauthn/")
        assert (axe(blad), loopt_over(blad)) == ([], 0)
        context.clear_cookies()

        # Zonder wachtwoord, met de sleutel alleen.
        blad.goto("/account/login/?next=/account/berichten/")
        met_passkey("Log in met een passkey")
        blad.wait_for_url(re.compile(r":\d+/account/berichten/$"))
        context.clear_cookies()

        # Met wachtwoord is de passkey de tweede stap; wie niet ontgrendelt ziet wat er kan.
        met_wachtwoord()
        assert "/tweede-stap/authenticate/" in blad.url
        assert (axe(blad), loopt_over(blad)) == ([], 0)
        cdp.send("WebAuthn.setUserVerified", {"authenticatorId": sleutel, "isUserVerified": False})
        blad.evaluate(KORT_GEDULD)
        met_passkey("Gebruik mijn passkey")
        blad.get_by_role("alert").get_by_text("De passkey is niet gebruikt.").wait_for()
        blad.evaluate("delete navigator.credentials.get")
        cdp.send("WebAuthn.setUserVerified", {"authenticatorId": sleutel, "isUserVerified": True})
        met_passkey("Gebruik mijn passkey")
        blad.wait_for_url("**/account/")
        browser.close()
    assert fouten == []
    assert Authenticator.objects.filter(user=lid, type=Authenticator.Type.WEBAUTHN).count() == 1
    zaad = Authenticator.objects.get(user=lid, type=Authenticator.Type.RECOVERY_CODES).data["seed"]
    assert zaad.startswith("f1:"), "herstelcodes staan versleuteld"
    connection.close()


KWAAD = """<script>window.gelopen = "script"</script><img src="/x" onerror="window.gelopen = 'kenmerk'">
<script src="/eigen.js"></script><a id="kwaad" href="javascript:window.gelopen='adres'">x</a><base href="https://ander.test/"></body>"""

EIGEN = """window.eigen = true; try { eval("window.gelopen = 'eval'") } catch { /* geweigerd */ }"""


@pytest.mark.browser
@pytest.mark.django_db
def test_een_script_in_de_bladzijde_voert_de_browser_niet_uit():
    antwoord = Client().get("/account/login/")
    lijf = antwoord.content.decode().replace("</body>", KWAAD)
    proef = HttpResponse(lijf, headers={"Content-Security-Policy": antwoord["Content-Security-Policy"]})
    bladen = {"/kwaad/": proef, "/eigen.js": HttpResponse(EIGEN, content_type="text/javascript")}
    gezien: list[object] = []
    with pytest.raises(AssertionError, match="Content Security Policy"):
        _klik_op_het_kwaad(bladen, gezien)
    assert gezien == [None, True, True], "niets van het kwaad liep, ons eigen bestand wel, en de basis bleef"


def _klik_op_het_kwaad(bladen: dict[str, HttpResponse], gezien: list[object]) -> None:
    with bladzijden(bladen) as blad:
        blad.goto("/kwaad/")
        blad.click("#kwaad")
        gezien += blad.evaluate("[window.gelopen, window.eigen, document.baseURI.endsWith('/kwaad/')]")
