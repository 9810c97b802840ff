"""Intrekken, beëindigen en dat herroepen: wat nog liep stopt, en wie eraan werkte krijgt bericht."""

import itertools
from datetime import date, datetime
from typing import TYPE_CHECKING

from adviezen.actions.agendering import mag_openbaar, vergrendel_met_zitting
from adviezen.actions.beraad import (
    haal_aansporingen_terug,
    neem_ontwerp_terug,
    zet_aansporingen_terug,
    zet_ontwerp_terug,
)
from adviezen.actions.bericht import krijgt_bericht, laat_vorige_toch_gaan
from adviezen.actions.handelen import Gevolg, feit, uitvoering, voorvertoning, zet_stap
from adviezen.enums import Stap
from adviezen.models import Achterbanberaad, Adviestraject
from adviezen.policies.beraad import open_beraad
from adviezen.policies.raad import lopende_agendering
from adviezen.queries.aanspreken import aanspreekpunten, raadssecretarissen, wie_behandelt
from adviezen.queries.ontwerp import wachtend_ontwerp
from berichten.actions import annuleer, stuur
from commissies.queries import leden_van
from kern.tijd import nu, vandaag
from termijnen.actions import heropen, laat_vervallen
from termijnen.enums import SoortWijziging
from termijnen.models import Termijn
from vergaderingen.enums import Status
from vergaderingen.policies import mag_agenda_wijzigen

if TYPE_CHECKING:
    from stukken.models import Bestand
    from toegang.models import Gebruiker
    from vergaderingen.models import Vergadering


BIJ_RAAD = (Stap.NAAR_RAAD, Stap.VASTSTELLING)
# De handeling die iemand aan het werk zet bij deze stap; wacht haar bericht nog, dan is het met het einde onwaar.
OPDRACHTEN = {Stap.CONCEPT: ("wijs_toe",), Stap.NAAR_RAAD: ("stuur_naar_raad",)}


def _met_klok(traject: Adviestraject) -> "list[Adviestraject | Achterbanberaad]":
    """Geef waar een termijn bij kan horen: het traject en zijn rondes."""
    return [traject, *traject.beraden.all()]


def laat_termijnen_vervallen(traject: Adviestraject, reden: str, door: "Gebruiker") -> None:
    """Laat elke lopende termijn van het traject en van een open ronde vervallen, met de reden."""
    for object in _met_klok(traject):
        for termijn in Termijn.objects.van(object).lopend():
            laat_vervallen(termijn=termijn, reden=reden, door=door)


def heropen_termijnen(traject: Adviestraject, sinds: datetime, reden: str, door: "Gebruiker") -> None:
    """Laat de termijnen weer lopen die bij het einde, op `sinds`, vervielen; wat eerder verviel blijft vervallen."""
    for object in _met_klok(traject):
        bij_einde = Termijn.objects.van(object).filter(
            status="vervallen", wijzigingen__soort=SoortWijziging.VERVALLEN, wijzigingen__op__gte=sinds
        )
        for termijn in bij_einde.distinct():
            heropen(termijn=termijn, reden=reden, door=door)


def betrokkenen(traject: Adviestraject) -> "list[Gebruiker]":
    """Geef wie aan dit traject werkt en een account heeft: secretaris, waarnemer, commissie, contactpersonen."""
    uit: dict[int, Gebruiker] = {g.pk: g for g in wie_behandelt(traject)}
    if traject.commissie is not None:
        for lid in leden_van(traject.commissie, vandaag()).select_related("persoon__gebruiker"):
            if lid.persoon.gebruiker is not None:
                uit[lid.persoon.gebruiker.pk] = lid.persoon.gebruiker
    beraad = open_beraad(traject)
    if beraad is not None:
        for deelname in beraad.deelnames.select_related("contact", "organisatie"):
            uit |= {g.pk: g for g in aanspreekpunten(deelname)}
    return [g for g in uit.values() if g.is_active]


def _nog_op_agenda(traject: Adviestraject) -> "Vergadering | None":
    """Geef de raadsvergadering waar dit advies nog van de agenda moet, of None."""
    agendering = lopende_agendering(traject)
    if agendering is None or mag_agenda_wijzigen(agendering.agendapunt.vergadering):
        return None
    return agendering.agendapunt.vergadering


