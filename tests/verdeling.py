"""Hoe de toetsen over de lopers gaan: wat samen een wereld deelt blijft samen, en wat lang duurt begint het eerst."""

from typing import Any

from xdist.scheduler.loadscope import LoadScopeScheduling

# De wereld van de matrix is duur om te bouwen: de ronde heeft de hare, al het andere in de map deelt er een.
RONDE, MATRIX = "tests/matrix/test_matrix.py", "tests/matrix/"
# Op volgorde; wat hier niet staat komt daarna, in de toevallige volgorde die elke keer anders is.
LANG = (
    RONDE,
    MATRIX,
    "tests/reis/test_reis.py",
    "tests/huis/test_portaal.py",
    "tests/adviezen/test_zicht.py",
    "tests/publiek/test_browser.py",
    "tests/reis/",
    "tests/adviezen/test_vaststelling.py",
    "tests/adviezen/test_lezen_offline.py",
    "tests/inrichting/",
)


def deel(nodeid: str) -> str:
    """Geef bij welk deel een toets hoort; een deel blijft bij één loper."""
    bestand = nodeid.partition("::")[0]
    return MATRIX if bestand.startswith(MATRIX) and bestand != RONDE else bestand


def voorrang(nodeid: str) -> int:
    """Geef de plaats in LANG; wat er niet in staat komt achteraan."""
    return next((plaats for plaats, begin in enumerate(LANG) if nodeid.startswith(begin)), len(LANG))


class Verdeling(LoadScopeScheduling):
    """Verdeel per deel in plaats van per bestand."""

    def _split_scope(self, nodeid: str) -> str:
        return deel(nodeid)


def maak(config: Any, log: Any) -> Verdeling:
    """Geef de verdeler voor `pytest -n`."""
    return Verdeling(config, log)
