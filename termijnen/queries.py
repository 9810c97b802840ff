"""Lezen van termijnen."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Value, When

from termijnen.enums import Status
from termijnen.models import MAX_FOUTEN, Herinnering, Termijn, TermijnQuerySet

if TYPE_CHECKING:
    from toegang.models import Gebruiker


def open_termijnen() -> TermijnQuerySet:
    """Geef wat loopt of stilstaat, vroegste vervaldag eerst."""
    return Termijn.objects.lopend().select_related("eigenaar").order_by("vervalt_op", "pk")


def termijnen_van(object: models.Model) -> TermijnQuerySet:
    """Geef alle termijnen van een object, ook afgesloten, vroegste vervaldag eerst."""
    return Termijn.objects.van(object).select_related("eigenaar").order_by("vervalt_op", "pk")


def laatste(object: models.Model, soort: str) -> Termijn | None:
    """Geef de jongste termijn van deze soort op een object, lopend of afgesloten; None als er geen is."""
    return Termijn.objects.van(object).filter(soort=soort).order_by("-pk").first()


def van_mij(gebruiker: "Gebruiker") -> Q:
    """Geef de voorwaarde "mijn termijnen": ik bewaak haar, of ik ben erover gewaarschuwd."""
    gewaarschuwd = Herinnering.objects.filter(termijn=OuterRef("pk"), ontvanger_id=gebruiker.pk)
    return Q(eigenaar_id=gebruiker.pk) | Q(Exists(gewaarschuwd))


def urgentste_eerst(termijnen: TermijnQuerySet, vandaag: date) -> TermijnQuerySet:
    """Sorteer: verstreken, dan lopend, dan stilstaand; daarbinnen op vervaldag."""
    beurt = Case(
        When(status=Status.GEPAUZEERD, then=Value(2)),
        When(vervalt_op__lt=vandaag, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return termijnen.annotate(beurt=beurt).order_by("beurt", "vervalt_op", "pk")


def apart_gelegd() -> TermijnQuerySet:
    """Geef lopende termijnen waarvan het waarschuwen bleef mislukken."""
    return Termijn.objects.filter(status=Status.OPEN, fouten__gte=MAX_FOUTEN)


@dataclass(frozen=True)
class Telling:
    """Hoeveel termijnen verstreken zijn, deze week aflopen, lopen en stilstaan."""

    verstreken: int
    deze_week: int
    open: int
    stil: int


def telling(termijnen: TermijnQuerySet, vandaag: date) -> Telling:
    """Tel in één zoekvraag; "deze week" is vandaag en de zes dagen erna."""
    loopt = Q(status=Status.OPEN)
    return Telling(
        **termijnen.aggregate(
            verstreken=Count("pk", filter=loopt & Q(vervalt_op__lt=vandaag)),
            deze_week=Count("pk", filter=loopt & Q(vervalt_op__range=(vandaag, vandaag + timedelta(days=6)))),
            open=Count("pk", filter=loopt),
            stil=Count("pk", filter=Q(status=Status.GEPAUZEERD)),
        )
    )
