"""Welke bundel een lezer heeft, en wat erin zat: zo is te zien wat er sindsdien wijzigde."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from kern.models import Voorbeeldbaar
from vergaderingen.models.vergadering import Vergadering


class Bundel(Voorbeeldbaar):
    """Eén bundel van een vergadering voor één lezer. `inhoud` zijn hashes van agenda en stukken, geen tekst."""

    vergadering = models.ForeignKey(Vergadering, models.PROTECT, related_name="bundels")
    lezer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opdracht = models.ForeignKey("stukken.PdfOpdracht", models.PROTECT, related_name="+")
    inhoud = models.JSONField(default=dict)
    gevraagd_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "vergaderbundel"
        verbose_name_plural = "vergaderbundels"
        indexes = [models.Index(fields=["vergadering", "lezer", "-gevraagd_op"])]

    def __str__(self) -> str:
        return f"Bundel van {self.vergadering} voor {self.lezer}"
