"""Abstracte modellen die overal terugkomen."""

from django.conf import settings
from django.db import models


def voorbeeld_standaard() -> bool:
    """Geef of een nieuwe rij het merk VOORBEELD draagt: in de voorbeeldstand elke rij."""
    return bool(settings.VOORBEELD)


class Voorbeeldbaar(models.Model):
    """Een rij die bij de verzonnen voorbeeldwereld kan horen."""

    voorbeeld = models.BooleanField("voorbeeld", default=voorbeeld_standaard, editable=False)

    class Meta:
        abstract = True


class Versioneerbaar(models.Model):
    """Een rij met een volgnummer dat elke wijziging ophoogt, zodat een verouderd scherm niets overschrijft."""

    rijversie = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True


class Precisie(models.TextChoices):
    """Hoe nauwkeurig een datum bekend is."""

    DAG = "dag", "op de dag"
    MAAND = "maand", "op de maand"
    JAAR = "jaar", "op het jaar"
    ONBEKEND = "onbekend", "niet bekend"
