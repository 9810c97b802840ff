"""Stap 8: klaarzetten, bevestigen, aanbieden en dat herroepen, en de ontvangst vastleggen."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from adviezen import permissions
from adviezen.actions.adviesgegevens import advies_van, vraag_adviespdf
from adviezen.actions.bericht import krijgt_bericht
from adviezen.actions.brieven import laat_handtekeningen_vervallen, leg_terug, open_aanbieding
from adviezen.actions.handelen import Gevolg, feit, uitvoering, voorvertoning, zet_stap
from adviezen.actions.hulp import hoog_op, vergrendel
from adviezen.actions.impact import openbare_impact
from adviezen.actions.klokken import NA_VASTSTELLEN, laat_klokken_vervallen, open_klokken, schuif_na_vaststelling
from adviezen.actions.pers import openbaar_persbericht
from adviezen.enums import Stap
from adviezen.models import Aanbieding, Advies, Adviestraject
from adviezen.openbaar import klok_van, publiceer_advies, sleutel_van
from adviezen.policies.aanbieding import brief_tekorten, vastgestelde_versie, waarschuwingen
from adviezen.queries.aanspreken import met_rol, wie_behandelt
from adviezen.queries.inspraak import openbare_lijst
from adviezen.queries.standpunten import openbare_standpunten
from berichten.actions import annuleer, stuur
from commissies.queries import leden_van
from kern.fouten import GeenToegang, InvoerFout, eis
from kern.tijd import AMSTERDAM, WACHTTIJD, datum_nl, moment_nl, nu, vandaag
from logboek.actions import leg_vast
from publicatie.actions import herroep as herroep_publicatie
from publicatie.queries import laatste as laatste_publicatie
from stukken.enums import PdfStatus
from termijnen.actions import heropen, voldoe
from termijnen.models import Termijn
from termijnen.regels import vervaldatum
from toegang.enums import Rol
from toegang.models import Gebruiker

if TYPE_CHECKING:
    from stukken.models import Bestand

# Langer blijft een vastgesteld advies niet stil: dan hoort het kabinet al te antwoorden. Vangt ook een tikfout.
LANGSTE_EMBARGO = timedelta(days=92)

VAN_COMMISSIE = ("mens van de commissie", "mensen van de commissie")

# Wat aanbieden afsluit: de adviestermijn, en na de vaststelling de tijd om aan te bieden en openbaar te maken.
BIJ_AANBIEDEN = ("adviestermijn", *NA_VASTSTELLEN)


@transaction.atomic
def zet_klaar(
    *,
    traject: Adviestraject,
    versie: int | None,
    door: "Gebruiker",
    embargo_tot: datetime | None = None,
    pdf: "Bestand | None" = None,
) -> Aanbieding:
    """Zet de aanbieding klaar: tekst, PDF en brieven. Daarna bevestigt een ander; een eerdere bevestiging vervalt.

    `pdf` alleen als het bestand elders is gemaakt; anders moet de PDF van deze inhoud klaar zijn. Werpt InvoerFout
    ("nummer", "embargo_tot", …) en OvergangGeweigerd met wat er aan de brieven ontbreekt.
    """
    vers, aanbieding = open_aanbieding(traject, versie, door)
    tekst = vastgestelde_versie(vers)
    if tekst is None:
        raise InvoerFout("", "De vastgestelde tekst ontbreekt.")
    if embargo_tot is not None and embargo_tot <= nu():
        raise InvoerFout("embargo_tot", "Het embargo moet in de toekomst liggen.")
    if embargo_tot is not None and embargo_tot > nu() + LANGSTE_EMBARGO:
        raise InvoerFout("embargo_tot", "Een embargo duurt hoogstens drie maanden.")
    if pdf is None:
        opdracht = vraag_adviespdf(traject=vers, door=door)
        if opdracht.status == PdfStatus.MISLUKT:
            raise InvoerFout("", f"De PDF is niet gemaakt: {opdracht.fout}")
        if opdracht.status != PdfStatus.KLAAR:
            raise InvoerFout("", "De PDF van deze tekst is nog niet klaar. Maak haar, en probeer het dan opnieuw.")
        pdf = opdracht.bestand
    eis([t for t in brief_tekorten(vers, aanbieding) if "afgetekend" not in t.tekst])
    aanbieding.versie, aanbieding.pdf, aanbieding.pdf_van_hash = tekst, pdf, tekst.hash
    aanbieding.embargo_tot = embargo_tot
    aanbieding.klaargezet_door, aanbieding.klaargezet_op = door, nu()
    aanbieding.bevestigd_door, aanbieding.bevestigd_op = None, None
    aanbieding.save()
    hoog_op(vers)
    leg_vast(soort="adviezen.zet_klaar", object=vers, door=door, gegevens={"versie": str(tekst), "hash": tekst.hash})
    return aanbieding


@transaction.atomic
def bevestig(*, traject: Adviestraject, versie: int | None, door: "Gebruiker") -> Aanbieding:
    """Bevestig een klaargezette aanbieding; nooit door wie haar klaarzette."""
    vers = vergrendel(traject.pk, versie)
    aanbieding = Aanbieding.objects.filter(traject=vers).first()
    if vers.stap != Stap.AANBIEDING or aanbieding is None or aanbieding.klaargezet_op is None:
        raise InvoerFout("", "Er is nog geen aanbieding klaargezet om te bevestigen.")
    if aanbieding.klaargezet_door_id == door.pk:
        raise InvoerFout("", "U zette deze aanbieding klaar; een ander bevestigt haar.")
    if not permissions.mag_bevestigen(aanbieding, door):
        raise GeenToegang
    aanbieding.bevestigd_door, aanbieding.bevestigd_op = door, nu()
    aanbieding.save(update_fields=["bevestigd_door", "bevestigd_op"])
    hoog_op(vers)
    leg_vast(soort="adviezen.bevestig_aanbieding", object=vers, door=door)
    return aanbieding


# --- aanbieden ----------------------------------------------------------------------------------------------------


def openbaar_vanaf(aanbieding: Aanbieding, op: date) -> datetime:
    """Geef wanneer het advies openbaar wordt: tien minuten na aanbieden, of bij het embargo als dat later is.

    Bij een aanbieding die achteraf wordt vastgelegd (`op` voor vandaag): die dag om twaalf uur.
    """
    vanaf = nu() + WACHTTIJD if op >= vandaag() else datetime.combine(op, time(12), AMSTERDAM)
    return max(vanaf, aanbieding.embargo_tot) if aanbieding.embargo_tot is not None else vanaf


def _ontvangers(traject: Adviestraject) -> list[tuple[Gebruiker, str, str, bool]]:
    """Geef (wie, onderwerp, pad, na embargo) van de berichten bij een aanbieding."""
    pad = f"/werk/trajecten/{traject.slug}/"
    uit: dict[int, tuple[Gebruiker, str, str, bool]] = {
        g.pk: (g, "Verstuur de aanbiedingsbrieven van een advies", pad, False) for g in wie_behandelt(traject)
    }
    for g in met_rol(Rol.COMMUNICATIE):
        uit.setdefault(g.pk, (g, "Een advies is aangeboden en wordt openbaar", pad, False))
    if traject.commissie is not None:
        for lid in leden_van(traject.commissie, vandaag()).select_related("persoon__gebruiker"):
            account = lid.persoon.gebruiker
            if account is not None and account.is_active:
                uit.setdefault(account.pk, (account, "Een advies van uw commissie is aangeboden", "/lezen/", True))
    return list(uit.values())


@voorvertoning("bied_aan")
def toon_aanbieding(traject: Adviestraject) -> list[Gevolg]:
    """Wie wat krijgt, wanneer het openbaar wordt, en welke klok gaat lopen."""
    aanbieding = Aanbieding.objects.filter(traject=traject).first()
    if aanbieding is None:
        return []
    advies = advies_van(traject)
    uit = [
        Gevolg(b.aan, "krijgt een afschrift" if b.afschrift else "krijgt het advies met de brief")
        for b in aanbieding.brieven.all()
    ]
    wanneer = openbaar_vanaf(aanbieding, vandaag())
    hoe = f"na het embargo, {moment_nl(wanneer)}" if wanneer == aanbieding.embargo_tot else "na tien minuten"
    ontvangers = _ontvangers(traject)
    pas_dan = [o for o in ontvangers if o[3]] if wanneer == aanbieding.embargo_tot else []
    uit += [
        krijgt_bericht(len(ontvangers) - len(pas_dan), "mens die eraan werkte", "mensen die eraan werkten"),
        *([krijgt_bericht(len(pas_dan), *VAN_COMMISSIE, "na het embargo")] if pas_dan else []),
        Gevolg("Iedereen", f"leest het advies {advies.nummer or ''} {hoe}".replace("  ", " ")),
    ]
    if advies.heeft_klok:
        dag = vervaldatum("kabinetsreactie", vandaag())
        uit.append(Gevolg("Het kabinet", f"reageert volgens afspraak uiterlijk {datum_nl(dag)}"))
    return uit + [Gevolg("Let op", t.tekst) for t in waarschuwingen(traject)]


@uitvoering("bied_aan")
def bied_aan(
    traject_pk: int,
    *,
    versie: int | None,
    overgang: str,
    door: "Gebruiker",
    reden: str = "",
    op: date | None = None,
) -> Adviestraject:
    """Bied het advies aan op dag `op` (standaard vandaag): berichten, publicatie en de klok van drie maanden.

    Bij een dag in het verleden gaan er geen berichten uit. De adviestermijn is voldaan.
    """
    dag = op or vandaag()
    let_op = [t.tekst for t in waarschuwingen(vergrendel(traject_pk, versie))]
    traject = zet_stap(
        traject_pk,
        versie=versie,
        overgang=overgang,
        door=door,
        reden=reden,
        gegevens={"waarschuwingen": let_op} if let_op else None,
        op=dag,
    )
    aanbieding = traject.aanbieding
    advies: Advies = traject.advies
    advies.uitgebracht_op = dag
    advies.rijversie += 1
    advies.save()
    vanaf = openbaar_vanaf(aanbieding, dag)
    maak_openbaar(advies, aanbieding, vanaf=vanaf, door=door)
    for termijn in Termijn.objects.van(traject).lopend().filter(soort__in=BIJ_AANBIEDEN):
        voldoe(termijn=termijn, door=door, op=dag)
    open_klokken(advies, dag, eigenaar=traject.secretaris, door=door)
    if dag >= vandaag():
        for gebruiker, onderwerp, pad, wacht_op_embargo in _ontvangers(traject):
            stuur(
                ontvanger=gebruiker,
                onderwerp=onderwerp,
                pad=pad,
                feit=feit(traject, overgang),
                niet_voor=vanaf if wacht_op_embargo else None,
                door=door,
            )
    return traject


def maak_openbaar(
    advies: Advies,
    aanbieding: Aanbieding,
    *,
    vanaf: datetime,
    door: "Gebruiker",
    met_pdf: bool = True,
    extra: dict[str, Any] | None = None,
) -> None:
    """Maak het advies openbaar vanaf `vanaf`, met zijn PDF, de vraag, de klok en wie wat vond."""
    assert aanbieding.versie is not None  # noqa: S101 - het beleid keek dit na
    bestanden = []
    if met_pdf and aanbieding.pdf is not None:
        pdf = aanbieding.pdf
        bestanden.append({"rol": "pdf", "naam": pdf.naam, "sha256": pdf.sha256, "soort": "application/pdf"})
    publiceer_advies(
        advies=advies,
        html=aanbieding.versie.html,
        vanaf=vanaf,
        door=door,
        bestanden=bestanden,
        extra=gegevens_erbij(advies) | (extra or {}),
    )


def gegevens_erbij(advies: Advies) -> dict[str, Any]:
    """Geef wat naast het advies zelf in de publicatie komt: vraag, klok, wie wat vond, persbericht, woordvoerder."""
    traject = advies.traject
    assert traject is not None  # noqa: S101 - alleen een advies uit een traject wordt aangeboden
    aanvraag = getattr(traject, "aanvraag", None)
    meer: dict[str, Any] = openbaar_persbericht(traject) | openbare_impact(traject)
    if traject.rechtstreeks:
        meer["rechtstreeks"] = traject.rechtstreeks
    if aanvraag is not None and aanvraag.openbaar:
        meer["vraag"] = aanvraag.vraag
    gehoord = openbare_lijst(traject)
    if gehoord:
        meer["gehoord"] = gehoord
    klok = klok_van(advies)
    if klok is not None:
        meer["klok"] = klok
    if standpunten := openbare_standpunten(traject):
        meer["standpunten"] = standpunten
    return meer


@uitvoering("herroep_aanbieding")
def herroep_aanbieding(
    traject_pk: int, *, versie: int | None, overgang: str, door: "Gebruiker", reden: str = ""
) -> Adviestraject:
    """Herroep het aanbieden: berichten, publicatie en klok gaan niet door, de adviestermijn loopt weer.

    Daarna bevestigt een tweede persoon opnieuw; na een correctie gaat ook klaarzetten opnieuw. Wat al openbaar is, kan
    niet meer terug: dan weigert dit.
    """
    vorig = vergrendel(traject_pk, versie)
    traject = zet_stap(traject_pk, versie=versie, overgang=overgang, door=door, reden=reden)
    annuleer(feit_begin=f"adviezen.{vorig.laatste_overgang}:{vorig.pk}", reden=reden, door=door)
    advies: Advies = traject.advies
    # Een correctie in deze minuten gaf een tweede die wacht; wordt alleen die herroepen, dan geldt de eerste door.
    while (rij := laatste_publicatie(sleutel_van(advies))) is not None:
        herroep_publicatie(publicatie=rij, door=door, reden=reden)
    laat_klokken_vervallen(advies, reden=reden, door=door)
    for termijn in Termijn.objects.van(traject).filter(soort__in=BIJ_AANBIEDEN, status="voldaan"):
        heropen(termijn=termijn, reden=reden, door=door)
    vast, na = traject.vastgesteld_op, Termijn.objects.van(traject).lopend().filter(soort__in=NA_VASTSTELLEN)
    if vast is not None and na.exclude(basis=vast).exists():
        schuif_na_vaststelling(traject, vast, reden=reden, door=door)  # hersteld terwijl zij voldaan waren
    advies.uitgebracht_op = None
    advies.rijversie += 1
    advies.save()
    aanbieding = traject.aanbieding
    aanbieding.bevestigd_door, aanbieding.bevestigd_op, aanbieding.ontvangst_bevestigd_op = None, None, None
    aanbieding.save()
    if traject.correcties.filter(op__gte=vorig.stap_sinds).exists():
        # Wat klaarlag is van voor de correctie: de PDF en de brieven zeggen nog wat er toen stond.
        laat_handtekeningen_vervallen(aanbieding)
        leg_terug(aanbieding)
    return traject


@transaction.atomic
def leg_ontvangst_vast(*, traject: Adviestraject, versie: int | None, op: date, door: "Gebruiker") -> Aanbieding:
    """Leg vast dat de adviesvrager de ontvangst bevestigde. Werpt InvoerFout("op")."""
    vers = vergrendel(traject.pk, versie)
    aanbieding = Aanbieding.objects.filter(traject=vers).first()
    if vers.stap != Stap.AANGEBODEN or aanbieding is None or vers.aangeboden_op is None:
        raise InvoerFout("", "Het advies is nog niet aangeboden.")
    if not permissions.mag_klaarzetten(aanbieding, door):
        raise GeenToegang
    if op < vers.aangeboden_op or op > vandaag():
        raise InvoerFout("op", f"Kies een dag van {datum_nl(vers.aangeboden_op)} tot en met vandaag.")
    aanbieding.ontvangst_bevestigd_op = op
    aanbieding.save(update_fields=["ontvangst_bevestigd_op"])
    hoog_op(vers)
    leg_vast(soort="adviezen.leg_ontvangst_vast", object=vers, door=door, gegevens={"op": op.isoformat()})
    return aanbieding
