"""Wat een route van de bezoeker vraagt. Elke route zegt het zelf; de poort en de toetsmatrix lezen het."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.urls import URLPattern, URLResolver

from toegang.enums import Rol

V = TypeVar("V", bound=Callable[..., Any])


@dataclass(frozen=True)
class Toegang:
    """De eis van een route.

    soort: "publiek" (geen sessie, geen gebruiker, alleen GET en HEAD), "open" (inlogschermen), "ingelogd" of "rollen".
    `zonder_tweede_stap`: ook voor wie zijn tweede stap nog moet instellen; anders komt hij daar nooit.
    """

    soort: str
    rollen: frozenset[Rol] = field(default_factory=frozenset)
    zonder_tweede_stap: bool = False


PUBLIEK = Toegang("publiek")
OPEN = Toegang("open")
INGELOGD = Toegang("ingelogd")
EIGEN_ACCOUNT = Toegang("ingelogd", zonder_tweede_stap=True)


def _merk(view: V, eis: Toegang) -> V:
    view.toegang = eis  # type: ignore[attr-defined]
    return view


def publiek(view: V) -> V:
    """Merk een view als openbaar: zonder sessie, voor iedereen gelijk tot op de byte."""
    return _merk(view, PUBLIEK)


def open_route(view: V) -> V:
    """Merk een view als open: zonder inloggen, maar met sessie (inloggen, wachtwoord herstellen)."""
    return _merk(view, OPEN)


def ingelogd(view: V) -> V:
    """Merk een view als: iedereen met een account."""
    return _merk(view, INGELOGD)


def eigen_account(view: V) -> V:
    """Merk een view als: iedereen met een account, ook een medewerker die zijn tweede stap nog moet instellen."""
    return _merk(view, EIGEN_ACCOUNT)


def voor(*rollen: Rol) -> Callable[[V], V]:
    """Merk een view als: alleen wie nu een van deze rollen heeft. Een ander krijgt dezelfde 404 als bij niets."""
    eis = Toegang("rollen", frozenset(rollen))
    return lambda view: _merk(view, eis)


voor_secretariaat = voor(Rol.SECRETARIAAT)


def omhul(patronen: list[URLPattern | URLResolver], eis: Toegang) -> list[URLPattern | URLResolver]:
    """Geef de routes van een ander pakket dezelfde eis, en geef ze terug."""
    for patroon in patronen:
        if isinstance(patroon, URLResolver):
            omhul(patroon.url_patterns, eis)
        elif not hasattr(patroon.callback, "toegang"):
            patroon.callback = _met_eis(patroon.callback, eis)
    return patronen


def _met_eis(view: Callable[..., Any], eis: Toegang) -> Callable[..., Any]:
    from functools import wraps

    @wraps(view)
    def omhulsel(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs)

    return _merk(omhulsel, eis)


def alle_routes(patronen: list[Any] | None = None, voorvoegsel: str = "") -> list[tuple[str, URLPattern]]:
    """Geef elke route van het portaal met haar volledige patroon, ook die van andere pakketten."""
    if patronen is None:
        from django.urls import get_resolver

        patronen = get_resolver().url_patterns
    uit: list[tuple[str, URLPattern]] = []
    for patroon in patronen:
        pad = voorvoegsel + str(patroon.pattern)
        if isinstance(patroon, URLResolver):
            uit += alle_routes(patroon.url_patterns, pad)
        else:
            uit.append((pad, patroon))
    return uit
