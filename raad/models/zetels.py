"""Organisaties, zittingsperioden en zetels. Hoeveel zetels er zijn is een gegeven, nooit een constante."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q

from kern.models import Voorbeeldbaar
from raad.enums import Bijzonder, Geleding
from raad.models.tijdvak import Dagbereik, Tijdvak, einde_na_begin


class Organisatie(Voorbeeldbaar):
    """Een organisatie die leden benoemt in de raad of in een commissie meedoet.

    `geleding` is leeg bij organisaties zonder raadszetels (Consumentenbond, planbureaus). De database
    weigert een zetel van een organisatie met een andere geleding dan de zetel.
    """

    naam = models.CharField("naam", max_length=120, unique=True)
    slug = models.SlugField("naam in het adres", max_length=120, unique=True)
    lidwoord = models.CharField(
        "lidwoord", max_length=3, blank=True, default="", choices=[("de", "de"), ("het", "het")]
    )
    geleding = models.CharField("geleding", max_length=12, choices=Geleding.choices, null=True, blank=True)
    voluit = models.CharField("naam voluit", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        ordering: ClassVar = ["naam"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(geleding__isnull=True) | Q(geleding__in=[Geleding.ONDERNEMERS, Geleding.WERKNEMERS]),
                name="raad_organisatie_geleding",
                violation_error_message="Een organisatie hoort bij de ondernemers of de werknemers.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def met_lidwoord(self) -> str:
        """De naam zoals die midden in een zin staat: "de FNV", "VNO-NCW"."""
        return f"{self.lidwoord} {self.naam}".strip()


class Zittingsperiode(Voorbeeldbaar, Tijdvak):
    """De twee jaar waarvoor de raad wordt benoemd (Wet op de SER, artikel 8).

    `volledig`: alle zetels zijn bekend en de database bewaakt hun aantal. Het archief is dat niet:
    daar staat "naam niet bekend".
    """

    naam = models.CharField("naam", max_length=60)
    volledig = models.BooleanField("volledig", default=False)
    db_per_geleding = models.PositiveSmallIntegerField("leden van het dagelijks bestuur per geleding", default=4)
    bron = models.TextField("bron", blank=True, default="")

    class Meta:
        verbose_name = "zittingsperiode"
        verbose_name_plural = "zittingsperioden"
        ordering: ClassVar = ["-van"]
        constraints: ClassVar = [
            einde_na_begin("raad_periode_einde"),
            ExclusionConstraint(
                name="raad_periode_overlapt",
                expressions=[("voorbeeld", "="), (Dagbereik(), "&&")],
                violation_error_message="Er is al een zittingsperiode in deze tijd.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Zetelverdeling(models.Model):
    """Hoeveel zetels elke geleding vanaf een dag heeft; een besluit kan dat tijdens een periode wijzigen.

    Ondernemers en werknemers hebben altijd evenveel zetels (Wet op de SER, artikel 4).
    """

    periode = models.ForeignKey(Zittingsperiode, on_delete=models.PROTECT, related_name="verdelingen")
    vanaf = models.DateField("vanaf")
    ondernemers = models.PositiveSmallIntegerField("zetels ondernemers")
    werknemers = models.PositiveSmallIntegerField("zetels werknemers")
    kroonleden = models.PositiveSmallIntegerField("zetels kroonleden")
    bron = models.TextField("bron", blank=True, default="")
    opmerking = models.TextField("opmerking", blank=True, default="")

    class Meta:
        verbose_name = "zetelverdeling"
        verbose_name_plural = "zetelverdelingen"
        ordering: ClassVar = ["vanaf"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["periode", "vanaf"], name="raad_verdeling_per_dag"),
            models.CheckConstraint(
                condition=Q(ondernemers=F("werknemers")),
                name="raad_verdeling_gelijk",
                violation_error_message="Ondernemers en werknemers moeten evenveel zetels hebben.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.totaal} zetels vanaf {self.vanaf}"

    @property
    def totaal(self) -> int:
        """Alle zetels van de raad samen."""
        return self.ondernemers + self.werknemers + self.kroonleden


class Zetel(Tijdvak):
    """Een zetel bestaat van `van` tot `tot`; wie erin zit staat in Benoeming."""

    periode = models.ForeignKey(Zittingsperiode, on_delete=models.PROTECT, related_name="zetels")
    nummer = models.PositiveSmallIntegerField("zetelnummer")
    geleding = models.CharField("geleding", max_length=12, choices=Geleding.choices)
    organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT, null=True, blank=True, related_name="zetels")
    bijzonder = models.CharField("bijzondere zetel", max_length=3, choices=Bijzonder.choices, blank=True, default="")

    class Meta:
        verbose_name = "zetel"
        verbose_name_plural = "zetels"
        ordering: ClassVar = ["nummer"]
        constraints: ClassVar = [
            einde_na_begin("raad_zetel_einde"),
            models.CheckConstraint(condition=Q(geleding__in=Geleding.values), name="raad_zetel_geleding_bestaat"),
            models.CheckConstraint(
                condition=Q(bijzonder="") | Q(bijzonder__in=Bijzonder.values, geleding=Geleding.KROONLEDEN),
                name="raad_zetel_bijzonder",
                violation_error_message="De zetels van DNB en CPB zijn kroonledenzetels.",
            ),
            models.CheckConstraint(
                condition=~Q(geleding=Geleding.KROONLEDEN) | Q(organisatie__isnull=True),
                name="raad_zetel_kroonlid",
                violation_error_message="Een kroonledenzetel hoort niet bij een organisatie.",
            ),
            ExclusionConstraint(
                name="raad_zetel_nummer_overlapt",
                expressions=[("periode", "="), ("nummer", "="), (Dagbereik(), "&&")],
                violation_error_message="Dit zetelnummer bestaat al in deze tijd.",
            ),
            ExclusionConstraint(
                name="raad_zetel_bijzonder_overlapt",
                expressions=[("periode", "="), ("bijzonder", "="), (Dagbereik(), "&&")],
                condition=~Q(bijzonder=""),
                violation_error_message="DNB en CPB hebben elk een zetel.",
            ),
        ]

    def __str__(self) -> str:
        if self.bijzonder:
            return f"zetel {self.nummer} ({self.get_bijzonder_display()})"
        van_wie = self.organisatie.met_lidwoord if self.organisatie else f"de {self.get_geleding_display()}"
        return f"zetel {self.nummer} van {van_wie}"
