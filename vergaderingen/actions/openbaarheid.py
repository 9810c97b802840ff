"""Een geplande raadsvergadering alsnog besloten maken, of toch openbaar."""

from __future__ import annotations

from django.db import transaction

from berichten.actions import annuleer
from kern.fouten import OvergangGeweigerd
from kern.tekort import Tekort
from kern.tijd import datum_nl, vandaag
from logboek.actions import leg_vast
from toegang.models import Gebruiker
from vergaderingen.actions.bericht import accounts, bericht_kring, dag
from vergaderingen.actions.hulp import hoog_op, keur_beslotenheid, vergrendel
from vergaderingen.enums import Orgaan, Status
from vergaderingen.models import Vergadering


@transaction.atomic
def zet_openbaarheid(
    *, vergadering: Vergadering, versie: int | None, openbaar: bool, besloten_reden: str, door: Gebruiker
) -> Vergadering:
    """Maak een geplande raadsvergadering besloten of openbaar, met bericht aan haar kring; geef haar vers terug.

    Besloten vraagt een reden (regel 26). Na de oproeping ligt de aankondiging vast, en zijn agenda en ontwerp al
    openbaar: dan is het een andere vergadering. Hetzelfde nog eens doet niets. Werpt InvoerFout("besloten_reden"),
    OvergangGeweigerd, VerouderdeVersie, GeenToegang.
    """
    rij = vergrendel(vergadering.pk, door=door, versie=versie)
    if rij.orgaan != Orgaan.RAAD:
        raise OvergangGeweigerd([Tekort("Alleen de raad vergadert openbaar; dit orgaan is altijd besloten.")])
    if rij.status != Status.GEPLAND:
        tekst = f"De vergadering is {rij.get_status_display()}. Gelast haar af en plan een nieuwe."
        raise OvergangGeweigerd([Tekort(tekst)])
    reden = "" if openbaar else besloten_reden.strip()
    keur_beslotenheid(openbaar=openbaar, reden=reden)
    if (rij.openbaar, rij.besloten_reden) == (openbaar, reden):
        return rij
    oud, anders, eerder = _toegang(rij), rij.openbaar != openbaar, accounts(rij)
    rij.openbaar, rij.besloten_reden = openbaar, reden
    hoog_op(rij)
    leg_vast(
        soort="vergaderingen.zet_openbaarheid", object=rij, door=door, reden=reden,
        gegevens={"oud": oud, "nieuw": _toegang(rij)},
    )  # fmt: skip
    if anders:
        hoe = "openbaar" if openbaar else "besloten"
        # Wat nog wacht zegt het omgekeerde.
        annuleer(feit_begin=f"vergaderingen.zet_openbaarheid:{rij.pk}", reden=f"De vergadering is {hoe}.", door=door)
        onderwerp = f"Nu {hoe}: de raadsvergadering op {datum_nl(dag(rij))}"
        if dag(rij) >= vandaag():
            bericht_kring(rij, feit="zet_openbaarheid", onderwerp=onderwerp, door=door, eerder=eerder)
    return rij


def _toegang(rij: Vergadering) -> str:
    return "openbaar" if rij.openbaar else f"besloten: {rij.besloten_reden}"
