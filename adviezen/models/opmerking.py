"""Opmerkingen bij een passage, in een kring, en waar een lezer gebleven was."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from adviezen.enums import Kring, SoortOpmerking
from adviezen.models.zicht import OpmerkingQuerySet
from kern.tijd import nu
from raad.enums import Geleding


class Opmerking(models.Model):
    """Een opmerking bij een blok van een versie, of een antwoord daarop.

    De database weigert wijziging, behalve van de afdoening. `organisatie` is verplicht in de kring
    organisatie, `geleding` in de kring geleding. Een antwoord staat in dezelfde kring als de opmerking zelf.
    Een blokkerend bezwaar vraagt een reden (`tekst`) en een `voorstel`.
    """

    versie = models.ForeignKey("adviezen.Versie", on_delete=models.PROTECT, related_name="opmerkingen")
    blok = models.CharField("blok", max_length=64, blank=True, default="")
    citaat = models.TextField("citaat", blank=True, default="")
    tekst = models.TextField("opmerking")
    voorstel = models.TextField("voorgestelde tekst", blank=True, default="")
    soort = models.CharField("soort", max_length=12, choices=SoortOpmerking.choices, default=SoortOpmerking.GEWOON)
    kring = models.CharField("wie leest dit", max_length=12, choices=Kring.choices)
    auteur = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="opmerkingen")
    auteur_naam = models.CharField("naam van de auteur", max_length=200)
    organisatie = models.ForeignKey(
        "raad.Organisatie", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    geleding = models.CharField("geleding", max_length=12, choices=Geleding.choices, blank=True, default="")
    antwoord_op = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="antwoorden")
    aangemaakt_op = models.DateTimeField(default=nu, editable=False)
    afgedaan_op = models.DateTimeField(null=True, blank=True)
    afgedaan_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    afdoening = models.TextField("afdoening", blank=True, default="")

    objects = OpmerkingQuerySet.as_manager()

    class Meta:
        verbose_name = "opmerking"
        verbose_name_plural = "opmerkingen"
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["versie", "blok"], name="adviezen_opmerking_blok")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kring__in=Kring.values), name="adviezen_opmerking_kring"),
            models.CheckConstraint(condition=Q(soort__in=SoortOpmerking.values), name="adviezen_opmerking_soort"),
            models.CheckConstraint(
                condition=~Q(tekst=""),
                name="adviezen_opmerking_tekst",
                violation_error_message="Vul een opmerking in.",
            ),
            models.CheckConstraint(
                condition=~Q(kring=Kring.ORGANISATIE) | Q(organisatie__isnull=False),
                name="adviezen_opmerking_organisatie",
            ),
            models.CheckConstraint(
                condition=~Q(kring=Kring.GELEDING) | Q(geleding__in=Geleding.values),
                name="adviezen_opmerking_geleding",
            ),
            models.CheckConstraint(
                condition=~Q(soort=SoortOpmerking.BLOKKEREND) | ~Q(voorstel=""),
                name="adviezen_opmerking_blokkerend",
                violation_error_message="Een blokkerend bezwaar vraagt ook een voorstel.",
            ),
            models.CheckConstraint(
                condition=Q(afgedaan_op__isnull=True, afgedaan_door__isnull=True, afdoening="")
                | Q(afgedaan_op__isnull=False, afgedaan_door__isnull=False) & ~Q(afdoening=""),
                name="adviezen_opmerking_afdoening",
                violation_error_message="Zeg bij het afdoen wat ermee gedaan is.",
            ),
        ]

    def __str__(self) -> str:
        return f"opmerking van {self.auteur_naam}"


class Leesstand(models.Model):
    """Waar één lezer is met één versie. Alleen de lezer zelf ziet dit, ook de beheerder niet."""

    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    versie = models.ForeignKey("adviezen.Versie", on_delete=models.PROTECT, related_name="leesstanden")
    gezien_op = models.DateTimeField(default=nu)
    klaar_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "leesstand"
        verbose_name_plural = "leesstanden"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gebruiker", "versie"], name="adviezen_leesstand_eenmaal"),
        ]

    def __str__(self) -> str:
        return f"gezien op {self.gezien_op}"
