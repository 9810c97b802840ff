"""Meelezers en journalisten als hoedanigheid: per traject, zolang wie hen toeliet dat niet stopte."""

from datetime import date

from django.db.models import Value

from adviezen.models import Meelezer, Perslezer
from adviezen.models.zicht import meelezend
from toegang.enums import Rol
from toegang.models import Gebruiker
from toegang.rollen import Hoedanigheid


def hoedanigheden(gebruiker: Gebruiker, dag: date) -> set[Hoedanigheid]:
    """Geef per traject waarin iemand meeleest of als pers toegelaten is een hoedanigheid "traject:<pk>".

    Een journalist houdt zijn rol na het embargo: zij opent alleen zijn eigen lijst onder /pers/. Eén zoekvraag.
    """
    mee = Meelezer.objects.filter(meelezend(dag), gebruiker=gebruiker)
    pers = Perslezer.objects.filter(gebruiker=gebruiker, gestopt_op__isnull=True)
    rijen = (
        mee.annotate(rol=Value(str(Rol.MEELEZER)))
        .values_list("rol", "traject_id")
        .union(pers.annotate(rol=Value(str(Rol.PERS))).values_list("rol", "traject_id"))
        .order_by()
    )
    return {Hoedanigheid(Rol(rol), f"traject:{traject}") for rol, traject in rijen}
