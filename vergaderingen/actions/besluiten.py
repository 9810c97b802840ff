"""Besluiten bij agendapunten."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from kern.fouten import InvoerFout, eis
from kern.tijd import datum_nl, vandaag
from logboek.actions import leg_vast
from toegang.models import Gebruiker
from vergaderingen import bekendmaken, policies
from vergaderingen.actions.agenda import vergrendel_punt
from vergaderingen.enums import MET_QUORUM, AanwezigAls, Besluitsoort, Orgaan, Uitkomst
from vergaderingen.models import Agendapunt, Besluit, Vergadering
from vergaderingen.queries import bekendmakingen_bij, kring
from vergaderingen.stemming import Telling, uitslag


@transaction.atomic
def leg_besluit_vast(
    *,
    agendapunt: Agendapunt,
    tekst: str,
    door: Gebruiker,
    soort: str = Besluitsoort.ZAAK,
    uitkomst: str = "",
    genomen_op: date | None = None,
    telling: Telling | None = None,
    herstemming: bool = False,
    tweede_staking: bool = False,
    nieuw: bool = False,
) -> Besluit:
    """Leg een besluit vast en geef het terug; `genomen_op` is anders de vergaderdag.

    Zonder telling is er niet gestemd: het voorstel geldt als aangenomen (regel 28), of `uitkomst` zegt wat er gebeurde.
    Met telling volgt de uitkomst uit de wet (regels 29-31, 33); een andere `uitkomst` wordt geweigerd. Hetzelfde
    besluit nog eens verzenden geeft het bestaande terug, tenzij `nieuw` (elke stemming heeft haar eigen besluit).
    Werpt InvoerFout, OvergangGeweigerd, GeenToegang.
    """
    punt = vergrendel_punt(agendapunt, door=door)
    rij = punt.vergadering
    eis(policies.mag_besluiten(rij) or policies.is_niet_vervallen(punt) or policies.mag_nog_besluiten(punt))
    tekst = tekst.strip()
    if not tekst:
        raise InvoerFout("tekst", "Schrijf op wat er is besloten.")
    dag = genomen_op or rij.datum or vandaag()
    if rij.datum and dag != rij.datum:
        raise InvoerFout("genomen_op", f"Een besluit valt op de vergaderdag: {datum_nl(rij.datum)}.")
    if telling is not None:
        uitkomst = _uitkomst(punt, telling, soort, uitkomst, herstemming, tweede_staking)
    uitkomst = uitkomst or Uitkomst.AANGENOMEN
    aantallen = {
        "voor": telling.voor if telling else None,
        "tegen": telling.tegen if telling else None,
        "blanco": telling.blanco if telling else None,
    }
    velden = {"soort": soort, "tekst": tekst, "uitkomst": uitkomst, "genomen_op": dag, **aantallen}
    bestaand = punt.besluiten.filter(**velden).first()
    if bestaand and not nieuw:
        return bestaand
    tekorten = bekendmaken.tekorten(punt, bekendmakingen_bij(punt)) if rij.orgaan == Orgaan.RAAD else []
    besluit = Besluit.objects.create(agendapunt=punt, voorbeeld=rij.voorbeeld, **velden)
    punt.uitkomst = uitkomst_van(punt)
    punt.rijversie += 1
    punt.save()
    leg_vast(
        soort="vergaderingen.leg_besluit_vast", object=rij, door=door,
        gegevens={"agendapunt": punt.pk, "besluit": besluit.pk, "soort": soort, "uitkomst": uitkomst, **aantallen}
        | ({"waarschuwing": " ".join(t.tekst for t in tekorten)} if tekorten else {}),
    )  # fmt: skip
    return besluit


def uitkomst_van(punt: Agendapunt) -> str:
    """Geef in woorden wat er bij dit punt besloten is, zoals het op de openbare agenda staat: elk besluit, op volgorde.

    De tekst van een besluit is het voorstel. Is het niet zonder stemming aangenomen, dan staat ervoor wat ervan werd en
    met hoeveel stemmen; anders leest een verworpen voorstel als een besluit.
    """
    return "; ".join(_in_woorden(besluit) for besluit in punt.besluiten.order_by("pk"))


def _in_woorden(besluit: Besluit) -> str:
    wat = Uitkomst(besluit.uitkomst).label.capitalize()
    if besluit.gestemd and besluit.soort != Besluitsoort.PERSONEN:
        blanco = f", {besluit.blanco} blanco" if besluit.blanco else ""
        return f"{wat} ({besluit.voor} voor, {besluit.tegen} tegen{blanco}): {besluit.tekst}"
    zonder_meer = besluit.uitkomst == Uitkomst.AANGENOMEN and not besluit.gestemd
    return besluit.tekst if zonder_meer else f"{wat}: {besluit.tekst}"


def _uitkomst(
    punt: Agendapunt, telling: Telling, soort: str, gegeven: str, herstemming: bool, tweede_staking: bool
) -> str:
    rij: Vergadering = punt.vergadering
    if rij.orgaan in MET_QUORUM:
        stemgerechtigd, lijst = policies.stemgerechtigd(punt), policies.stemmen_op_de_lijst(rij)
    else:
        stemgerechtigd = lijst = sum(1 for g in kring(rij) if g.als == AanwezigAls.LID)
    try:
        berekend = uitslag(
            telling,
            soort,
            stemgerechtigd=stemgerechtigd,
            herstemming=herstemming,
            derde_oproeping=rij.oproeping == policies.LAATSTE_OPROEPING,
            tweede_staking=tweede_staking,
        )
    except ValueError as fout:
        raise InvoerFout("voor", f"{fout} Er zijn er {stemgerechtigd}.") from fout
    if telling.deelnemers(soort) > lijst:
        raise InvoerFout("voor", f"Er zijn meer stemmen dan leden op de presentielijst. Daar staan er {lijst}.")
    if gegeven and gegeven != berekend:
        raise InvoerFout("uitkomst", f"Bij deze telling is de uitkomst: {berekend.label}.")
    return berekend


@transaction.atomic
def corrigeer_besluit(
    *, besluit: Besluit, tekst: str, uitkomst: str, reden: str, door: Gebruiker, versie: int | None = None
) -> Besluit:
    """Verbeter een verkeerd vastgelegd besluit, met reden; de oude tekst en uitkomst blijven in het logboek staan.

    `versie` is de rijversie van het agendapunt op het scherm. Werpt InvoerFout, GeenToegang en VerouderdeVersie.
    """
    punt = vergrendel_punt(besluit.agendapunt, door=door, versie=versie)
    rij = Besluit.objects.get(pk=besluit.pk)
    if not reden.strip():
        raise InvoerFout("reden", "Geef de reden van de verbetering; die komt in het dossier te staan.")
    if not tekst.strip():
        raise InvoerFout("tekst", "Schrijf op wat er is besloten.")
    if rij.gestemd and uitkomst != rij.uitkomst:
        raise InvoerFout("uitkomst", "De uitkomst volgt hier uit de telling.")
    oud = {"tekst": rij.tekst, "uitkomst": rij.uitkomst}
    rij.tekst, rij.uitkomst = tekst.strip(), uitkomst
    rij.save()
    punt.uitkomst = uitkomst_van(punt)
    punt.rijversie += 1
    punt.save()
    leg_vast(
        soort="vergaderingen.corrigeer_besluit", object=punt.vergadering, door=door, reden=reden.strip(),
        gegevens={"agendapunt": punt.pk, "besluit": rij.pk} | ({} if punt.vertrouwelijk else {"oud": oud}),
    )  # fmt: skip
    return rij
