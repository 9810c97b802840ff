"""Drukken tijdens een druk: presentie en hoofdelijke stemming bewaren ze op volgorde, in een echte Chromium."""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from playwright.sync_api import Page, expect

from tests.browser import bladzijden

# De server is nagedaan: elke druk wacht tot de toets hem beantwoordt (`af`), zodat de volgorde vastligt.
BLAD = """<!doctype html><html lang="nl"><title>Stemming</title><body>
<script>
  window.verzonden = [];
  window.htmx = {ajax: (wijze, adres, keuze) => new Promise(klaar => window.verzonden.push({
    waarden: JSON.stringify(keuze.values),
    af: goed => {
      const detail = {requestConfig: {verb: wijze}, successful: goed};
      document.dispatchEvent(new CustomEvent("htmx:afterRequest", {detail}));
      klaar();
    }}))};
</script>
<form method="post" action="/stemming/" data-na-elkaar="#lijst">
  <template class="niet-bewaard"><div role="alert">Niet bewaard</div></template>
  <button id="voor" name="stem" value="voor">voor</button> <button id="tegen" name="stem" value="tegen">tegen</button>
</form>
<script src="/static/js/na-elkaar.js"></script>
"""

pytestmark = pytest.mark.browser


@pytest.fixture
def blad() -> Iterator[Page]:
    with bladzijden({"/stemming/": HttpResponse(BLAD)}) as blad:
        blad.goto("/stemming/")
        yield blad


def verzonden(blad: Page) -> list[str]:
    return list(blad.evaluate("window.verzonden.map(v => JSON.parse(v.waarden).stem)"))


def beantwoord(blad: Page, *, goed: bool = True) -> None:
    blad.evaluate("goed => window.verzonden[window.verzonden.length - 1].af(goed)", goed)


def test_een_peiling_die_opengaat_wordt_ook_gehoord() -> None:
    """De tablet ververst vanzelf; alleen wat nieuw is wordt voorgelezen, niet elke keer alles."""
    blad_nu = """<!doctype html><html lang="nl"><title>Vergadering</title><body><p role="status" data-meldt="nu"></p>
    <div id="nu" data-gemeld=""></div><script src="/static/js/portaal.js"></script>"""
    ververs = """gemeld => { document.getElementById("nu").outerHTML = `<div id="nu" data-gemeld="${gemeld}">…</div>`;
      document.dispatchEvent(new CustomEvent("htmx:afterSettle")); }"""
    with bladzijden({"/nu/": HttpResponse(blad_nu)}) as blad:
        blad.goto("/nu/")
        blad.evaluate(ververs, "")
        assert blad.get_by_role("status").text_content() == ""
        blad.evaluate(ververs, "Er is een peiling: Goed zo?")
        assert blad.get_by_role("status").text_content() == "Er is een peiling: Goed zo?"


def test_elke_druk_gaat_na_de_vorige_en_de_laatste_telt(blad: Page) -> None:
    for naam in ("voor", "tegen", "voor", "voor"):
        blad.click(f"#{naam}")
    assert verzonden(blad) == ["voor"], "er is er steeds maar een onderweg"
    for tot_nu in (["voor", "tegen"], ["voor", "tegen", "voor"], ["voor", "tegen", "voor"]):
        beantwoord(blad)
        assert verzonden(blad) == tot_nu
    expect(blad.locator("[aria-busy]")).to_have_count(0)


def test_wat_niet_bewaard_is_wordt_gezegd_en_blijft_niet_in_de_rij(blad: Page) -> None:
    blad.click("#voor")
    blad.click("#tegen")
    expect(blad.locator("[aria-busy]")).to_have_count(2)
    beantwoord(blad, goed=False)
    expect(blad.get_by_role("alert")).to_have_text("Niet bewaard")
    assert verzonden(blad) == ["voor"]
    blad.click("#tegen")
    assert verzonden(blad) == ["voor", "tegen"]
