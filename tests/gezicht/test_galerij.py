"""/werk/bouwstenen/ in een echte browser: axe, breedte, toetsenbord, aanraakdoelen, en zonder JavaScript."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import expect

from tests.browser import GEDEELD, axe, bladzijden, loopt_over, loopt_over_met_een_lang_woord
from toegang.enums import Rol
from toegang.models import Gebruiker

DOELEN = "a[href],button,input:not([type=hidden]),select,summary"
KLEINE_DOELEN = f"""() => [...document.querySelectorAll('{DOELEN}')].filter(e => {{
  const r = e.getBoundingClientRect(), s = getComputedStyle(e);
  return r.width && r.height && s.display !== 'inline' && !e.closest('svg, label') && (r.width < 24 || r.height < 24);
}}).map(e => e.outerHTML.slice(0, 90))"""


@pytest.fixture
def galerij(client: Client, maak_gebruiker: Callable[..., Gebruiker]) -> dict[str, HttpResponse]:
    """De galerij zoals het secretariaat haar krijgt."""
    client.force_login(maak_gebruiker("Sanne de Vries (voorbeeld)", Rol.COMMUNICATIE))
    antwoord = client.get("/werk/bouwstenen/")
    assert antwoord.status_code == 200
    return {"/werk/bouwstenen/": antwoord}


def test_alleen_voor_het_secretariaat(client: Client, buitenstaander: Gebruiker) -> None:
    assert client.get("/werk/bouwstenen/").status_code == 302
    client.force_login(buitenstaander)
    assert client.get("/werk/bouwstenen/").status_code == 404


@pytest.mark.browser
@pytest.mark.parametrize(("breedte", "kleur"), [(360, "light"), (1280, "dark")])
def test_axe_breedte_en_doelen(galerij: dict[str, HttpResponse], breedte: int, kleur: Any) -> None:
    with bladzijden(galerij, viewport={"width": breedte, "height": 900}, color_scheme=kleur) as blad:
        blad.goto("/werk/bouwstenen/")
        assert blad.evaluate(
            "[...document.fonts].some(f => f.family.includes('Source Sans 3') && f.status === 'loaded')"
        )
        assert loopt_over(blad) == 0
        assert axe(blad) == []
        assert "\n".join(blad.evaluate(KLEINE_DOELEN)) == ""
        assert loopt_over_met_een_lang_woord(blad) == 0, "een lang woord breekt af, ook in een tabel"


@pytest.mark.browser
def test_toetsenbord(galerij: dict[str, HttpResponse]) -> None:
    with bladzijden(galerij, viewport={"width": 1280, "height": 900}) as blad:
        blad.goto("/werk/bouwstenen/")
        actief = "document.activeElement"
        assert blad.evaluate(f"{actief}.className") == "foutenlijst", "de foutenlijst krijgt de aandacht"
        blad.locator(".foutenlijst a").nth(3).click()
        # Een foutenlink zet de cursor in het vak, ook bij keuzes.
        expect(blad.locator(":focus")).to_have_attribute("name", "kring")
        blad.evaluate(f"{actief}.blur()")
        laatste = blad.locator(".wijziging-stop").last.get_attribute("id")
        for toets, stop in (("n", "v-1"), ("n", "v-2"), ("p", "v-1"), ("p", laatste)):
            blad.keyboard.press(toets)
            assert blad.evaluate(f"{actief}.id") == stop
        zetel = blad.locator("a.zetel").first
        zetel.focus()
        blad.keyboard.press("Enter")
        expect(blad).to_have_url(re.compile("#raad-zetel-1$"))
        blad.locator("details.gebruiker > summary").click()
        blad.keyboard.press("Escape")
        assert blad.locator("details.gebruiker[open]").count() == 0


@pytest.mark.browser
def test_bij_twee_keer_zo_groot_en_zonder_javascript(galerij: dict[str, HttpResponse]) -> None:
    with bladzijden(galerij, viewport={"width": 640, "height": 450}, java_script_enabled=False) as blad:
        blad.goto("/werk/bouwstenen/")
        blad.locator("summary", has_text="Menu").click()
        assert blad.locator(".nav-smal .nav-lijst a").first.is_visible()
        assert blad.locator("h1").inner_text().startswith("Bouwstenen")


@pytest.mark.browser
def test_een_gestorven_browser_wordt_vervangen(galerij: dict[str, HttpResponse]) -> None:
    """De toetsen van een loper delen een browser; valt hij om, dan gaat alleen de toets mis die hem had."""
    for _ in range(2):
        with bladzijden(galerij) as blad:
            blad.goto("/werk/bouwstenen/")
            assert blad.locator("h1").inner_text().startswith("Bouwstenen")
        with GEDEELD.open() as browser:
            browser.close()
