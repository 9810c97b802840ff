"""Een zelf gekozen dag bij een traject, met de waarschuwingen van elke andere termijn."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from adviezen.actions.hulp import vergrendel
from adviezen.models import Adviestraject
from adviezen.permissions import is_secretariaat
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import vandaag
from termijnen.actions import open_termijn
from termijnen.models import Termijn

if TYPE_CHECKING:
    from toegang.models import Gebruiker


@transaction.atomic
def zet_eigen_termijn(
    *, traject: Adviestraject, wat: str, vervalt_op: date, wie: "Gebruiker", door: "Gebruiker"
) -> Termijn:
    """Zet een eigen termijn bij een lopend traject, bewaakt door `wie`; er kunnen er meer naast elkaar lopen.

    Ieder van het secretariaat mag dat: het is een dag om te onthouden, geen besluit. Dezelfde nog eens geeft de
    bestaande. Werpt InvoerFout en GeenToegang.
    """
    if not is_secretariaat(door):
        raise GeenToegang
    vers = vergrendel(traject.pk)
    if not vers.loopt:
        raise InvoerFout("", "Dit traject is afgesloten.")
    if not wat.strip():
        raise InvoerFout("wat", "Schrijf waarvoor deze dag is.")
    if vervalt_op < vandaag():
        raise InvoerFout("vervalt_op", "Kies vandaag of een dag die nog komt.")
    waarvoor = wat.strip()[:120]
    zelfde = Termijn.objects.van(vers).lopend().filter(soort="eigen", vervalt_op=vervalt_op, eigenaar=wie)
    loopt = zelfde.filter(object_naam__startswith=f"{waarvoor} (").first()
    return loopt or open_termijn(
        soort="eigen",
        object=vers,
        basis=vandaag(),
        vervalt_op=vervalt_op,
        wat=waarvoor,
        eigenaar=wie,
        door=door,
    )
