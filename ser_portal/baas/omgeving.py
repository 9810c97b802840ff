"""De omgevingsvariabelen waarmee het portaal, zijn werkers en de beheercommando's draaien."""

import os
from collections.abc import Mapping

from . import pakketten, virtueel
from .plek import Plek
from .servers import Servers

# Wat de gebruiker voor zichzelf gezet heeft en hier stoort.
STORENDE = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "DJANGO_SETTINGS_MODULE", "PYTHONDONTWRITEBYTECODE")


# Zoals ser_portal/omgeving.py het leest; dat kan pas als Django er is.
WOORDEN = {"ja": "1", "true": "1", "on": "1", "nee": "0", "false": "0", "off": "0"}


def een_of_nul(ruw: str) -> str:
    """Geef een ja of nee als "1" of "0"; iets anders blijft staan, dan noemt het portaal zelf de fout."""
    kaal = ruw.strip().lower()
    return WOORDEN.get(kaal, kaal)


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
    uit["PORTAL_VOORBEELD"] = een_of_nul(uit["PORTAL_VOORBEELD"])
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
