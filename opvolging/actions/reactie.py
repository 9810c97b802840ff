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
from opvolging.actions.brieven import laat_brieven_vervallen
from opvolging.enums import Vorm
from opvolging.keuring import Ingevuld, fouten
from opvolging.models import Kabinetsreactie
from opvolging.models.aanbeveling import na_wachttijd
from opvolging.queries.reactie import lopend, onder_embargo
from opvolging.termijnsoorten import NAAM
from termijnen.actions import heropen, voldoe
from termijnen.enums import Status
from termijnen.queries import laatste

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
    vorm: str = Vorm.KAMERBRIEF,
    deels: Sequence[Advies] = (),
    voor_aanbieding: bool = False,
) -> Kabinetsreactie:
    """Leg een kabinetsreactie vast op een of meer adviezen en geef haar terug.

    De klok van elk advies is voldaan op de dag van de brief, ook als die te laat kwam, en welke vorm zij ook heeft.
    Bij een gedeeltelijke reactie loopt zij door; `deels` noemt welke van de adviezen dat zijn als de brief andere wel
    helemaal beantwoordt. Een wet sluit geen klok. Een brief van vóór het aanbieden (een reactie op het ontwerpadvies)
    telt alleen als `voor_aanbieding` dat zegt. Wat al zo vastligt, komt er niet nog een keer bij. Het publiek leest
    haar tien minuten later, samen met de antwoorden die binnen die tijd zijn ingevuld. Werpt InvoerFout bij het veld,
    en GeenToegang.
    """
    if not permissions.mag_vastleggen(door):
        raise GeenToegang
    # Vergrendeld op volgorde: twee mensen met dezelfde brief leggen haar niet allebei vast.
    rijen = list(Advies.objects.select_for_update(of=("self",)).filter(pk__in=[a.pk for a in adviezen]).order_by("pk"))
    deelpks = {a.pk for a in deels}
    ingevuld = Ingevuld(
        adviezen=rijen,
        deels=deelpks,
        afzenders=afzenders,
        vorm=vorm,
        gedeeltelijk=gedeeltelijk,
        datum=datum,
        precisie=datum_precisie,
        voor_aanbieding=voor_aanbieding,
        loopt=lopend(rijen),
        geheim=onder_embargo(rijen),
    )
    for veld, zin in fouten(ingevuld):
        raise InvoerFout(veld, zin)
    reactie = Kabinetsreactie(
        datum=datum,
        datum_precisie=datum_precisie if datum is not None else Precisie.ONBEKEND,
        afzenders=afzenders.strip(),
        kamerstuk=kamerstuk.strip(),
        toelichting=toelichting.strip(),
        bron=bron.strip(),
        bestand=bestand,
        gedeeltelijk=gedeeltelijk,
        vorm=vorm,
        vastgelegd_door=door,
        openbaar_vanaf=na_wachttijd(),
    )
    _eis_nieuw(rijen, reactie)
    reactie.voorbeeld = rijen[0].voorbeeld
    reactie.save()
    reactie.adviezen.set(rijen)
    reactie.deels.set([a for a in rijen if a.pk in deelpks])
    for advies in ingevuld.heel:
        stel_klok_bij(advies, door=door, reden="")
        laat_brieven_vervallen(advies=advies, door=door)
    leg_vast(
        soort="opvolging.leg_reactie_vast",
        object=reactie,
        door=door,
        gegevens={"adviezen": [a.kenmerk for a in rijen], "gedeeltelijk": gedeeltelijk},
    )
    return reactie


@transaction.atomic
def trek_reactie_in(
    *, reactie: Kabinetsreactie, reden: str, door: "Gebruiker", op: date | None = None
) -> Kabinetsreactie:
    """Leg vast dat het kabinet de reactie introk, of dat zij ten onrechte vastligt; zij telt niet meer mee.

    De klok loopt dan weer met dezelfde vervaldag, tenzij een andere brief het advies ook beantwoordt. Antwoorden die
    deze brief citeren, gelden niet meer. Was zij nog niet openbaar, dan wordt zij dat ook niet: niemand buiten het
    secretariaat leest haar of de reden. Werpt InvoerFout ("reden", "op") en GeenToegang.
    """
    if not permissions.mag_vastleggen(door):
        raise GeenToegang
    if not reden.strip():
        raise InvoerFout("reden", "Geef een reden.")
    adviezen = list(Advies.objects.select_for_update(of=("self",)).filter(kabinetsreacties=reactie).order_by("pk"))
    rij = Kabinetsreactie.objects.select_for_update(of=("self",)).get(pk=reactie.pk)
    if rij.ingetrokken_op is not None:
        raise InvoerFout("", f"Deze reactie is al ingetrokken, op {datum_nl(rij.ingetrokken_op)}.")
    dag = op or vandaag()
    if dag > vandaag():
        raise InvoerFout("op", "De dag van intrekken ligt in de toekomst.")
    if rij.wacht:
        rij.openbaar_vanaf = None
    stond = {advies.pk: beantwoord_op(advies) for advies in adviezen}
    rij.ingetrokken_op, rij.ingetrokken_reden, rij.ingetrokken_door = dag, reden.strip(), door
    rij.rijversie += 1
    rij.save()
    # Een brief die geen klok sloot, opent er ook geen: die kan met de hand gesloten zijn.
    for advies in [a for a in adviezen if beantwoord_op(a) != stond[a.pk]]:
        stel_klok_bij(advies, door=door, reden=f"Kabinetsreactie ingetrokken: {reden.strip()}")
    leg_vast(soort="opvolging.trek_reactie_in", object=rij, door=door, reden=reden)
    return rij


def beantwoord_op(advies: Advies) -> date | None:
    """Geef de dag waarop het advies helemaal beantwoord was: de vroegste geldige brief met een dag; anders None."""
    brieven = Kabinetsreactie.objects.filter(ingetrokken_op__isnull=True).filter(
        adviezen=advies, gedeeltelijk=False, datum_precisie=Precisie.DAG
    )
    eerste = brieven.exclude(vorm=Vorm.WET).exclude(deels=advies).order_by("datum").first()
    return None if eerste is None else eerste.datum


def stel_klok_bij(advies: Advies, *, door: "Gebruiker", reden: str) -> None:
    """Laat de klok van `advies` zeggen wat de brieven zeggen: voldaan op de dag van de eerste, of weer lopend."""
    dag, klok = beantwoord_op(advies), laatste(advies, NAAM)
    if klok is None or klok.status == Status.VERVALLEN:
        return
    if klok.status == Status.VOLDAAN and klok.voldaan_op != dag:
        klok = heropen(termijn=klok, reden=reden or "Er ligt een eerdere brief.", door=door)
    if klok.loopt and dag is not None:
        voldoe(termijn=klok, door=door, op=dag)


def _eis_nieuw(adviezen: Sequence[Advies], nieuw: Kabinetsreactie) -> None:
    gelijk = Kabinetsreactie.objects.filter(ingetrokken_op__isnull=True).filter(
        adviezen__in=adviezen,
        datum=nieuw.datum,
        afzenders__iexact=nieuw.afzenders,
        kamerstuk__iexact=nieuw.kamerstuk,
        gedeeltelijk=nieuw.gedeeltelijk,
    )
    if gelijk.exists():
        raise InvoerFout("kamerstuk", "Deze reactie is al vastgelegd, met dezelfde dag, afzenders en hetzelfde stuk.")
