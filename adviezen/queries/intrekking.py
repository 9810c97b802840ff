"""Een openbaar advies intrekken: of het kan, en hoe het ervoor staat."""

from datetime import datetime
from typing import TYPE_CHECKING

from adviezen.adressen import adres
from adviezen.enums import Stap
from adviezen.openbaar import sleutel_van
from kern.tekort import Tekort
from kern.tijd import moment_nl, nu
from publicatie.queries import laatste, openbaar

if TYPE_CHECKING:
    from adviezen.models import Adviesintrekking, Adviestraject


def intrekking_van(traject: "Adviestraject") -> "Adviesintrekking | None":
    """Geef het voorstel of de intrekking die geldt; wat verviel telt niet. None als er geen is."""
    rijen = traject.intrekkingen.filter(vervallen_op__isnull=True)
    rij: Adviesintrekking | None = rijen.select_related("traject", "voorgesteld_door", "bevestigd_door").first()
    return rij


def wacht_tot(traject: "Adviestraject") -> datetime | None:
    """Geef wanneer een correctie van een openbaar advies op de site komt; None als er geen wacht."""
    rij = laatste(sleutel_van(traject.advies)) if traject.stap == Stap.AANGEBODEN else None
    if rij is None or rij.vanaf <= nu() or not openbaar(nu()).filter(sleutel=rij.sleutel).exists():
        return None
    return rij.vanaf


def mag_trek_advies_in(traject: "Adviestraject") -> list[Tekort]:
    """Alleen wat nu openbaar is: wat nog moet komen, wordt herroepen of uitgesteld, en wat weg is, is weg."""
    advies = getattr(traject, "advies", None)
    rij = None if advies is None else laatste(sleutel_van(advies))
    if traject.stap != Stap.AANGEBODEN or rij is None:
        return [Tekort("Er is geen openbaar advies om in te trekken.", adres("aanbieding", traject))]
    if rij.vanaf > nu():
        wanneer = moment_nl(rij.vanaf)
        if wacht_tot(traject) is not None:
            return [Tekort(f"Er komt eerst nog een correctie op de site, {wanneer}. Daarna kan intrekken.")]
        return [Tekort(f"Het advies is nog niet openbaar; dat wordt het {wanneer}.", adres("aanbieding", traject))]
    if rij.tot is not None:
        return [Tekort(f"Het advies is ingetrokken vanaf {moment_nl(rij.tot)}.")]
    return []
