"""Wie de opvolging van adviezen vastlegt."""

from typing import TYPE_CHECKING

from toegang.enums import Rol
from toegang.rollen import heeft

if TYPE_CHECKING:
    from toegang.models import Gebruiker


def mag_vastleggen(gebruiker: "Gebruiker") -> bool:
    """Een kabinetsreactie vastleggen: iedereen van het secretariaat."""
    return heeft(gebruiker, Rol.SECRETARIAAT)


def mag_vrijgeven(gebruiker: "Gebruiker") -> bool:
    """Openbaar laten zeggen dat een reactie uitbleef, en brieven aftekenen: de algemeen secretaris."""
    return heeft(gebruiker, Rol.ALGEMEEN_SECRETARIS)
