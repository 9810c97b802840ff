"""Elke link die een mens op zijn schermen ziet, gaat ergens heen."""

import re
from collections import Counter, deque
from html import unescape

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from tests.matrix.wereld import Toneel

LINK = re.compile(r'<a\b[^>]*? href="(/[^"#]*)')
# Per soort bladzijde een paar; de bladzijden van één soort hebben dezelfde sjabloon.
PER_SOORT = 4
BEGIN = {
    "anoniem": ("/",),
    "secretaris": ("/werk/", "/lezen/", "/account/"),
    "raadssecretaris": ("/werk/", "/account/"),
    "commissielid": ("/lezen/", "/account/"),
    "coördinator": ("/organisatie/", "/lezen/"),
}


def soort(pad: str) -> str | None:
    """Geef de naam van de route van een pad, of None als er geen is."""
    try:
        return resolve(pad.partition("?")[0]).view_name
    except Resolver404:
        return None


def wandel(client: Client, begin: tuple[str, ...]) -> tuple[int, list[str]]:
    """Volg links vanaf `begin`; geef hoeveel bladzijden bezocht zijn en wat daarvan niet goed antwoordde."""
    van: dict[str, str] = dict.fromkeys(begin, "begin")
    rij, bezocht, fout = deque(begin), Counter(), []
    while rij:
        pad = rij.popleft()
        naam = soort(pad)
        if naam is not None and bezocht[naam] >= PER_SOORT:
            continue
        bezocht[naam] += 1
        antwoord = client.get(pad)
        if antwoord.status_code not in (200, 202, 302):
            fout.append(f"{antwoord.status_code} {pad} (link op {van[pad]})")
        if antwoord.streaming:
            assert list(antwoord.streaming_content)  # uitlezen sluit het bestand
        if not antwoord.get("Content-Type", "").startswith("text/html"):
            continue
        for gevonden in map(unescape, LINK.findall(antwoord.content.decode())):
            if gevonden not in van and not gevonden.startswith("/static/"):
                van[gevonden] = pad
                rij.append(gevonden)
    return sum(bezocht.values()), fout


@pytest.mark.parametrize("rol", BEGIN)
def test_elke_link_gaat_ergens_heen(toneel: Toneel, rol: str) -> None:
    client, gebruiker = Client(), toneel.rollen[rol]
    if gebruiker is not None:
        client.force_login(gebruiker, backend="django.contrib.auth.backends.ModelBackend")
    aantal, fout = wandel(client, BEGIN[rol])
    assert aantal >= 12
    assert not fout, "\n".join(fout)
