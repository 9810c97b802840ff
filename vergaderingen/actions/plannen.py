"""Een vergadering of een jaarrooster plannen, en verplaatsen wat gepland of opgeroepen is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.text import slugify

from berichten.actions import annuleer
from commissies.models import Commissie
from kern.fouten import GeenToegang, InvoerFout, OvergangGeweigerd
from kern.tekort import Tekort
from kern.tijd import datum_nl, vandaag
from logboek.actions import leg_vast
from toegang.models import Gebruiker
from vergaderingen import permissions
from vergaderingen.actions.bericht import (
    accounts,
    bericht_oproeping,
    bericht_rooster,
    bericht_verplaatst,
    wachtende_feiten,
)
from vergaderingen.actions.hulp import (
    bewaar_presentielijst,
    hoog_op,
    keur_beslotenheid,
    maak_presentielijst_leeg,
    vergrendel,
)
from vergaderingen.actions.stukkentermijn import open_stukkentermijn, sluit_stukkentermijn
from vergaderingen.enums import MET_COMMISSIE, Orgaan, Status
from vergaderingen.models import Vergadering, VorigAdres

BESLOTEN_VAN_AARD = {
    Orgaan.DAGELIJKS_BESTUUR: "Vergaderingen van het dagelijks bestuur zijn besloten.",
    Orgaan.COMMISSIE: "Vergaderingen van commissies zijn besloten.",
    Orgaan.WERKGROEP: "Vergaderingen van werkgroepen zijn besloten.",
    Orgaan.KROONLEDENOVERLEG: "Het kroonledenoverleg is besloten.",
}


def maak_slug(*, orgaan: str, commissie: Commissie | None, datum: date | None, behalve: int = 0) -> str:
    """Geef een vrij adres: "2026-11-27", voor andere organen "2026-11-27-dagelijks-bestuur"."""
    delen = [datum.isoformat() if datum else "zonder-datum"]
    if orgaan != Orgaan.RAAD:
        delen.append(slugify(commissie.naam if commissie else Orgaan(orgaan).label)[:80])
    basis = "-".join(delen)
    bezet = set(Vergadering.objects.filter(slug__startswith=basis).exclude(pk=behalve).values_list("slug", flat=True))
    slug, volgnummer = basis, 1
    while slug in bezet:
        volgnummer += 1
        slug = f"{basis}-{volgnummer}"
    return slug


def _controleer_tijden(begin: time | None, eind: time | None) -> None:
    if begin and eind and eind <= begin:
        raise InvoerFout("eind", "Het einde moet na het begin liggen.")


def _eis_bestaat(commissie: Commissie | None, datum: date) -> None:
    """Weiger een dag waarop de commissie er nog niet is, of niet meer."""
    if commissie is None:
        return
    if commissie.opgeheven_op and datum >= commissie.opgeheven_op:
        raise InvoerFout("datum", f"{commissie.naam} is op {datum_nl(commissie.opgeheven_op)} opgeheven.")
    if commissie.ingesteld_op and datum < commissie.ingesteld_op:
        raise InvoerFout("datum", f"{commissie.naam} is er vanaf {datum_nl(commissie.ingesteld_op)}.")


def _vergrendel_dag(orgaan: str, commissie: Commissie | None, datum: date) -> None:
    """Laat wie voor hetzelfde orgaan op dezelfde dag plant op elkaar wachten, tot het eind van de transactie."""
    with connection.cursor() as cursor:
        sleutel = f"vergadering:{orgaan}:{commissie.pk if commissie else ''}:{datum}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [sleutel])


def eis_vrije_plek(orgaan: str, commissie: Commissie | None, datum: date, begin: time | None, behalve: int = 0) -> None:
    """Weiger een tweede vergadering van hetzelfde orgaan op dezelfde dag en tijd (dubbel verzonden)."""
    _vergrendel_dag(orgaan, commissie, datum)
    zelfde = Vergadering.objects.filter(orgaan=orgaan, commissie=commissie, datum=datum, begin=begin)
    if zelfde.exclude(status__in=(Status.AFGELAST, Status.NIET_DOORGEGAAN)).exclude(pk=behalve).exists():
        raise InvoerFout("datum", f"Dit orgaan vergadert al op {datum_nl(datum)}, op dezelfde tijd.")


@transaction.atomic
def plan_vergadering(
    *,
    orgaan: str,
    datum: date,
    door: Gebruiker,
    commissie: Commissie | None = None,
    begin: time | None = None,
    eind: time | None = None,
    plaats: str = "",
    uitzending: str = "",
    openbaar: bool = True,
    besloten_reden: str = "",
    vorige: Vergadering | None = None,
    opmerking: str = "",
) -> Vergadering:
    """Plan een vergadering en geef haar terug, in stand gepland.

    Alleen de raad vergadert openbaar; een besloten raadsvergadering vraagt een reden (regel 26). Werpt InvoerFout bij
    een onbekend orgaan, een ontbrekende commissie of reden, of een einde voor het begin; GeenToegang.
    """
    if orgaan not in Orgaan.values:
        raise InvoerFout("orgaan", "Kies wie er vergadert.")
    if not permissions.mag_voor_orgaan(orgaan, door):
        raise GeenToegang
    if orgaan in MET_COMMISSIE and commissie is None:
        raise InvoerFout("commissie", "Kies de commissie of werkgroep die vergadert.")
    if orgaan not in MET_COMMISSIE:
        commissie = None
    _controleer_tijden(begin, eind)
    besloten_reden = besloten_reden.strip()
    if orgaan != Orgaan.RAAD:
        openbaar, besloten_reden = False, besloten_reden or BESLOTEN_VAN_AARD[Orgaan(orgaan)]
    keur_beslotenheid(openbaar=openbaar, reden=besloten_reden)
    _eis_bestaat(commissie, datum)
    eis_vrije_plek(orgaan, commissie, datum, begin)
    vergadering = Vergadering(
        orgaan=orgaan,
        commissie=commissie,
        slug=maak_slug(orgaan=orgaan, commissie=commissie, datum=datum),
        datum=datum,
        begin=begin,
        eind=eind,
        plaats=plaats.strip(),
        uitzending=uitzending.strip(),
        openbaar=openbaar,
        besloten_reden="" if openbaar else besloten_reden,
        oproeping=vorige.oproeping + 1 if vorige else 1,
        vorige=vorige,
        opmerking=opmerking.strip(),
    )
    try:
        with transaction.atomic():
            vergadering.save()
    except IntegrityError as fout:
        raise InvoerFout("", "Iemand plande dit zojuist ook. Kijk in de lijst en probeer het opnieuw.") from fout
    leg_vast(soort="vergaderingen.plan", object=vergadering, door=door, gegevens={"datum": datum.isoformat()})
    open_stukkentermijn(vergadering, door)
    return vergadering


@transaction.atomic
def plan_rooster(
    *, dagen: Sequence[date], door: Gebruiker, begin: time | None = None, eind: time | None = None, plaats: str = ""
) -> list[Vergadering]:
    """Plan de raadsvergaderingen van een jaar in één keer en geef ze terug; kan er één niet, dan komt er geen.

    De leden krijgen één bericht over wat daarvan nog komt (domein §5: het rooster en elke wijziging tijdig bekend).
    Werpt InvoerFout("dag_<maand>") bij een dag die al bezet is, en GeenToegang.
    """
    gepland = []
    for dag in dagen:
        try:
            gepland.append(
                plan_vergadering(orgaan=Orgaan.RAAD, datum=dag, begin=begin, eind=eind, plaats=plaats, door=door)
            )
        except InvoerFout as fout:
            raise InvoerFout(f"dag_{dag.month}" if fout.veld == "datum" else fout.veld, fout.tekst) from fout
    bericht_rooster(gepland, door)
    return gepland


@transaction.atomic
def plan_met_bericht(*, door: Gebruiker, **velden: Any) -> Vergadering:
    """Plan een vergadering (plan_vergadering); komt er een raadsvergadering bij, dan horen de leden dat."""
    gepland = plan_vergadering(door=door, **velden)
    if gepland.orgaan == Orgaan.RAAD:
        bericht_rooster([gepland], door)
    return gepland


@transaction.atomic
def verplaats(
    *,
    vergadering: Vergadering,
    versie: int | None,
    datum: date,
    door: Gebruiker,
    reden: str,
    begin: time | None = None,
    eind: time | None = None,
    plaats: str = "",
) -> Vergadering:
    """Verplaats een geplande of opgeroepen vergadering naar een andere dag, tijd of plaats, met bericht.

    Wie was opgeroepen krijgt bericht; de kring van een geplande vergadering ook (rooster, domein §5), en wie er op de
    nieuwe dag niet meer bij hoort. Op een andere dag begint de presentielijst leeg: het quorum telt wie er dan is.
    Tien minuten lang is de verplaatsing te herroepen (herroep_verplaatsing); het logboek houdt wat er daarvoor was.
    Werpt InvoerFout, OvergangGeweigerd, VerouderdeVersie, GeenToegang.
    """
    rij = vergrendel(vergadering.pk, door=door, versie=versie)
    if rij.status not in (Status.GEPLAND, Status.OPGEROEPEN):
        raise OvergangGeweigerd([Tekort(f"De vergadering is {rij.get_status_display()} en ligt vast.")])
    if not reden.strip():
        raise InvoerFout("reden", "Geef de reden van de verplaatsing; die komt in het dossier te staan.")
    if rij.opgeroepen_op and datum < rij.opgeroepen_op:
        raise InvoerFout("datum", f"De leden zijn pas op {datum_nl(rij.opgeroepen_op)} opgeroepen.")
    _controleer_tijden(begin, eind)
    _eis_bestaat(rij.commissie, datum)
    eis_vrije_plek(rij.orgaan, rij.commissie, datum, begin, behalve=rij.pk)
    anders = (rij.datum != datum, (rij.begin, rij.eind) != (begin, eind), rij.plaats != plaats.strip())
    if not any(anders):
        raise InvoerFout("datum", "Deze dag, tijd en plaats heeft de vergadering al.")
    eerder = accounts(rij)
    oud = {
        "datum": str(rij.datum), "begin": str(rij.begin), "eind": str(rij.eind), "plaats": rij.plaats, "adres": rij.slug
    }  # fmt: skip
    if datum != rij.datum:
        VorigAdres.objects.update_or_create(slug=rij.slug, defaults={"vergadering": rij})
        rij.slug = maak_slug(orgaan=rij.orgaan, commissie=rij.commissie, datum=datum, behalve=rij.pk)
    rij.datum, rij.begin, rij.eind, rij.plaats = datum, begin, eind, plaats.strip()
    hoog_op(rij)
    nieuw = {"datum": str(datum), "begin": str(begin), "eind": str(eind), "plaats": rij.plaats}
    andere_dag, andere_tijd, _ = anders
    lijst = bewaar_presentielijst(rij)
    getekend = maak_presentielijst_leeg(rij) if andere_dag else []
    vervalt = ("plan", "roep_op", "verplaats", "komst") if andere_dag else ("plan", "roep_op", "verplaats")
    leg_vast(
        soort="vergaderingen.verplaats", object=rij, door=door, reden=reden.strip(),
        gegevens={"oud": oud, "nieuw": nieuw, "rijversie": rij.rijversie, "lijst": lijst,
                  "wachtte": wachtende_feiten(rij, vervalt)} | ({"presentie": getekend} if getekend else {}),
    )  # fmt: skip
    waarom = f"Verplaatst naar {datum_nl(datum)}."
    if andere_dag and sluit_stukkentermijn(rij, waarom, door):
        open_stukkentermijn(rij, door)
    terug = {feit: annuleer(feit_begin=f"vergaderingen.{feit}:{rij.pk}", reden=waarom, door=door) for feit in vervalt}
    if datum < vandaag():
        return rij
    if terug["plan"]:
        bericht_rooster([rij], door)  # wat nog wachtte noemde de oude dag
    if terug["roep_op"]:
        bericht_oproeping(rij, door)
    bericht_verplaatst(rij, door, andere_dag=andere_dag, andere_tijd=andere_tijd, eerder=eerder)
    return rij
