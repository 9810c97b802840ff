"""Een kabinetsreactie vastleggen; de klok van drie maanden is dan voldaan."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from adviezen.models import Advies
from kern.fouten import GeenToegang, InvoerFout
from kern.models import Precisie
from kern.tijd import datum_nl, vandaag
from logboek.actions import leg_vast
from opvolging import permissions
from opvolging.models import Kabinetsreactie
from opvolging.termijnsoorten import NAAM
from termijnen.actions import voldoe
from termijnen.models import Termijn

if TYPE_CHECKING:
    from stukken.models import Bestand
    from toegang.models import Gebruiker


@transaction.atomic
def leg_reactie_vast(
    *,
    adviezen: Sequence[Advies],
    datum: date | None,
    afzenders: str,
    door: "Gebruiker",
    kamerstuk: str = "",
    toelichting: str = "",
    bron: str = "",
    bestand: "Bestand | None" = None,
    gedeeltelijk: bool = False,
    datum_precisie: str = Precisie.DAG,
) -> Kabinetsreactie:
    """Leg een kabinetsreactie vast op een of meer adviezen en geef haar terug.

    De klok van elk advies is voldaan op de dag van de brief, ook als die te laat kwam; bij een gedeeltelijke reactie
    loopt zij door. Wat al zo vastligt, komt er niet nog een keer bij. Werpt InvoerFout bij het veld, en GeenToegang.
    """
    if not permissions.mag_vastleggen(door):
        raise GeenToegang
    # Vergrendeld op volgorde: twee mensen met dezelfde brief leggen haar niet allebei vast.
    rijen = list(Advies.objects.select_for_update(of=("self",)).filter(pk__in=[a.pk for a in adviezen]).order_by("pk"))
    klokken = _klokken(rijen)
    _keur(rijen, klokken, datum, datum_precisie, afzenders, gedeeltelijk)
    reactie = Kabinetsreactie(
        datum=datum,
        datum_precisie=datum_precisie if datum is not None else Precisie.ONBEKEND,
        afzenders=afzenders.strip(),
        kamerstuk=kamerstuk.strip(),
        toelichting=toelichting.strip(),
        bron=bron.strip(),
        bestand=bestand,
        gedeeltelijk=gedeeltelijk,
        vastgelegd_door=door,
    )
    _eis_nieuw(rijen, reactie)
    reactie.voorbeeld = rijen[0].voorbeeld
    reactie.save()
    reactie.adviezen.set(rijen)
    if datum is not None and not gedeeltelijk:
        for klok in klokken:
            voldoe(termijn=klok, door=door, op=datum)
    leg_vast(
        soort="opvolging.leg_reactie_vast",
        object=reactie,
        door=door,
        gegevens={"adviezen": [a.kenmerk for a in rijen], "gedeeltelijk": gedeeltelijk},
    )
    return reactie


def _klokken(adviezen: Sequence[Advies]) -> list[Termijn]:
    return list(
        Termijn.objects.filter(
            soort=NAAM, object_soort=Advies._meta.label_lower, object_id__in=[str(a.pk) for a in adviezen]
        ).lopend()
    )


def _keur(
    adviezen: Sequence[Advies],
    klokken: Sequence[Termijn],
    datum: date | None,
    precisie: str,
    afzenders: str,
    gedeeltelijk: bool,
) -> None:
    if not adviezen:
        raise InvoerFout("adviezen", "Kies het advies waarop het kabinet reageert.")
    if len({a.voorbeeld for a in adviezen}) > 1:
        raise InvoerFout("adviezen", "Een brief over een echt advies gaat niet ook over een voorbeeld.")
    if not afzenders.strip():
        raise InvoerFout("afzenders", "Vul in wie de brief stuurde.")
    if klokken and not gedeeltelijk and (datum is None or precisie != Precisie.DAG):
        raise InvoerFout("datum", "Vul de dag van de brief in: er loopt een termijn, en die dag sluit haar.")
    if datum is None:
        return
    if datum > vandaag():
        raise InvoerFout("datum", "De dag van de brief ligt in de toekomst.")
    for advies in adviezen:
        begin = advies.uitgebracht_op or advies.datum
        if precisie == Precisie.DAG and begin is not None and datum < begin:
            raise InvoerFout("datum", f"De brief is van voor het advies “{advies.titel}” ({datum_nl(begin)}).")


def _eis_nieuw(adviezen: Sequence[Advies], nieuw: Kabinetsreactie) -> None:
    gelijk = Kabinetsreactie.objects.filter(
        adviezen__in=adviezen,
        datum=nieuw.datum,
        afzenders__iexact=nieuw.afzenders,
        kamerstuk__iexact=nieuw.kamerstuk,
        gedeeltelijk=nieuw.gedeeltelijk,
    )
    if gelijk.exists():
        raise InvoerFout("kamerstuk", "Deze reactie is al vastgelegd, met dezelfde dag, afzenders en hetzelfde stuk.")
