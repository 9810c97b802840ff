"""Waar een vergadering te volgen is, of daarna terug te kijken."""

from __future__ import annotations

from django.db import transaction

from kern.fouten import OvergangGeweigerd
from kern.tekort import Tekort
from logboek.actions import leg_vast
from toegang.models import Gebruiker
from vergaderingen.actions.hulp import hoog_op, vergrendel
from vergaderingen.enums import Status
from vergaderingen.models import Vergadering


@transaction.atomic
def zet_uitzending(*, vergadering: Vergadering, versie: int | None, uitzending: str, door: Gebruiker) -> Vergadering:
    """Zet het adres van de uitzending, of haal het weg (leeg), en geef de vergadering; hetzelfde adres doet niets.

    Het rooster van een jaar kent de adressen nog niet, en na de sluiting is een uitzending terug te kijken. Van een
    openbare vergadering is het adres meteen openbaar; er gaat geen bericht uit. Werpt OvergangGeweigerd als zij niet
    doorgaat, VerouderdeVersie, GeenToegang.
    """
    rij = vergrendel(vergadering.pk, door=door, versie=versie)
    if rij.status in (Status.AFGELAST, Status.NIET_DOORGEGAAN):
        raise OvergangGeweigerd([Tekort(f"De vergadering is {rij.get_status_display()}; er is niets te volgen.")])
    oud, rij.uitzending = rij.uitzending, uitzending.strip()
    if rij.uitzending == oud:
        return rij
    hoog_op(rij)
    leg_vast(
        soort="vergaderingen.zet_uitzending", object=rij, door=door,
        gegevens={"oud": oud or "geen", "nieuw": rij.uitzending or "geen"},
    )  # fmt: skip
    return rij
