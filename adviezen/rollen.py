"""Meelezers als hoedanigheid: per traject, zolang hun ronde open is en de organisatie hen laat meelezen."""

from datetime import date

from adviezen.models import Meelezer
from adviezen.models.zicht import meelezend
from toegang.enums import Rol
from toegang.models import Gebruiker
from toegang.rollen import Hoedanigheid


def hoedanigheden(gebruiker: Gebruiker, dag: date) -> set[Hoedanigheid]:
    """Geef per traject waarin iemand op de dag meeleest een hoedanigheid "traject:<pk>"; één zoekvraag."""
    rijen = Meelezer.objects.filter(meelezend(dag), gebruiker=gebruiker).values_list("traject_id", flat=True)
    return {Hoedanigheid(Rol.MEELEZER, f"traject:{traject}") for traject in rijen}
