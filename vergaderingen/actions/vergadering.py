"""Plannen, oproepen, verplaatsen, afgelasten, openen en sluiten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.urls import reverse
from django.utils.text import slugify

from berichten.actions import annuleer, herroep
from commissies.models import Commissie
from kern.fouten import GeenToegang, InvoerFout, OvergangGeweigerd
from kern.tekort import Tekort
from kern.tijd import AMSTERDAM, dag_van, datum_nl, nu, vandaag
from logboek.actions import leg_vast
from overgangen import voer_uit
from toegang.models import Gebruiker
from vergaderingen import agenda, permissions, policies
from vergaderingen.actions.bericht import (
    accounts,
    bericht_kring,
    bericht_oproeping,
    bericht_rooster,
    bericht_verplaatst,
)
from vergaderingen.actions.hulp import hoog_op, keur_beslotenheid, maak_presentielijst_leeg, vergrendel
from vergaderingen.actions.stukkentermijn import (
    heropen_stukkentermijn,
    open_stukkentermijn,
    sluit_stukkentermijn,
    voldoe_stukkentermijn,
)
from vergaderingen.enums import MET_COMMISSIE, Orgaan, Status
from vergaderingen.models import Vergadering

WACHTTIJD = timedelta(minutes=10)
VROEGST = timedelta(days=366)  # de stukken gaan zo'n tien dagen vooraf uit; een jaar eerder is een tikfout
AANKONDIGINGEN = ("plan", "roep_op", "verplaats", "zet_openbaarheid", "komst")
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


def _eis_vrije_plek(
    orgaan: str, commissie: Commissie | None, datum: date, begin: time | None, behalve: int = 0
) -> None:
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
    _eis_vrije_plek(orgaan, commissie, datum, begin)
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
    _eis_vrije_plek(rij.orgaan, rij.commissie, datum, begin, behalve=rij.pk)
    anders = (rij.datum != datum, (rij.begin, rij.eind) != (begin, eind), rij.plaats != plaats.strip())
    if not any(anders):
        raise InvoerFout("datum", "Deze dag, tijd en plaats heeft de vergadering al.")
    eerder = accounts(rij)
    oud = {"datum": str(rij.datum), "begin": str(rij.begin), "eind": str(rij.eind), "plaats": rij.plaats}
    if datum != rij.datum:
        rij.slug = maak_slug(orgaan=rij.orgaan, commissie=rij.commissie, datum=datum, behalve=rij.pk)
    rij.datum, rij.begin, rij.eind, rij.plaats = datum, begin, eind, plaats.strip()
    hoog_op(rij)
    nieuw = {"datum": str(datum), "begin": str(begin), "eind": str(eind), "plaats": rij.plaats}
    andere_dag, andere_tijd, _ = anders
    getekend = maak_presentielijst_leeg(rij) if andere_dag else []
    leg_vast(
        soort="vergaderingen.verplaats", object=rij, door=door, reden=reden.strip(),
        gegevens={"oud": oud, "nieuw": nieuw} | ({"presentie": getekend} if getekend else {}),
    )  # fmt: skip
    waarom = f"Verplaatst naar {datum_nl(datum)}."
    if andere_dag and sluit_stukkentermijn(rij, waarom, door):
        open_stukkentermijn(rij, door)
    terug = {
        feit: annuleer(feit_begin=f"vergaderingen.{feit}:{rij.pk}", reden=waarom, door=door)
        for feit in ("plan", "roep_op", "verplaats")
    }
    if andere_dag:
        annuleer(feit_begin=f"vergaderingen.komst:{rij.pk}", reden=waarom, door=door)
    if datum < vandaag():
        return rij
    if terug["plan"]:
        bericht_rooster([rij], door)  # wat nog wachtte noemde de oude dag
    if terug["roep_op"]:
        bericht_oproeping(rij, door)
    bericht_verplaatst(rij, door, andere_dag=andere_dag, andere_tijd=andere_tijd, eerder=eerder)
    return rij


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
    """
    af = voer_uit(
        Vergadering, vergadering.pk, versie, "gelast_af", door=door, reden=reden, afgelast_reden=reden.strip()[:300]
    )
    sluit_stukkentermijn(af, "De vergadering is afgelast.", door)
    for feit in AANKONDIGINGEN:
        annuleer(feit_begin=f"vergaderingen.{feit}:{af.pk}", reden="De vergadering is afgelast.", door=door)
    agenda.trek_terug(list(af.agendapunten.all()), reden="De vergadering is afgelast.", door=door)
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
        gegevens={"agenda": [f"{p.stuknummer or '–'} {p.onderwerp}" for p in punten],
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


def _heeft_besluiten(vergadering: Vergadering) -> bool:
    """Geef of er op de besluitenlijst iets staat dat de hele kring mag lezen."""
    punten = vergadering.agendapunten.filter(vertrouwelijk=False, vervallen_reden="")
    return punten.filter(besluiten__isnull=False).exists() or bool(agenda.uitkomsten(list(punten)))
