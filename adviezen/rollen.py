"""Meelezers als hoedanigheid: per traject, zolang de organisatie hen laat meelezen."""

from datetime import date

from adviezen.models import Meelezer
from raad.models.tijdvak import geldt_op
from toegang.enums import Rol
from toegang.models import Gebruiker
from toegang.rollen import Hoedanigheid


def hoedanigheden(gebruiker: Gebruiker, dag: date) -> set[Hoedanigheid]:
    """Geef per traject waarin iemand op de dag meeleest een hoedanigheid "traject:<pk>"; één zoekvraag."""
    rijen = Meelezer.objects.filter(geldt_op(dag), gebruiker=gebruiker).values_list("traject_id", flat=True)
    return {Hoedanigheid(Rol.MEELEZER, f"traject:{traject}") for traject in rijen}
