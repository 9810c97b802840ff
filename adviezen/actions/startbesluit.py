"""Een advies op eigen initiatief: het besluit waarmee het begint, te verbeteren tot er een commissie is."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from adviezen import permissions
from adviezen.actions.aanvraag import nieuw_traject
from adviezen.actions.hulp import vergrendel
from adviezen.enums import Stap
from adviezen.models import Adviestraject, Startbesluit, Thema
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import vandaag
from logboek.actions import leg_vast

if TYPE_CHECKING:
    from toegang.models import Gebruiker


def _keur(*, besloten_op: date, geadresseerden: str) -> None:
    if besloten_op > vandaag():
        raise InvoerFout("besloten_op", "De dag van het besluit ligt in de toekomst.")
    if not geadresseerden.strip():
        raise InvoerFout("geadresseerden", "Noem aan wie het advies gericht is.")


@transaction.atomic
def start_eigen_initiatief(
    *,
    titel: str,
    geadresseerden: str,
    tekst: str,
    besloten_op: date,
    secretaris: "Gebruiker",
    door: "Gebruiker",
    werktitel_openbaar: str = "",
    vergadering: Any = None,
    themas: Sequence[Thema] = (),
) -> Adviestraject:
    """Leg het startbesluit van een eigen initiatief vast en geef het traject, dat bij stap 2 begint.

    Werpt InvoerFout, ook als dit besluit al vastligt, en GeenToegang.
    """
    if not permissions.mag_registreren(door):
        raise GeenToegang
    _keur(besloten_op=besloten_op, geadresseerden=geadresseerden)
    traject = nieuw_traject(
        titel=titel.strip(),
        zelfde={"startbesluit__besloten_op": besloten_op},
        stap=Stap.TOEWIJZING,
        door=door,
        themas=themas,
        werktitel_openbaar=werktitel_openbaar.strip(),
        secretaris=secretaris,
        eigen_initiatief=True,
        geadresseerden=geadresseerden.strip(),
    )
    Startbesluit.objects.create(
        traject=traject, besloten_op=besloten_op, tekst=tekst.strip(), vergadering=vergadering, door=door
    )
    leg_vast(
        soort="adviezen.start_eigen_initiatief",
        object=traject,
        door=door,
        gegevens={"besloten_op": besloten_op.isoformat()},
    )
    return traject


@transaction.atomic
def wijzig_startbesluit(
    *,
    traject: Adviestraject,
    versie: int | None,
    door: "Gebruiker",
    titel: str,
    werktitel_openbaar: str,
    geadresseerden: str,
    tekst: str,
    besloten_op: date,
    themas: Sequence[Thema],
) -> Adviestraject:
    """Verbeter het startbesluit zolang het traject bij het dagelijks bestuur ligt, en geef het verse traject.

    De oude waarden blijven in het logboek. Werpt InvoerFout, GeenToegang, VerouderdeVersie.
    """
    traject = vergrendel(traject.pk, versie)
    if not (permissions.mag_bewerken(traject, door) or permissions.mag_voorleggen(traject, door)):
        raise GeenToegang
    if traject.stap != Stap.TOEWIJZING or not traject.eigen_initiatief:
        raise InvoerFout("", "Het startbesluit wijzigen kan alleen zolang er nog geen commissie is.")
    _keur(besloten_op=besloten_op, geadresseerden=geadresseerden)
    besluit = traject.startbesluit
    oud = {
        "titel": traject.titel,
        "werktitel_openbaar": traject.werktitel_openbaar,
        "geadresseerden": traject.geadresseerden,
        "tekst": besluit.tekst,
        "besloten_op": besluit.besloten_op.isoformat(),
    }
    traject.titel, traject.werktitel_openbaar = titel.strip(), werktitel_openbaar.strip()
    traject.geadresseerden, traject.rijversie = geadresseerden.strip(), traject.rijversie + 1
    traject.save()
    traject.themas.set(themas)
    besluit.tekst, besluit.besloten_op = tekst.strip(), besloten_op
    besluit.save()
    leg_vast(soort="adviezen.wijzig_startbesluit", object=traject, door=door, gegevens={"was": oud})
    return Adviestraject.objects.get(pk=traject.pk)
