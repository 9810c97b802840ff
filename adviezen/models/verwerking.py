"""De verwerkingstabel en de toets op uitvoerbaarheid (stap 5)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from adviezen.enums import Verwerkingsoordeel
from adviezen.models.beraad import ReactieItem
from adviezen.models.zicht import VerwerkingQuerySet
from kern.models import Versioneerbaar
from kern.tijd import nu


class Verwerking(Versioneerbaar):
    """Wat er met één punt uit een reactie gebeurt: de secretaris stelt voor, de commissie stelt vast.

    `vastgesteld_in` is de commissievergadering die besloot. Alles behalve "overgenomen" vraagt een reden.
    `antwoord_versie` en `antwoord_blok` wijzen de plaats in de nieuwe tekst aan.
    """

    item = models.OneToOneField(ReactieItem, on_delete=models.PROTECT, related_name="verwerking")
    oordeel = models.CharField("oordeel", max_length=14, choices=Verwerkingsoordeel.choices)
    reden = models.TextField("reden", blank=True, default="")
    voorgesteld_door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    voorgesteld_op = models.DateTimeField(default=nu)
    vastgesteld_in = models.ForeignKey(
        "vergaderingen.Vergadering",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="vastgestelde_verwerkingen",
    )
    antwoord_versie = models.ForeignKey(
        "adviezen.Versie", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    antwoord_blok = models.CharField("blok in de nieuwe tekst", max_length=64, blank=True, default="")

    objects = VerwerkingQuerySet.as_manager()

    class Meta:
        verbose_name = "verwerking"
        verbose_name_plural = "verwerkingen"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(oordeel__in=Verwerkingsoordeel.values), name="adviezen_verwerking_oordeel"
            ),
            models.CheckConstraint(
                condition=Q(oordeel=Verwerkingsoordeel.OVERGENOMEN) | ~Q(reden=""),
                name="adviezen_verwerking_reden",
                violation_error_message="Geef een reden als het punt niet helemaal is overgenomen.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_oordeel_display()


class Uitvoeringstoets(models.Model):
    """Wat de commissie zag bij uitvoerbaarheid, kosten en geraakte groepen (ontwerp §4, stap 5)."""

    traject = models.OneToOneField("adviezen.Adviestraject", on_delete=models.PROTECT, related_name="uitvoeringstoets")
    uitvoerbaarheid = models.TextField("uitvoerbaarheid", blank=True, default="")
    kosten = models.TextField("kosten", blank=True, default="")
    doelgroepen = models.TextField("geraakte groepen", blank=True, default="")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    bijgewerkt_op = models.DateTimeField(default=nu)

    class Meta:
        verbose_name = "uitvoeringstoets"
        verbose_name_plural = "uitvoeringstoetsen"

    def __str__(self) -> str:
        return f"uitvoeringstoets van {self.bijgewerkt_op}"
