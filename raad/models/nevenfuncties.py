"""Wat iemand naast de raad doet, en wie een ministerie in de raad vertegenwoordigt."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q

from raad.enums import Ambt
from raad.models.personen import Persoon
from raad.models.tijdvak import Dagbereik, Tijdvak, einde_na_begin


class Nevenfunctie(Tijdvak):
    """Een betaalde of onbetaalde functie naast de raad; de lijst is openbaar (SER-Wijzer 8).

    Een `onverenigbaar` ambt kan niet samengaan met een zetel: de handeling beëindigt die op de eerste dag (regel 5).
    """

    persoon = models.ForeignKey(Persoon, on_delete=models.PROTECT, related_name="nevenfuncties")
    functie = models.CharField("functie", max_length=200)
    waar = models.CharField("bij", max_length=200, blank=True, default="")
    betaald = models.BooleanField("betaald", default=False)
    onverenigbaar = models.CharField("onverenigbaar ambt", max_length=20, choices=Ambt.choices, blank=True, default="")

    class Meta:
        verbose_name = "nevenfunctie"
        verbose_name_plural = "nevenfuncties"
        ordering: ClassVar = ["-van", "pk"]
        constraints: ClassVar = [
            einde_na_begin("raad_nevenfunctie_einde"),
            models.CheckConstraint(condition=~Q(functie=""), name="raad_nevenfunctie_met_functie"),
            models.CheckConstraint(
                condition=Q(onverenigbaar="") | Q(onverenigbaar__in=Ambt.values), name="raad_nevenfunctie_ambt_bestaat"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.functie}, {self.waar}" if self.waar else self.functie


class MinisterieVertegenwoordiger(Tijdvak):
    """Iemand die namens een ministerie de openbare raadsvergaderingen bijwoont, met raadgevende stem (Wet art. 28).

    Met `vervangt` is het de vervanger van die ander: ook hij krijgt oproeping en stukken.
    """

    persoon = models.ForeignKey(Persoon, on_delete=models.PROTECT, related_name="vertegenwoordigingen")
    ministerie = models.CharField("ministerie", max_length=120)
    vervangt = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="vervangers")

    class Meta:
        verbose_name = "vertegenwoordiger van een ministerie"
        verbose_name_plural = "vertegenwoordigers van ministeries"
        ordering: ClassVar = ["ministerie", "pk"]
        constraints: ClassVar = [
            einde_na_begin("raad_ministerie_einde"),
            models.CheckConstraint(condition=~Q(ministerie=""), name="raad_ministerie_met_naam"),
            models.CheckConstraint(
                condition=Q(vervangt__isnull=True) | ~Q(vervangt=F("id")), name="raad_ministerie_niet_zichzelf"
            ),
            ExclusionConstraint(
                name="raad_ministerie_dubbel",
                expressions=[("persoon", "="), (Dagbereik(), "&&")],
                violation_error_message="Deze persoon vertegenwoordigt in die tijd al een ministerie.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.persoon.naam}, {self.ministerie}"
