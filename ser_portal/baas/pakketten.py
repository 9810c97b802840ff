"""Systeempakketten die geen wiel heeft: als root geïnstalleerd met apt, anders in één regel genoemd."""

import contextlib
import ctypes
import glob
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from .melding import Fout, zeg

# Wat WeasyPrint laadt, met het Debian-pakket dat het levert.
PANGO = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def ontbreekt(behoefte: str) -> list[str]:
    """Geef de Debian-pakketten die voor `venv`, `pango` of `chromium` nog nodig zijn."""
    if behoefte == "venv":
        return [] if importlib.util.find_spec("ensurepip") else [f"python3.{sys.version_info[1]}-venv"]
    if behoefte == "pango":
        return [pakket for bibliotheek, pakket in PANGO.items() if not _laadbaar(bibliotheek)]
    if behoefte == "chromium":
        return [] if chromium() else ["chromium"]
    raise ValueError(behoefte)


def _laadbaar(bibliotheek: str) -> bool:
    with contextlib.suppress(OSError):
        ctypes.CDLL(bibliotheek)
        return True
    return False


def chromium() -> str | None:
    """Geef Chromium: PORTAL_CHROMIUM, dat van het systeem, of wat Playwright eerder haalde; anders None."""
    if gekozen := os.environ.get("PORTAL_CHROMIUM"):
        return gekozen
    for naam in CHROMIUM:
        if pad := shutil.which(naam):
            return pad
    voorraad = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or str(Path.home() / ".cache" / "ms-playwright")
    gevonden = sorted(glob.glob(f"{voorraad}/chromium-*/chrome-linux*/chrome"))
    return gevonden[-1] if gevonden else None


def eis(behoeften: set[str]) -> None:
    """Zorg voor systeempakketten: als root met apt. Werpt Fout met de ene opdracht die u zelf moet geven."""
    nodig = sorted({pakket for behoefte in behoeften for pakket in ontbreekt(behoefte)})
    if not nodig:
        return
    opdracht = f"apt-get install --no-install-recommends {' '.join(nodig)}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise Fout(f"Er ontbreekt iets van het systeem. Geef als root: {opdracht}")
    zeg(f"Systeempakketten installeren: {' '.join(nodig)} …")
    if not (_apt("install", nodig) or (_apt("update", []) and _apt("install", nodig))):
        raise Fout(f"apt kan dit niet installeren. Probeer zelf: apt-get update && {opdracht}")
    importlib.invalidate_caches()
    over = sorted({pakket for behoefte in behoeften for pakket in ontbreekt(behoefte)})
    if over:
        raise Fout(f"Na het installeren ontbreekt nog: {', '.join(over)}")


def _apt(werk: str, namen: list[str]) -> bool:
    opdracht = ["apt-get", werk, "-y", "-q"]
    if werk == "install":
        opdracht += ["--no-install-recommends", *namen]
    return (
        subprocess.run(
            opdracht,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            check=False,
        ).returncode
        == 0
    )
