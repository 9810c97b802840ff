"""De hele voorbeeldwereld: verzonnen mensen, organisaties, vergaderingen en trajecten, alle met het merk VOORBEELD."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from adviezen.actions import voortraject
from adviezen.actions.doelen import kies_doelen
from adviezen.actions.impact import leg_impact_vast
from adviezen.actions.perslezers import laat_perslezer_toe
from adviezen.enums import (
    EINDSTANDEN,
    IMPACT_OPEN,
    Bestuurswens,
    Impactmoment,
    Stap,
    Verkenningsvorm,
    Voortrajectherkomst,
)
from adviezen.models import Adviestraject, Doel
from inrichting import voorbeeld_gehoord as gehoord
from inrichting import voorbeeld_raadszittingen as raadszittingen
from inrichting import voorbeeld_trajecten as trajecten
from inrichting.voorbeeld_leren import b_leren
from inrichting.voorbeeld_loods import Loods
from inrichting.voorbeeld_mensen import maak_staf
from inrichting.voorbeeld_oud import oude_post
from inrichting.voorbeeld_raad import maak_raad
from inrichting.voorbeeld_vergaderingen import Bouw, maak_losse_vergaderingen
from toegang.voorbeeldaccounts import WACHTWOORD


@transaction.atomic
def maak_wereld(dag: date, *, veertig: bool = True, pdf: bool = False) -> Loods | None:
    """Bouw de voorbeeldwereld rond `dag` (de dag van de eerste start) en geef haar; None als zij er al is.

    `veertig` laat de veertig kleine trajecten en de oude post weg als toetsen ze niet nodig hebben; `pdf` zet de
    adviezen echt op.
    """
    if Adviestraject.objects.filter(voorbeeld=True).exists():
        return None
    staf = maak_staf()
    raad = maak_raad(
        dag=dag, wachtwoord=WACHTWOORD, door=staf.raadssecretaris, secretarissen=[staf.secretaris, staf.tweede]
    )
    loods = Loods(raad, staf, dag, Bouw(raad, staf.raadssecretaris, staf.secretaris))
    maak_losse_vergaderingen(loods.bouw, dag)
    zaal = raadszittingen.Zaal(loods, echte_pdf=pdf)
    raadszittingen.d_verdeeld(zaal)
    raadszittingen.e_unaniem(zaal)
    raadszittingen.h_mandaat(zaal)
    trajecten.f_geweigerd(loods)
    trajecten.g_ingetrokken(loods)
    b = b_leren(loods)
    raadszittingen.komende_vergaderingen(zaal, b)
    gehoord.b_aanvulling(loods, b)
    a = trajecten.a_thuiswerken(loods)
    gehoord.gehoord_a(loods, a)
    gehoord.kroonleden_a(loods, a)
    trajecten.c_eigen_initiatief(loods)
    trajecten.losse_stappen(loods)
    if veertig:
        trajecten.veertig(loods)
    _kies_doelen(loods)
    _beoog(loods)
    _verwacht(loods)
    _laat_pers_toe(loods)
    if veertig:
        oude_post(loods)
    return loods


def _beoog(loods: Loods) -> None:
    """Leg van de eerste lopende trajecten vast wat zij bij de intake beogen."""
    begin = Adviestraject.objects.filter(voorbeeld=True, stap__in=IMPACT_OPEN[Impactmoment.INTAKE]).order_by("pk")
    for traject in begin[:3]:
        leg_impact_vast(
            traject=traject,
            versie=None,
            moment=Impactmoment.INTAKE,
            beoogd="Over vijf jaar weet iedereen die het aangaat waar hij aan toe is (voorbeeld).",
            groepen="Werknemers met een wisselend rooster merken het eerst (voorbeeld).",
            door=loods.staf.raadssecretaris,
        )


def _laat_pers_toe(loods: Loods) -> None:
    """Laat een journalist het advies van stap 8 onder embargo lezen; hij leest zodra het is klaargezet en bevestigd."""
    traject = Adviestraject.objects.filter(voorbeeld=True, stap=Stap.AANBIEDING).order_by("pk").first()
    if traject is None:
        return
    lezer = laat_perslezer_toe(
        traject=traject,
        email="journalist@voorbeeld.test",
        naam="Journalist (voorbeeld)",
        medium="De Voorbeeldkrant (voorbeeld)",
        door=loods.staf.communicatie,
    )
    lezer.gebruiker.password = loods.staf.communicatie.password  # hetzelfde voorbeeldwachtwoord als ieder
    lezer.gebruiker.save(update_fields=["password"])


def _verwacht(loods: Loods) -> None:
    """Zet drie verwachte vragen op het werkprogramma: een nieuwe, een die verkend wordt, en een die gewenst is."""
    door = loods.staf.secretaris
    for titel, ver, verkend in (
        ("Vakmensen voor het elektriciteitsnet (voorbeeld)", 150, 0),
        ("Mantelzorg naast werk (voorbeeld)", 75, 1),
        ("Schulden bij jonge werkenden (voorbeeld)", 20, 2),
    ):
        rij = voortraject.leg_voortraject_vast(
            titel=titel,
            herkomst=Voortrajectherkomst.KABINETSLIJST,
            lijstjaar=loods.dag.year + 1,
            verwacht_op=loods.dag + timedelta(days=ver),
            probleemstelling="Wie klem zit, vraagt te laat om hulp (voorbeeld)." if verkend else "",
            secretaris=door,
            door=door,
        )
        if verkend:
            rij = voortraject.besluit(voortraject=rij, versie=None, overgang="begin_verkenning", door=door)
            voortraject.leg_verkenning_vast(
                voortraject=rij,
                op=loods.dag - timedelta(days=12),
                vorm=Verkenningsvorm.BRAINSTORM,
                met_wie="vier leden en twee deskundigen (voorbeeld)",
                opbrengst="Het gaat minder om geld dan om tijd en om de weg weten (voorbeeld).",
                door=door,
            )
        lid = loods.raad.leden["CNV 1"].gebruiker
        if verkend == 1 and lid is not None:
            voortraject.geef_mening(
                voortraject=rij,
                wens=Bestuurswens.BESPREKEN,
                toelichting="Eerst weten of de leden hier nu ruimte voor hebben (voorbeeld).",
                door=lid,
            )
        if verkend > 1:
            voortraject.besluit(
                voortraject=rij,
                versie=None,
                overgang="besluit_gewenst",
                reden="De meerwaarde is er en de leden hebben ruimte (voorbeeld).",
                door=door,
            )


def _kies_doelen(loods: Loods) -> None:
    """Laat de lopende trajecten om de beurt een doel van de werkagenda dienen; zonder geladen archief zijn er geen."""
    doelen = list(Doel.objects.all())
    lopend = Adviestraject.objects.filter(voorbeeld=True).exclude(stap__in=EINDSTANDEN).order_by("pk")
    for nummer, traject in enumerate(lopend[:12]):
        gekozen = doelen[nummer % len(doelen) :][:2] if doelen else []
        kies_doelen(traject=traject, versie=None, doelen=gekozen, door=loods.staf.raadssecretaris)
