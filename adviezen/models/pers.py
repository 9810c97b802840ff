"""Het persbericht bij een advies, bij wie de pers terechtkan, en welke journalisten het onder embargo lezen."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
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


class Perslezer(models.Model):
    """Een journalist die één advies onder embargo leest, met een exemplaar op zijn naam.

    Lezen kan vanaf `embargo_aanvaard_op`, zolang een tweede persoon de aanbieding bevestigd heeft en het embargo loopt.
    Stoppen werkt meteen en laat de rij staan, met wie het deed en waarom.
    """

    traject = models.ForeignKey("adviezen.Adviestraject", on_delete=models.PROTECT, related_name="perslezers")
    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="perslezingen")
    medium = models.CharField("medium", max_length=200)
    toegelaten_door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    toegelaten_op = models.DateTimeField(default=nu, editable=False)
    embargo_aanvaard_op = models.DateTimeField("embargo aanvaard op", null=True, blank=True)
    gestopt_op = models.DateTimeField("gestopt op", null=True, blank=True)
    gestopt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    stop_reden = models.CharField("reden van stoppen", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "perslezer"
        verbose_name_plural = "perslezers"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["traject", "gebruiker"],
                condition=Q(gestopt_op__isnull=True),
                name="adviezen_perslezer_eenmaal",
                violation_error_message="Deze journalist leest dit advies al.",
            ),
            models.CheckConstraint(
                condition=Q(gestopt_op__isnull=True, gestopt_door__isnull=True)
                | Q(gestopt_op__isnull=False, gestopt_door__isnull=False),
                name="adviezen_perslezer_gestopt",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gebruiker} ({self.medium})"
