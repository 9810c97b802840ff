"""Stap 6 en 7: op de agenda, en vaststelling met de standpunten."""

from typing import TYPE_CHECKING, Any

from adviezen.adressen import adres
from adviezen.enums import Raadsoordeel, SoortAgendering
from adviezen.policies.gedeeld import bijeen, met_quorum
from adviezen.policies.verwerking import groene_versie
from kern.tekort import Tekort
from vergaderingen.enums import Orgaan, Status
from vergaderingen.enums import Uitkomst as Besluituitkomst
from vergaderingen.policies import te_laat

if TYPE_CHECKING:
    from adviezen.models import Adviestraject, Agendering

NIET_AANGENOMEN = (Besluituitkomst.VERWORPEN, Besluituitkomst.NIETIG, Besluituitkomst.AANGEHOUDEN)


def lopende_agendering(traject: "Adviestraject") -> "Agendering | None":
    """Geef de agendering waarop dit advies behandeld wordt en nog geen uitkomst heeft, of None.

    Telt niet mee als het punt van de agenda is gehaald of de vergadering is afgelast.
    """
    return (
        traject.agenderingen.filter(soort=SoortAgendering.BEHANDELING, uitkomst="")
        .filter(agendapunt__vervallen_reden="")
        .exclude(agendapunt__vergadering__status=Status.AFGELAST)
        .select_related("agendapunt__vergadering", "versie")
        .last()
    )


def mag_behandel(traject: "Adviestraject", **kw: Any) -> list[Tekort]:
    """Met een stuknummer op de agenda van een raadsvergadering waarvoor de leden zijn opgeroepen."""
    link = adres("agendering", traject)
    agendering = lopende_agendering(traject)
    if agendering is None:
        return [Tekort("Zet het advies op de agenda van een raadsvergadering.", link)]
    uit, vergadering = [], agendering.agendapunt.vergadering
    if vergadering.orgaan != Orgaan.RAAD:
        uit.append(Tekort("Het advies staat op de agenda van een ander orgaan dan de raad.", link))
    elif vergadering.status not in (Status.OPGEROEPEN, Status.GEOPEND, Status.GESLOTEN):
        uit.append(Tekort("De leden zijn nog niet voor deze raadsvergadering opgeroepen.", link))
    if not agendering.agendapunt.stuknummer:
        uit.append(Tekort("Het stuk heeft nog geen nummer.", link))
    groen = groene_versie(traject)
    if groen is None or agendering.versie_id != groen.pk:
        uit.append(Tekort("Bij het agendapunt hoort de laatste groene versie.", link))
    return uit


def waarschuwingen(traject: "Adviestraject") -> list[Tekort]:
    """Geef waarschuwingen die niets tegenhouden maar wel in het logboek komen: stukken later dan tien dagen vooraf.

    De handeling geeft de teksten mee als `gegevens={"waarschuwingen": [...]}` (regel 25).
    """
    agendering = lopende_agendering(traject)
    if agendering is None:
        return []
    vergadering = agendering.agendapunt.vergadering
    if agendering.agendapunt.na_oproeping:
        return [Tekort("Dit punt is pas na de oproeping aan de agenda toegevoegd.")]
    tekst = te_laat(vergadering, vergadering.stukken_op) if vergadering.stukken_op else ""
    return [Tekort(tekst)] if tekst else []


def mag_stel_vast(traject: "Adviestraject", **kw: Any) -> list[Tekort]:
    """Quorum, standpunten vastgelegd; unaniem alleen zonder afwijkend standpunt (regel 27, 34 tot en met 38)."""
    link = adres("standpunten", traject)
    agendering = lopende_agendering(traject)
    if agendering is None:
        return [Tekort("Het advies staat niet op de agenda van een raadsvergadering.", link)]
    wat = "De raadsvergadering"
    vergadering = agendering.agendapunt.vergadering
    uit = bijeen(vergadering, wat, link) or met_quorum(vergadering, wat, link)
    uit += _besluit_tekorten(agendering, adres("agendering", traject))
    if not agendering.oordeel:
        return [*uit, Tekort("Leg vast of de raad unaniem of verdeeld is.", link)]
    return uit + _standpunt_tekorten(agendering, link) + nota_tekorten(agendering, link)


