"""Voortgangsrapportages schrijven, opmerkingen in het kroonledenoverleg, en die overbrengen in de commissie."""

from typing import TYPE_CHECKING

from django.db import transaction

from adviezen import permissions
from adviezen.actions.bericht import bericht_behandelaars
from adviezen.actions.hulp import vergrendel
from adviezen.actions.opmerkingen import plaats_opmerking
from adviezen.enums import EINDSTANDEN, MET_COMMISSIE, Kring
from adviezen.models import Adviestraject, Kroonledenopmerking, Versie, Voortgangsrapportage
from adviezen.models.blik import blik
from adviezen.queries.tekst import citaat
from berichten.actions import stuur
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import nu, vandaag
from logboek.actions import leg_vast
from raad.enums import Geleding
from raad.models import Benoeming
from raad.models.tijdvak import geldt_op
from toegang.models import Gebruiker
from vergaderingen.actions import voeg_agendapunt_toe
from vergaderingen.enums import Orgaan

if TYPE_CHECKING:
    from vergaderingen.models import Vergadering

BEGIN = "Uit het kroonledenoverleg"


def lezers() -> list[Gebruiker]:
    """Geef de kroonleden en hun plaatsvervangers van vandaag met een werkend account."""
    zetels = Benoeming.objects.filter(geldt_op(vandaag()), zetel__geleding=Geleding.KROONLEDEN)
    return list(Gebruiker.objects.filter(is_active=True, persoon__benoemingen__in=zetels).distinct().order_by("pk"))


@transaction.atomic
def schrijf_rapportage(
    *, traject: Adviestraject, tekst: str, door: Gebruiker, na: int | None = None
) -> Voortgangsrapportage:
    """Schrijf de volgende voortgangsrapportage; kroonleden en plaatsvervangers krijgen na tien minuten bericht.

    `na` is het laatste nummer dat de schrijver zag (0: geen); is er intussen een nieuwe, dan InvoerFout en blijft de
    getypte tekst staan. Dezelfde tekst nog eens geeft dezelfde rapportage.
    """
    traject = vergrendel(traject.pk)
    if not permissions.mag_bewerken(traject, door):
        raise GeenToegang
    if not tekst.strip():
        raise InvoerFout("tekst", "Schrijf hoe het traject vordert.")
    if traject.stap in EINDSTANDEN:
        raise InvoerFout("tekst", "Dit traject is afgerond; er valt niets meer te rapporteren.")
    if traject.stap not in MET_COMMISSIE:
        raise InvoerFout("tekst", "Kroonleden zien dit traject pas als het bij een commissie ligt. Rapporteer dan.")
    laatste = traject.rapportages.order_by("nummer").last()
    if laatste is not None and laatste.tekst == tekst.strip():
        return laatste
    if na is not None and na != (laatste.nummer if laatste else 0):
        raise InvoerFout(
            "tekst", "Een collega schreef intussen een nieuwe rapportage. Lees die eerst; uw tekst staat er nog."
        )
    rij = Voortgangsrapportage.objects.create(
        traject=traject,
        nummer=(laatste.nummer if laatste else 0) + 1,
        tekst=tekst.strip(),
        auteur=door,
        auteur_naam=door.naam,
    )
    leg_vast(soort="adviezen.schrijf_rapportage", object=traject, door=door, gegevens={"nummer": rij.nummer})
    for lezer in lezers():
        stuur(
            ontvanger=lezer,
            onderwerp="Er is een nieuwe voortgangsrapportage voor de kroonleden",
            pad=f"/lezen/kroonleden/{traject.slug}/",
            feit=f"adviezen.schrijf_rapportage:{rij.pk}:0",
            door=door,
        )
    return rij


