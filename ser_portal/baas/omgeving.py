"""De omgevingsvariabelen waarmee het portaal, zijn werkers en de beheercommando's draaien."""

import os
from collections.abc import Mapping

from . import pakketten, virtueel
from .plek import Plek
from .servers import Servers

# Wat de gebruiker voor zichzelf gezet heeft en hier stoort.
STORENDE = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "DJANGO_SETTINGS_MODULE", "PYTHONDONTWRITEBYTECODE")


def bouw(plek: Plek, adressen: Mapping[str, str], *, poort: int = 8000, voorbeeld: bool = True) -> dict[str, str]:
    """Geef de hele omgeving voor een proces van het portaal.

    Wat de gebruiker zelf zette blijft staan; alleen de adressen en de plek komen altijd van hier.
    """
    uit = {naam: waarde for naam, waarde in os.environ.items() if naam not in STORENDE}
    standaard = {
        "SECRET_KEY": "",
        "PORTAL_VOORBEELD": "1" if voorbeeld else "0",
        "PORTAL_ADRES": f"http://localhost:{poort}",
        "TOEGESTANE_HOSTS": "localhost,127.0.0.1",
        "LANG": "C.UTF-8",
    }
    for naam, waarde in standaard.items():
        if not uit.get(naam):
            uit[naam] = waarde
    if not uit["SECRET_KEY"]:
        uit["SECRET_KEY"] = plek.sleutel()
    uit["PORTAL_VAR"] = str(plek.var)
    uit["PYTHONUNBUFFERED"] = "1"
    uit["PATH"] = f"{virtueel.VENV / 'bin'}{os.pathsep}{uit.get('PATH', os.defpath)}"
    if browser := pakketten.chromium():
        uit["PORTAL_CHROMIUM"] = browser
    return uit | dict(adressen)


def voor(servers: Servers, rol: str = "app", *, poort: int = 8000) -> dict[str, str]:
    """Geef de omgeving voor een proces dat als `rol` met de database praat (app, eigenaar of beheerder)."""
    return bouw(servers.plek, servers.adressen(rol), poort=poort)
