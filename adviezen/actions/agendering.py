"""Stap 6: op de agenda van een raadsvergadering, behandelen, uitstellen, terugverwijzen en terughalen."""

from typing import TYPE_CHECKING

from django.db import transaction

from adviezen import permissions
from adviezen.actions.beraad import neem_ontwerp_terug, publiceer_ontwerp
from adviezen.actions.bericht import bericht_behandelaars
from adviezen.actions.handelen import Gevolg, feit, uitvoering, voorvertoning, zet_stap
from adviezen.actions.hulp import hoog_op, vergrendel
from adviezen.enums import SoortAgendering, Stap, Uitkomst
from adviezen.models import Adviestraject, Agendering
from adviezen.policies.raad import lopende_agendering, waarschuwingen
from adviezen.policies.toewijzing import geldend_besluit
from adviezen.policies.verwerking import groene_versie
from adviezen.queries.aanspreken import raadssecretarissen, wie_behandelt
from berichten.actions import annuleer, stuur
from kern.fouten import GeenToegang, InvoerFout, eis
from logboek.actions import leg_vast
from toegang.models import Gebruiker
from vergaderingen.actions import geef_stuknummer, haal_van_agenda, plaats_aanbod, voeg_agendapunt_toe
from vergaderingen.actions.hulp import vergrendel as vergrendel_vergadering
from vergaderingen.enums import Orgaan, Puntsoort, Status
from vergaderingen.models import Agendapunt, Vergadering
from vergaderingen.permissions import mag_beheren
from vergaderingen.policies import mag_van_agenda

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

BRON, TOEWIJZING = "adviezen", "toewijzing"
# Zolang de commissie werkt kan de raad over een traject praten (raad van maart 2023: een tussenbijeenkomst).
TUSSEN_STAPPEN = (Stap.CONCEPT, Stap.ACHTERBANBERAAD, Stap.VERWERKING)


def sleutel_behandeling(traject: Adviestraject) -> str:
    """Geef de sleutel waarmee een traject zich voor een agenda aanbiedt."""
    return f"behandeling:{traject.pk}"


def sleutel_ingekomen(traject: Adviestraject) -> str:
    """Geef de sleutel van een commissieadvies dat de raad als ingekomen stuk ziet."""
    return f"ingekomen:{traject.pk}"


def sleutel_toewijzing(traject: Adviestraject) -> str:
    """Geef de sleutel van een aanvraag waar het dagelijks bestuur over beslist."""
    return f"{TOEWIJZING}:{traject.pk}"


@transaction.atomic
def agendeer(
    *, traject: Adviestraject, versie: int | None, vergadering: Vergadering, door: "Gebruiker", nummer: str = ""
) -> Agendering:
    """Zet het advies met een stuknummer op de agenda van een raadsvergadering, en geef de agendering.

    `nummer` leeg is het volgende uit de reeks. Gaat het punt na de oproeping mee, dan wordt het ontwerpadvies over
    tien minuten openbaar; anders bij de oproeping. Werpt InvoerFout ("vergadering", "nummer"), GeenToegang en
    VerouderdeVersie.
    """
    if not permissions.mag_als_raadssecretaris(traject, door):
        raise GeenToegang
    if vergadering.orgaan != Orgaan.RAAD:
        raise InvoerFout("vergadering", "Kies een vergadering van de raad.")
    # Eerst de vergadering, dan het traject: dezelfde volgorde als vanaf de bladzijde van de vergadering.
    zitting = vergrendel_vergadering(vergadering.pk, door=door)
    vers = vergrendel(traject.pk, versie)
    if vers.stap != Stap.NAAR_RAAD:
        raise InvoerFout("", "Agenderen kan alleen in stap 6, als het advies naar de raad is gestuurd.")
    if lopende_agendering(vers) is not None:
        raise InvoerFout("vergadering", "Dit advies staat al op een agenda. Haal het daar eerst af.")
    punt = plaats_aanbod(vergadering=zitting, bron=BRON, sleutel=sleutel_behandeling(vers), door=door)
    punt = geef_stuknummer(agendapunt=punt, door=door, nummer=nummer.strip())
    agendering: Agendering = Agendering.objects.get(agendapunt=punt)
    return agendering


