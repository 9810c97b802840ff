"""Laat dit account het toe? Een lege lijst tekorten is ja."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from kern.tekort import Tekort

if TYPE_CHECKING:
    from toegang.models import Gebruiker


def mag_stoppen_met_rollen_geven(gebruiker: "Gebruiker", *, rolgevers: Collection[int]) -> list[Tekort]:
    """De laatste van `rolgevers` (nummers van accounts) blijft: na hem kon niemand meer een rol geven."""
    if set(rolgevers) != {gebruiker.pk}:
        return []
    return [Tekort(f"{gebruiker.naam} is de enige die rollen geeft. Geef eerst iemand anders die rol.")]