def _besluit_tekorten(agendering: "Agendering", link: str) -> list[Tekort]:
    """Zonder stemming is het advies aangenomen (regel 28); is er gestemd, dan telt wat daar uitkwam (regel 29 tot 31).

    Het laatste besluit bij het punt telt: over een wijziging kan eerder apart zijn gestemd.
    """
    besluit = agendering.agendapunt.besluiten.order_by("pk").last()
    if besluit is None:
        return []
    if besluit.uitkomst in NIET_AANGENOMEN:
        tekst = f"Het laatste besluit bij dit agendapunt is: {besluit.get_uitkomst_display()}."
        return [Tekort(f"{tekst} Leg vast dat de raad het advies aannam, verwijs het terug of stel het uit.", link)]
    if besluit.tegen and agendering.oordeel == Raadsoordeel.UNANIEM:
        wie = "was één lid" if besluit.tegen == 1 else f"waren {besluit.tegen} leden"
        return [Tekort(f"Bij de stemming {wie} tegen; unaniem kan dan niet.", link)]
    return []


def _standpunt_tekorten(agendering: "Agendering", link: str) -> list[Tekort]:
    uit = []
    verdeeld = False
    registraties = agendering.registraties.prefetch_related("opvattingen__steun__persoon")
    aanwezig = _aanwezigen(agendering)
    onthouden = set(agendering.agendapunt.onthoudingen.values_list("zetel_id", flat=True))
    for registratie in registraties:
        opvattingen = list(registratie.opvattingen.all())
        verdeeld = verdeeld or len(opvattingen) > 1
        for opvatting in opvattingen:
            steun = list(opvatting.steun.all())
            if not steun:
                uit.append(Tekort(f"Niemand staat bij de opvatting “{opvatting}”.", link))
            if len(opvattingen) > 1 and not (opvatting.aanduiding and opvatting.voetnoot):
                uit.append(Tekort(f"De aanduiding of voetnoot ontbreekt bij “{opvatting}”.", link))
            uit += [
                Tekort(f"{s.persoon.naam} steunt een opvatting maar staat niet op de presentielijst.", link)
                for s in steun
                if s.persoon_id not in aanwezig
            ]
            uit += [  # regel 33: wie zich onthoudt, telt nergens mee
                Tekort(f"{s.persoon.naam} steunt een opvatting maar onthoudt zich van medestemmen.", link)
                for s in steun
                if s.zetel_id in onthouden
            ]
    if agendering.oordeel == Raadsoordeel.UNANIEM and verdeeld:
        uit.append(Tekort("Er is een afwijkend standpunt vastgelegd; unaniem kan dan niet.", link))
    if agendering.oordeel == Raadsoordeel.VERDEELD and not verdeeld:
        uit.append(Tekort("Leg de uiteenlopende standpunten vast, of kies unaniem.", link))
    return uit


def nota_tekorten(agendering: "Agendering", link: str = "") -> list[Tekort]:
    """Een minderheidsnota komt van leden die dat standpunt in deze vergadering verdedigden (regel 37)."""
    uit = []
    steun = set(agendering.registraties.values_list("steun__persoon_id", flat=True))
    aanwezig = _aanwezigen(agendering)
    for nota in agendering.minderheidsnotas.prefetch_related("leden"):
        leden = list(nota.leden.all())
        if not leden:
            uit.append(Tekort(f"Noem de leden achter de minderheidsnota “{nota.titel}”.", link))
        uit += [
            Tekort(f"{lid.naam} verdedigde geen standpunt in deze vergadering (minderheidsnota).", link)
            for lid in leden
            if lid.pk not in steun or lid.pk not in aanwezig
        ]
    return uit


def _aanwezigen(agendering: "Agendering") -> set[int]:
    return set(agendering.agendapunt.vergadering.presenties.filter(aanwezig=True).values_list("persoon_id", flat=True))


def mag_verwijs_terug(traject: "Adviestraject", **kw: Any) -> list[Tekort]:
    """De raad verwees terug in een vergadering die gehouden is."""
    agendering = lopende_agendering(traject)
    link = adres("agendering", traject)
    if agendering is None:
        return [Tekort("Het advies staat niet op de agenda van een raadsvergadering.", link)]
    return bijeen(agendering.agendapunt.vergadering, "De raadsvergadering", link)
