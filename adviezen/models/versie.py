"""Versies van de tekst: onveranderlijk, genummerd en met hash. Elke wijziging is een nieuwe versie."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from adviezen.enums import SoortVersie
from adviezen.models.zicht import VersieQuerySet
from kern.models import Versioneerbaar
from kern.tijd import nu


class Versie(models.Model):
    """Eén versie van de tekst van een traject. De database weigert elke wijziging.

    `html` heeft al blokmerken (`kern.blokken.munt`) en is schoon (`kern.html.schoon`); `hash` is
    `kern.blokken.inhoud_hash(html)`. Een witte, groene of vastgestelde versie is een nieuwe rij met dezelfde
    tekst als `vorige` en de vergadering die haar vaststelde. Een groene versie komt uit een slotvergadering
    van de commissie (regel 24). `nummer` telt per soort: concept 1, concept 2, wit 1, groen 1.
    """

    traject = models.ForeignKey("adviezen.Adviestraject", on_delete=models.PROTECT, related_name="versies")
    soort = models.CharField("soort", max_length=12, choices=SoortVersie.choices)
    nummer = models.PositiveSmallIntegerField("nummer")
    vorige = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="volgende")
    html = models.TextField("tekst")
    hash = models.CharField("hash", max_length=64)
    auteur = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    auteur_naam = models.CharField("naam van de auteur", max_length=200)
    notitie = models.TextField("notitie", blank=True, default="")
    vastgesteld_in = models.ForeignKey(
        "vergaderingen.Vergadering",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="vastgestelde_versies",
    )
    slotvergadering = models.BooleanField("vastgesteld in een slotvergadering", default=False)
    bron_bestand = models.ForeignKey(
        "stukken.Bestand", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Wat er bij het inlezen uit Word opviel (stukken.docx_verslag.Verslag.als_json); None als er niets ingelezen is.
    inleesverslag = models.JSONField("verslag van het inlezen", null=True, blank=True, default=None)
    aangemaakt_op = models.DateTimeField(default=nu, editable=False)

    objects = VersieQuerySet.as_manager()

    class Meta:
        verbose_name = "versie"
        verbose_name_plural = "versies"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(soort__in=SoortVersie.values), name="adviezen_versie_soort"),
            models.CheckConstraint(
                condition=Q(soort=SoortVersie.CONCEPT, vastgesteld_in__isnull=True)
                | (~Q(soort=SoortVersie.CONCEPT) & Q(vastgesteld_in__isnull=False)),
                name="adviezen_versie_vastgesteld_in",
                violation_error_message=(
                    "Een witte, groene of vastgestelde versie hoort bij een vergadering; een concept niet."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(soort=SoortVersie.GROEN) | Q(slotvergadering=True),
                name="adviezen_versie_groen_slot",
                violation_error_message="Een groene versie komt uit een slotvergadering van de commissie.",
            ),
            models.CheckConstraint(condition=Q(hash__regex=r"^[0-9a-f]{64}$"), name="adviezen_versie_hash"),
            models.CheckConstraint(
                condition=~Q(html=""),
                name="adviezen_versie_tekst",
                violation_error_message="De tekst is leeg.",
            ),
            models.UniqueConstraint(fields=["traject", "soort", "nummer"], name="adviezen_versie_nummer"),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.nummer}"

    @property
    def openbare_naam(self) -> str:
        """Hoe het publiek deze versie noemt (domein §13.14)."""
        return {
            SoortVersie.WIT: "ontwerpadvies (achterbanberaad)",
            SoortVersie.GROEN: "ontwerpadvies (raad)",
            SoortVersie.VASTGESTELD: "advies",
        }.get(SoortVersie(self.soort), "concept")


class Schrijfstand(Versioneerbaar):
    """Wat iemand in de browser aan het schrijven is en nog niet als versie bewaarde.

    `basis` is de versie waarop de tekst voortbouwt: is er intussen een nieuwere, dan weigert de handeling en
    blijven beide teksten bewaard.
    """

    traject = models.ForeignKey("adviezen.Adviestraject", on_delete=models.PROTECT, related_name="schrijfstanden")
    auteur = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    basis = models.ForeignKey(Versie, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    html = models.TextField("tekst", blank=True, default="")
    bewaard_op = models.DateTimeField(default=nu)

    class Meta:
        verbose_name = "schrijfstand"
        verbose_name_plural = "schrijfstanden"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["traject", "auteur"], name="adviezen_schrijfstand_eenmaal"),
        ]

    def __str__(self) -> str:
        return f"schrijfstand van {self.bewaard_op}"
