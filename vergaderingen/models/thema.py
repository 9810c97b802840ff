"""De themasessie: onderwerpen, tafels met elk een verslag, en drie stickers per lid over alle tafels (regel 47)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from kern.models import Versioneerbaar, Voorbeeldbaar
from vergaderingen.models.agenda import Agendapunt, BijAgendapuntQuerySet

STICKERS = 3


class Themaonderwerp(Voorbeeldbaar):
    """Een onderwerp van een themasessie; leden plakken hun stickers bij onderwerpen, niet bij tafels."""

    agendapunt = models.ForeignKey(Agendapunt, models.PROTECT, related_name="themaonderwerpen")
    volgorde = models.PositiveSmallIntegerField()
    titel = models.CharField(max_length=300)

    objects: ClassVar[Any] = BijAgendapuntQuerySet.as_manager()

    class Meta:
        verbose_name = "themaonderwerp"
        verbose_name_plural = "themaonderwerpen"
        ordering = ["agendapunt", "volgorde"]
        constraints = [
            models.UniqueConstraint(name="themaonderwerp_volgorde_eenmalig", fields=["agendapunt", "volgorde"]),
            models.CheckConstraint(name="themaonderwerp_met_titel", condition=~Q(titel="")),
        ]

    def __str__(self) -> str:
        return self.titel


class Thematafel(Versioneerbaar, Voorbeeldbaar):
    """Een tafel met haar onderwerp, gespreksleider en terugkoppeling. Een onderwerp kan twee tafels hebben."""

    agendapunt = models.ForeignKey(Agendapunt, models.PROTECT, related_name="thematafels")
    nummer = models.PositiveSmallIntegerField()
    onderwerp = models.ForeignKey(Themaonderwerp, models.PROTECT, related_name="tafels")
    leider = models.CharField("gespreksleider", max_length=200, blank=True)
    verslag = models.TextField("terugkoppeling", blank=True)

    objects: ClassVar[Any] = BijAgendapuntQuerySet.as_manager()

    class Meta:
        verbose_name = "thematafel"
        verbose_name_plural = "thematafels"
        ordering = ["agendapunt", "nummer"]
        constraints = [models.UniqueConstraint(name="thematafel_nummer_eenmalig", fields=["agendapunt", "nummer"])]

    def __str__(self) -> str:
        return f"Tafel {self.nummer}: {self.onderwerp}"


class Sticker(Voorbeeldbaar):
    """Eén van de drie stickers van een zetel. De database telt mee: per zetel alleen nummer 1, 2 en 3."""

    agendapunt = models.ForeignKey(Agendapunt, models.PROTECT, related_name="stickers")
    zetel = models.ForeignKey("raad.Zetel", models.PROTECT, related_name="+")
    nummer = models.PositiveSmallIntegerField()
    onderwerp = models.ForeignKey(Themaonderwerp, models.PROTECT, related_name="stickers")
    persoon = models.ForeignKey("raad.Persoon", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "sticker"
        verbose_name_plural = "stickers"
        constraints = [
            models.UniqueConstraint(name="sticker_nummer_eenmalig", fields=["agendapunt", "zetel", "nummer"]),
            models.CheckConstraint(name="sticker_drie_per_zetel", condition=Q(nummer__gte=1, nummer__lte=STICKERS)),
        ]

    def __str__(self) -> str:
        return f"Sticker {self.nummer} van {self.persoon}"
