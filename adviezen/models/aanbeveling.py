"""Wat een advies aanbeveelt, en aan wie: bevroren zodra het advies is aangeboden."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from adviezen.enums import SoortGeadresseerde
from adviezen.models.advies import Advies
from kern.models import Voorbeeldbaar


class Geadresseerde(Voorbeeldbaar):
    """Aan wie een aanbeveling gericht is: een bewindspersoon, het kabinet, een Kamer, een organisatie.

    Een ministerie dat anders gaat heten of splitst, houdt zijn oude naam bij wat toen gevraagd is; `opvolgers` zegt
    wie er nu over gaat. Zoeken op de nieuwe naam vindt zo ook wat aan de oude gericht was.
    """

    naam = models.CharField("naam", max_length=200, unique=True)
    soort = models.CharField("soort", max_length=20, choices=SoortGeadresseerde.choices)
    opvolgers = models.ManyToManyField("self", symmetrical=False, related_name="voorgangers", blank=True)

    class Meta:
        verbose_name = "geadresseerde"
        verbose_name_plural = "geadresseerden"
        ordering: ClassVar = ["naam"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(naam=""), name="adviezen_geadresseerde_naam"),
            models.CheckConstraint(
                condition=Q(soort__in=SoortGeadresseerde.values), name="adviezen_geadresseerde_soort"
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Aanbeveling(models.Model):
    """Eén aanbeveling uit een advies.

    `geadresseerden` is de tekst zoals zij in het advies staat, `aan` dezelfde namen als records. `blok` wijst de alinea
    aan. Is het advies uit een traject aangeboden, dan weigert de database elke wijziging (migratie 0003).
    """

    advies = models.ForeignKey(Advies, on_delete=models.PROTECT, related_name="aanbevelingen")
    nummer = models.PositiveSmallIntegerField("nummer")
    tekst = models.TextField("aanbeveling")
    geadresseerden = models.CharField("aan wie", max_length=300, blank=True, default="")
    aan = models.ManyToManyField(Geadresseerde, related_name="aanbevelingen", blank=True)
    blok = models.CharField("blok", max_length=64, blank=True, default="")

    class Meta:
        verbose_name = "aanbeveling"
        verbose_name_plural = "aanbevelingen"
        ordering: ClassVar = ["advies", "nummer"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["advies", "nummer"], name="adviezen_aanbeveling_nummer"),
            models.CheckConstraint(condition=~Q(tekst=""), name="adviezen_aanbeveling_tekst"),
        ]

    def __str__(self) -> str:
        return f"aanbeveling {self.nummer}"
