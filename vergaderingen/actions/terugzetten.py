"""Een verplaatsing of een afgelasting herroepen zolang haar berichten nog wachten: dan is zij er niet geweest."""

from __future__ import annotations

from datetime import date, time

from django.db import transaction
from django.db.models import F

from berichten.actions import annuleer, laat_toch_gaan
from berichten.fouten import AlVerstuurd
from berichten.models import Bericht
from kern.fouten import InvoerFout, OvergangGeweigerd, eis
from kern.tekort import Tekort
from kern.tijd import datum_nl
from logboek.actions import leg_vast
from overgangen import voer_uit
from toegang.models import Gebruiker
from vergaderingen import agenda, policies
from vergaderingen.actions.hulp import hoog_op, maak_presentielijst_leeg, vergrendel, zet_presentielijst_terug
from vergaderingen.actions.plannen import eis_vrije_plek, maak_slug
from vergaderingen.actions.stukkentermijn import heropen_stukkentermijn, open_stukkentermijn, sluit_stukkentermijn
from vergaderingen.enums import Status
from vergaderingen.models import Vergadering


def _haal_berichten_terug(feit_begin: str, *, reden: str, door: Gebruiker) -> None:
    """Haal terug wat een handeling klaarzette. Werpt OvergangGeweigerd als er al iets van uitging: het is te laat."""
    annuleer(feit_begin=feit_begin, reden=reden, door=door)
    rijen = list(Bericht.objects.van_handeling(feit_begin))
    gegaan = sum(rij.is_uitgegaan for rij in rijen)
    if gegaan:
        raise OvergangGeweigerd([Tekort(str(AlVerstuurd(gegaan, len(rijen))))])


def _tijd(waarde: str) -> time | None:
    return None if waarde == "None" else time.fromisoformat(waarde)


@transaction.atomic
def herroep_verplaatsing(*, vergadering: Vergadering, versie: int | None, reden: str, door: Gebruiker) -> Vergadering:
    """Zet een vergadering terug op de dag, tijd en plaats van voor de laatste verplaatsing, en geef haar.

    Dat kan zolang de berichten wachten (tien minuten). Wat de verplaatsing terughaalde (een oproeping voor de oude
    dag, een afmelding) geldt weer en gaat over tien minuten uit; de presentielijst en het adres van toen komen terug.
    Werpt OvergangGeweigerd als het te laat is, AlVerstuurd, InvoerFout ("reden", of "datum" als de plek intussen bezet
    is), VerouderdeVersie, GeenToegang.
    """
    rij = vergrendel(vergadering.pk, door=door, versie=versie)
    eis(policies.mag_verplaatsing_herroepen(rij))
    toen = policies.terug_te_nemen(rij)
    assert toen is not None  # noqa: S101 - dat eiste het beleid hierboven
    if not reden.strip():
        raise InvoerFout("reden", "Geef de reden; die komt in het dossier te staan.")
    oud, nieuw = toen.gegevens["oud"], rij.datum
    datum, begin = date.fromisoformat(oud["datum"]), _tijd(oud["begin"])
    eis_vrije_plek(rij.orgaan, rij.commissie, datum, begin, behalve=rij.pk)
    waarom = "De verplaatsing is herroepen."
    for feit in ("plan", "roep_op", "verplaats"):
        begin_feit = f"vergaderingen.{feit}:{rij.pk}:{toen.gegevens['rijversie']}"
        _haal_berichten_terug(begin_feit, reden=waarom, door=door)
    andere_dag = datum != nieuw
    if andere_dag:
        annuleer(feit_begin=f"vergaderingen.komst:{rij.pk}", reden=waarom, door=door)
        maak_presentielijst_leeg(rij)  # wie zich voor de nieuwe dag afmeldde, deed dat niet voor de oude
        zet_presentielijst_terug(rij, toen.gegevens["lijst"])
        bezet = Vergadering.objects.filter(slug=oud["adres"]).exclude(pk=rij.pk).exists()
        rij.slug = (
            maak_slug(orgaan=rij.orgaan, commissie=rij.commissie, datum=datum, behalve=rij.pk)
            if bezet
            else oud["adres"]
        )
        rij.vorige_adressen.filter(slug=rij.slug).delete()
    rij.datum, rij.begin, rij.eind, rij.plaats = datum, begin, _tijd(oud["eind"]), oud["plaats"]
    hoog_op(rij)
    leg_vast(
        soort="vergaderingen.herroep_verplaatsing", object=rij, door=door, reden=reden.strip(),
        gegevens={"terug_naar": str(datum)},
    )  # fmt: skip
    if andere_dag and sluit_stukkentermijn(rij, f"Terug naar {datum_nl(datum)}.", door):
        open_stukkentermijn(rij, door)
    for feit in toen.gegevens["wachtte"]:
        laat_toch_gaan(feit_begin=feit, reden=waarom, door=door)
    return rij


@transaction.atomic
def herroep_afgelasting(*, vergadering: Vergadering, versie: int | None, reden: str, door: Gebruiker) -> Vergadering:
    """Laat een afgelaste vergadering toch doorgaan zolang de berichten wachten (tien minuten), en geef haar.

    Was de oproeping uit, dan geldt die nog; wachtte zij, dan is de vergadering weer gepland en roept men opnieuw op.
    Wat met de afgelasting werd teruggehaald, gaat na tien minuten alsnog. Werpt OvergangGeweigerd als het te laat is of
    een punt intussen op een andere agenda staat, InvoerFout ("reden", of "datum" als de plek intussen bezet is),
    VerouderdeVersie, GeenToegang.
    """
    rij = vergrendel(vergadering.pk, door=door, versie=versie)
    toen = policies.terug_te_nemen(rij)
    terug = voer_uit(Vergadering, rij.pk, versie, "herroep_afgelasting", door=door, reden=reden)
    assert toen is not None  # noqa: S101 - dat eiste de overgang
    assert terug.datum is not None  # noqa: S101 - wat is afgelast, had een dag
    eis_vrije_plek(terug.orgaan, terug.commissie, terug.datum, terug.begin, behalve=terug.pk)
    waarom = "De afgelasting is herroepen."
    _haal_berichten_terug(f"vergaderingen.gelast_af:{terug.pk}", reden=waarom, door=door)
    feiten = list(toen.gegevens["wachtte"])
    if terug.status == Status.GEPLAND:
        heropen_stukkentermijn(terug, waarom, door)
        terug.agendapunten.filter(na_oproeping=True).update(na_oproeping=False, rijversie=F("rijversie") + 1)
        feiten = [feit for feit in feiten if not feit.startswith("vergaderingen.roep_op:")]
    for feit in feiten:
        laat_toch_gaan(feit_begin=feit, reden=waarom, door=door)
    if terug.status == Status.OPGEROEPEN:
        agenda.laat_doorgaan(list(terug.agendapunten.filter(vervallen_reden="")), reden=policies.AFGELAST, door=door)
    return terug
