"""Wat een advies uitwerkte, nagegaan na 1, 3 en 5 jaar. Alleen toevoegen."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from opvolging.enums import TUSSENTIJDS, Uitwerking
from opvolging.models.aanbeveling import Vastgelegd
from termijnen.regels import EVALUATIEJAREN

MOMENTEN = (TUSSENTIJDS, *EVALUATIEJAREN)


class Evaluatie(Vastgelegd):
    """Wat de SER op dag `per` zag van wat een advies wilde bereiken. Van één moment geldt de jongste.

    `na_jaren`: 1, 3 of 5, of TUSSENTIJDS (daarvan blijven alle gelden). Alles behalve `lessen` is openbaar, tien
    minuten na het vastleggen.
    """

    advies = models.ForeignKey("adviezen.Advies", on_delete=models.PROTECT, related_name="evaluaties")
    na_jaren = models.PositiveSmallIntegerField("na hoeveel jaar")
    per = models.DateField("stand per")
    uitwerking = models.CharField("is het beoogde bereikt", max_length=10, choices=Uitwerking.choices)
    bevindingen = models.TextField("wat er veranderde")
    groepen = models.TextField("wat de geraakte groepen merkten", blank=True, default="")
    geraadpleegd = models.TextField("wie de SER erover sprak", blank=True, default="")
    lessen = models.TextField("wat de SER ervan leert", blank=True, default="")

    class Meta:
        verbose_name = "evaluatie"
        verbose_name_plural = "evaluaties"
        ordering: ClassVar = ["per", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(na_jaren__in=MOMENTEN), name="opvolging_evaluatie_moment"),
            models.CheckConstraint(
                condition=Q(uitwerking__in=Uitwerking.values), name="opvolging_evaluatie_uitwerking"
            ),
            models.CheckConstraint(
                condition=~Q(bevindingen=""),
                name="opvolging_evaluatie_bevindingen",
                violation_error_message="Schrijf wat er veranderde.",
            ),
        ]

    def __str__(self) -> str:
        return moment_in_woorden(self.na_jaren)

    @property
    def wanneer(self) -> str:
        """Het moment in woorden: "na 3 jaar" of "tussentijds"."""
        return moment_in_woorden(self.na_jaren)


def moment_in_woorden(na_jaren: int) -> str:
    """Geef "na 3 jaar", of "tussentijds"."""
    return "tussentijds" if na_jaren == TUSSENTIJDS else f"na {na_jaren} jaar"
