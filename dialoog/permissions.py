"""Wie de nieuwsupdate maakt."""

from typing import TYPE_CHECKING

from toegang.enums import Rol
from toegang.rollen import heeft

if TYPE_CHECKING:
    from toegang.models import Gebruiker


def mag_nieuwsupdate(gebruiker: "Gebruiker") -> bool:
    """De nieuwsupdate bewerken en vrijgeven: communicatie en de algemeen secretaris."""
    return heeft(gebruiker, Rol.COMMUNICATIE, Rol.ALGEMEEN_SECRETARIS)
