"""Wie mag een vergadering voorbereiden en vastleggen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toegang.enums import Rol
from toegang.rollen import heeft
from vergaderingen.enums import MET_COMMISSIE

if TYPE_CHECKING:
    from toegang.models import Gebruiker
    from vergaderingen.models import Vergadering, Verslag

# Waarneming komt elke week voor: iedere commissiesecretaris mag in elke commissie vastleggen (met naam in het logboek).
VOOR_RAAD = (Rol.RAADSSECRETARIS, Rol.ALGEMEEN_SECRETARIS)
VOOR_COMMISSIE = (Rol.COMMISSIESECRETARIS, *VOOR_RAAD)


def mag_voor_orgaan(orgaan: str, gebruiker: Gebruiker) -> bool:
    """Geef of deze persoon voor dit orgaan vergaderingen mag plannen en vastleggen."""
    return heeft(gebruiker, *(VOOR_COMMISSIE if orgaan in MET_COMMISSIE else VOOR_RAAD))


def mag_beheren(vergadering: Vergadering, gebruiker: Gebruiker) -> bool:
    """Geef of deze persoon deze vergadering mag voorbereiden en vastleggen."""
    return mag_voor_orgaan(vergadering.orgaan, gebruiker)


def mag_verslag(verslag: Verslag, gebruiker: Gebruiker) -> bool:
    """Geef of deze persoon dit verslag mag schrijven en vaststellen."""
    return mag_beheren(verslag.vergadering, gebruiker)
