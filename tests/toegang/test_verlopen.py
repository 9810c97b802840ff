"""Wie is uitgelogd terwijl zijn bladzijde open stond, raakt niet kwijt wat hij invulde."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client, RequestFactory
from django.urls import path

from tests.browser import bladzijden
from toegang import verlopen
from toegang.routes import ingelogd, open_route
from toegang.verzoek import lezer

TEKST = "Een opmerking <van> een lid & meer.\r\nTweede regel (voorbeeld)."
EIGEN, ANDER = {"Origin": "http://testserver"}, {"Origin": "http://elders.test"}

urlpatterns = [
    path("opmerking/", ingelogd(lambda request: HttpResponse(request.POST.get("tekst", "-")))),
    path("account/login/", open_route(lambda request: HttpResponse("log in")), name="account_login"),
    path("account/logout/", open_route(lambda request: HttpResponse("uit")), name="account_logout"),
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def test_een_deelverversing_krijgt_geen_inlogscherm():
    for methode in ("get", "post"):
        antwoord = getattr(Client(), methode)("/opmerking/", headers={"HX-Request": "true"})
        assert (antwoord.status_code, antwoord["Cache-Control"]) == (401, "private, no-store")
        assert "WWW-Authenticate" in antwoord


def test_wie_is_uitgelogd_krijgt_zijn_invoer_terug():
    geheim = dict.fromkeys(("old_password", "wachtwoord", "nogmaals"), "een geheim met spaties")
    velden = {"tekst": TEKST, "wens": ["a", "b"], **geheim, "csrfmiddlewaretoken": "x" * 32}
    antwoord = Client().post("/opmerking/?soort=1", velden, headers=EIGEN)
    bladzijde = antwoord.content.decode()
    assert antwoord.status_code == 401
    assert 'action="/opmerking/?soort=1"' in bladzijde
    assert "Een opmerking &lt;van&gt; een lid &amp; meer." in bladzijde
    assert bladzijde.count('name="wens"') == 2
    assert "geheim" not in bladzijde


def test_een_bestand_wordt_genoemd_en_opnieuw_gevraagd():
    velden = {"bestand": SimpleUploadedFile("advies.docx", b"inhoud")}
    bladzijde = Client().post("/opmerking/", velden, headers=EIGEN).content.decode()
    assert "advies.docx" in bladzijde
    assert 'enctype="multipart/form-data"' in bladzijde


def test_wat_een_mens_schreef_staat_er_ook_leesbaar(rf):
    velden = {"kort": "net te kort", "past": "<p>twaalf teken</p>", "nummer": "zonder-spatie-is-geen-zin"}
    assert verlopen.invoer_van(rf.post("/opmerking/", velden))["teksten"] == ["twaalf teken"]


def test_een_leeg_formulier_gaat_gewoon_naar_het_inloggen():
    antwoord = Client().post("/opmerking/", {"csrfmiddlewaretoken": "x" * 32}, headers=EIGEN)
    assert (antwoord.status_code, antwoord["Location"]) == (302, "/account/login/?next=/opmerking/")


@pytest.mark.parametrize(
    ("vanaf", "waarheen"),
    [
        ("http://testserver/lezen/versie/3/?weergave=sinds", "/lezen/versie/3/%3Fweergave%3Dsinds"),
        ("http://elders.test/lezen/", "/opmerking/"),
        ("http://testserver@elders.test/lezen/", "/opmerking/"),
        ("http://testserver//elders.test/", "/opmerking/"),
        ("http://[", "/opmerking/"),
    ],
)
def test_wie_een_knop_zonder_velden_gebruikte_gaat_terug_naar_waar_hij_stond(vanaf, waarheen):
    """Het adres van zo'n knop toont niets: na het inloggen stond er een witte bladzijde."""
    antwoord = Client().post("/opmerking/", {}, headers=EIGEN | {"Referer": vanaf})
    assert (antwoord.status_code, antwoord["Location"]) == (302, f"/account/login/?next={waarheen}")


@pytest.mark.parametrize("kopregels", [ANDER, {}, {"Origin": "null"}])
def test_wat_een_ander_stuurt_komt_niet_terug_met_een_knop(kopregels):
    antwoord = Client().post("/opmerking/", {"tekst": TEKST}, headers=kopregels)
    assert (antwoord.status_code, antwoord["Location"]) == (302, "/account/login/?next=/opmerking/")


