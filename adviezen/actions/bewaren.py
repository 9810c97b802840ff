"""Interne notities na hun bewaartermijn vernietigen. Het logboek noemt alleen hoeveel het er waren."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from adviezen.models import Achterbanberaad, InterneNotitie
from adviezen.policies.bewaren import notities_tot
from kern.elk import doe_elk
from kern.tijd import dag_van
from logboek.actions import leg_vast


def vernietig_notities(nu: datetime) -> int:
    """Vernietig de notities van elke ronde waarvan de termijn op `nu` voorbij is; geef hoeveel het er waren.

    Per ronde één transactie, zodat een tweede werker of een herstart niets dubbel telt. Geen tekst, geen namen en geen
    organisatie in het logboek: wie wat voor zichzelf noteerde, gaat niemand aan. Werpt PortaalFout aan het eind als het
    bij een ronde mislukte (kern.elk).
    """
    # Een dag ruimer dan nodig gekozen; de Amsterdamse kalenderdag beslist.
    grens = nu - timedelta(days=settings.INTERNE_NOTITIES_DAGEN - 1)
    ronden = Achterbanberaad.objects.filter(gesloten_op__lte=grens, deelnames__notities__isnull=False).distinct()
    pks = list(ronden.values_list("pk", flat=True))
    return doe_elk(pks, lambda pk: _een_ronde(pk, nu), wat="Notities van een ronde vernietigen")


@transaction.atomic
def _een_ronde(pk: int, nu: datetime) -> int:
    beraad = Achterbanberaad.objects.select_for_update(of=("self",)).get(pk=pk)
    tot = notities_tot(beraad)
    if tot is None or tot > dag_van(nu):
        return 0
    aantal, _ = InterneNotitie.objects.filter(deelname__beraad=beraad).delete()
    if aantal:
        leg_vast(
            soort="adviezen.vernietig_notities",
            object=beraad,
            door=None,
            reden="De bewaartermijn van interne notities is voorbij.",
            gegevens={"notities": aantal},
        )
    return aantal
