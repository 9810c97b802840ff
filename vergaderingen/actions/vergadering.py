"""Oproepen en dat herroepen, afgelasten, openen, sluiten, en vaststellen dat het quorum ontbreekt."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from berichten.actions import annuleer, herroep
from kern.fouten import InvoerFout
from kern.tijd import AMSTERDAM, WACHTTIJD, dag_van, datum_nl, nu, vandaag
from overgangen import voer_uit
from toegang.models import Gebruiker
from vergaderingen import agenda, policies
from vergaderingen.actions.bericht import (
    bericht_kring,
    bericht_oproeping,
    wachtende_feiten,
)
from vergaderingen.actions.hulp import vergrendel
from vergaderingen.actions.plannen import plan_met_bericht
from vergaderingen.actions.stukkentermijn import (
    heropen_stukkentermijn,
    sluit_stukkentermijn,
    voldoe_stukkentermijn,
)
from vergaderingen.models import Agendapunt, Vergadering

VROEGST = timedelta(days=366)  # de stukken gaan zo'n tien dagen vooraf uit; een jaar eerder is een tikfout
AANKONDIGINGEN = ("plan", "roep_op", "verplaats", "zet_openbaarheid", "komst")


@transaction.atomic
def roep_op(
    *,
    vergadering: Vergadering,
    versie: int | None,
    door: Gebruiker,
    opgeroepen_op: date | None = None,
    stukken_op: date | None = None,
) -> Vergadering:
    """Roep de leden op en leg vast wanneer de stukken uitgaan (regel 25; te laat is een gelogde waarschuwing).

    Zonder datum geldt vandaag. De berichten en de openbare agenda wachten tien minuten (herroepbaar); bij een oproeping
    in het verleden gaan er geen berichten uit. Werpt InvoerFout, OvergangGeweigerd, VerouderdeVersie, GeenToegang.
    """
    dag = opgeroepen_op or vandaag()
    stukken = stukken_op or dag
    if dag > vandaag():
        raise InvoerFout("opgeroepen_op", "De oproeping kan niet in de toekomst liggen.")
    if vergadering.datum and dag < vergadering.datum - VROEGST:
        raise InvoerFout("opgeroepen_op", "Dit is meer dan een jaar voor de vergadering. Kijk het jaar na.")
    if stukken < dag:
        raise InvoerFout("stukken_op", "De stukken gaan niet eerder uit dan de oproeping.")
    if stukken > vandaag() or (stukken_op and vergadering.datum and stukken_op > vergadering.datum):
        raise InvoerFout("stukken_op", "De stukken gaan uiterlijk vandaag uit, en voor de vergadering.")
    nu_oproepen = dag == vandaag()
    vanaf = nu() + WACHTTIJD if nu_oproepen else datetime.combine(dag, time(12), AMSTERDAM)
    waarschuwing = policies.te_laat(vergadering, stukken)
    opgeroepen = voer_uit(
        Vergadering, vergadering.pk, versie, "roep_op", door=door,
        gegevens={"waarschuwing": waarschuwing} if waarschuwing else None,
        opgeroepen_op=dag, stukken_op=stukken, agenda_vanaf=vanaf,
    )  # fmt: skip
    for bron in agenda.bronnen():  # eerst de zaken op slot, dan de termijn: zo doet ook wie een bureau overdraagt het
        bron.opgeroepen(vergadering=opgeroepen, door=door)
    voldoe_stukkentermijn(opgeroepen, stukken, door)
    if nu_oproepen:
        bericht_oproeping(opgeroepen, door)
    return opgeroepen


@transaction.atomic
def herroep_oproeping(*, vergadering: Vergadering, versie: int | None, reden: str, door: Gebruiker) -> Vergadering:
    """Neem de oproeping terug zolang de berichten nog wachten; berichten en openbaarheid vervallen."""
    terug = voer_uit(Vergadering, vergadering.pk, versie, "herroep_oproeping", door=door, reden=reden)
    herroep(feit_begin=f"vergaderingen.roep_op:{terug.pk}", door=door)
    heropen_stukkentermijn(terug, reden, door)
    terug.agendapunten.filter(na_oproeping=True).update(na_oproeping=False, rijversie=F("rijversie") + 1)
    for bron in agenda.bronnen():
        bron.oproeping_herroepen(vergadering=terug, door=door)
    return terug


@transaction.atomic
def gelast_af(*, vergadering: Vergadering, versie: int | None, reden: str, door: Gebruiker) -> Vergadering:
    """Gelast een geplande of opgeroepen vergadering af, met reden en bericht aan de kring.

    Wachtte de oproeping nog, dan gaat zij niet uit; wat met de agenda nog openbaar zou worden, wordt dat niet.
    Tien minuten lang is het te herroepen (herroep_afgelasting).
    """
    vergrendel(vergadering.pk, door=door)  # wat er nog wacht, wacht dan ook straks nog
    af = voer_uit(
        Vergadering, vergadering.pk, versie, "gelast_af", door=door, reden=reden, afgelast_reden=reden.strip()[:300],
        gegevens={"wachtte": wachtende_feiten(vergadering, AANKONDIGINGEN)},
    )  # fmt: skip
    sluit_stukkentermijn(af, policies.AFGELAST, door)
    for feit in AANKONDIGINGEN:
        annuleer(feit_begin=f"vergaderingen.{feit}:{af.pk}", reden=policies.AFGELAST, door=door)
    agenda.trek_terug(list(af.agendapunten.all()), reden=policies.AFGELAST, door=door)
    if af.datum and af.datum >= vandaag():
        onderwerp = f"Afgelast: {af.naam} van {datum_nl(af.datum)}"
        bericht_kring(af, feit="gelast_af", onderwerp=onderwerp, door=door)
    return af


@transaction.atomic
def open_vergadering(
    *, vergadering: Vergadering, versie: int | None, door: Gebruiker, geopend_op: datetime | None = None
) -> Vergadering:
    """Open de vergadering als het quorum er is (regel 27). Zonder `geopend_op` geldt nu.

    Werpt InvoerFout als het moment niet op de vergaderdag valt of nog komt, verder wat voer_uit werpt.
    """
    moment = geopend_op or nu()
    dag = dag_van(moment)
    if vergadering.datum and dag != vergadering.datum and (geopend_op or dag > vergadering.datum):
        raise InvoerFout("geopend_op", f"De opening moet op de vergaderdag liggen: {datum_nl(vergadering.datum)}.")
    if moment > nu():
        raise InvoerFout("geopend_op", "De opening kan niet in de toekomst liggen.")
    return voer_uit(Vergadering, vergadering.pk, versie, "open", door=door, geopend_op=moment)


@transaction.atomic
def sluit_vergadering(
    *, vergadering: Vergadering, versie: int | None, door: Gebruiker, gesloten_op: datetime | None = None
) -> Vergadering:
    """Sluit een geopende vergadering. Zonder `gesloten_op` geldt nu, en krijgt de kring de besluitenlijst.

    Werpt InvoerFout bij een moment dat nog komt, en wat voer_uit werpt.
    """
    moment = gesloten_op or nu()
    if moment > nu():
        raise InvoerFout("gesloten_op", "De sluiting kan niet in de toekomst liggen.")
    gesloten = voer_uit(Vergadering, vergadering.pk, versie, "sluit", door=door, gesloten_op=moment)
    if gesloten_op is None and gesloten.datum == vandaag() and _heeft_besluiten(gesloten):
        bericht_kring(
            gesloten, feit="sluit", onderwerp=f"Besluitenlijst: {gesloten.naam} van {datum_nl(vandaag())}",
            door=door, pad=reverse("vergaderingen_lezen:besluiten", args=[gesloten.pk]),
        )  # fmt: skip
    return gesloten


@transaction.atomic
def stel_ontbreken_quorum_vast(
    *,
    vergadering: Vergadering,
    versie: int | None,
    door: Gebruiker,
    nieuwe_datum: date,
    begin: time | None = None,
    eind: time | None = None,
    plaats: str = "",
) -> Vergadering:
    """Leg vast dat het quorum ontbrak en plan de volgende oproeping; geef die nieuwe vergadering terug.

    De agenda, met stuknummers, gaat mee naar de nieuwe vergadering; wie daar bij een punt zou vervangen niet. De leden
    horen de nieuwe dag. De derde oproeping vergadert met elk aantal (Wet art. 20). Werpt InvoerFout bij een dag die
    niet later is, verder wat voer_uit en plan_vergadering werpen.
    """
    if vergadering.datum and nieuwe_datum <= vergadering.datum:
        raise InvoerFout("nieuwe_datum", "De volgende oproeping is voor een latere dag.")
    vergrendel(vergadering.pk, door=door)  # de agenda die meegaat is die van nu
    punten = list(vergadering.agendapunten.order_by("volgorde"))
    oud = voer_uit(
        Vergadering, vergadering.pk, versie, "ga_niet_door", door=door,
        gegevens={"agenda": [_in_het_logboek(p) for p in punten],
                  "aanwezig": policies.quorum(vergadering).aanwezig},
    )  # fmt: skip
    for feit in AANKONDIGINGEN:
        annuleer(feit_begin=f"vergaderingen.{feit}:{oud.pk}", reden="Er was geen quorum.", door=door)
    nieuw = plan_met_bericht(
        orgaan=oud.orgaan, commissie=oud.commissie, datum=nieuwe_datum, door=door, begin=begin or oud.begin,
        eind=eind or oud.eind, plaats=plaats or oud.plaats, openbaar=oud.openbaar,
        besloten_reden=oud.besloten_reden, vorige=oud, uitzending=oud.uitzending,
    )  # fmt: skip
    for punt in punten:
        punt.vervangingen.all().delete()  # zij hoorden bij de presentielijst van die dag
        punt.vergadering, punt.na_oproeping = nieuw, False
        punt.rijversie += 1
        punt.save()
    return nieuw


def _in_het_logboek(punt: Agendapunt) -> str:
    """Geef een punt van de agenda zoals het logboek het mag bewaren: een vertrouwelijk onderwerp staat daar niet."""
    onderwerp = "vertrouwelijk punt" if punt.vertrouwelijk else punt.onderwerp
    return f"{punt.stuknummer or '–'} {onderwerp}{' (vervallen)' * punt.vervallen}"


def _heeft_besluiten(vergadering: Vergadering) -> bool:
    """Geef of er op de besluitenlijst iets staat dat de hele kring mag lezen."""
    punten = vergadering.agendapunten.filter(vertrouwelijk=False, vervallen_reden="")
    return punten.filter(besluiten__isnull=False).exists() or bool(agenda.uitkomsten(list(punten)))