@transaction.atomic
def plaats_kroonledenopmerking(
    *, traject: Adviestraject, tekst: str, door: Gebruiker, versie: Versie | None = None, blok: str = ""
) -> Kroonledenopmerking:
    """Plaats een opmerking in de kring van de kroonleden. Dubbel versturen geeft dezelfde opmerking.

    Werpt GeenToegang voor wie nu geen kroonlid of plaatsvervangend kroonlid is of de versie niet ziet.
    """
    traject = vergrendel(traject.pk)
    b = blik(door)
    if b is None or not (b.kroonlid or b.kroon_plaatsvervanger):
        raise GeenToegang
    if versie is not None and not Versie.objects.zichtbaar_voor(door).filter(pk=versie.pk, traject=traject).exists():
        raise GeenToegang
    if not tekst.strip():
        raise InvoerFout("tekst", "Vul een opmerking in.")
    if traject.stap in EINDSTANDEN:
        raise InvoerFout("tekst", "Dit traject is afgerond; opmerkingen komen niet meer in de commissie.")
    aanhaling = citaat(versie.html, blok) if versie is not None and blok else ""
    if blok and not aanhaling:
        raise InvoerFout("blok", "Deze alinea staat niet in deze versie.")
    velden = {"traject": traject, "versie": versie, "blok": blok, "tekst": tekst.strip(), "auteur": door}
    bestaand = Kroonledenopmerking.objects.filter(**velden, overgebracht_op__isnull=True).first()
    if bestaand is not None:
        return bestaand
    rij = Kroonledenopmerking.objects.create(**velden, citaat=aanhaling, auteur_naam=door.naam)
    leg_vast(soort="adviezen.plaats_kroonledenopmerking", object=traject, door=door, gegevens={"opmerking": rij.pk})
    bericht_behandelaars(
        traject,
        onderwerp="Een opmerking in het kroonledenoverleg",
        feit=f"adviezen.plaats_kroonledenopmerking:{rij.pk}:0",
        door=door,
        blad="kroonleden/",
    )
    return rij


@transaction.atomic
def breng_over(
    *,
    opmerking: Kroonledenopmerking,
    door: Gebruiker,
    versie: Versie | None = None,
    vergadering: "Vergadering | None" = None,
    met_naam: bool = False,
) -> Kroonledenopmerking:
    """Breng een opmerking over in de commissie: bij een versie (kring commissie), of als agendapunt.

    Geef precies één van `versie` en `vergadering` (van de eigen commissie). Wie het zei staat er alleen bij met
    `met_naam`. Een tweede keer overbrengen verandert niets. Werpt InvoerFout en GeenToegang.
    """
    rij = (
        Kroonledenopmerking.objects.select_for_update(of=("self",))
        .select_related("traject", "versie")
        .get(pk=opmerking.pk)
    )
    traject = rij.traject
    if not permissions.mag_als_commissiesecretaris(traject, door):
        raise GeenToegang
    if rij.overgebracht_op is not None:
        return rij
    if (versie is None) == (vergadering is None):
        raise InvoerFout("waar", "Kies een versie of een vergadering.")
    wie = f"{BEGIN} ({rij.auteur_naam})" if met_naam else BEGIN
    if versie is not None:
        if versie.traject_id != traject.pk:
            raise InvoerFout("waar", "Deze versie hoort niet bij dit traject.")
        staat_er = bool(rij.blok) and f'data-blok="{rij.blok}"' in versie.html
        passage = f" Bij de passage: \u201c{rij.citaat}\u201d" if rij.citaat and not staat_er else ""
        rij.als_opmerking = plaats_opmerking(
            versie=versie,
            tekst=f"{wie}: {rij.tekst}{passage}",
            kring=Kring.COMMISSIE,
            blok=rij.blok if staat_er else "",
            door=door,
        )
    else:
        assert vergadering is not None  # noqa: S101 - precies één van beide, zie hierboven
        if vergadering.orgaan != Orgaan.COMMISSIE or vergadering.commissie_id != traject.commissie_id:
            raise InvoerFout("waar", "Dit is geen vergadering van de eigen commissie.")
        rij.als_agendapunt = voeg_agendapunt_toe(
            vergadering=vergadering,
            onderwerp=f"{BEGIN}: {traject.titel} ({rij.pk})",
            toelichting=f"{wie}: {rij.tekst}" + (f" Bij de passage: \u201c{rij.citaat}\u201d" if rij.citaat else ""),
            vertrouwelijk=True,
            door=door,
        )
    rij.overgebracht_op, rij.overgebracht_door, rij.met_naam = nu(), door, met_naam
    rij.save()
    leg_vast(
        soort="adviezen.breng_kroonledenopmerking_over",
        object=traject,
        door=door,
        gegevens={
            "opmerking": rij.pk,
            "als": "opmerking" if versie is not None else "agendapunt",
            "met_naam": met_naam,
        },
    )
    return rij