@transaction.atomic
def agendeer_tussenbespreking(
    *,
    traject: Adviestraject,
    versie: int | None,
    vergadering: Vergadering,
    vraag: str,
    door: "Gebruiker",
    besloten: bool = False,
) -> Agendering:
    """Zet een lopend traject ter bespreking op de agenda van de raad, terwijl de commissie verder werkt.

    Geeft de agendering. De tekst gaat niet mee: wat de raad leest, voegt de secretaris als stuk bij het agendapunt.
    `vraag` komt op de agenda en is in een openbare vergadering openbaar, tenzij `besloten`. Werpt InvoerFout
    ("vergadering", "vraag"), GeenToegang en VerouderdeVersie.
    """
    if not permissions.mag_als_raadssecretaris(traject, door):
        raise GeenToegang
    if vergadering.orgaan != Orgaan.RAAD:
        raise InvoerFout("vergadering", "Kies een vergadering van de raad.")
    if not vraag.strip():
        raise InvoerFout("vraag", "Schrijf op wat de raad bespreekt.")
    zitting = vergrendel_vergadering(vergadering.pk, door=door)
    vers = vergrendel(traject.pk, versie)
    if vers.stap not in TUSSEN_STAPPEN:
        raise InvoerFout("", "Een tussenbespreking kan zolang de commissie aan het advies werkt (stap 3 tot en met 5).")
    try:
        punt = voeg_agendapunt_toe(
            vergadering=zitting, onderwerp=f"Tussenbespreking: {vers.openbare_titel}", soort=Puntsoort.BESPREKING,
            toelichting=vraag, vertrouwelijk=besloten, door=door,
        )  # fmt: skip
    except InvoerFout as fout:
        raise InvoerFout("vergadering", fout.tekst) from fout
    punt = geef_stuknummer(agendapunt=punt, door=door)
    return koppel_tussenbespreking(vers, punt, door=door)


def koppel_tussenbespreking(vers: Adviestraject, agendapunt: "Agendapunt", *, door: "Gebruiker") -> Agendering:
    """Koppel een agendapunt als tussenbespreking aan een vergrendeld traject en geef de agendering."""
    agendering = Agendering.objects.create(agendapunt=agendapunt, traject=vers, soort=SoortAgendering.TUSSENBESPREKING)
    hoog_op(vers)
    leg_vast(
        soort="adviezen.agendeer", object=vers, door=door,
        gegevens={"vergadering": str(agendapunt.vergadering), "soort": agendering.soort},
    )  # fmt: skip
    return agendering


def koppel(*, agendapunt: "Agendapunt", sleutel: str, door: "Gebruiker") -> Agendering:
    """Koppel een geplaatst agendapunt aan zijn traject; de agendabron roept dit aan in dezelfde transactie.

    Werpt InvoerFout("sleutel") als het sinds het aanbod stopte, terugging, of op een andere agenda kwam.
    """
    soort, _, nummer = sleutel.partition(":")
    vers = vergrendel(int(nummer))
    if soort == "ingekomen":
        _eis_aanbod(vers.stap == Stap.AANGEBODEN and not gemeld(vers.agenderingen.all()).exists())
        agendering = Agendering.objects.create(
            agendapunt=agendapunt,
            traject=vers,
            soort=SoortAgendering.INGEKOMEN_STUK,
            versie=vers.versies.filter(soort="vastgesteld").last(),
        )
    else:
        groen = groene_versie(vers)
        if groen is None:
            raise InvoerFout("sleutel", "Er is geen geldige groene versie om te behandelen.")
        _eis_aanbod(vers.stap == Stap.NAAR_RAAD and lopende_agendering(vers) is None)
        # Een punt dat van de agenda is gehaald of een vergadering die niet doorging, sluit die behandeling af.
        vers.agenderingen.filter(soort=SoortAgendering.BEHANDELING, uitkomst="").update(uitkomst=Uitkomst.TERUGGENOMEN)
        agendering = Agendering.objects.create(agendapunt=agendapunt, traject=vers, versie=groen)
    hoog_op(vers)
    leg_vast(
        soort="adviezen.agendeer",
        object=vers,
        door=door,
        gegevens={"vergadering": str(agendapunt.vergadering), "soort": agendering.soort},
    )
    if agendapunt.na_oproeping:
        maak_openbaar(agendering, door=door)
    return agendering


