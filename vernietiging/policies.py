"""Laat deze lijst dit toe? Een lege lijst tekorten is ja."""

from typing import TYPE_CHECKING, Any

from kern.tekort import Tekort

if TYPE_CHECKING:
    from vernietiging.models import Vernietigingslijst


def mag_goedkeuren(lijst: "Vernietigingslijst", **kw: Any) -> list[Tekort]:
    """Er moet iets te vernietigen overblijven na wat is uitgezonderd."""
    if lijst.posten.filter(uitgezonderd_tot__isnull=True).exists():
        return []
    return [Tekort("Alles op deze lijst is uitgezonderd. Wijs haar af.")]


def mag_bevestigen(lijst: "Vernietigingslijst", *, wie: int | None = None, **kw: Any) -> list[Tekort]:
    """Wie goedkeurde, bevestigt niet. De database weigert het ook (`vernietiging_lijst_twee_mensen`)."""
    if wie is None or wie != lijst.goedgekeurd_door_id:
        return []
    return [Tekort("U keurde deze lijst zelf goed. Iemand anders moet haar bevestigen.")]
