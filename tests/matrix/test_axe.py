"""Axe op 360 px: per sjabloon één bladzijde, van openbaar tot het diepste werkscherm, zonder één overtreding."""

from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests import browser
from tests.matrix import loop, routes
from tests.matrix.wereld import ANONIEM, Toneel

KIJKERS = (
    *(ANONIEM, "secretaris", "raadssecretaris", "algemeen secretaris", "coördinator", "commissielid", "meelezer"),
    "kroonlid",
)
# Hetzelfde sjabloon in een stand met een eigen bouw; een bladzijde wordt in de browser op haar pad gevonden.
STANDEN = (("lezen:versie", "?weergave=wijzigingen"), ("lezen:vergelijk", "?naast=1"), ("lezen:vergelijk", "?alleen=1"))


def verzamel(toneel: Toneel) -> dict[str, tuple[str, HttpResponse]]:
    """Geef per sjabloon het pad en het antwoord van de eerste bladzijde die haar gebruikt.

    Een route die al een bladzijde gaf, geeft een volgende kijker hetzelfde sjabloon.
    """
    uit: dict[str, tuple[str, HttpResponse]] = {}
    gehad: set[str] = set()
    paden = {route.naam: route.adres(loop.echte_objecten(toneel, route)[0]) for route in routes.alle()}
    for kijker in KIJKERS:
        client, gebruiker = Client(), toneel.rollen[kijker]
        if gebruiker is not None:
            client.force_login(gebruiker, backend="django.contrib.auth.backends.ModelBackend")
        for route in routes.alle():
            if route.naam in gehad:
                continue
            pad = paden[route.naam]
            if not route.openbaar and loop.vraag_de_poort(route, pad, "GET", gebruiker or AnonymousUser()) != "door":
                continue
            antwoord = client.get(pad)
            heel = antwoord.get("Content-Type", "").startswith("text/html") and b"<main" in antwoord.content
            if antwoord.status_code == 200 and heel and antwoord.templates:
                gehad.add(route.naam)
                uit.setdefault(str(antwoord.templates[0].name), (urlsplit(pad).path, antwoord))
            elif antwoord.streaming:
                b"".join(antwoord)  # ongelezen houdt een download zijn bestand open tot de opruiming
        if kijker == "secretaris":
            per_naam = {route.naam: route for route in routes.alle()}
            for naam, vraag in STANDEN:
                pad = reverse(naam, kwargs=loop.echte_objecten(toneel, per_naam[naam])[-1])
                antwoord = client.get(pad + vraag)
                assert antwoord.status_code == 200, pad
                uit[f"{naam} {vraag}"] = (f"{pad}{vraag[1:]}", antwoord)
    return uit


@pytest.mark.browser
def test_elke_soort_bladzijde_is_toegankelijk_en_past_op_een_telefoon(toneel):
    soorten = verzamel(toneel)
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
