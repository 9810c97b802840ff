"""De ladder van een soort termijn: de beheerder kiest wanneer er gewaarschuwd wordt, en wie erbij komt."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import vandaag
from logboek.actions import leg_vast
from termijnen import permissions, soorten
from termijnen.actions.herinneren import herplan
from termijnen.ladders import Trede
from termijnen.models import Laddertrede

if TYPE_CHECKING:
    from toegang.models import Gebruiker

VERSTE = 366
MEESTE = 12


@transaction.atomic
def zet_ladder(*, soort: str, treden: Sequence[Trede], door: "Gebruiker") -> int:
    """Vervang de ladder van een soort en plan alle lopende termijnen opnieuw; geeft hoeveel dat er waren.

    Zonder treden geldt weer de vaste ladder. Wat al gewaarschuwd is, wordt niet herhaald. Werpt InvoerFout en
    GeenToegang.
    """
    if not permissions.mag_ladder(door):
        raise GeenToegang
    gekozen = soorten.met_naam(soort)
    if len(treden) > MEESTE:
        raise InvoerFout("", f"Een ladder heeft hoogstens {MEESTE} treden.")
    if any(abs(t.dagen) > VERSTE for t in treden):
        raise InvoerFout("", "Kies dagen binnen een jaar van de vervaldag.")
    sleutels = [(t.dagen, t.elke_maand) for t in treden]
    if len(set(sleutels)) != len(sleutels):
        raise InvoerFout("", "Twee treden vallen op dezelfde dag.")
    oud = list(Laddertrede.objects.filter(soort=soort).select_for_update())
    Laddertrede.objects.filter(pk__in=[rij.pk for rij in oud]).delete()
    Laddertrede.objects.bulk_create(
        Laddertrede(soort=soort, dagen=t.dagen, elke_maand=t.elke_maand, spoed=t.spoed, niveau=t.niveau) for t in treden
    )
    leg_vast(
        soort="termijnen.zet_ladder",
        object=door,
        door=door,
        gegevens={"soort": gekozen.naam, "treden": [t.naam for t in treden]},
    )
    return herplan(dag=vandaag(), soort=soort)
