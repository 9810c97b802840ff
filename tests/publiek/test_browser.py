"""Elke soort openbare bladzijde in een echte Chromium, met het echte archief: axe, breedte, donker en CSP."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client

from tests.browser import axe, bladzijden, loopt_over

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
# Pad in de browser → adres dat het antwoord geeft: één per soort bladzijde.
SOORTEN = {
    "/": "/",
    "/adviezen/": "/adviezen/?q=sociale+innovatie&decennium=2020",
    "/leeg/": "/adviezen/?q=pensionstelsel&jaar=abc",
    "/adviezen/2023/adv-149/": "/adviezen/2023/adv-149/",
    "/kabinetsreacties/": "/kabinetsreacties/",
    "/aanbevelingen/": "/aanbevelingen/",
    "/raad/": "/raad/?op=2023-03-16",
    "/commissies/": "/commissies/",
    "/commissie/": "/commissies/commissie-sociale-innovatie/",
    "/vergaderingen/": "/vergaderingen/",
    "/vergadering/": "/vergaderingen/2023-03-16/",
    "/trajecten/": "/trajecten/",
    "/thema/": "/themas/klimaat-en-energie/",
    "/cijfers/": "/cijfers/",
    "/privacy": "/privacy",
}


@pytest.fixture
def antwoorden(client: Client, db: None) -> dict[str, HttpResponse]:
    """De antwoorden van het portaal met het hele archief geladen."""
    call_command("laad_archief", str(Path(settings.BASE_DIR) / "data"), stdout=StringIO())
    uit = {pad: client.get(adres) for pad, adres in SOORTEN.items()}
    assert {pad: a.status_code for pad, a in uit.items() if a.status_code != 200} == {}
    return uit


@pytest.mark.parametrize(("breedte", "kleur"), [(360, "light"), (1280, "dark")])
def test_elke_soort_bladzijde(antwoorden: dict[str, HttpResponse], breedte: int, kleur: Any) -> None:
    fouten: list[str] = []
    with bladzijden(antwoorden, viewport={"width": breedte, "height": 900}, color_scheme=kleur) as blad:
        for pad in SOORTEN:
            blad.goto(pad)
            fouten += [f"{pad}: {fout}" for fout in axe(blad)]
            if over := loopt_over(blad):
                fouten.append(f"{pad}: {over} px te breed")
    assert fouten == []


def test_json_ld_is_een_gegevensblok_dat_de_csp_doorlaat(antwoorden: dict[str, HttpResponse]) -> None:
    with bladzijden(antwoorden) as blad:
        blad.goto("/adviezen/2023/adv-149/")
        gegevens = blad.evaluate(
            "JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)"
        )
    assert gegevens["@type"] == "Report"
    assert gegevens["datePublished"] == "2023-03-16"
