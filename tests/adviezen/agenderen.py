"""Handen van stap 6: een raadsvergadering plannen en een advies op haar agenda zetten."""

from datetime import timedelta

from adviezen.actions import agendering as acties
from kern.tijd import vandaag
from vergaderingen.actions import (
    plan_vergadering,
)
from vergaderingen.enums import Orgaan
from vergaderingen.models import Vergadering


def raad(cast, dagen=30, **kw):
    """Een geplande raadsvergadering over `dagen`, in dezelfde wereld als het traject."""
    rij = plan_vergadering(orgaan=Orgaan.RAAD, datum=vandaag() + timedelta(days=dagen), door=cast.raadssecretaris, **kw)
    Vergadering.objects.filter(pk=rij.pk).update(voorbeeld=True)
    return Vergadering.objects.get(pk=rij.pk)


def agendeer(cast, vergadering, **kw):
    return acties.agendeer(traject=cast.traject, versie=None, vergadering=vergadering, door=cast.raadssecretaris, **kw)
