"""Stap 2: criteria beoordelen, het besluit van het dagelijks bestuur vastleggen, toewijzen of weigeren."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from adviezen import permissions
from adviezen.actions.bericht import bericht_behandelaars, krijgt_bericht
from adviezen.actions.handelen import Gevolg, feit, uitvoering, voorvertoning, zet_stap
from adviezen.actions.hulp import hoog_op, vergrendel
from adviezen.enums import Criterium, Stap, ToewijzingBesluit
from adviezen.models import Adviestraject, CriteriumOordeel, Toewijzing
from adviezen.policies.toewijzing import geldend_besluit, is_kroonlid
from berichten.actions import annuleer, stuur
from commissies.enums import SoortCommissie
from commissies.queries import leden_van
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import datum_nl, vandaag
from logboek.actions import leg_vast

if TYPE_CHECKING:
    from commissies.models import Commissie
    from raad.models import Persoon
    from stukken.models import Bestand
    from toegang.models import Gebruiker
    from vergaderingen.models import Vergadering


@dataclass(frozen=True)
class Oordeel:
    """Het oordeel over één criterium; `naam` alleen bij een eigen criterium."""

    criterium: str
    oordeel: str
    toelichting: str
    naam: str = ""


def _open(traject: Adviestraject, versie: int | None, door: "Gebruiker") -> Adviestraject:
    vers = vergrendel(traject.pk, versie)
    if not permissions.mag_db_besluit_vastleggen(vers, door):
        raise GeenToegang
    if vers.stap != Stap.TOEWIJZING:
        raise InvoerFout("", "Dit kan alleen zolang de aanvraag bij het dagelijks bestuur ligt.")
    return vers


@transaction.atomic
def beoordeel_criteria(
    *, traject: Adviestraject, versie: int | None, oordelen: Sequence[Oordeel], door: "Gebruiker"
) -> Adviestraject:
    """Leg de oordelen over de criteria vast; wat niet genoemd is, vervalt. Geeft het verse traject.

    De zeven criteria en eigen criteria ("onder meer", domein §13.4). Werpt InvoerFout bij een oordeel zonder
    toelichting of een dubbel criterium.
    """
    traject = _open(traject, versie, door)
    gezien: set[tuple[str, str]] = set()
    for o in oordelen:
        sleutel = (o.criterium, o.naam.strip().lower())
        if sleutel in gezien:
            raise InvoerFout("", f"Het criterium “{o.naam or Criterium(o.criterium).label}” staat er twee keer.")
        gezien.add(sleutel)
        if not o.toelichting.strip():
            raise InvoerFout(o.criterium, "Licht het oordeel toe.")
        if (o.criterium == Criterium.EIGEN) != bool(o.naam.strip()):
            raise InvoerFout(o.criterium, "Geef een eigen criterium een naam.")
    CriteriumOordeel.objects.filter(traject=traject).delete()
    CriteriumOordeel.objects.bulk_create(
        CriteriumOordeel(
            traject=traject,
            criterium=o.criterium,
            naam=o.naam.strip(),
            oordeel=o.oordeel,
            toelichting=o.toelichting.strip(),
        )
        for o in oordelen
    )
    hoog_op(traject)
    leg_vast(
        soort="adviezen.beoordeel_criteria",
        object=traject,
        door=door,
        gegevens={"oordelen": {o.naam or o.criterium: o.oordeel for o in oordelen}},
    )
    return Adviestraject.objects.get(pk=traject.pk)


def _keur(besluit: str, gegevens: Mapping[str, Any]) -> None:
    if besluit == ToewijzingBesluit.WIJS_TOE:
        for veld, wat in (("commissie", "de commissie"), ("voorzitter", "de voorzitter"), ("scope", "de reikwijdte")):
            if not gegevens[veld]:
                raise InvoerFout(veld, f"Vul {wat} in: toewijzen kan niet zonder.")
        if not gegevens["reden_voorzitter"] and not is_kroonlid(gegevens["voorzitter"]):
            raise InvoerFout(
                "reden_voorzitter", "De voorzitter is geen (plaatsvervangend) kroonlid. Geef daarvoor een reden."
            )
    else:
        if not gegevens["motivering"]:
            raise InvoerFout("motivering", "Geef de motivering; de adviesvrager leest haar in de brief.")
        if gegevens["brief"] is None and not gegevens["brief_tekst"]:
            raise InvoerFout("brief_tekst", "Schrijf de brief aan de adviesvrager, of voeg haar als bestand toe.")


def er_sinds(traject: Adviestraject) -> date:
    """Geef sinds wanneer het dagelijks bestuur over dit traject kon besluiten: ontvangen, of begonnen uit eigen wil."""
    if hasattr(traject, "startbesluit"):
        begin: date = traject.startbesluit.besloten_op
    else:
        begin = traject.aanvraag.ontvangen_op
    return begin


@transaction.atomic
def leg_db_besluit_vast(
    *,
    traject: Adviestraject,
    versie: int | None,
    vergadering: "Vergadering",
    besluit: str,
    door: "Gebruiker",
    commissie: "Commissie | None" = None,
    voorzitter: "Persoon | None" = None,
    reden_voorzitter: str = "",
    scope: str = "",
    motivering: str = "",
    brief: "Bestand | None" = None,
    brief_tekst: str = "",
) -> Toewijzing:
    """Leg vast wat het dagelijks bestuur besloot, en geef dat besluit. De stap wisselt pas met de overgang zelf.

    Eén verantwoordelijke commissie (regel 16), voorzitter een kroonlid of een reden (regel 17). Werpt InvoerFout.
    """
    traject = _open(traject, versie, door)
    if vergadering.orgaan != "dagelijks_bestuur":
        raise InvoerFout("vergadering", "Kies een vergadering van het dagelijks bestuur.")
    if vergadering.datum is None or vergadering.datum > vandaag():
        raise InvoerFout("vergadering", "Deze vergadering is nog niet gehouden.")
    if vergadering.datum < (begin := er_sinds(traject)):
        raise InvoerFout("vergadering", f"Deze vergadering was voordat dit er lag: {datum_nl(begin)}.")
    wijs_toe = besluit == ToewijzingBesluit.WIJS_TOE
    gegevens = {
        "commissie": commissie if wijs_toe else None,
        "voorzitter": voorzitter if wijs_toe else None,
        "reden_voorzitter": reden_voorzitter.strip() if wijs_toe else "",
        "scope": scope.strip() if wijs_toe else "",
        "motivering": motivering.strip(),
        "brief": None if wijs_toe else brief,
        "brief_tekst": "" if wijs_toe else brief_tekst.strip(),
    }
    _keur(besluit, gegevens)
    rij = Toewijzing.objects.create(
        traject=traject, vergadering=vergadering, besluit=besluit, vastgelegd_door=door, **gegevens
    )
    hoog_op(traject)
    leg_vast(
        soort="adviezen.leg_db_besluit_vast",
        object=traject,
        door=door,
        gegevens={
            "besluit": besluit,
            "vergadering": str(vergadering),
            "commissie": "" if rij.commissie is None else rij.commissie.naam,
        },
    )
    return rij


# --- de overgangen met hun berichten ------------------------------------------------------------------------------


def _leden_met_account(commissie: "Commissie") -> "list[Gebruiker]":
    leden = leden_van(commissie, vandaag()).select_related("persoon__gebruiker")
    gezien: dict[int, Gebruiker] = {}
    for lid in leden:
        gebruiker = lid.persoon.gebruiker
        if gebruiker is not None and gebruiker.is_active:
            gezien[gebruiker.pk] = gebruiker
    return list(gezien.values())


@voorvertoning("wijs_toe")
def toon_toewijzing(traject: Adviestraject) -> list[Gevolg]:
    """Wie er bericht krijgt van een toewijzing, en wat openbaar wordt."""
    besluit = geldend_besluit(traject)
    if besluit is None or besluit.commissie is None:
        return []
    leden = _leden_met_account(besluit.commissie)
    return [
        krijgt_bericht(len(leden), f"lid van {besluit.commissie.naam}", f"leden van {besluit.commissie.naam}"),
        Gevolg("Iedereen", f"ziet dat {besluit.commissie.naam} het advies voorbereidt"),
    ] + _eigen_advies(traject, besluit.commissie)


def _eigen_advies(traject: Adviestraject, commissie: "Commissie") -> list[Gevolg]:
    """Geef bij een commissie op grond van artikel 43 van wie het advies wordt: van haar, of toch van de raad."""
    if commissie.soort != SoortCommissie.ART43:
        return []
    if traject.eigen_initiatief or traject.raad_zelf_gevraagd:
        return [Gevolg("De raad", "stelt het advies vast: hij begon er zelf aan, of de vrager wil zijn oordeel")]
    return [Gevolg(commissie.naam, "brengt het advies zelf uit (artikel 43); het is geen advies van de raad")]


@uitvoering("wijs_toe")
def wijs_toe(
    traject_pk: int, *, versie: int | None, overgang: str, door: "Gebruiker", reden: str = ""
) -> Adviestraject:
    """Wijs toe volgens het vastgelegde besluit; de leden van de commissie krijgen na tien minuten bericht."""
    traject = zet_stap(traject_pk, versie=versie, overgang=overgang, door=door, reden=reden)
    assert traject.commissie is not None  # noqa: S101 - het beleid keek dit na
    for lid in _leden_met_account(traject.commissie):
        stuur(
            ontvanger=lid,
            onderwerp=f"Nieuw adviestraject in {traject.commissie.naam}"[:150],
            pad="/lezen/",
            feit=feit(traject, overgang),
            door=door,
        )
    return traject


@voorvertoning("neem_niet_in_behandeling")
def toon_weigering(traject: Adviestraject) -> list[Gevolg]:
    """Wie de brief krijgt, en wat openbaar wordt."""
    if not hasattr(traject, "aanvraag"):
        return [Gevolg("Iedereen", "ziet: niet in behandeling genomen")]
    return [
        *(
            Gevolg(v.naam, "krijgt de brief; de behandelend secretaris verstuurt haar")
            for v in traject.aanvraag.vragers.all()
        ),
        Gevolg("Iedereen", "ziet: niet in behandeling genomen. De motivering staat in de brief en het dossier"),
    ]


@uitvoering("neem_niet_in_behandeling")
def neem_niet_in_behandeling(
    traject_pk: int, *, versie: int | None, overgang: str, door: "Gebruiker", reden: str = ""
) -> Adviestraject:
    """Weiger volgens het vastgelegde besluit; wie het traject behandelt krijgt de opdracht de brief te versturen."""
    from adviezen.actions.einde import laat_termijnen_vervallen

    traject = zet_stap(traject_pk, versie=versie, overgang=overgang, door=door, reden=reden)
    laat_termijnen_vervallen(traject, f"Niet in behandeling genomen op {datum_nl(vandaag())}.", door)
    bericht_behandelaars(
        traject, onderwerp="Verstuur de brief aan de adviesvrager", feit=feit(traject, overgang), door=door
    )
    return traject


@uitvoering("herroep_toewijzing", "herroep_weigering")
def herroep(traject_pk: int, *, versie: int | None, overgang: str, door: "Gebruiker", reden: str = "") -> Adviestraject:
    """Herroep het laatste besluit: wat nog wacht, gaat niet uit; vervallen termijnen lopen weer."""
    from adviezen.actions.einde import heropen_termijnen

    vorig = Adviestraject.objects.get(pk=traject_pk)
    traject = zet_stap(traject_pk, versie=versie, overgang=overgang, door=door, reden=reden)
    annuleer(feit_begin=f"adviezen.{vorig.laatste_overgang}:{vorig.pk}", reden=reden, door=door)
    if overgang == "herroep_weigering":
        heropen_termijnen(traject, vorig.stap_sinds, reden, door)
    return traject


@uitvoering("wijs_opnieuw_toe")
def leg_opnieuw_voor(
    traject_pk: int, *, versie: int | None, overgang: str, door: "Gebruiker", reden: str = ""
) -> Adviestraject:
    """Leg opnieuw voor aan het dagelijks bestuur; wat de commissie nog over dit traject zou horen, gaat niet uit."""
    traject = zet_stap(traject_pk, versie=versie, overgang=overgang, door=door, reden=reden)
    annuleer(feit_begin=f"adviezen.wijs_toe:{traject.pk}", reden=reden, door=door)
    return traject
