"""Axe op 360 px: per sjabloon één bladzijde, van openbaar tot het diepste werkscherm, zonder één overtreding."""

from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests import browser
from tests.matrix import loop, routes
from tests.matrix.loop import Ronde
from tests.matrix.wereld import ANONIEM, Toneel

KIJKERS = (
    *(ANONIEM, "secretaris", "raadssecretaris", "algemeen secretaris", "coördinator", "commissielid", "meelezer"),
    *("kroonlid", "beheerder"),
)
# Hetzelfde sjabloon in een stand met een eigen bouw; een bladzijde wordt in de browser op haar pad gevonden.
STANDEN = (("lezen:versie", "?weergave=wijzigingen"), ("lezen:vergelijk", "?naast=1"), ("lezen:vergelijk", "?alleen=1"))


def verzamel(ronde: Ronde) -> dict[str, tuple[str, HttpResponse]]:
    """Geef per sjabloon het pad en het antwoord van een bladzijde die haar gebruikt, uit de bezoeken van de ronde.

    De eerste kijker die een route ziet, geeft haar bladzijde: zo komt elk sjabloon zo openbaar mogelijk voor.
    """
    uit: dict[str, tuple[str, HttpResponse]] = {}
    gehad: set[str] = set()
    for kijker in KIJKERS:
        for route in ronde.routes:
            bezoek = next(iter(ronde.echt.get((route.naam, kijker), ())), None)
            if route.naam in gehad or bezoek is None or bezoek.antwoord.status != 200 or not bezoek.sjabloon:
                continue
            kop = {naam: waarde for naam, waarde in bezoek.antwoord.kop if naam != "content-length"}
            if kop.get("content-type", "").startswith("text/html") and b"<main" in bezoek.antwoord.inhoud:
                gehad.add(route.naam)
                antwoord = HttpResponse(bezoek.antwoord.inhoud, headers=kop)
                uit.setdefault(bezoek.sjabloon, (urlsplit(bezoek.pad).path, antwoord))
    return uit


def standen(toneel: Toneel) -> dict[str, tuple[str, HttpResponse]]:
    """Geef de bladzijden van STANDEN zoals de secretaris ze ziet."""
    client, gebruiker = Client(), toneel.rollen["secretaris"]
    assert gebruiker is not None
    client.force_login(gebruiker, backend="django.contrib.auth.backends.ModelBackend")
    per_naam = {route.naam: route for route in routes.alle()}
    uit = {}
    for naam, vraag in STANDEN:
        pad = reverse(naam, kwargs=loop.echte_objecten(toneel, per_naam[naam])[-1])
        antwoord = client.get(pad + vraag)
        assert antwoord.status_code == 200, pad
        uit[f"{naam} {vraag}"] = (f"{pad}{vraag[1:]}", antwoord)
    return uit


@pytest.mark.browser
def test_elke_soort_bladzijde_is_toegankelijk_en_past_op_een_telefoon(toneel, ronde):
    soorten = verzamel(ronde) | standen(toneel)
    assert len(soorten) > 150, sorted(soorten)
    fouten = {}
    antwoorden = dict(soorten.values())
    with browser.bladzijden(antwoorden, viewport={"width": 360, "height": 800}) as blad:
        for sjabloon, (pad, _) in sorted(soorten.items()):
            blad.goto(pad)
            gevonden = browser.axe(blad)
            if breder := browser.loopt_over(blad):
                gevonden.append(f"{breder} px breder dan het scherm")
            if gevonden:
                fouten[f"{sjabloon} ({pad})"] = gevonden
    assert fouten == {}
