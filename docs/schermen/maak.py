"""Maak de schermen voor README.md opnieuw: `.venv/bin/python docs/schermen/maak.py [adres] [scherm …]`.

Vraagt een portaal dat draait in de voorbeeldstand; elk scherm is wat een voorbeeldaccount ziet.
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HIER = Path(__file__).parent
WACHTWOORD = "voorbeeld-2026"
SCHERMEN = {
    "begin": ("", "/"),
    "werk": ("secretaris@voorbeeld.test", "/werk/"),
    "lezen": ("fnv2@voorbeeld.test", "/lezen/ Thuiswerken over de grens"),
    "organisatie": ("coordinator-fnv@voorbeeld.test", "/organisatie/"),
}


def maak(adres: str, namen: list[str]) -> None:
    """Schrijf `<naam>.png` voor elk scherm. Werpt RuntimeError als een scherm er niet is."""
    browser_pad = os.environ.get("PORTAL_CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as speler:
        browser = speler.chromium.launch(executable_path=browser_pad, args=["--no-sandbox", "--disable-gpu"])
        for naam in namen:
            account, pad = SCHERMEN[naam]
            blad = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
            if account:
                blad.goto(f"{adres}/account/login/")
                blad.fill("input[name=login]", account)
                blad.fill("input[name=password]", WACHTWOORD)
                blad.click("main button[type=submit]")
                blad.wait_for_load_state()
            pad, _, link = pad.partition(" ")
            antwoord = blad.goto(f"{adres}{pad}")
            if antwoord is None or antwoord.status != 200:
                raise RuntimeError(f"{pad} geeft {antwoord and antwoord.status}")
            if link:  # een stuk heeft geen vast adres: ga erheen zoals een lezer, en tot de eerste opmerking
                blad.get_by_role("link", name=link).first.click()
                kop = blad.locator(".passage h2").first
                kop.evaluate("kop => window.scrollTo(0, kop.getBoundingClientRect().top - 60)")
                blad.wait_for_timeout(300)
            blad.screenshot(path=HIER / f"{naam}.png")
            blad.close()
        browser.close()


if __name__ == "__main__":
    maak(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000", sys.argv[2:] or list(SCHERMEN))
