"""Wat de bewijzen delen: de schaal, de servers van deze plek, en wachten met een grens."""

import functools
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ser_portal.baas import virtueel
from ser_portal.baas.plek import Plek
from ser_portal.baas.servers import Servers


def geschaald(aantal: int) -> int:
    """Geef `aantal` maal BEWIJS_DEEL, ten minste 1."""
    return max(1, round(aantal * float(os.environ.get("BEWIJS_DEEL") or 1)))


@functools.cache
def servers() -> Servers:
    """Geef de PostgreSQL en Redis waarop dit bewijs draait, opnieuw gestart als kinderen van dit proces.

    Zo ruimt dit proces een gedode server zelf op: van een zombie denkt PostgreSQL dat zij nog leeft. `./portal bewijs`
    stopt ze aan het eind.
    """
    uit = Servers(Plek(Path(os.environ["PORTAL_VAR"])), virtueel.site_packages(), veilig=True, ingebouwd=True)
    uit.stop()
    uit.start()
    return uit


def wacht_tot(klaar: Callable[[], bool], *, geduld: float, wat: str) -> None:
    """Wacht tot `klaar()`; werpt TimeoutError na `geduld` seconden."""
    einde = time.monotonic() + geduld
    while not klaar():
        if time.monotonic() > einde:
            raise TimeoutError(f"{wat}: niet binnen {geduld:.0f} s")
        time.sleep(0.1)


def meld(regel: str) -> None:
    """Toon de voortgang; de tabel zelf gaat naar stdout."""
    sys.stderr.write(f"{regel}\n")


def regel(naam: str, gemeten: str, tegen: str, doel: str, gehaald: bool | None, begin: float) -> dict[str, Any]:
    """Geef één regel van de tabel; de seconden sinds `begin` (time.monotonic) staan bij wat gemeten is."""
    return {
        "naam": naam,
        "gemeten": f"{gemeten}; {time.monotonic() - begin:.0f} s",
        "vergeleken_met": tegen,
        "verhouding": "-",
        "doel": doel,
        "gehaald": gehaald,
    }
