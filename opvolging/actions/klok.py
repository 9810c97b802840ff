"""De klok van de kabinetsreactie: wat toegezegd is, en of openbaar gezegd wordt dat er nog niets kwam."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from adviezen.models import Advies
from kern.fouten import GeenToegang, InvoerFout
from kern.models import Precisie
from kern.tijd import datum_nl, moment_nl, vandaag
from logboek.actions import leg_vast
from opvolging import permissions
from opvolging.models import Klokvrijgave, Toezegging
from opvolging.termijnsoorten import NAAM
from termijnen.enums import Status
from termijnen.queries import laatste

if TYPE_CHECKING:
    from toegang.models import Gebruiker

# Waaraan te zien is dat iemand van het kabinet de toezegging deed: zij staat met die woorden op de openbare klok.
VAN_HET_KABINET = ("minister", "staatssecretaris", "kabinet")


@transaction.atomic
def leg_toezegging_vast(
    *,
    advies: Advies,
    datum: date,
    door_wie: str,
    gedaan_op: date,
    door: "Gebruiker",
    bron: str = "",
    datum_precisie: str = Precisie.DAG,
) -> Toezegging:
    """Leg vast dat een bewindspersoon een reactie toezegde voor een dag of maand; over tien minuten is het openbaar.

    De afgesproken termijn verandert niet: een toezegging na de vervaldag maakt niets op tijd. Werpt InvoerFout bij het
    veld, en GeenToegang.
    """
    if not permissions.mag_vastleggen(door):
        raise GeenToegang
    if not door_wie.strip():
        raise InvoerFout("door_wie", "Vul in wie de toezegging deed.")
    if not any(woord in door_wie.casefold() for woord in VAN_HET_KABINET):
        raise InvoerFout(
            "door_wie", "Noem de minister, de staatssecretaris of het kabinet: van hen komt een toezegging."
        )
    if gedaan_op > vandaag():
        raise InvoerFout("gedaan_op", "De dag van de toezegging ligt in de toekomst.")
    if datum < gedaan_op.replace(day=1 if datum_precisie == Precisie.MAAND else gedaan_op.day):
        raise InvoerFout("datum", "De toegezegde dag ligt voor de dag van de toezegging.")
    if advies.uitgebracht_op is not None and gedaan_op < advies.uitgebracht_op:
        raise InvoerFout("gedaan_op", f"Het advies is pas op {datum_nl(advies.uitgebracht_op)} uitgebracht.")
    rij = Toezegging.objects.create(
        advies=advies,
        datum=datum,
        datum_precisie=datum_precisie,
        door_wie=door_wie.strip(),
        gedaan_op=gedaan_op,
        bron=bron.strip(),
        door=door,
        voorbeeld=advies.voorbeeld,
    )
    leg_vast(soort="opvolging.leg_toezegging_vast", object=advies, door=door, gegevens={"datum": rij.datum_tekst})
    return rij


@transaction.atomic
def herroep_toezegging(*, toezegging: Toezegging, door: "Gebruiker") -> Toezegging:
    """Haal een toezegging weg die nog niet openbaar is, en geef de rij die dat zegt; wat er stond blijft bewaard.

    Werpt InvoerFout als zij al openbaar of al herroepen is, en GeenToegang.
    """
    if not permissions.mag_vastleggen(door):
        raise GeenToegang
    advies = Advies.objects.select_for_update(no_key=True, of=("self",)).get(pk=toezegging.advies_id)
    if not Toezegging.objects.geldig().filter(pk=toezegging.pk).exists():
        raise InvoerFout("", "Deze toezegging is al herroepen.")
    if not toezegging.wacht:
        sinds = moment_nl(toezegging.openbaar_vanaf)
        raise InvoerFout("", f"Herroepen kan niet meer: de toezegging is openbaar sinds {sinds}.")
    rij = Toezegging.objects.create(
        advies=advies,
        datum=toezegging.datum,
        datum_precisie=toezegging.datum_precisie,
        door_wie=toezegging.door_wie,
        gedaan_op=toezegging.gedaan_op,
        bron=toezegging.bron,
        door=door,
        vervangt=toezegging,
        vervallen=True,
        voorbeeld=advies.voorbeeld,
    )
    leg_vast(soort="opvolging.herroep_toezegging", object=advies, door=door, gegevens={"datum": rij.datum_tekst})
    return rij


@transaction.atomic
def geef_klok_vrij(*, advies: Advies, vrij: bool, door: "Gebruiker", reden: str = "") -> Klokvrijgave:
    """Laat openbaar zeggen dat er na de afgesproken dag nog niets kwam, of (vrij=False) neem dat terug met reden.

    Alleen de algemeen secretaris, en alleen als de termijn loopt en voorbij is. Werpt InvoerFout en GeenToegang.
    """
    if not permissions.mag_vrijgeven(door):
        raise GeenToegang
    Advies.objects.select_for_update(no_key=True, of=("self",)).get(pk=advies.pk)
    laatst = advies.klokvrijgaven.order_by("-pk").first()
    termijn = laatste(advies, NAAM)
    if vrij and (termijn is None or termijn.status != Status.OPEN or termijn.vervalt_op >= vandaag()):
        raise InvoerFout(
            "", "Er valt niets vrij te geven: de afgesproken dag is niet voorbij, of er loopt geen termijn."
        )
    if (laatst is not None and laatst.vrij) == vrij:
        raise InvoerFout("", "Dat stond al zo.")
    if not vrij and not reden.strip():
        raise InvoerFout("reden", "Geef een reden om de vrijgave terug te nemen.")
    rij = Klokvrijgave.objects.create(
        advies=advies, vrij=vrij, reden=reden.strip(), door=door, voorbeeld=advies.voorbeeld
    )
    leg_vast(soort="opvolging.geef_klok_vrij", object=advies, door=door, reden=reden, gegevens={"vrij": vrij})
    return rij