def meld_op_bestuursagenda(*, agendapunt: "Agendapunt", sleutel: str, door: "Gebruiker") -> None:
    """Leg vast dat de aanvraag op deze agenda van het bestuur staat; het punt zelf kent haar bij zijn sleutel.

    Werpt InvoerFout("sleutel") als het bestuur sinds het aanbod al besliste of het traject stopte.
    """
    vers = vergrendel(int(sleutel.rpartition(":")[2]))
    _eis_aanbod(vers.stap == Stap.TOEWIJZING and geldend_besluit(vers) is None)
    leg_vast(
        soort="adviezen.agendeer", object=vers, door=door,
        gegevens={"vergadering": str(agendapunt.vergadering), "soort": TOEWIJZING},
    )  # fmt: skip


def gemeld(agenderingen: "QuerySet[Agendering]") -> "QuerySet[Agendering]":
    """Geef waarmee de raad een commissieadvies te zien krijgt of kreeg; aangehouden of afgelast komt het terug."""
    eigen = agenderingen.filter(soort=SoortAgendering.INGEKOMEN_STUK, agendapunt__vervallen_reden="")
    aangehouden = Agendapunt.objects.aangehouden().values("pk")
    return eigen.exclude(agendapunt__vergadering__status=Status.AFGELAST).exclude(agendapunt__in=aangehouden)


def _eis_aanbod(staat_nog: bool) -> None:
    """Het aanbod is gelezen voordat het traject op slot ging; een collega kan intussen verder zijn."""
    if not staat_nog:
        raise InvoerFout("sleutel", "Dit wordt niet meer aangeboden voor deze agenda.")


def mag_openbaar(agendering: Agendering) -> bool:
    """Geef of de raad dit advies hier in het openbaar behandelt."""
    punt = agendering.agendapunt
    zitting = punt.vergadering
    if agendering.soort != SoortAgendering.BEHANDELING or zitting.orgaan != Orgaan.RAAD:
        return False
    return bool(zitting.openbaar) and not punt.vertrouwelijk and not punt.vervallen


def maak_openbaar(agendering: Agendering, *, door: "Gebruiker", vanaf: "datetime | None" = None) -> bool:
    """Maak de groene versie openbaar als de stukken van een openbare raadsvergadering uitgaan (ontwerp §4).

    Geeft of er iets openbaar wordt: niet bij een besloten vergadering, een vertrouwelijk punt of een ingekomen stuk.
    """
    if agendering.versie is None or not mag_openbaar(agendering):
        return False
    nummer = agendering.agendapunt.stuknummer
    publiceer_ontwerp(agendering.traject, agendering.versie, door=door, vanaf=vanaf, stuknummer=nummer)
    return True


@transaction.atomic
def haal_af(*, traject: Adviestraject, versie: int | None, reden: str, door: "Gebruiker") -> Agendering:
    """Haal het advies van de agenda zonder dat het terug naar de commissie gaat; geeft de afgesloten agendering."""
    if not permissions.mag_als_raadssecretaris(traject, door):
        raise GeenToegang
    if not reden.strip():
        raise InvoerFout("reden", "Geef een reden; die komt bij het agendapunt te staan.")
    vers = vergrendel_met_zitting(traject.pk, versie)
    agendering = lopende_agendering(vers)
    if vers.stap != Stap.NAAR_RAAD or agendering is None:
        raise InvoerFout("", "Dit advies staat niet op een agenda waar het nog af kan.")
    eis(mag_van_agenda(agendering.agendapunt))
    haal_van_agenda(agendapunt=agendering.agendapunt, reden=reden, door=door)
    _sluit(agendering, Uitkomst.TERUGGENOMEN)
    neem_ontwerp_terug(vers, door=door, reden=reden)
    hoog_op(vers)
    leg_vast(soort="adviezen.haal_af", object=vers, door=door, reden=reden.strip())
    return agendering