@voorvertoning("trek_in", "beeindig")
def toon_einde(traject: Adviestraject) -> list[Gevolg]:
    """Wie er bericht krijgt, en wat stopt."""
    termijnen = sum(Termijn.objects.van(object).lopend().count() for object in _met_klok(traject))
    uit = [krijgt_bericht(len(betrokkenen(traject)), "mens die eraan werkt", "mensen die eraan werken")]
    if termijnen:
        uit.append(Gevolg("Termijnen", f"{termijnen} lopende vervallen, met de reden"))
    if wachtend_ontwerp(traject) is not None:
        uit.append(Gevolg("Het ontwerpadvies", "wordt niet meer openbaar"))
    if (zitting := _nog_op_agenda(traject)) is not None:
        uit.append(Gevolg("De secretaris van de raad", f"haalt het advies van de agenda van {zitting}"))
    return [*uit, Gevolg("Iedereen", "ziet dat het traject is gestopt en wanneer; de reden staat in het dossier")]


@uitvoering("trek_in", "beeindig")
def eindig(
    traject_pk: int,
    *,
    versie: int | None,
    overgang: str,
    door: "Gebruiker",
    reden: str = "",
    datum: date,
    brief: "Bestand | None" = None,
) -> Adviestraject:
    """Beëindig een traject op `datum`; de reden komt in het dossier. Een open ronde sluit, termijnen vervallen.

    Een ontwerpadvies dat nog wachtte wordt niet openbaar; wat al openbaar was blijft dat. Staat het advies op de
    agenda van de raad, dan krijgt de secretaris van de raad de opdracht het daar af te halen.
    """
    vorig = Adviestraject.objects.get(pk=traject_pk)
    ontvangers, beraad = betrokkenen(vorig), open_beraad(vorig)
    traject = zet_stap(
        traject_pk,
        versie=versie,
        overgang=overgang,
        door=door,
        reden=reden,
        datum=datum,
        motivering=reden.strip(),
        brief=brief,
    )
    if beraad is not None:
        beraad.gesloten_op, beraad.sluit_reden = nu(), reden.strip()
        beraad.save(update_fields=["gesloten_op", "sluit_reden"])
    laat_termijnen_vervallen(traject, reden, door)
    haal_aansporingen_terug(traject, door=door, reden=reden.strip())
    for eerder in itertools.chain(*OPDRACHTEN.values()):
        annuleer(feit_begin=f"adviezen.{eerder}:{traject.pk}", reden=reden.strip(), door=door)
    neem_ontwerp_terug(traject, door=door, reden=reden.strip())
    for gebruiker in ontvangers:
        stuur(
            ontvanger=gebruiker,
            onderwerp="Een adviestraject is gestopt",
            pad="/thuis/",
            feit=feit(traject, overgang),
            door=door,
        )
    if (zitting := _nog_op_agenda(traject)) is not None:
        for gebruiker in raadssecretarissen():
            stuur(
                ontvanger=gebruiker,
                onderwerp="Haal een gestopt advies van de agenda",
                pad=f"/werk/vergaderingen/{zitting.pk}/",
                feit=feit(traject, overgang, "agenda"),
                door=door,
            )
    return traject


@uitvoering("herroep_einde")
def herroep_einde(
    traject_pk: int, *, versie: int | None, overgang: str, door: "Gebruiker", reden: str = ""
) -> Adviestraject:
    """Herroep het einde: wat nog wacht gaat niet uit, de ronde en de termijnen lopen weer.

    Ook het ontwerpadvies wordt alsnog openbaar, tenzij de raad het intussen van zijn agenda haalde.
    """
    vorig = vergrendel_met_zitting(traject_pk, versie)
    traject = zet_stap(traject_pk, versie=versie, overgang=overgang, door=door, reden=reden)
    annuleer(feit_begin=f"adviezen.{vorig.laatste_overgang}:{vorig.pk}", reden=reden, door=door)
    gesloten = traject.beraden.filter(geopend_op__isnull=False, sluit_reden=vorig.einde_reden).last()
    if gesloten is not None and traject.stap == "achterbanberaad":
        gesloten.gesloten_op, gesloten.sluit_reden = None, ""
        gesloten.save(update_fields=["gesloten_op", "sluit_reden"])
        zet_aansporingen_terug(traject, reden=reden, door=door)
    laat_vorige_toch_gaan(traject, OPDRACHTEN.get(Stap(traject.stap), ()), reden=reden, door=door)
    heropen_termijnen(traject, vorig.stap_sinds, reden, door)
    if traject.stap not in BIJ_RAAD or _in_openbaar_op_agenda(traject):
        zet_ontwerp_terug(traject, reden=vorig.einde_reden, door=door)
    return traject


def _in_openbaar_op_agenda(traject: Adviestraject) -> bool:
    """Geef of de leden nog zijn opgeroepen om dit advies in het openbaar te behandelen."""
    agendering = lopende_agendering(traject)
    if agendering is None or agendering.agendapunt.vergadering.status == Status.GEPLAND:
        return False
    return mag_openbaar(agendering)
