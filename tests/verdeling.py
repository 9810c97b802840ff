"""Hoe de toetsen over de lopers gaan: wat samen een wereld deelt blijft samen, en wat lang duurt begint het eerst."""

from typing import Any

from xdist.scheduler.loadscope import LoadScopeScheduling

from tests.gedeeld import LENERS

# De wereld van de matrix is duur om te bouwen: wie daarin kijkt deelt er een.
MATRIX = "tests/matrix/"
# Op volgorde; wat hier niet staat komt daarna, in de toevallige volgorde die elke keer anders is.
LANG = (
    "tests/matrix/test_matrix.py",
    "tests/matrix/kanarie/",
    MATRIX,
    "tests/reis/test_reis.py",
    "tests/huis/test_portaal.py",
    "tests/publiek/test_browser.py",
    "tests/reis/",
    "tests/adviezen/test_lezen_offline.py",
    "tests/inrichting/",
    # Van hier af deelt wat volgt één wereld.
    "tests/adviezen/test_zicht.py",
    "tests/adviezen/test_opmerkingen.py",
    "tests/adviezen/test_stap6_8_browser.py",
)


def deel(nodeid: str) -> str:
    """Geef bij welk deel een toets hoort; een deel blijft bij één loper."""
    bestand = nodeid.partition("::")[0]
    return MATRIX if bestand.startswith(MATRIX) else bestand


def voorrang(nodeid: str, wereld: str = "") -> int:
    """Geef de plaats in LANG; daarna komt wat een gedeelde wereld leent, per wereld bij elkaar, en dan de rest."""
    anders = len(LANG) + (LENERS.index(wereld) if wereld else len(LENERS))
    return next((plaats for plaats, begin in enumerate(LANG) if nodeid.startswith(begin)), anders)


class Verdeling(LoadScopeScheduling):
    """Verdeel per deel in plaats van per bestand."""

    def _split_scope(self, nodeid: str) -> str:
        return deel(nodeid)


def maak(config: Any, log: Any) -> Verdeling:
    """Geef de verdeler voor `pytest -n`."""
    return Verdeling(config, log)
