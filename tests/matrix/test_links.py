"""Elke link die een mens op zijn schermen ziet, gaat ergens heen."""

import re
from collections import Counter, deque
from collections.abc import Mapping
from html import unescape

import pytest
from django.urls import Resolver404, resolve

from tests.matrix.loop import Ronde
from tests.matrix.ronde import Antwoord, Bezoeker
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


def wandel(bezoeker: Bezoeker, rol: str, gezien: Mapping[str, Antwoord]) -> tuple[int, list[str]]:
    """Volg links vanaf BEGIN als deze rol; geef hoeveel bladzijden bezocht zijn en wat daarvan niet goed antwoordde.

    Wat deze rol in de ronde al opende (`gezien`), wordt niet nog eens gemaakt.
    """
    van: dict[str, str] = dict.fromkeys(BEGIN[rol], "begin")
    rij, bezocht, fout = deque(van), Counter(), []
    while rij:
        pad = rij.popleft()
        naam = soort(pad)
        if naam is not None and bezocht[naam] >= PER_SOORT:
            continue
        bezocht[naam] += 1
        antwoord = gezien.get(pad) or bezoeker.bezoek(rol, "GET", pad).antwoord
        if antwoord.status not in (200, 202, 302) or (antwoord.status == 200 and not antwoord.inhoud):
            fout.append(f"{antwoord.status} {pad} (link op {van[pad]})")
        if not dict(antwoord.kop).get("content-type", "").startswith("text/html"):
            continue
        for gevonden in map(unescape, LINK.findall(antwoord.inhoud.decode())):
            if gevonden not in van and not gevonden.startswith("/static/"):
                van[gevonden] = pad
                rij.append(gevonden)
    return sum(bezocht.values()), fout


@pytest.mark.parametrize("rol", BEGIN)
def test_elke_link_gaat_ergens_heen(toneel: Toneel, ronde: Ronde, rol: str) -> None:
    bezoeker = Bezoeker({rol: toneel.rollen[rol]})
    gezien = {b.pad: b.antwoord for (_, wie), bezoeken in ronde.echt.items() if wie == rol for b in bezoeken}
    try:
        with bezoeker.op_rij():
            aantal, fout = wandel(bezoeker, rol, gezien)
    finally:
        bezoeker.klaar()
    assert aantal >= 12
    assert not fout, "\n".join(fout)
