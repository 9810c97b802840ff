"""Het register van rollen: hogere verdiepingen melden hier hun bron aan, zodat niemand omhoog importeert."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from kern.tijd import vandaag
from toegang.enums import STAFROLLEN, Rol

if TYPE_CHECKING:
    from toegang.models import Gebruiker


@dataclass(frozen=True)
class Hoedanigheid:
    """Een rol, eventueel in een orgaan: "commissie:12", "organisatie:3", "geleding:werknemers", "traject:5"."""

    rol: Rol
    orgaan: str = ""


Bron = Callable[["Gebruiker", date], set[Hoedanigheid]]
_bronnen: list[Bron] = []


def registreer(bron: Bron) -> Bron:
    """Meld een bron van hoedanigheden aan (in `ready()` van een app); geeft de bron terug."""
    if bron not in _bronnen:
        _bronnen.append(bron)
    return bron


def _staf(gebruiker: "Gebruiker", dag: date) -> set[Hoedanigheid]:
    namen = {str(rol) for rol in STAFROLLEN}
    rollen = {Rol(g.name) for g in gebruiker.groups.all() if g.name in namen}
    if rollen - {Rol.BEHEERDER}:
        rollen.add(Rol.SECRETARIAAT)
    return {Hoedanigheid(rol) for rol in rollen}


def hoedanigheden(gebruiker: Any, dag: date | None = None) -> frozenset[Hoedanigheid]:
    """Geef alles wat iemand op een (Amsterdamse) dag is; leeg voor wie niet is ingelogd of niet meer mag.

    Het antwoord blijft op het gebruikersobject staan, dus één keer per verzoek; `vergeet` wist het.
    """
    if not getattr(gebruiker, "is_authenticated", False) or not gebruiker.is_active:
        return frozenset()
    dag = dag or vandaag()
    bewaard: dict[date, frozenset[Hoedanigheid]] = gebruiker.__dict__.setdefault("_hoedanigheden", {})
    if dag not in bewaard:
        uit = _staf(gebruiker, dag)
        for bron in _bronnen:
            uit |= bron(gebruiker, dag)
        bewaard[dag] = frozenset(uit)
    return bewaard[dag]


def vergeet(gebruiker: Any) -> None:
    """Wis wat op het gebruikersobject bewaard is, na een wijziging in dezelfde aanroep."""
    gebruiker.__dict__.pop("_hoedanigheden", None)


def heeft(gebruiker: Any, *rollen: Rol, orgaan: str | None = None, dag: date | None = None) -> bool:
    """Geef of iemand een van de rollen heeft, in `orgaan` als dat gegeven is."""
    return any(h.rol in rollen and (orgaan is None or h.orgaan == orgaan) for h in hoedanigheden(gebruiker, dag))


def organen(gebruiker: Any, *rollen: Rol, soort: str = "", dag: date | None = None) -> set[int]:
    """Geef de nummers van de organen waarin iemand een van de rollen heeft.

    `soort` beperkt tot "commissie", "organisatie" of "traject"; organen zonder nummer tellen niet mee.
    """
    uit: set[int] = set()
    for h in hoedanigheden(gebruiker, dag):
        naam, _, nummer = h.orgaan.partition(":")
        if h.rol in rollen and nummer.isdigit() and soort in ("", naam):
            uit.add(int(nummer))
    return uit
