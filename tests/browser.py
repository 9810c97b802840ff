"""Een echte Chromium op antwoorden van de testclient: snel, zonder server en met de CSP van het portaal.

De antwoorden worden vooraf gehaald; in de browser komt niets van buiten, en wat niet klaarligt is een 404.
"""

import mimetypes
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from playwright.sync_api import Page, Route, sync_playwright

HUIS = "http://localhost:8000"
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text()
VLAGGEN = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]


def chromium() -> str | None:
    """Geef het pad van de Chromium van het systeem; None laat Playwright zijn eigen nemen."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def bladzijden(antwoorden: Mapping[str, HttpResponse], **stand: Any) -> Iterator[Page]:
    """Open een bladzijde die deze antwoorden kent, per pad. `stand` gaat naar de context: viewport, color_scheme, …

    Werpt AssertionError als de browser iets van buiten vraagt of een fout meldt (een geschonden CSP is er een).
    """
    fouten: list[str] = []

    def lever(route: Route) -> None:
        adres = urlsplit(route.request.url)
        if f"{adres.scheme}://{adres.netloc}" != HUIS:
            fouten.append(f"van buiten gevraagd: {route.request.url}")
            route.abort()
        elif adres.path.startswith("/static/") and (bestand := finders.find(adres.path.removeprefix("/static/"))):
            soort = mimetypes.guess_type(bestand)[0] or "application/octet-stream"
            route.fulfill(body=Path(bestand).read_bytes(), content_type=soort)
        elif (antwoord := antwoorden.get(adres.path)) is not None:
            route.fulfill(status=antwoord.status_code, headers=dict(antwoord.items()), body=antwoord.content)
        else:
            route.fulfill(status=404, body="")

    with sync_playwright() as speler:
        browser = speler.chromium.launch(executable_path=chromium(), args=VLAGGEN)
        # Een service worker zou om deze antwoorden heen naar een echte server gaan.
        context = browser.new_context(
            locale="nl-NL", timezone_id="Europe/Amsterdam", base_url=HUIS, service_workers="block", **stand
        )
        context.route("**/*", lever)
        blad = context.new_page()
        blad.on("console", lambda bericht: fouten.append(bericht.text) if bericht.type == "error" else None)
        blad.on("pageerror", lambda fout: fouten.append(str(fout)))
        try:
            yield blad
        finally:
            browser.close()
    assert not fouten, fouten


def axe(blad: Page) -> list[str]:
    """Geef wat axe aan te merken heeft: regel en de eerste plekken.

    `preload` staat uit: axe zoekt @import-bestanden bij het adres van de bladzijde en meldt dan zelf een 404.
    """
    blad.evaluate(AXE)
    kort = "v => [v.id, v.nodes.slice(0, 3).map(n => n.html)]"
    gevonden = blad.evaluate(f"async () => (await axe.run({{preload: false}})).violations.map({kort})")
    return [f"{regel}: {plekken}" for regel, plekken in gevonden]


def loopt_over(blad: Page) -> int:
    """Geef hoeveel pixels de bladzijde breder is dan het scherm."""
    return int(blad.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