def vergrendel_met_zitting(traject_pk: int, versie: int | None) -> Adviestraject:
    """Vergrendel eerst de vergadering van de lopende agendering en dan het traject, zodat niets elkaar kruist."""
    agendering = lopende_agendering(Adviestraject.objects.get(pk=traject_pk))
    if agendering is not None:
        Vergadering.objects.select_for_update().get(pk=agendering.agendapunt.vergadering_id)
    return vergrendel(traject_pk, versie)


def _sluit(agendering: Agendering, uitkomst: Uitkomst) -> None:
    agendering.uitkomst = uitkomst
    agendering.save(update_fields=["uitkomst"])


# --- de overgangen ------------------------------------------------------------------------------------------------


@voorvertoning("stuur_naar_raad")
def toon_verzending(traject: Adviestraject) -> list[Gevolg]:
    """Wie bericht krijgt; openbaar wordt er nog niets."""
    namen = [g.naam for g in raadssecretarissen()] or ["De secretaris van de raad"]
    return [
        *(Gevolg(naam, "krijgt na tien minuten bericht en zet het advies op de agenda") for naam in namen),
        Gevolg("Het publiek", "ziet: bij de raad. De tekst volgt als de stukken van een openbare vergadering uitgaan"),
    ]


@uitvoering("stuur_naar_raad")
def stuur_naar_raad(
    traject_pk: int, *, versie: int | None, overgang: str, door: "Gebruiker", reden: str = ""
) -> Adviestraject:
    """Stuur de groene versie naar de raad; de secretaris van de raad krijgt bericht."""
    traject = zet_stap(traject_pk, versie=versie, overgang=overgang, door=door, reden=reden)
    for gebruiker in raadssecretarissen():
        stuur(
            ontvanger=gebruiker,
            onderwerp="Een advies is klaar voor de raad",
            pad=f"/werk/trajecten/{traject.slug}/",
            feit=feit(traject, overgang),
            door=door,
        )
    return traject


@uitvoering("herroep_naar_raad")
def herroep_naar_raad(
    traject_pk: int, *, versie: int | None, overgang: str, door: "Gebruiker", reden: str = ""
) -> Adviestraject:
    """Herroep de verzending: berichten vervallen, en wat al op de agenda stond gaat er af.

    Mag wie herroept niet aan die agenda komen, dan krijgt de secretaris van de raad de opdracht.
    """
    vorig = vergrendel_met_zitting(traject_pk, versie)
    open_punt = _van_agenda(vorig, reden=reden, door=door)
    traject = zet_stap(traject_pk, versie=versie, overgang=overgang, door=door, reden=reden)
    # Agenderen in deze minuten telde de rijversie op: haal alles terug van deze handeling op dit traject.
    annuleer(feit_begin=f"adviezen.{vorig.laatste_overgang}:{vorig.pk}", reden=reden, door=door)
    _vraag_van_agenda(traject, open_punt, overgang, door)
    return traject


@voorvertoning("haal_terug_naar_commissie")
def toon_terughalen(traject: Adviestraject) -> list[Gevolg]:
    """Wat er met de agenda gebeurt."""
    agendering = lopende_agendering(traject)
    uit = [Gevolg("De commissie", "stelt opnieuw een groene versie vast")]
    if agendering is not None:
        uit.append(Gevolg(str(agendering.agendapunt.vergadering), "behandelt dit advies niet; het punt vervalt"))
    return uit


@uitvoering("haal_terug_naar_commissie")
def haal_terug(
    traject_pk: int, *, versie: int | None, overgang: str, door: "Gebruiker", reden: str = ""
) -> Adviestraject:
    """Haal het advies terug van de raad; het agendapunt vervalt, of de secretaris van de raad krijgt die opdracht."""
    vorig = vergrendel_met_zitting(traject_pk, versie)
    open_punt = _van_agenda(vorig, reden=reden, door=door)
    traject = zet_stap(traject_pk, versie=versie, overgang=overgang, door=door, reden=reden)
    annuleer(feit_begin=f"adviezen.stuur_naar_raad:{traject.pk}", reden=reden, door=door)
    _vraag_van_agenda(traject, open_punt, overgang, door)
    return traject


