"""Stemmen: de ronde, wie wat stemde bij hoofdelijke oproeping, wie een briefje inleverde, en wie zich onthoudt.

De wet kent twee wijzen (art. 24): over zaken mondeling bij hoofdelijke oproeping, over personen bij gesloten,
ongetekende briefjes. Het portaal legt vast en vervangt niets. Een peiling op de tablets is niet bindend (domein §13.2).
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from kern.models import Voorbeeldbaar
from vergaderingen.enums import Besluitsoort, Rondesoort, Stemkeuze
from vergaderingen.models.agenda import Agendapunt, Besluit, BijAgendapuntQuerySet


class Onthouding(Voorbeeldbaar):
    """Een lid dat zich bij dit punt van medestemmen onthoudt; telt nergens mee (art. 23 en 25, regel 33)."""

    agendapunt = models.ForeignKey(Agendapunt, models.PROTECT, related_name="onthoudingen")
    zetel = models.ForeignKey("raad.Zetel", models.PROTECT, related_name="+")
    persoon = models.ForeignKey("raad.Persoon", models.PROTECT, related_name="+")
    reden = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "onthouding van medestemmen"
        verbose_name_plural = "onthoudingen van medestemmen"
        constraints = [models.UniqueConstraint(name="onthouding_een_per_zetel", fields=["agendapunt", "zetel"])]

    def __str__(self) -> str:
        return f"{self.persoon} onthoudt zich bij {self.agendapunt}"


class Stemronde(Voorbeeldbaar):
    """Eén stemming bij een agendapunt. Bij personen staan alleen totalen hier en is er geen stem per persoon (32)."""

    agendapunt = models.ForeignKey(Agendapunt, models.PROTECT, related_name="stemronden")
    soort = models.CharField(max_length=12, choices=Rondesoort)
    over = models.CharField(max_length=20, choices=Besluitsoort, default=Besluitsoort.ZAAK)
    vraag = models.TextField("voorstel waarover gestemd wordt")
    vorige = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="herstemmingen",
        help_text="de nietige of aangehouden stemming die nu opnieuw gebeurt",
    )  # fmt: skip
    geopend_op = models.DateTimeField()
    gesloten_op = models.DateTimeField(null=True, blank=True)
    ingetrokken_reden = models.CharField("reden van intrekking", max_length=300, blank=True)
    voor = models.PositiveSmallIntegerField(null=True, blank=True)
    tegen = models.PositiveSmallIntegerField(null=True, blank=True)
    blanco = models.PositiveSmallIntegerField(null=True, blank=True)
    besluit = models.OneToOneField(Besluit, models.PROTECT, null=True, blank=True, related_name="stemronde")

    objects: ClassVar[Any] = BijAgendapuntQuerySet.as_manager()

    class Meta:
        verbose_name = "stemming"
        verbose_name_plural = "stemmingen"
        ordering = ["agendapunt", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="stemronde_een_open_per_punt", fields=["agendapunt"], condition=Q(gesloten_op__isnull=True)
            ),
            models.CheckConstraint(name="stemronde_soort_bekend", condition=Q(soort__in=Rondesoort.values)),
            models.CheckConstraint(name="stemronde_over_bekend", condition=Q(over__in=Besluitsoort.values)),
            models.CheckConstraint(name="stemronde_met_vraag", condition=~Q(vraag="")),
            models.CheckConstraint(
                name="stemronde_briefjes_over_personen",
                condition=Q(soort=Rondesoort.BRIEFJES, over=Besluitsoort.PERSONEN)
                | (~Q(soort=Rondesoort.BRIEFJES) & ~Q(over=Besluitsoort.PERSONEN)),
            ),
            models.CheckConstraint(
                name="stemronde_peiling_zonder_besluit",
                condition=~Q(soort=Rondesoort.PEILING) | Q(besluit__isnull=True, vorige__isnull=True),
            ),
            models.CheckConstraint(
                name="stemronde_telling_na_sluiting",
                condition=Q(voor__isnull=True, tegen__isnull=True, blanco__isnull=True)
                | Q(voor__isnull=False, tegen__isnull=False, blanco__isnull=False, gesloten_op__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()}: {self.vraag}"

    @property
    def is_open(self) -> bool:
        """Geef of er nog gestemd kan worden."""
        return self.gesloten_op is None

    @property
    def ingetrokken(self) -> bool:
        """Geef of deze stemming zonder uitslag is gestaakt."""
        return bool(self.ingetrokken_reden)


class Stem(Voorbeeldbaar):
    """De stem van één zetel in een hoofdelijke stemming of peiling; de uitslag is altijd de telling van deze rijen."""

    ronde = models.ForeignKey(Stemronde, models.PROTECT, related_name="stemmen")
    zetel = models.ForeignKey("raad.Zetel", models.PROTECT, related_name="+")
    persoon = models.ForeignKey("raad.Persoon", models.PROTECT, related_name="+")
    keuze = models.CharField(max_length=6, choices=Stemkeuze)
    vastgelegd_op = models.DateTimeField()

    class Meta:
        verbose_name = "stem"
        verbose_name_plural = "stemmen"
        ordering = ["ronde", "zetel__nummer"]
        constraints = [
            models.UniqueConstraint(name="stem_een_per_zetel", fields=["ronde", "zetel"]),
            models.UniqueConstraint(name="stem_een_per_persoon", fields=["ronde", "persoon"]),
            models.CheckConstraint(name="stem_keuze_bekend", condition=Q(keuze__in=Stemkeuze.values)),
        ]

    def __str__(self) -> str:
        return f"{self.persoon}: {self.keuze}"


class Stembriefje(Voorbeeldbaar):
    """Dat deze zetel een briefje inleverde. Wat erop stond staat nergens: die kolom bestaat niet (regel 32)."""

    ronde = models.ForeignKey(Stemronde, models.PROTECT, related_name="briefjes")
    zetel = models.ForeignKey("raad.Zetel", models.PROTECT, related_name="+")
    persoon = models.ForeignKey("raad.Persoon", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "stembriefje"
        verbose_name_plural = "stembriefjes"
        constraints = [
            models.UniqueConstraint(name="stembriefje_een_per_zetel", fields=["ronde", "zetel"]),
            models.UniqueConstraint(name="stembriefje_een_per_persoon", fields=["ronde", "persoon"]),
        ]

    def __str__(self) -> str:
        return f"{self.persoon} leverde een briefje in"
