"""Voor de kroonleden: hoe een traject vordert, en wat zij er in hun overleg van vinden (SER-Wijzer 29)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from adviezen.models.zicht_organisatie import KroonledenQuerySet
from kern.tijd import nu


class Voortgangsrapportage(models.Model):
    """Hoe een traject vordert, door de secretaris geschreven. Wijzigen is een nieuw nummer; het oude blijft staan."""

    traject = models.ForeignKey("adviezen.Adviestraject", on_delete=models.PROTECT, related_name="rapportages")
    nummer = models.PositiveSmallIntegerField("nummer")
    tekst = models.TextField("tekst")
    auteur = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    auteur_naam = models.CharField(max_length=200)
    op = models.DateTimeField(default=nu, editable=False)

    objects = KroonledenQuerySet.as_manager()

    class Meta:
        verbose_name = "voortgangsrapportage"
        verbose_name_plural = "voortgangsrapportages"
        ordering: ClassVar = ["traject", "nummer"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["traject", "nummer"], name="adviezen_rapportage_nummer"),
            models.CheckConstraint(condition=~Q(tekst=""), name="adviezen_rapportage_tekst"),
        ]

    def __str__(self) -> str:
        return f"voortgangsrapportage {self.nummer}"


class Kroonledenopmerking(models.Model):
    """Een opmerking in de kring van de kroonleden en hun plaatsvervangers, bij een traject of een versie.

    De secretaris brengt haar over in de commissie, als opmerking of als agendapunt; zonder naam, tenzij hij daar
    bewust voor kiest. Wat er staat wijzigt nooit.
    """

    traject = models.ForeignKey(
        "adviezen.Adviestraject", on_delete=models.PROTECT, related_name="kroonledenopmerkingen"
    )
    versie = models.ForeignKey("adviezen.Versie", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    blok = models.CharField("blok", max_length=64, blank=True, default="")
    citaat = models.TextField("citaat", blank=True, default="")
    tekst = models.TextField("opmerking")
    auteur = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    auteur_naam = models.CharField(max_length=200)
    op = models.DateTimeField(default=nu, editable=False)
    overgebracht_op = models.DateTimeField(null=True, blank=True)
    overgebracht_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    met_naam = models.BooleanField(default=False)
    als_opmerking = models.ForeignKey(
        "adviezen.Opmerking", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    als_agendapunt = models.ForeignKey(
        "vergaderingen.Agendapunt", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = KroonledenQuerySet.as_manager()

    class Meta:
        verbose_name = "opmerking uit het kroonledenoverleg"
        verbose_name_plural = "opmerkingen uit het kroonledenoverleg"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(tekst=""), name="adviezen_kroonopmerking_tekst"),
            models.CheckConstraint(
                condition=Q(overgebracht_op__isnull=True, als_opmerking__isnull=True, als_agendapunt__isnull=True)
                | Q(overgebracht_op__isnull=False, overgebracht_door__isnull=False, als_opmerking__isnull=False)
                | Q(overgebracht_op__isnull=False, overgebracht_door__isnull=False, als_agendapunt__isnull=False),
                name="adviezen_kroonopmerking_overgebracht",
            ),
        ]

    def __str__(self) -> str:
        return f"opmerking van {self.auteur_naam}"
