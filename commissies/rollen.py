"""Wat een account in commissies is op een dag. Een zoekvraag per persoon per dag."""

from __future__ import annotations

from datetime import date

from commissies.enums import CommissieRol
from commissies.models import Commissielid
from raad.models.tijdvak import geldt_op
from toegang.enums import Rol
from toegang.models import Gebruiker
from toegang.rollen import Hoedanigheid

ROL_VAN = {
    CommissieRol.VOORZITTER: Rol.COMMISSIEVOORZITTER,
    CommissieRol.LID: Rol.COMMISSIELID,
    CommissieRol.PLAATSVERVANGER: Rol.COMMISSIE_PLAATSVERVANGER,
    CommissieRol.ADVISEREND_LID: Rol.ADVISEREND_LID,
    CommissieRol.MINISTERIEEL_VERTEGENWOORDIGER: Rol.MINISTERIEEL_VERTEGENWOORDIGER,
    CommissieRol.WAARNEMER: Rol.WAARNEMER,
    CommissieRol.SECRETARIS: Rol.COMMISSIESECRETARIS,
}


def hoedanigheden(gebruiker: Gebruiker, dag: date) -> set[Hoedanigheid]:
    """Per commissie de rol van die dag. De voorzitter is ook lid."""
    uit: set[Hoedanigheid] = set()
    rijen = Commissielid.objects.filter(geldt_op(dag), persoon__gebruiker=gebruiker)
    for commissie, rol in rijen.values_list("commissie_id", "rol"):
        orgaan = f"commissie:{commissie}"
        uit.add(Hoedanigheid(ROL_VAN[CommissieRol(rol)], orgaan))
        if rol == CommissieRol.VOORZITTER:
            uit.add(Hoedanigheid(Rol.COMMISSIELID, orgaan))
    return uit
