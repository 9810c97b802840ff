"""Meer tijd voor één organisatie in een ronde; voor allen samen is het `actions.beraad.verleng_ronde`."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from adviezen import permissions
from adviezen.actions.bericht import bericht_organisatie
from adviezen.actions.handelen import feit
from adviezen.actions.hulp import hoog_op, vergrendel
from adviezen.actions.tijdvraag import beantwoord_tijdvragen, herstel_antwoorden, keur_laatste_dag, open_tijdvragen
from adviezen.models import Adviestraject, Deelname
from adviezen.policies.beraad import open_beraad
from adviezen.queries.beraad import te_herstellen_van, tijdberichten
from berichten.actions import annuleer
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import vandaag
from logboek.actions import leg_vast

if TYPE_CHECKING:
    from toegang.models import Gebruiker


@transaction.atomic
def verleng_voor(
    *,
    traject: Adviestraject,
    versie: int | None,
    deelname: Deelname,
    uiterlijk_op: date,
    reden: str,
    door: "Gebruiker",
) -> Deelname:
    """Geef één organisatie een eigen laatste dag, later dan die van de ronde, en geef haar deelname.

    Wie erom vroeg leest het bij de vraag en krijgt na tien minuten bericht. Zolang dat bericht wacht kan de dag ook
    terug; is het de dag van daarvoor, dan gaat er geen bericht. Werpt InvoerFout op het veld.
    """
    traject = vergrendel(traject.pk, versie)
    if not permissions.mag_als_commissiesecretaris(traject, door):
        raise GeenToegang
    beraad = open_beraad(traject)
    rijen = Deelname.objects.select_for_update(of=("self",)).select_related("organisatie", "contact", "beraad")
    rij = None if beraad is None else rijen.filter(pk=deelname.pk, beraad=beraad).first()
    if beraad is None or rij is None or beraad.uiterlijk_op is None or rij.laatste_dag is None:
        raise InvoerFout("", "Er is geen achterbanberaad open waarin deze organisatie meedoet.")
    if not beraad.deelnames.wachtend().filter(pk=rij.pk).exists():
        raise InvoerFout("voor", f"{rij.organisatie} reageerde al.")
    eerder = te_herstellen_van(rij)
    terug = eerder is not None and uiterlijk_op == eerder
    vanaf = rij.laatste_dag if eerder is None else eerder
    if not terug and (uiterlijk_op <= max(vanaf, vandaag()) or uiterlijk_op == rij.laatste_dag):
        raise InvoerFout("uiterlijk_op", "Kies een dag na de laatste dag van deze organisatie, en na vandaag.")
    keur_laatste_dag(uiterlijk_op)
    if not reden.strip():
        raise InvoerFout("reden", "Geef een reden; die komt in het dossier te staan.")
    oud = rij.laatste_dag
    rij.uiterlijk_op = uiterlijk_op if uiterlijk_op > beraad.uiterlijk_op else None
    rij.save(update_fields=["uiterlijk_op"])
    hoog_op(traject)
    leg_vast(
        soort="adviezen.verleng_deelname", object=traject, door=door, reden=reden.strip(),
        gegevens={
            "deelname": rij.pk, "organisatie": str(rij.organisatie),
            "was": oud.isoformat(), "wordt": uiterlijk_op.isoformat(),
        },
    )  # fmt: skip
    for bericht in set(tijdberichten(rij).values_list("feit", flat=True)):
        annuleer(feit_begin=bericht, reden="De dag is weer gewijzigd.", door=door)
    vragen = []
    if eerder is not None:
        vragen = herstel_antwoorden(rij, was=oud, dag=uiterlijk_op, door=door)
    if terug:
        return rij
    nieuw = open_tijdvragen([rij])
    beantwoord_tijdvragen(nieuw, dag=uiterlijk_op, door=door)
    vragen += nieuw
    bericht_organisatie(
        rij, onderwerp="U heeft meer tijd voor uw reactie", feit=feit(traject, "verleng_deelname", str(rij.pk)),
        door=door, ook=vragen[-1].gemeld_door if vragen else None,
    )  # fmt: skip
    return rij
