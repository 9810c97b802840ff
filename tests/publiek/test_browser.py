"""Elke soort openbare bladzijde in een echte Chromium, met het echte archief: axe, breedte, donker en CSP."""

import json
import os
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client

from kern.tijd import vandaag
from publiek.cache import BEWARING
from publiek.toegankelijkheid import UITSLAG, uitslag
from tests.browser import AXE, axe, bladzijden, loopt_over, loopt_over_met_een_lang_woord
from tests.gedeeld import Gedeeld

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
    "/themas/": "/themas/",
    "/thema/": "/themas/klimaat-en-energie/",
    "/cijfers/": "/cijfers/",
    "/privacy": "/privacy",
    "/toegankelijkheid": "/toegankelijkheid",
    "/zoeken/": "/zoeken/?q=energie",
    "/volgen/": "/volgen/?vraag=q%3Dpensioen",
    "/volgen/onderwerpen/": "/volgen/?onderwerp=onzin",
}


def laad_archief() -> None:
    call_command("laad_archief", str(Path(settings.BASE_DIR) / "data"), stdout=StringIO())


@pytest.fixture(scope="module")
def antwoorden(gedeeld: Gedeeld) -> dict[str, HttpResponse]:
    """De antwoorden van het portaal met het hele archief geladen."""
    BEWARING.wis()
    with gedeeld.leen("archief", laad_archief):
        uit = {pad: Client().get(adres) for pad, adres in SOORTEN.items()}
    assert {pad: a.status_code for pad, a in uit.items() if a.status_code != 200} == {}
    return uit


# 640 px is een scherm van 1280 px op 200 %.
STANDEN = [(360, "light"), (640, "light"), (1280, "dark")]


@pytest.mark.parametrize(("breedte", "kleur"), STANDEN)
def test_elke_soort_bladzijde(antwoorden: dict[str, HttpResponse], breedte: int, kleur: Any) -> None:
    """Met SCHRIJF_AXE=1 komt de uitslag in publiek/toegankelijkheid.json; daaruit leest /toegankelijkheid."""
    fouten: list[str] = []
    with bladzijden(antwoorden, viewport={"width": breedte, "height": 900}, color_scheme=kleur) as blad:
        for pad in SOORTEN:
            blad.goto(pad)
            fouten += [f"{pad}: {fout}" for fout in axe(blad)]
            if over := loopt_over(blad):
                fouten.append(f"{pad}: {over} px te breed")
            if over := loopt_over_met_een_lang_woord(blad):
                fouten.append(f"{pad}: met een lang woord {over} px te breed")
    if os.environ.get("SCHRIJF_AXE"):
        _schrijf(breedte, kleur, fouten)
    assert fouten == []


def _schrijf(breedte: int, kleur: str, fouten: list[str]) -> None:
    oud = uitslag()
    standen = [s for s in oud.get("standen", []) if (s["breedte"], s["kleur"]) != (breedte, kleur)]
    standen.append({"breedte": breedte, "kleur": kleur, "bladzijden": len(SOORTEN), "fouten": fouten})
    versie = AXE.decode().split("axe v", 1)[1].split()[0]
    gegevens = {
        "datum": vandaag().isoformat(),
        "axe": versie,
        "adressen": sorted(SOORTEN.values()),
        "standen": sorted(standen, key=lambda s: s["breedte"]),
    }
    UITSLAG.write_text(json.dumps(gegevens, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def test_de_verklaring_noemt_wat_hier_is_nagekeken(antwoorden: dict[str, HttpResponse]) -> None:
    """Wie een soort bladzijde of stand toevoegt, maakt de uitslag opnieuw (SCHRIJF_AXE=1)."""
    gegevens = uitslag()
    assert gegevens["adressen"] == sorted(SOORTEN.values())
    assert [(s["breedte"], s["kleur"]) for s in gegevens["standen"]] == STANDEN
    tekst = antwoorden["/toegankelijkheid"].content.decode()
    assert f"axe {gegevens['axe']}" in tekst
    assert "geen fouten" in tekst


def test_json_ld_is_een_gegevensblok_dat_de_csp_doorlaat(antwoorden: dict[str, HttpResponse]) -> None:
    with bladzijden(antwoorden) as blad:
        blad.goto("/adviezen/2023/adv-149/")
        gegevens = blad.evaluate(
            "JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)"
        )
    assert gegevens["@type"] == "Report"
    assert gegevens["datePublished"] == "2023-03-16"
