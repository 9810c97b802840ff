"""Wie er verder gehoord is: hoorzitting, panel, werkbezoek, deskundige, consultatie (brochure, "Inspraak")."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from adviezen.enums import SoortGehoorde, Werkvorm
from adviezen.models.zicht_organisatie import GehoordeQuerySet, InspraakQuerySet
from kern.models import Versioneerbaar
from kern.tijd import nu


class Inspraak(Versioneerbaar):
    """Eén keer dat de commissie anderen hoorde, met dag, vorm, wie er waren en wat het opleverde.

    `uitkomst` en `onderwerp` zijn voor de commissie; openbaar worden bij het advies alleen vorm, dag en partijen, en
    niets als `openbaar` uit staat (met een reden).
    """

    traject = models.ForeignKey("adviezen.Adviestraject", on_delete=models.PROTECT, related_name="inspraak")
    vorm = models.CharField("vorm", max_length=20, choices=Werkvorm.choices)
    onderwerp = models.CharField("onderwerp", max_length=200, blank=True, default="")
    van = models.DateField("dag")
    tot = models.DateField("tot en met", null=True, blank=True)
    plaats = models.CharField("plaats", max_length=200, blank=True, default="")
    uitkomst = models.TextField("wat het opleverde", blank=True, default="")
    openbaar = models.BooleanField("in de openbare lijst", default=True)
    niet_openbaar_reden = models.TextField("waarom niet openbaar", blank=True, default="")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    bijgewerkt_op = models.DateTimeField(default=nu)

    objects = InspraakQuerySet.as_manager()

    class Meta:
        verbose_name = "inspraak"
        verbose_name_plural = "inspraak"
        ordering: ClassVar = ["van", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(vorm__in=Werkvorm.values), name="adviezen_inspraak_vorm"),
            models.CheckConstraint(
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
                name="adviezen_inspraak_periode",
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
            models.CheckConstraint(
                condition=Q(openbaar=True) | ~Q(niet_openbaar_reden=""),
                name="adviezen_inspraak_reden",
                violation_error_message="Zeg waarom dit niet in de openbare lijst komt.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_vorm_display()


class Gehoorde(models.Model):
    """Een organisatie of persoon die gehoord is. De naam van een persoon wordt alleen openbaar met zijn toestemming."""

    inspraak = models.ForeignKey(Inspraak, on_delete=models.PROTECT, related_name="gehoorden")
    naam = models.CharField("naam", max_length=200)
    soort = models.CharField(max_length=12, choices=SoortGehoorde.choices)
    toestemming = models.BooleanField("naam mag openbaar", default=False)
    volgorde = models.PositiveSmallIntegerField(default=0)

    objects = GehoordeQuerySet.as_manager()

    class Meta:
        verbose_name = "gehoorde"
        verbose_name_plural = "gehoorden"
        ordering: ClassVar = ["volgorde", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(naam=""), name="adviezen_gehoorde_naam"),
            models.CheckConstraint(condition=Q(soort__in=SoortGehoorde.values), name="adviezen_gehoorde_soort"),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def openbaar(self) -> bool:
        """Of de naam in de openbare lijst mag."""
        return self.soort == SoortGehoorde.ORGANISATIE or self.toestemming
