"""Wie een PDF bij een ouder stuk mag hangen."""

from typing import TYPE_CHECKING

from toegang.enums import Rol
from toegang.rollen import heeft

if TYPE_CHECKING:
    from toegang.models import Gebruiker


def mag_scan(gebruiker: "Gebruiker") -> bool:
    """Iedereen van het secretariaat."""
    return heeft(gebruiker, Rol.SECRETARIAAT)
