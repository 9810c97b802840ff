"""De bewerker in een echte browser, onder de CSP van het portaal: wat erin gaat komt er met zijn namen weer uit."""

import pytest
from django.urls import reverse

from adviezen.actions.versies import schrijf_concept
from adviezen.enums import Stap
from kern.blokken import blokken, munt
from kern.html import schoon
from tests.adviezen import bouw
from tests.browser import axe, bladzijden, loopt_over

pytestmark = pytest.mark.django_db
TEKST = (
    "<h2>Inleiding</h2>"
    '<p>Met een noot<sup><a class="voetnoot" href="#voetnoot-1" id="voetnootref-1">1</a></sup>.</p>'
    "<p>Met <strong>nadruk</strong>.</p>"
    "<ul><li>een</li><li>twee</li></ul><ol><li>eerst</li></ol><blockquote><p>Citaat.</p></blockquote>"
    "<table><tbody><tr><th>Jaar</th><th>Aantal</th></tr><tr><td>2025</td><td>3</td></tr></tbody></table>"
    '<ol class="voetnoten"><li class="voetnoot" id="voetnoot-1">De noot.</li></ol>'
)


def test_de_bewerker_houdt_blokken_voetnoten_en_tabellen(als, wereld):
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    versie = schrijf_concept(traject=cast.traject, basis=None, html=TEKST, door=cast.secretaris)
    adres = reverse("adviezen:schrijven", kwargs={"slug": cast.traject.slug})
    with bladzijden({adres: als(cast.secretaris).get(adres)}, viewport={"width": 360, "height": 800}) as blad:
        blad.goto(adres)
        blad.wait_for_selector("[role=textbox]")
        blad.wait_for_selector("[title=Vet]", state="attached", timeout=5000)
        assert axe(blad) == []
        assert loopt_over(blad) == 0
        blad.locator("[role=textbox] h2").click()
        blad.keyboard.press("End")
        blad.keyboard.type(" en vraag")
        html = blad.locator("textarea[data-schrijven]").input_value()
        # Bewaren onderweg lukt hier niet (er is geen server): dat staat er, en de tekst blijft.
        uit = munt(schoon(html), versie.html)
    oud = {b.tekst: (b.id, b.soort) for b in blokken(versie.html)}
    nieuw = {b.tekst: (b.id, b.soort) for b in blokken(uit)}
    assert nieuw.pop("Inleiding en vraag") == oud.pop("Inleiding")
    assert nieuw == oud
    assert all(
        deel in uit for deel in ('class="voetnoot"', 'href="#voetnoot-1"', 'id="voetnootref-1"', 'id="voetnoot-1"')
    )
    assert '<ol class="voetnoten">' in uit
