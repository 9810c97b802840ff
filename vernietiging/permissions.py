"""Wie over vernietigen gaat."""

from typing import Any

from toegang.enums import Rol
from toegang.rollen import heeft

ROLLEN = (Rol.ALGEMEEN_SECRETARIS, Rol.RAADSSECRETARIS)


def mag_beslissen(lijst: Any, gebruiker: Any) -> bool:
    """Goedkeuren, bevestigen, uitzonderen en afwijzen: de algemeen secretaris en de secretaris van de raad.

    Dat het er twee verschillende moeten zijn, staat in `policies` en in de database.
    """
    return heeft(gebruiker, *ROLLEN)
