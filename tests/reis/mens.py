"""Een mens achter een browser: leest woorden en knoppen, kent geen CSS en geen adressen."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import APIResponse, Browser, Locator, Page, Response, expect, sync_playwright

from tests.browser import VLAGGEN, chromium

# Met REIS_FOTO=<map> legt de reis elk scherm vast op 360 en 1280 px, om naar te kijken.
FOTO = os.environ.get("REIS_FOTO", "")
WACHT = 40_000  # milliseconden; een drukke machine is traag en dat is geen fout van de bladzijde


class Mens:
    """Eén ingelogd mens met een eigen browservenster."""

    def __init__(self, browser: Browser, adres: str, foto_nummers: Iterator[int]) -> None:
        self.context = browser.new_context(
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            base_url=adres,
            viewport={"width": 1280, "height": 900},
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(WACHT)
        self.blad: Page = self.context.new_page()
        self.fouten: list[str] = []
        self.status = 0
        self._foto_nummers = foto_nummers
        self.blad.on("response", self._noteer)
        self.blad.on("pageerror", lambda fout: self.fouten.append(str(fout)))
        self.blad.on("console", self._console)

    def _console(self, bericht: Any) -> None:
        # Een geweigerd formulier antwoordt 422; dat meldt Chromium als fout, maar het is er geen.
        if bericht.type == "error" and "status of 4" not in bericht.text:
            self.fouten.append(bericht.text)

    def _noteer(self, antwoord: Response) -> None:
        if antwoord.status >= 500:
            self.fouten.append(f"{antwoord.status} op {antwoord.url}")
        if antwoord.request.is_navigation_request() and antwoord.status not in range(300, 400):
            self.status = antwoord.status

    # --- inloggen ----------------------------------------------------------------------------------------------

    def log_in(self, account: str, wachtwoord: str) -> None:
        """Begin op de openbare site en log in: met één klik als het account daar staat, anders met het formulier."""
        self.ga("/")
        self.klik_link("Inloggen")
        knop = self.blad.get_by_role("button", name=f"Log in als {account}", exact=True)
        if knop.count():
            knop.click()
        else:
            self.vul("E-mail", account)
            self.vul("Wachtwoord", wachtwoord)
            self.blad.get_by_role("button", name="Log in", exact=True).click()
        expect(self.blad).not_to_have_url(re.compile("/account/login/"))
        self.kijk()

    # --- gaan --------------------------------------------------------------------------------------------------

    def ga(self, pad: str) -> None:
        """Open een adres dat deze mens eerder zag (of de voordeur)."""
        antwoord = self.blad.goto(pad)
        assert antwoord is not None
        assert antwoord.status == 200, f"{pad} geeft {antwoord.status}"
        self.kijk()

    def haal(self, pad: str) -> APIResponse:
        """Haal iets wat geen bladzijde is: een bestand, een feed."""
        antwoord = self.context.request.get(pad)
        assert antwoord.status == 200, f"{pad} geeft {antwoord.status}"
        return antwoord

    @property
    def hoofd(self) -> Locator:
        """Geef het hoofddeel van de bladzijde, zonder kop, balken en voet."""
        return self.blad.get_by_role("main")

    @property
    def pad(self) -> str:
        """Het pad waar deze mens nu is."""
        return urlsplit(self.blad.url).path

    def klik_link(self, naam: str | re.Pattern[str], *, binnen: Locator | None = None) -> None:
        """Volg een verwijzing op haar tekst."""
        self._klik("link", naam, binnen)
        assert self.status == 200, f"{naam} leidt naar {self.pad} met {self.status}"
        self.kijk()

    def doe(self, knop: str | re.Pattern[str], *, binnen: Locator | None = None, gelukt: str = "") -> None:
        """Druk op een knop en verwacht dat het lukt; `gelukt` is een deel van de bevestiging."""
        self.druk(knop, binnen=binnen)
        weigering = self.blad.locator('[role="alert"]')
        if self.status >= 400 or weigering.count():
            raise AssertionError(f"“{knop}” op {self.pad}: {self.status} {weigering.all_inner_texts()}")
        if gelukt:
            self.ziet(gelukt)

    def druk(self, knop: str | re.Pattern[str], *, binnen: Locator | None = None) -> None:
        """Druk op een knop, wat er ook van komt."""
        self._klik("button", knop, binnen)
        self.kijk()

    def _klik(self, rol: Literal["link", "button"], naam: str | re.Pattern[str], binnen: Locator | None) -> None:
        # Rollen en namen zoeken kost de browser het meest van een klik; daarom telt elke plek één keer.
        body = self.blad.locator("body")
        for plek in [binnen] if binnen else [body.get_by_role("main"), body]:
            doel = plek.get_by_role(rol, name=naam, exact=isinstance(naam, str)).filter(visible=True)
            if doel.count():
                doel.first.click()
                self.blad.wait_for_load_state()
                return
        wel = [t for t in self.blad.locator("a:visible, button:visible").all_inner_texts() if t.strip()]
        raise AssertionError(f"“{naam}” staat niet op {self.pad} ({self.status}); wel: {wel}")

    # --- invullen ----------------------------------------------------------------------------------------------

    def veld(self, label: str | re.Pattern[str], *, binnen: Locator | None = None) -> Locator:
        """Geef het veld met dit label."""
        zoek = re.compile(rf"^\s*{re.escape(label)}") if isinstance(label, str) else label
        return (binnen or self.blad.locator("body")).get_by_label(zoek).first

    def vul(self, label: str | re.Pattern[str], waarde: str | date, *, binnen: Locator | None = None) -> None:
        """Vul een veld in."""
        self.veld(label, binnen=binnen).fill(waarde.isoformat() if isinstance(waarde, date) else waarde)

    def kies(self, label: str | re.Pattern[str], keuze: str, *, binnen: Locator | None = None) -> None:
        """Kies in een keuzelijst wat met deze woorden begint of ze bevat."""
        lijst = self.veld(label, binnen=binnen)
        teksten = lijst.locator("option").all_inner_texts()
        passend = [t for t in teksten if t.strip() == keuze] or [t for t in teksten if keuze in t]
        assert passend, f"{label}: “{keuze}” staat niet in {teksten}"
        lijst.select_option(label=passend[0])

    def vink(self, label: str | re.Pattern[str], *, binnen: Locator | None = None) -> None:
        """Zet een vinkje of een rondje."""
        self.veld(label, binnen=binnen).check()

    def voeg_bij(self, label: str, naam: str, inhoud: bytes, soort: str) -> None:
        """Voeg een bestand bij."""
        self.veld(label).set_input_files({"name": naam, "mimeType": soort, "buffer": inhoud})

    def schrijf(self, zin: str) -> None:
        """Zet een zin bij de laatste alinea in het schrijfvenster, waar de muis haar raakt."""
        venster = self.blad.locator("[contenteditable=true]").first
        venster.locator("p").last.click()
        expect(venster).to_be_focused()
        self.blad.keyboard.type(zin)
        expect(venster).to_contain_text(zin)

    # --- zien --------------------------------------------------------------------------------------------------

    def ziet(self, *teksten: str | re.Pattern[str]) -> None:
        """Deze woorden staan zichtbaar op de bladzijde."""
        for tekst in teksten:
            treffer = self.blad.locator("body").get_by_text(tekst).filter(visible=True).first
            expect(treffer, f"{tekst} op {self.pad}").to_be_visible()

    def ziet_niet(self, *teksten: str | re.Pattern[str]) -> None:
        """Deze woorden staan er niet."""
        for tekst in teksten:
            expect(self.blad.locator("body").get_by_text(tekst), f"{tekst} op {self.pad}").to_have_count(0)

    def kijk(self) -> None:
        """Niets is stuk en niets loopt het scherm uit; leg het vast als daarom gevraagd is."""
        assert not self.fouten, f"{self.pad}: {self.fouten}"
        if FOTO:
            self.foto(FOTO)

    def foto(self, map: str) -> None:
        """Leg het scherm vast op 360 en 1280 px."""
        nummer = next(self._foto_nummers)
        naam = re.sub(r"[^a-z0-9]+", "-", self.pad.lower()).strip("-")[-60:] or "begin"
        Path(map).mkdir(parents=True, exist_ok=True)
        for breed in (360, 1280):
            self.blad.set_viewport_size({"width": breed, "height": 900})
            self.blad.screenshot(path=Path(map) / f"{nummer:03}-{breed}-{naam}.png", full_page=True)
            over = self.blad.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert over <= 0, f"{self.pad} is op {breed} px {over} px te breed"


class Gezelschap:
    """Iedereen die meedoet; wie voor het eerst gevraagd wordt, logt eerst in."""

    def __init__(self, browser: Browser, adres: str, wachtwoord: str) -> None:
        self.browser, self.adres, self.wachtwoord = browser, adres, wachtwoord
        self.mensen: dict[str, Mens] = {}
        self._nummers = iter(range(1, 10_000))

    def __call__(self, account: str = "") -> Mens:
        """Geef de mens met dit account (voor de @), of zonder account de bezoeker die niet inlogt."""
        if account not in self.mensen:
            mens = Mens(self.browser, self.adres, self._nummers)
            if account:
                mens.log_in(f"{account}@voorbeeld.test", self.wachtwoord)
            self.mensen[account] = mens
        return self.mensen[account]


@contextmanager
def gezelschap(adres: str, wachtwoord: str) -> Iterator[Gezelschap]:
    """Open een browser voor een heel gezelschap."""
    with sync_playwright() as speler:
        browser = speler.chromium.launch(executable_path=chromium(), args=VLAGGEN)
        expect.set_options(timeout=WACHT)
        try:
            yield Gezelschap(browser, adres, wachtwoord)
        finally:
            browser.close()
