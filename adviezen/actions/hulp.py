"""Wat alle handelingen op een traject delen."""

from adviezen.models import Adviestraject
from kern.fouten import VerouderdeVersie


def vergrendel(traject_pk: int, versie: int | None = None) -> Adviestraject:
    """Geef de vergrendelde rij. Werpt VerouderdeVersie als de gebruiker een oudere stand zag."""
    vers = Adviestraject.objects.select_for_update(of=("self",)).get(pk=traject_pk)
    if versie is not None and vers.rijversie != versie:
        raise VerouderdeVersie
    return vers


def hoog_op(traject: Adviestraject) -> None:
    """Tel een wijziging van wat bij het traject hoort, zodat een verouderd scherm niets overschrijft."""
    traject.rijversie += 1
    traject.save(update_fields=["rijversie"])