def test_na_opnieuw_inloggen_gaat_dezelfde_invoer_met_een_nieuw_token_mee(secretaris):
    client = Client(enforce_csrf_checks=True)
    client.force_login(secretaris, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["csrftoken"] = _get_new_csrf_string()
    velden = {"tekst": TEKST, "csrfmiddlewaretoken": _get_new_csrf_string()}  # van vóór het inloggen
    verlopen = client.post("/opmerking/", velden, headers=EIGEN)
    assert verlopen.status_code == 403
    assert "opnieuw ingelogd" in verlopen.content.decode()
    velden["csrfmiddlewaretoken"] = verlopen.context["csrf_token"]
    assert client.post("/opmerking/", velden, headers=EIGEN).content.decode() == TEKST
    velden["csrfmiddlewaretoken"] = _get_new_csrf_string()
    anders = client.post("/opmerking/", velden, headers=ANDER)
    assert anders.status_code == 403
    assert "Tweede regel" not in anders.content.decode()


def test_wat_op_de_bladzijde_van_een_ander_stond_komt_niet_op_deze_naam(secretaris, buitenstaander):
    """Op een gedeelde computer plaatste het ene tabblad de woorden van de een onder de naam van de ander."""
    client = Client()
    client.force_login(secretaris, backend="django.contrib.auth.backends.ModelBackend")
    velden = {"tekst": TEKST, "lezer": kenmerk_van(buitenstaander)}
    anders = client.post("/opmerking/", velden)
    assert anders.status_code == 403
    assert f"is intussen een ander ingelogd: <strong>{secretaris.naam}</strong>" in anders.content.decode()
    assert "Een opmerking &lt;van&gt; een lid" in anders.content.decode()
    assert anders.content.decode().count('name="lezer"') == 1, "wie het zo verstuurt, doet het op zijn eigen naam"
    assert client.post("/opmerking/", {"lezer": velden["lezer"]}).status_code == 403, "een knop is ook een daad"
    assert client.post("/opmerking/", {"tekst": "x"}, headers={"X-Lezer": velden["lezer"]}).status_code == 401
    zelf = kenmerk_van(secretaris)
    assert client.post("/opmerking/", {"tekst": "x", "lezer": zelf}).content == b"x"
    assert client.post("/opmerking/", {"tekst": "x"}, headers={"X-Lezer": zelf}).content == b"x"


def kenmerk_van(account) -> str:
    verzoek = RequestFactory().get("/")
    verzoek.user = account
    return lezer(verzoek)


BLAD = """<!doctype html><html lang="nl"><meta name="lezer" content="abc"><title>Lijst</title><body>
<template id="sjabloon-uitgelogd"><div id="uitgelogd" role="alert">U bent niet meer ingelogd</div></template>
<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="oud"><button>Doe</button></form>
<script src="/static/js/portaal.js"></script>
"""
NA_DRUK = """status => document.dispatchEvent(
  new CustomEvent("htmx:afterRequest", {detail: {successful: status === 200, xhr: {status}}}))"""


@pytest.mark.browser
def test_de_bladzijde_zegt_het_een_keer_en_neemt_na_opnieuw_inloggen_het_nieuwe_token_over():
    with bladzijden({"/lijst/": HttpResponse(BLAD)}) as blad:
        blad.goto("/lijst/")
        for status, balken in ((500, 0), (401, 1), (401, 1), (200, 0)):
            blad.evaluate(NA_DRUK, status)
            assert blad.locator("#uitgelogd").count() == balken
        blad.evaluate("document.cookie = 'ander=1'; document.cookie = 'csrftoken=nieuw'")
        blad.evaluate("window.dispatchEvent(new Event('focus'))")
        assert blad.input_value("[name=csrfmiddlewaretoken]") == "nieuw"
        blad.evaluate("document.addEventListener('submit', function (e) { e.preventDefault(); })")
        blad.click("text=Doe")
        blad.click("text=Doe")
        assert blad.locator("input[name=lezer]").count() == 1
        assert blad.input_value("input[name=lezer]") == "abc", "wat weggaat zegt van wie de bladzijde was"
