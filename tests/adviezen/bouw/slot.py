"""Stap 5 tot en met 8: klaarleggen wat een handeling eist, en haar doen."""

from __future__ import annotations

from django.db import transaction

from adviezen import policies
from adviezen.enums import (
    Raadsoordeel,
    SoortVersie,
    Uitkomst,
    Verwerkingsoordeel,
)
from adviezen.models import (
    Aanbieding,
    Aanbiedingsbrief,
    Advies,
    Agendering,
    OpvattingRij,
    ReactieItem,
    Registratie,
    Steun,
    Uitvoeringstoets,
    Versie,
    Verwerking,
)
from kern.tijd import nu, vandaag
from raad.enums import Geleding
from tests.adviezen.bouw.begin import (
    versie,
)
from tests.adviezen.bouw.mensen import (
    Cast,
    bestand,
    geopend,
    raadsvergadering,
    zitting,
)
from vergaderingen.enums import Orgaan
from vergaderingen.models import Vergadering


def verwerk_punten(cast: Cast, zitting: Vergadering | None) -> None:
    """Geef elk punt een verwerking; met `zitting` besloot de commissie daarover."""
    punten = ReactieItem.objects.filter(reactie__deelname__beraad__traject=cast.traject, verwerking__isnull=True)
    for punt in punten:
        Verwerking.objects.create(
            item=punt,
            oordeel=Verwerkingsoordeel.OVERGENOMEN,
            voorgesteld_door=cast.secretaris,
            vastgesteld_in=zitting,
        )
    if zitting is not None:
        open_ = Verwerking.objects.filter(item__reactie__deelname__beraad__traject=cast.traject)
        open_.filter(vastgesteld_in__isnull=True).update(vastgesteld_in=zitting)


def toets(cast: Cast) -> None:
    """De uitvoeringstoets."""
    Uitvoeringstoets.objects.update_or_create(
        traject=cast.traject,
        defaults={
            "uitvoerbaarheid": "Uitvoerbaar (voorbeeld).",
            "kosten": "Gering (voorbeeld).",
            "doelgroepen": "Werkenden (voorbeeld).",
            "door": cast.secretaris,
        },
    )


def bereid_verzending_voor(cast: Cast) -> Versie:
    """Punten besloten, uitvoeringstoets, groene versie uit een slotvergadering van vandaag."""
    slot = zitting(cast.wereld, Orgaan.COMMISSIE, commissie=cast.traject.commissie, onderwerp="Slot")
    verwerk_punten(cast, slot)
    toets(cast)
    groen = versie(cast, SoortVersie.GROEN, vastgesteld_in=slot, slotvergadering=True)
    cast.vers()
    return groen


def naar_raad(cast: Cast) -> None:
    """Stap 5 naar 6."""
    bereid_verzending_voor(cast)
    cast.doe("stuur_naar_raad")


def bereid_behandeling_voor(cast: Cast, *, open: bool = False) -> Agendering:
    """Met stuknummer en groene versie op de agenda van een raadsvergadering van vandaag."""
    punt = raadsvergadering(cast, open=open)
    return Agendering.objects.create(
        agendapunt=punt, traject=cast.traject, versie=policies.verwerking.groene_versie(cast.traject)
    )


def naar_vaststelling(cast: Cast) -> None:
    """Stap 6 naar 7."""
    bereid_behandeling_voor(cast)
    cast.doe("behandel_in_raad")


