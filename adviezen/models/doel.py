"""De doelen van de werkagenda; het werkprogramma zegt per traject welke het dient (brochure: Werkagenda 2024-2026)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Doel(models.Model):
    """Een doel uit een werkagenda, met de jaren waarvoor die geldt ("2024-2026")."""

    naam = models.CharField("naam", max_length=200)
    periode = models.CharField("werkagenda", max_length=20)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)
    bron = models.CharField("bron", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "doel"
        verbose_name_plural = "doelen"
        ordering: ClassVar = ["-periode", "volgorde", "naam"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["periode", "naam"], name="adviezen_doel_een_per_agenda"),
            models.CheckConstraint(condition=~models.Q(naam=""), name="adviezen_doel_met_naam"),
        ]

    def __str__(self) -> str:
        return self.naam