def _vraag_van_agenda(traject: Adviestraject, punt: "Agendapunt | None", overgang: str, door: "Gebruiker") -> None:
    """Geef de secretaris van de raad de opdracht dit punt van de agenda te halen, als er een punt is."""
    if punt is None:
        return
    for gebruiker in raadssecretarissen():
        stuur(
            ontvanger=gebruiker,
            onderwerp="Haal een teruggenomen advies van de agenda",
            pad=f"/werk/vergaderingen/{punt.vergadering_id}/",
            feit=feit(traject, overgang),
            door=door,
        )


def _van_agenda(traject: Adviestraject, *, reden: str, door: "Gebruiker") -> "Agendapunt | None":
    """Sluit de lopende agendering. Geeft het punt dat een ander nog van de agenda moet halen, of None."""
    agendering = lopende_agendering(traject)
    if agendering is None:
        return None
    punt = agendering.agendapunt
    _sluit(agendering, Uitkomst.TERUGGENOMEN)
    neem_ontwerp_terug(traject, door=door, reden=reden)
    if mag_van_agenda(punt):
        return None
    if not mag_beheren(punt.vergadering, door):
        return punt
    haal_van_agenda(agendapunt=punt, reden=reden.strip() or "Teruggenomen.", door=door)
    return None


@voorvertoning("behandel_in_raad")
def toon_behandeling(traject: Adviestraject) -> list[Gevolg]:
    """Welke vergadering het wordt, en wat er als waarschuwing in het dossier komt."""
    agendering = lopende_agendering(traject)
    if agendering is None:
        return []
    punt = agendering.agendapunt
    uit = [Gevolg(str(punt.vergadering), f"behandelt {punt.stuknummer}")]
    return uit + [Gevolg("Het dossier", t.tekst) for t in waarschuwingen(traject)]


@uitvoering("behandel_in_raad")
def behandel(
    traject_pk: int, *, versie: int | None, overgang: str, door: "Gebruiker", reden: str = ""
) -> Adviestraject:
    """Begin de behandeling; stukken die te laat uitgingen zijn een gelogde waarschuwing (regel 25)."""
    teksten = [t.tekst for t in waarschuwingen(vergrendel(traject_pk, versie))]
    return zet_stap(
        traject_pk,
        versie=versie,
        overgang=overgang,
        door=door,
        reden=reden,
        gegevens={"waarschuwingen": teksten} if teksten else None,
    )


@voorvertoning("verwijs_terug")
def toon_terugverwijzing(traject: Adviestraject) -> list[Gevolg]:
    """Wie verder moet."""
    naam = traject.commissie.naam if traject.commissie else "De commissie"
    return [
        Gevolg(naam, "werkt verder en stelt opnieuw een groene versie vast"),
        *(Gevolg(g.naam, "krijgt na tien minuten bericht") for g in wie_behandelt(traject)),
    ]


@voorvertoning("stel_uit")
def toon_uitstel(traject: Adviestraject) -> list[Gevolg]:
    """Wie verder moet."""
    return [
        Gevolg("De secretaris van de raad", "zet het advies op de agenda van een volgende vergadering"),
        *(Gevolg(g.naam, "krijgt na tien minuten bericht") for g in wie_behandelt(traject)),
    ]


@uitvoering("verwijs_terug", "stel_uit")
def laat_los(
    traject_pk: int, *, versie: int | None, overgang: str, door: "Gebruiker", reden: str = ""
) -> Adviestraject:
    """Sluit deze behandeling af als terugverwezen of uitgesteld; vastgelegde standpunten blijven in het dossier."""
    agendering = lopende_agendering(vergrendel(traject_pk, versie))
    traject = zet_stap(traject_pk, versie=versie, overgang=overgang, door=door, reden=reden)
    if agendering is not None:
        _sluit(agendering, Uitkomst.TERUGVERWEZEN if overgang == "verwijs_terug" else Uitkomst.UITGESTELD)
    onderwerp = "De raad stelde een advies niet vast" if overgang == "verwijs_terug" else "Een advies is uitgesteld"
    bericht_behandelaars(traject, onderwerp=onderwerp, feit=feit(traject, overgang), door=door)
    return traject
