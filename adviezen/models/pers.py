"""Het persbericht bij een advies, en bij wie de pers terechtkan."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kern.tijd import nu


class Persbericht(models.Model):
    """Wat de pers krijgt. Het wordt openbaar met het advies zelf, in dezelfde publicatie."""

    traject = models.OneToOneField("adviezen.Adviestraject", on_delete=models.PROTECT, related_name="persbericht")
    titel = models.CharField("kop", max_length=200)
    tekst = models.TextField("tekst")
    woordvoerder = models.CharField("woordvoerder", max_length=200)
    telefoon = models.CharField("telefoon", max_length=40, blank=True, default="")
    email = models.EmailField("e-mailadres", blank=True, default="")
    gewijzigd_op = models.DateTimeField(default=nu, editable=False)
    gewijzigd_door_naam = models.CharField(max_length=200)

    class Meta:
        verbose_name = "persbericht"
        verbose_name_plural = "persberichten"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(telefoon="", email=""),
                name="adviezen_persbericht_bereikbaar",
                violation_error_message="Geef een telefoonnummer of een e-mailadres van de woordvoerder.",
            ),
        ]

    def __str__(self) -> str:
        return self.titel
