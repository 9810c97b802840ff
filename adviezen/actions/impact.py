"""Wat een advies wil bereiken: vastleggen bij de intake en bij de vaststelling, en meegeven aan het publiek."""

from typing import TYPE_CHECKING, Any

from django.db import transaction

from adviezen import permissions
from adviezen.actions.brieven import leg_terug
from adviezen.actions.hulp import hoog_op, vergrendel
from adviezen.enums import IMPACT_OPEN, Impactmoment, Stap
from adviezen.models import Aanbieding, Adviestraject, BeoogdeImpact
from adviezen.models.impact import VELDEN
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import nu
from logboek.actions import leg_vast

if TYPE_CHECKING:
    from toegang.models import Gebruiker


@transaction.atomic
def leg_impact_vast(
    *, traject: Adviestraject, versie: int | None, moment: str, door: "Gebruiker", **teksten: str
) -> BeoogdeImpact:
    """Leg vast wat het advies moet bereiken, gezien op `moment`, en geef de rij; `teksten` zijn die van VELDEN.

    Bij de intake kan dat tot het achterbanberaad begint, bij de vaststelling van de verwerking tot het aanbieden. Stond
    de aanbieding al klaar, dan moet dat opnieuw: het wordt met het advies openbaar. Werpt InvoerFout, GeenToegang en
    VerouderdeVersie.
    """
    vers = vergrendel(traject.pk, versie)
    if not permissions.mag_bewerken(vers, door):
        raise GeenToegang
    if moment not in Impactmoment.values or vers.stap not in IMPACT_OPEN[Impactmoment(moment)]:
        raise InvoerFout("", "In deze stap ligt dit vast.")
    schoon = {naam: teksten.get(naam, "").strip() for naam in VELDEN}
    if not schoon["beoogd"]:
        raise InvoerFout("beoogd", "Schrijf wat het advies teweeg moet brengen.")
    rij = BeoogdeImpact.objects.filter(traject=vers, moment=moment).first()
    if rij is None:
        rij = BeoogdeImpact(traject=vers, moment=moment)
    elif all(getattr(rij, naam) == tekst for naam, tekst in schoon.items()):
        return rij
    oud = {naam: getattr(rij, naam) for naam in VELDEN if rij.pk is not None}
    for naam, tekst in schoon.items():
        setattr(rij, naam, tekst)
    rij.door, rij.bijgewerkt_op = door, nu()
    rij.rijversie += 1
    rij.save()
    if vers.stap == Stap.AANBIEDING and (aanbieding := Aanbieding.objects.filter(traject=vers).first()) is not None:
        leg_terug(aanbieding)
    hoog_op(vers)
    leg_vast(
        soort="adviezen.leg_impact_vast", object=vers, door=door, gegevens={"moment": moment, "was": oud},
    )  # fmt: skip
    return rij


def openbare_impact(traject: Adviestraject) -> dict[str, Any]:
    """Geef wat bij de publicatie van het advies komt: {"impact": [{naam, kop, tekst}]}, of niets.

    Alleen wat bij de vaststelling vastlag; de intake blijft binnenskamers.
    """
    rij = BeoogdeImpact.objects.filter(traject=traject, moment=Impactmoment.VASTSTELLING).first()
    if rij is None:
        return {}
    return {"impact": [{"kop": kop[:1].upper() + kop[1:], "tekst": tekst} for kop, tekst in rij.delen()]}
