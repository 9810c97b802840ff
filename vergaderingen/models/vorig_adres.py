"""Waar een vergadering eerder te vinden was."""

from django.db import models

from vergaderingen.models.vergadering import Vergadering


class VorigAdres(models.Model):
    """Het adres dat een raadsvergadering had voor zij verplaatst werd: het staat in agenda's, mails en op andere sites.

    Komt er op die dag een andere vergadering, dan is het adres van haar.
    """

    slug = models.SlugField("adres", max_length=120, unique=True)
    vergadering = models.ForeignKey(Vergadering, on_delete=models.CASCADE, related_name="vorige_adressen")

    class Meta:
        verbose_name = "vorig adres"
        verbose_name_plural = "vorige adressen"

    def __str__(self) -> str:
        return self.slug
