"""Een echte Chromium op antwoorden van de testclient: snel, zonder portaal en met de CSP van het portaal.

De antwoorden worden vooraf gehaald en staan bij een klein servertje in dit proces, met de vaste bestanden ernaast; wat
niet klaarligt is een 404. De browser bewaart vaste bestanden zoals bij een lezer thuis, en vraagt niets van buiten.
"""

import asyncio
import atexit
import mimetypes
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_bytes()
AXE_PAD = "/axe.min.js"
# Geen ander adres dan dat van deze machine is te vinden.
BINNEN = "MAP * ~NOTFOUND , EXCLUDE localhost"
VLAGGEN = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]


def chromium() -> str | None:
    """Geef het pad van de Chromium van het systeem; None laat Playwright zijn eigen nemen."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def server(antwoorden: Mapping[str, HttpResponse]) -> Iterator[str]:
    """Zet deze antwoorden en de vaste bestanden op een vrije poort; geeft het adres."""

    class Deur(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            pad = urlsplit(self.path).path
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if pad.startswith("/static/") and (bestand := finders.find(pad.removeprefix("/static/"))):
                soort = mimetypes.guess_type(bestand)[0] or "application/octet-stream"
                kop = {"Content-Type": soort, "Cache-Control": "max-age=3600"}
                self._geef(200, kop, Path(bestand).read_bytes())
            elif pad == AXE_PAD:
                self._geef(200, {"Content-Type": "text/javascript", "Cache-Control": "max-age=3600"}, AXE)
            elif (antwoord := antwoorden.get(pad)) is not None:
                self._geef(antwoord.status_code, dict(antwoord.items()), antwoord.content)
            else:  # een kale bladzijde noemt geen pictogram; de browser vraagt er dan zelf om
                self._geef(204 if pad == "/favicon.ico" else 404, {}, b"")

        do_POST = do_GET

        def _geef(self, status: int, kop: dict[str, str], inhoud: bytes) -> None:
            self.send_response(status)
            for naam, waarde in {**kop, "Content-Length": str(len(inhoud))}.items():
                self.send_header(naam, waarde)
            self.end_headers()
            self.wfile.write(inhoud)

        def log_message(self, *_: Any) -> None:
            """Zwijg; de toets kijkt zelf."""

    deur = ThreadingHTTPServer(("localhost", 0), Deur)
    deur.daemon_threads = True
    draad = Thread(target=deur.serve_forever, kwargs={"poll_interval": 0.05})
    draad.start()
    try:
        yield f"http://localhost:{deur.server_port}"
    finally:
        deur.shutdown()
        draad.join()
        deur.server_close()


class _Gedeeld:
    """Eén Chromium per loper: een eigen starten kost een seconde rekentijd, een lege context bijna niets.

    Playwright houdt in deze draad een lus open, en Django weigert onder een lus bij de database te gaan. Buiten
    `open` is de lus daarom niet de lopende.
    """

    def __init__(self) -> None:
        self._speler: Playwright | None = None
        self._browser: Browser | None = None
        self._lus: asyncio.AbstractEventLoop | None = None

    def _begin(self) -> Playwright:
        speler = sync_playwright().start()
        self._lus = asyncio._get_running_loop()

        def sluit() -> None:
            asyncio._set_running_loop(self._lus)
            speler.stop()  # sluit ook de browser

        atexit.register(sluit)
        return speler

    @contextmanager
    def open(self) -> Iterator[Browser]:
        """Geef de browser; een die gestorven is wordt vervangen."""
        buiten = asyncio._get_running_loop()
        if self._lus is not None:
            asyncio._set_running_loop(self._lus)
        try:
            self._speler = self._speler or self._begin()
            if self._browser is None or not self._browser.is_connected():
                vlaggen = [*VLAGGEN, f"--host-resolver-rules={BINNEN}"]
                self._browser = self._speler.chromium.launch(executable_path=chromium(), args=vlaggen)
            yield self._browser
        finally:
            asyncio._set_running_loop(buiten)


GEDEELD = _Gedeeld()


@contextmanager
def bladzijden(antwoorden: Mapping[str, HttpResponse], **stand: Any) -> Iterator[Page]:
    """Open een bladzijde die deze antwoorden kent, per pad. `stand` gaat naar de context: viewport, color_scheme, …

    Werpt AssertionError als de browser iets van buiten vraagt of een fout meldt (een geschonden CSP is er een).
    """
    fouten: list[str] = []

    with server(antwoorden) as huis, GEDEELD.open() as browser:
        # Een service worker zou om deze antwoorden heen naar een echte server gaan.
        context = browser.new_context(
            locale="nl-NL", timezone_id="Europe/Amsterdam", base_url=huis, service_workers="block", **stand
        )

        def vraag(adres: str) -> None:
            if adres.startswith("http") and not adres.startswith(f"{huis}/"):
                fouten.append(f"van buiten gevraagd: {adres}")

        context.on("request", lambda verzoek: vraag(verzoek.url))
        blad = context.new_page()
        blad.on("console", lambda bericht: fouten.append(bericht.text) if bericht.type == "error" else None)
        blad.on("pageerror", lambda fout: fouten.append(str(fout)))
        try:
            yield blad
        finally:
            context.close()
    assert not fouten, fouten


def axe(blad: Page) -> list[str]:
    """Geef wat axe aan te merken heeft: regel en de eerste plekken.

    `preload` staat uit: axe zoekt @import-bestanden bij het adres van de bladzijde en meldt dan zelf een 404. Wat
    slaagde en de weg naar elk element leest hier niemand; zonder dat is axe een zesde vlugger, met dezelfde regels.
    """
    blad.add_script_tag(url=AXE_PAD)
    kort = "v => [v.id, v.nodes.slice(0, 3).map(n => n.html)]"
    hoe = "{preload: false, resultTypes: ['violations'], selectors: false}"
    gevonden = blad.evaluate(f"async () => (await axe.run({hoe})).violations.map({kort})")
    return [f"{regel}: {plekken}" for regel, plekken in gevonden]


def loopt_over(blad: Page) -> int:
    """Geef hoeveel pixels de bladzijde breder is dan het scherm."""
    return int(blad.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


# Een woord van 300 letters achter elke kop, verwijzing en alinea; in een tabel achter de kop van elke rij.
LANG_WOORD = """() => {
  const plek = 'h1, h2, h3, a, p, li, dd, tbody th, legend, summary';
  const niet = 'template, button, .utrecht-button-link, thead, td, svg, time, .filter-aantal';
  const lopen = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT), teksten = [];
  while (lopen.nextNode()) {
    const ouder = lopen.currentNode.parentElement;
    if (lopen.currentNode.data.trim() && ouder.closest(plek) && !ouder.closest(niet) && !ouder.closest('.alleen-lezer')
      && getComputedStyle(ouder).whiteSpace !== 'nowrap') { teksten.push(lopen.currentNode); }
  }
  for (const tekst of teksten) { tekst.data += ' ' + 'arbeidsmarkt'.repeat(25); }
  const kaders = [...document.querySelectorAll('.tabel-kader')].filter(
    k => innerWidth > 640 && k.querySelector('tbody th'));
  const rijkop = k => Math.max(...[...k.querySelectorAll('tbody th')].map(th => th.offsetWidth));
  const breed = kaders.filter(k => rijkop(k) > 0.8 * k.clientWidth && k.scrollWidth > k.clientWidth + 1);
  return [document.documentElement.scrollWidth - document.documentElement.clientWidth, breed.map(k => k.innerText)];
}"""


def loopt_over_met_een_lang_woord(blad: Page) -> int:
    """Geef hoeveel pixels de bladzijde te breed wordt als overal een woord van 300 letters staat.

    Een rijkop die een tabel breder maakt dan zijn kader, zodat de andere kolommen uit beeld raken, telt als 1.
    """
    over, breed = blad.evaluate(LANG_WOORD)
    return int(over) or len(breed)
