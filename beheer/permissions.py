"""Wie een account maakt, en wie een rol geeft: nooit dezelfde.

De functioneel beheerder maakt accounts en helpt wie er niet in kan; hij leest geen dossiers. Een rol van de staf opent
alle dossiers; die geeft de algemeen secretaris of de secretaris van de raad, die ze zelf al leest. Zo heeft niemand
aan zichzelf genoeg om ergens binnen te komen (docs/besluiten, de beheerder en de sleutels).
"""

from typing import Any

from toegang.enums import Rol
from toegang.rollen import heeft

ROLGEVERS = frozenset({Rol.ALGEMEEN_SECRETARIS, Rol.RAADSSECRETARIS})


def mag_accounts(ding: Any, gebruiker: Any) -> bool:
    """Accounts maken, sluiten, heropenen en weer bruikbaar maken: de functioneel beheerder."""
    return heeft(gebruiker, Rol.BEHEERDER)


def mag_rollen(ding: Any, gebruiker: Any) -> bool:
    """Rollen van de staf geven en afnemen: de algemeen secretaris en de secretaris van de raad."""
    return heeft(gebruiker, *ROLGEVERS)
