"""Berichten met een eigen opmaak: hogere verdiepingen melden haar per soort feit aan.

Een gewoon bericht is één neutrale zin met een link. Een nieuwsupdate aan een lezer van buiten heeft een eigen tekst en
een afmeldkop; die wordt pas bij het versturen gemaakt, zodat de postbus geen links met toegang bewaart.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from berichten.models import Bericht


class NietMeerNodig(Exception):
    """De ontvanger heeft zich afgemeld of het bericht verviel: het wordt niet verstuurd."""


@dataclass(frozen=True)
class Opmaak:
    """De tekst van een e-mail, dezelfde tekst als HTML, en extra kopregels (zonder regeleinden)."""

    tekst: str
    html: str = ""
    kopregels: dict[str, str] = field(default_factory=dict)


Maker = Callable[["Bericht"], Opmaak]
_makers: dict[str, Maker] = {}


def registreer(soort: str, maker: Maker) -> None:
    """Meld aan hoe berichten over dit soort feit ("app.werkwoord") eruitzien. `maker` mag NietMeerNodig werpen."""
    _makers[soort] = maker


def maker_van(feit: str) -> Maker | None:
    """Geef de opmaak bij een feit, of None voor de gewone."""
    return _makers.get(feit.partition(":")[0])
