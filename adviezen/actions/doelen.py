"""Het werkprogramma: welke doelen van de werkagenda een traject dient."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from adviezen import permissions
from adviezen.actions.hulp import hoog_op, vergrendel
from adviezen.enums import EINDSTANDEN
from adviezen.models import Adviestraject, Doel
from kern.fouten import GeenToegang, InvoerFout
from logboek.actions import leg_vast

if TYPE_CHECKING:
    from toegang.models import Gebruiker


@transaction.atomic
def kies_doelen(
    *, traject: Adviestraject, versie: int | None, doelen: Sequence[Doel], door: "Gebruiker"
) -> Adviestraject:
    """Leg vast welke doelen dit traject dient, in de plaats van wat er stond; geeft het verse traject.

    Werpt InvoerFout bij een afgesloten traject, GeenToegang en VerouderdeVersie.
    """
    vers = vergrendel(traject.pk, versie)
    if not permissions.mag_bewerken(vers, door):
        raise GeenToegang
    if vers.stap in EINDSTANDEN:
        raise InvoerFout("", "Dit traject is afgesloten; het werkprogramma ligt vast.")
    return zet_doelen(vers, doelen, door=door)


def zet_doelen(vers: Adviestraject, doelen: Sequence[Doel], *, door: "Gebruiker") -> Adviestraject:
    """Zet de doelen van een vergrendeld traject en leg het vast; wie dat mag is al nagegaan."""
    oud, nieuw = sorted(vers.doelen.values_list("pk", flat=True)), sorted(d.pk for d in doelen)
    if oud == nieuw:
        return vers
    vers.doelen.set(doelen)
    hoog_op(vers)
    leg_vast(soort="adviezen.kies_doelen", object=vers, door=door, gegevens={"oud": oud, "nieuw": nieuw})
    return vers
