"""Wat er na een advies gebeurt: de reactie van het kabinet."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from kern.models import Precisie, Versioneerbaar, Voorbeeldbaar
from kern.tijd import datum_met_precisie, nu

if TYPE_CHECKING:
    from toegang.models import Gebruiker


class ReactieQuerySet(models.QuerySet["Kabinetsreactie"]):
    """Kabinetsreacties zijn openbaar: wie een account heeft, ziet ze alle."""

    def zichtbaar_voor(self, gebruiker: Gebruiker) -> ReactieQuerySet:
        """Geef wat deze gebruiker mag zien."""
        return self if getattr(gebruiker, "is_active", False) else self.none()


class Kabinetsreactie(Voorbeeldbaar, Versioneerbaar):
    """Eén brief (of andere reactie) van het kabinet, over een of meer adviezen.

    `datum` is de dag van de brief; `datum_precisie` zegt hoe nauwkeurig zij bekend is, en "onbekend" gaat samen met
    een lege datum. `gedeeltelijk`: de reactie gaat op een deel van het advies in; de termijn loopt dan door.
    """

    adviezen = models.ManyToManyField("adviezen.Advies", related_name="kabinetsreacties", verbose_name="adviezen")
    datum = models.DateField("datum van de brief", null=True, blank=True)
    datum_precisie = models.CharField(
        "precisie van de datum", max_length=8, choices=Precisie.choices, default=Precisie.DAG
    )
    afzenders = models.CharField("afzenders", max_length=500, blank=True, default="")
    kamerstuk = models.CharField("kamerstuk", max_length=300, blank=True, default="")
    toelichting = models.TextField("toelichting", blank=True, default="")
    bron = models.CharField("bron", max_length=500, blank=True, default="")
    bestand = models.ForeignKey("stukken.Bestand", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    gedeeltelijk = models.BooleanField("gaat op een deel van het advies in", default=False)
    vastgelegd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    vastgelegd_op = models.DateTimeField(default=nu, editable=False)

    objects = ReactieQuerySet.as_manager()

    class Meta:
        verbose_name = "kabinetsreactie"
        verbose_name_plural = "kabinetsreacties"
        ordering: ClassVar = [models.F("datum").desc(nulls_last=True), "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(datum__isnull=True, datum_precisie=Precisie.ONBEKEND)
                | Q(datum__isnull=False, datum_precisie__in=[Precisie.DAG, Precisie.MAAND, Precisie.JAAR]),
                name="opvolging_reactie_datum",
                violation_error_message="Zonder datum is de precisie “niet bekend”.",
            ),
        ]

    def __str__(self) -> str:
        return f"kabinetsreactie van {self.datum_tekst}"

    @property
    def datum_tekst(self) -> str:
        """De datum zoals zij bekend is."""
        return datum_met_precisie(self.datum, self.datum_precisie)