def leg_standpunten_vast(cast: Cast, *, verdeeld: bool | None = None) -> Agendering:
    """Unaniem, of met `verdeeld` ondernemers tegenover de rest."""
    agendering = policies.raad.lopende_agendering(cast.traject)
    assert agendering is not None
    verdeeld = bool(cast.opties.get("verdeeld")) if verdeeld is None else verdeeld
    if verdeeld:
        registratie = Registratie.objects.create(agendering=agendering, passage="Maak het eenvoudiger.")
        leden = agendering.agendapunt.vergadering.presenties.filter(aanwezig=True, stemhebbend=True)
        opvattingen = [
            OpvattingRij.objects.create(
                registratie=registratie,
                sleutel=sleutel,
                volgorde=plaats,
                tekst=f"Opvatting {sleutel} (voorbeeld)",
                aanduiding=aanduiding,
                voetnoot=f"de {sleutel} (voorbeeld)",
            )
            for plaats, (sleutel, aanduiding) in enumerate(
                [("meerderheid", "een deel van de raad"), ("minderheid", "een ander deel van de raad")]
            )
        ]
        for regel in leden.select_related("zetel"):
            keuze = opvattingen[1 if regel.zetel.geleding == Geleding.ONDERNEMERS else 0]
            Steun.objects.create(
                registratie=registratie, opvatting=keuze, zetel=regel.zetel, persoon_id=regel.persoon_id
            )
    agendering.oordeel = Raadsoordeel.VERDEELD if verdeeld else Raadsoordeel.UNANIEM
    agendering.standpunten_vastgelegd_op, agendering.standpunten_vastgelegd_door = nu(), cast.raadssecretaris
    agendering.save()
    return agendering


def bereid_vaststelling_voor(cast: Cast) -> Agendering:
    """Vergadering open met quorum, standpunten vastgelegd."""
    agendering = policies.raad.lopende_agendering(cast.traject)
    assert agendering is not None
    raad = agendering.agendapunt.vergadering
    if raad.status == "opgeroepen":
        geopend(cast.wereld, raad)
    return leg_standpunten_vast(cast)


@transaction.atomic
def naar_aanbieding(cast: Cast) -> None:
    """Stap 7 naar 8."""
    agendering = bereid_vaststelling_voor(cast)
    cast.doe("stel_vast")
    Agendering.objects.filter(pk=agendering.pk).update(uitkomst=Uitkomst.VASTGESTELD)
    versie(cast, SoortVersie.VASTGESTELD, vastgesteld_in=agendering.agendapunt.vergadering)


@transaction.atomic
def naar_aanbieding_met_mandaat(cast: Cast) -> None:
    """Stap 5 naar 8: de commissie adviseert zelf."""
    groen = bereid_verzending_voor(cast)
    cast.doe("adviseer_rechtstreeks", reden="Mandaat (voorbeeld).")
    versie(cast, SoortVersie.VASTGESTELD, vastgesteld_in=groen.vastgesteld_in)


def bereid_aanbieding_voor(cast: Cast) -> Aanbieding:
    """Adviesnummer, PDF, een afgetekende brief per vrager, klaargezet en door een ander bevestigd."""
    traject = cast.traject
    nummer = Advies.objects.filter(nummer__startswith="V").count() + 1
    advies, _ = Advies.objects.get_or_create(
        traject=traject,
        defaults={
            "kenmerk": f"t-{traject.pk}",
            "titel": traject.titel,
            "datum": traject.vastgesteld_op,
            "jaar": vandaag().year,
            "voorbeeld": True,
        },
    )
    if not advies.nummer:
        advies.nummer = f"V{vandaag():%y}/{nummer:02d}"
        advies.save()
    tekst = policies.aanbieding.vastgestelde_versie(traject)
    assert tekst is not None
    aanbieding, _ = Aanbieding.objects.update_or_create(
        traject=traject,
        defaults={
            "versie": tekst,
            "pdf": bestand("advies.pdf"),
            "pdf_van_hash": tekst.hash,
            "klaargezet_door": cast.secretaris,
            "klaargezet_op": nu(),
            "bevestigd_door": cast.tweede,
            "bevestigd_op": nu(),
        },
    )
    aanvraag = getattr(traject, "aanvraag", None)
    vragers = list(aanvraag.vragers.all()) if aanvraag else [None]
    for een in vragers:
        Aanbiedingsbrief.objects.get_or_create(
            aanbieding=aanbieding,
            vrager=een,
            defaults={
                "aan": str(een or traject.geadresseerden),
                "html": "<p>Geachte (voorbeeld)</p>",
                "geparafeerd_door": cast.tweede,
                "geparafeerd_op": nu(),
                "afgetekend_door": cast.algemeen_secretaris,
                "afgetekend_op": nu(),
            },
        )
    cast.vers()
    return aanbieding


def naar_aangeboden(cast: Cast) -> None:
    """Stap 8 uit."""
    bereid_aanbieding_voor(cast)
    cast.doe("bied_aan")
