"""Wat er bij hoort als een bericht in de postbus herroepen wordt: hogere verdiepingen melden het per soort feit aan.

De handeling blijft staan, maar wat zij over het versturen vastlegde (een brief ging uit, iemand is herinnerd) is dan
niet meer waar.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from berichten.models import Bericht
    from toegang.models import Gebruiker

Terugdraai = Callable[["Bericht", "Gebruiker"], None]
_van_soort: dict[str, Terugdraai] = {}


def registreer(soort: str, doe: Terugdraai) -> None:
    """Meld aan wat er gebeurt als een bericht over dit soort feit ("app.werkwoord") herroepen is."""
    _van_soort[soort] = doe


def draai_terug(bericht: "Bericht", door: "Gebruiker") -> None:
    """Doe wat voor dit bericht is aangemeld, in de transactie van het herroepen."""
    doe = _van_soort.get(bericht.feit.partition(":")[0])
    if doe is not None:
        doe(bericht, door)


EigenWeg = Callable[["Bericht"], tuple[str, str]]
_eigen_wegen: dict[str, EigenWeg] = {}


def registreer_eigen_weg(soort: str, weg: EigenWeg) -> None:
    """Meld aan dat men niet de berichten over dit soort feit herroept, maar de handeling zelf.

    Anders staat er iets vast waar niemand van hoorde. `weg` geeft een zin en het adres waar dat kan.
    """
    _eigen_wegen[soort] = weg


def eigen_weg(bericht: "Bericht") -> tuple[str, str] | None:
    """Geef (zin, adres) als de handeling van dit bericht elders herroepen wordt, anders None."""
    weg = _eigen_wegen.get(bericht.feit.partition(":")[0])
    return weg(bericht) if weg else None
