"""De klok van drie maanden en de evaluaties: wie gewaarschuwd wordt en waar zij over gaan."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q

from adviezen.models import Advies
from adviezen.termijnsoorten import nummers
from termijnen import soorten
from termijnen.regels import EVALUATIEJAREN, vervaldatum

if TYPE_CHECKING:
    from termijnen.models import Termijn
    from toegang.models import Gebruiker

NAAM = "kabinetsreactie"
VERLENGD = (
    "De nieuwe dag staat over tien minuten op de openbare klok van het kabinet. Daar staat bij dat de laatste dag is "
    "verzet, en wat de afgesproken dag was. Uw reden niet. Tot die tijd kunt u de verlenging herroepen. "
    "Noemde een bewindspersoon zelf een dag? Leg dan bij het advies een toezegging vast: die zegt wie, en de "
    "afgesproken drie maanden blijven staan."
)
EVALUATIES = tuple(f"evaluatie_{jaren}" for jaren in EVALUATIEJAREN)


def eerst_afgesproken(termijn: "Termijn") -> date:
    """Geef de dag van de afspraak: drie maanden na de begindag, ook als de termijn daarna is verzet of stilstond.

    Bij een termijn met een gekozen dag is dat de dag van voor de eerste wijziging.
    """
    if termijn.regel == NAAM:
        return vervaldatum(NAAM, termijn.basis, weekend_verschuiven=bool(settings.TERMIJN_WEEKEND_VERSCHUIVEN))
    eerste = termijn.wijzigingen.order_by("pk").first()
    return termijn.vervalt_op if eerste is None else eerste.oud_vervalt_op


def behandelaars(termijn: "Termijn", dag: date) -> "Iterable[Gebruiker]":
    """Geef de secretaris (en waarnemer) van het traject; zonder traject wie de termijn bewaakt."""
    advies = (
        Advies.objects.select_related("traject__secretaris", "traject__waarnemer").filter(pk=termijn.object_id).first()
    )
    if advies is None or advies.traject is None:
        return [] if termijn.eigenaar is None else [termijn.eigenaar]
    return [g for g in (advies.traject.secretaris, advies.traject.waarnemer) if g is not None]


def adres(termijn: "Termijn") -> str:
    """Geef de opvolging van het advies: daar wordt de reactie vastgelegd en ligt de brief klaar."""
    kenmerk = Advies.objects.filter(pk=termijn.object_id).values_list("kenmerk", flat=True).first()
    return f"/werk/opvolging/adviezen/{kenmerk}/" if kenmerk else "/werk/opvolging/"


def adres_van_evaluatie(termijn: "Termijn") -> str:
    """Geef het scherm waar deze evaluatie wordt vastgelegd."""
    kenmerk = Advies.objects.filter(pk=termijn.object_id).values_list("kenmerk", flat=True).first()
    jaren = termijn.soort.rpartition("_")[2]
    return f"/werk/opvolging/adviezen/{kenmerk}/evaluatie/?na={jaren}" if kenmerk else "/werk/opvolging/"


def iedereen(gebruiker: "Gebruiker") -> Q | None:
    """De klok is openbaar: wie een account heeft, ziet haar."""
    return Q(soort=NAAM)


def waargenomen(gebruiker: "Gebruiker") -> Q:
    """De klokken en evaluaties van adviezen waarvan iemand het traject waarneemt."""
    adviezen = Advies.objects.filter(traject__waarnemer=gebruiker)
    return Q(object_soort=Advies._meta.label_lower, object_id__in=nummers(adviezen))


def registreer_soorten(bij_trede: soorten.BijTrede) -> None:
    """Meld de soorten aan; vanuit `ready()`. `bij_trede` zet bij elke trede een conceptbrief klaar."""
    soorten.registreer_waarneming(waargenomen)
    soorten.registreer(
        soorten.standaard(
            NAAM, ontvangers=behandelaars, adres=adres, zichtbaar=iedereen, bij_trede=bij_trede, openbaar=VERLENGD
        )
    )
    for naam in EVALUATIES:
        soorten.registreer(soorten.standaard(naam, ontvangers=behandelaars, adres=adres_van_evaluatie))
