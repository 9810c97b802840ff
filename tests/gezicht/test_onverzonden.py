"""Getypte tekst die niet verstuurd is: de browser vraagt het voordat zij weg is, en alleen dan."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Dialog, Page, expect

from tests.browser import bladzijden
from toegang.enums import Rol
from toegang.models import Gebruiker

BLAD = """<!doctype html><html lang="nl"><title>Twee formulieren</title><body>
<a href="/weg/">Weg</a>
<form action="/zoek/"><label>Zoek <input name="q"></label></form>
<form method="post" action="/een/"><label>Vraag <textarea name="vraag">Begin</textarea></label>
  <button>Bewaar</button></form>
<form method="post" action="/twee/"><button>Leg vast</button></form>
<script src="/static/js/portaal.js"></script><script src="/static/js/onverzonden.js"></script>
"""
ANDERS = {pad: HttpResponse("<!doctype html><title>Klaar</title>") for pad in ("/weg/", "/een/", "/twee/")}


def test_elke_bladzijde_achter_de_inlog_vraagt_het(client: Client, maak_gebruiker: Callable[..., Gebruiker]) -> None:
    assert "js/onverzonden" not in client.get("/account/login/").content.decode()
    client.force_login(maak_gebruiker("Sanne de Vries (voorbeeld)", Rol.COMMUNICATIE))
    assert client.get("/werk/bouwstenen/").content.decode().count("js/onverzonden") == 1


@pytest.mark.browser
def test_alleen_wat_getypt_is_en_blijft_liggen_wordt_gevraagd() -> None:
    gevraagd: list[str] = []
    blijf = [False]

    def antwoord(vraag: Dialog) -> None:
        gevraagd.append(vraag.type)
        vraag.dismiss() if blijf[0] else vraag.accept()

    def typ(blad: Page, tekst: str) -> None:
        blad.goto("/blad/")
        blad.get_by_label("Vraag").click()
        blad.keyboard.press("End")
        blad.keyboard.type(tekst)

    def knop(blad: Page, naam: str) -> Any:
        return blad.get_by_role("button", name=naam)

    with bladzijden({"/blad/": HttpResponse(BLAD), **ANDERS}) as blad:
        blad.on("dialog", antwoord)
        typ(blad, "x")
        blad.keyboard.press("Backspace")
        blad.get_by_label("Zoek").fill("iets")
        blad.get_by_role("link").click()
        expect(blad).to_have_title("Klaar")
        typ(blad, " van de zin")
        knop(blad, "Bewaar").click()
        expect(blad).to_have_title("Klaar")
        assert gevraagd == [], "niets getypt, teruggezet of verstuurd: niets te vragen"

        blijf[0] = True
        typ(blad, " van de zin")
        knop(blad, "Leg vast").click()
        blad.wait_for_function("() => !document.querySelector('form[data-bezig]')")
        assert (gevraagd, blad.get_by_label("Vraag").input_value()) == (["beforeunload"], "Begin van de zin")
        blijf[0] = False
        knop(blad, "Leg vast").click()
        expect(blad).to_have_title("Klaar")
        typ(blad, " van de zin")
        blad.reload()
        assert gevraagd == ["beforeunload"] * 3
