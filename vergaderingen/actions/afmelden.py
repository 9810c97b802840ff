"""Laten weten dat u niet komt, of toch wel; wie u vervangt hoort het."""

from __future__ import annotations

from django.db import transaction

from kern.fouten import eis
from kern.tijd import nu
from logboek.actions import leg_vast
from toegang.models import Gebruiker
from vergaderingen import policies
from vergaderingen.actions.bericht import bericht_komst
from vergaderingen.actions.hulp import eigen_persoon
from vergaderingen.actions.presentie import zet_op_lijst
from vergaderingen.models import Presentie, Vergadering
from vergaderingen.queries import kring

AF, TOCH = "vergaderingen.meld_af", "vergaderingen.kom_toch"


@transaction.atomic
def meld_af(*, vergadering: Vergadering, door: Gebruiker) -> Presentie:
    """Zet wie dit doet als afwezig op de presentielijst en geef de regel terug; nog eens verandert niets.

    Alleen voor zichzelf, van de oproeping tot de opening. De eigen plaatsvervanger krijgt bericht, zodat die zich kan
    voorbereiden (regel 10). Werpt InvoerFout voor wie niet bij deze vergadering hoort, OvergangGeweigerd.
    """
    rij = Vergadering.objects.select_for_update().get(pk=vergadering.pk)
    eis(policies.mag_zich_afmelden(rij))
    persoon = eigen_persoon(door)
    genodigden = kring(rij)
    regel, anders = zet_op_lijst(rij, genodigden, persoon, aanwezig=False, voor=None, moment=nu())
    if anders:
        leg_vast(soort=AF, object=rij, door=door, gegevens={"persoon": persoon.pk, "naam": persoon.naam})
        bericht_komst(rij, persoon, genodigden, door, komt=False)
    return regel


@transaction.atomic
def kom_toch(*, vergadering: Vergadering, door: Gebruiker) -> bool:
    """Neem de eigen afmelding terug en geef of er een was; wie daarover bericht kreeg, hoort ook dit.

    Daarna is van deze persoon niets bekend: tekenen gebeurt in de zaal. Werpt OvergangGeweigerd na de opening.
    """
    rij = Vergadering.objects.select_for_update().get(pk=vergadering.pk)
    eis(policies.mag_zich_afmelden(rij))
    regel = rij.presenties.filter(persoon__gebruiker=door, aanwezig=False).select_related("persoon").first()
    if regel is None:
        return False
    leg_vast(soort=TOCH, object=rij, door=door, gegevens={"persoon": regel.persoon_id, "naam": regel.persoon.naam})
    bericht_komst(rij, regel.persoon, kring(rij), door, komt=True)
    regel.delete()
    return True
