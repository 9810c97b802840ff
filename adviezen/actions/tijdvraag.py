"""Een organisatie vraagt om meer tijd; de secretaris antwoordt met een dag, of zegt bij de vraag waarom niet."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from adviezen import permissions
from adviezen.actions.bericht import bericht_behandelaars
from adviezen.models import Deelname, Knelpunt, Knelpuntbericht
from adviezen.policies.beraad import LANGSTE_RONDE
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import datum_nl, nu, vandaag
from logboek.actions import leg_vast

if TYPE_CHECKING:
    from toegang.models import Gebruiker

# De antwoorden die de handeling zelf bij een vraag zet; wie ze typt, typt iets anders.
GEGEVEN = "Reageren kan nu tot en met {}."
HERSTELD = "Die dag was een vergissing. Reageren kan tot en met {}."
BIJ_VRAAG = ("deelname__contact", "deelname__organisatie", "gemeld_door")


def keur_laatste_dag(dag: date) -> None:
    """Werp InvoerFout als deze laatste dag om te reageren verder weg is dan een ronde duurt."""
    if dag > vandaag() + LANGSTE_RONDE:
        raise InvoerFout("uiterlijk_op", "Kies een dag binnen een jaar. Controleer het jaar.")


@transaction.atomic
def vraag_meer_tijd(*, deelname: Deelname, uiterlijk_op: date, tekst: str, door: "Gebruiker") -> Knelpunt:
    """Vraag de secretaris of deze organisatie later mag reageren, tot en met `uiterlijk_op`; geef die vraag.

    De secretaris krijgt meteen bericht. Dezelfde vraag twee keer versturen geeft één vraag. Werpt InvoerFout op het
    veld: de dag ligt niet na haar laatste dag of verder dan een jaar, er staat geen reden bij, de ronde is dicht, of
    zij reageerde al.
    """
    if not permissions.mag_voor_organisatie(deelname, door):
        raise GeenToegang
    if not deelname.beraad.is_open:
        raise InvoerFout("tekst", "Het achterbanberaad is niet open.")
    if not tekst.strip():
        raise InvoerFout("tekst", "Zeg waarom u meer tijd nodig heeft.")
    Deelname.objects.select_for_update(of=("self",)).get(pk=deelname.pk)
    if not Deelname.objects.wachtend().filter(pk=deelname.pk).exists():
        raise InvoerFout("", "Uw organisatie reageerde al. Neem de reactie eerst terug; vraag daarna om meer tijd.")
    laatste = deelname.laatste_dag
    if uiterlijk_op <= vandaag() or (laatste is not None and uiterlijk_op <= laatste):
        raise InvoerFout("uiterlijk_op", "Kies een dag na uw laatste dag om te reageren, en na vandaag.")
    keur_laatste_dag(uiterlijk_op)
    net = deelname.knelpunten.filter(vraagt_tot__isnull=False).last()
    if net is not None and (net.vraagt_tot, net.tekst, net.gezien_op) == (uiterlijk_op, tekst.strip(), None):
        return net
    vraag = Knelpunt.objects.create(deelname=deelname, tekst=tekst.strip(), vraagt_tot=uiterlijk_op, gemeld_door=door)
    leg_vast(soort="adviezen.vraag_meer_tijd", object=vraag, door=door, gegevens={"tot": uiterlijk_op.isoformat()})
    bericht_behandelaars(
        deelname.beraad.traject, onderwerp="Een organisatie vraagt om meer tijd",
        feit=f"adviezen.vraag_meer_tijd:{vraag.pk}:0", door=door, blad="reacties/", wacht=False,
    )  # fmt: skip
    return vraag


def open_tijdvragen(deelnames: Iterable[Deelname]) -> list[Knelpunt]:
    """Geef de vragen om meer tijd van deze organisaties waar de secretaris nog niet op antwoordde."""
    rijen = Knelpunt.objects.filter(deelname__in=list(deelnames), vraagt_tot__isnull=False)
    return list(rijen.exclude(berichten__van_organisatie=False).select_related(*BIJ_VRAAG).order_by("pk"))


def _antwoord(vraag: Knelpunt, tekst: str, door: "Gebruiker") -> None:
    Knelpuntbericht.objects.create(
        knelpunt=vraag, tekst=tekst, van_organisatie=False, auteur=door, auteur_naam=door.naam
    )
    leg_vast(soort="adviezen.beantwoord_knelpunt", object=vraag, door=door)


def beantwoord_tijdvragen(vragen: Iterable[Knelpunt], *, dag: date, door: "Gebruiker") -> None:
    """Zet bij elke vraag tot wanneer reageren nu kan; de secretaris zag haar dan ook. De aanroeper stuurt bericht.

    `dag` geldt voor de ronde; wie een latere eigen dag heeft, leest die.
    """
    for vraag in vragen:
        _antwoord(vraag, GEGEVEN.format(datum_nl(dag_voor(vraag.deelname, dag))), door)
        if vraag.gezien_op is None:
            vraag.gezien_op = nu()
            vraag.save(update_fields=["gezien_op"])


def herstel_antwoorden(deelname: Deelname, *, was: date, dag: date, door: "Gebruiker") -> list[Knelpunt]:
    """Zeg bij een vraag die net met `was` beantwoord is dat het `dag` is, en geef die vragen; er gaat geen bericht.

    Een antwoord van eerder noemt een andere dag en klopt nog: daar verandert niets aan.
    """
    rijen = Knelpunt.objects.filter(deelname=deelname, vraagt_tot__isnull=False)
    gezegd, uit = {tekst.format(datum_nl(was)) for tekst in (GEGEVEN, HERSTELD)}, []
    for vraag in rijen.select_related(*BIJ_VRAAG).prefetch_related("berichten") if was != dag else ():
        laatste = vraag.berichten.last()
        if laatste is not None and not laatste.van_organisatie and laatste.tekst in gezegd:
            _antwoord(vraag, HERSTELD.format(datum_nl(dag)), door)
            uit.append(vraag)
    return uit


def dag_voor(deelname: Deelname, dag: date) -> date:
    """Geef tot wanneer deze organisatie kan reageren als de ronde tot en met `dag` duurt."""
    return max(dag, deelname.uiterlijk_op or dag)
