"""Agendering bij een vergadering, de registratie van standpunten en minderheidsnota's (stap 6 en 7)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from adviezen.enums import Raadsoordeel, SoortAgendering, Uitkomst
from adviezen.models.zicht import NotaQuerySet
from kern.tijd import nu


class Agendering(models.Model):
    """Een traject op een agendapunt.

    `versie` is de groene versie die met de agenda meeging. `uitkomst` is leeg zolang de behandeling nog komt of
    loopt; de handelingen stel_vast, verwijs_terug, stel_uit en haal_terug vullen haar na de overgang.
    `oordeel` en `standpunten_vastgelegd_op/door` legt de secretaris vast voordat de raad vaststelt.
    """

    agendapunt = models.OneToOneField("vergaderingen.Agendapunt", on_delete=models.PROTECT, related_name="agendering")
    traject = models.ForeignKey("adviezen.Adviestraject", on_delete=models.PROTECT, related_name="agenderingen")
    soort = models.CharField(
        "soort", max_length=16, choices=SoortAgendering.choices, default=SoortAgendering.BEHANDELING
    )
    versie = models.ForeignKey(
        "adviezen.Versie", on_delete=models.PROTECT, null=True, blank=True, related_name="agenderingen"
    )
    uitkomst = models.CharField("uitkomst", max_length=14, choices=Uitkomst.choices, blank=True, default="")
    oordeel = models.CharField(
        "oordeel van de raad", max_length=10, choices=Raadsoordeel.choices, blank=True, default=""
    )
    standpunten_vastgelegd_op = models.DateTimeField(null=True, blank=True)
    standpunten_vastgelegd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "agendering"
        verbose_name_plural = "agenderingen"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(soort__in=SoortAgendering.values), name="adviezen_agendering_soort"),
            models.CheckConstraint(
                condition=Q(uitkomst__in=["", *Uitkomst.values]), name="adviezen_agendering_uitkomst"
            ),
            models.CheckConstraint(
                condition=Q(oordeel="", standpunten_vastgelegd_op__isnull=True)
                | Q(
                    oordeel__in=Raadsoordeel.values,
                    standpunten_vastgelegd_op__isnull=False,
                    standpunten_vastgelegd_door__isnull=False,
                ),
                name="adviezen_agendering_oordeel",
            ),
            models.UniqueConstraint(
                fields=["traject"],
                condition=Q(soort=SoortAgendering.BEHANDELING, uitkomst=""),
                name="adviezen_agendering_een_open",
                violation_error_message="Dit advies staat al op een agenda om behandeld te worden.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} van {self.traject}"


class Registratie(models.Model):
    """De standpunten over één passage van een advies in één vergadering (SER-Wijzer 20).

    `marge` is de ruimte onder "de raad" (adviezen.standpunten).
    """

    agendering = models.ForeignKey(Agendering, on_delete=models.PROTECT, related_name="registraties")
    passage = models.TextField("passage")
    blok = models.CharField("blok", max_length=64, blank=True, default="")
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)
    marge = models.PositiveSmallIntegerField("marge", default=4)

    class Meta:
        verbose_name = "registratie van standpunten"
        verbose_name_plural = "registraties van standpunten"
        ordering: ClassVar = ["agendering", "volgorde", "pk"]

    def __str__(self) -> str:
        return self.passage[:80]


class OpvattingRij(models.Model):
    """Eén opvatting over een passage. `aanduiding` en `voetnoot` komen uit adviezen.standpunten.

    Is het een voorstel (de bron zwijgt), dan mag de secretaris de tekst wijzigen; `aangepast` zegt dat.
    """

    registratie = models.ForeignKey(Registratie, on_delete=models.PROTECT, related_name="opvattingen")
    sleutel = models.CharField("sleutel", max_length=40)
    tekst = models.TextField("opvatting")
    volgorde = models.PositiveSmallIntegerField("volgorde")
    aanduiding = models.CharField("aanduiding", max_length=120, blank=True, default="")
    voetnoot = models.TextField("voetnoot", blank=True, default="")
    aangepast = models.BooleanField("aangepast door de secretaris", default=False)

    class Meta:
        verbose_name = "opvatting"
        verbose_name_plural = "opvattingen"
        ordering: ClassVar = ["registratie", "volgorde"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["registratie", "sleutel"], name="adviezen_opvatting_sleutel"),
            models.UniqueConstraint(fields=["registratie", "volgorde"], name="adviezen_opvatting_volgorde"),
            # Doel van de samengestelde sleutel waarmee Steun bij dezelfde registratie blijft (migratie).
            models.UniqueConstraint(fields=["id", "registratie"], name="adviezen_opvatting_registratie"),
            models.CheckConstraint(condition=~Q(tekst=""), name="adviezen_opvatting_tekst"),
        ]

    def __str__(self) -> str:
        return self.tekst[:80]


class Steun(models.Model):
    """Een zetel achter een opvatting: per registratie hoogstens één keer, ook bij dubbel vastleggen.

    `persoon` is wie de zetel in de vergadering vervulde (lid of plaatsvervanger).
    """

    registratie = models.ForeignKey(Registratie, on_delete=models.PROTECT, related_name="steun")
    opvatting = models.ForeignKey(OpvattingRij, on_delete=models.PROTECT, related_name="steun")
    zetel = models.ForeignKey("raad.Zetel", on_delete=models.PROTECT, related_name="+")
    persoon = models.ForeignKey("raad.Persoon", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "steun"
        verbose_name_plural = "steun"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["registratie", "zetel"],
                name="adviezen_steun_zetel",
                violation_error_message="Deze zetel staat al bij een opvatting over deze passage.",
            ),
            models.UniqueConstraint(
                fields=["registratie", "persoon"],
                name="adviezen_steun_persoon",
                violation_error_message="Deze persoon staat al bij een opvatting over deze passage.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.persoon)


class Minderheidsnota(models.Model):
    """Een nota van leden die hun standpunt in die vergadering verdedigden (Wet op de SER, artikel 45; regel 37)."""

    agendering = models.ForeignKey(Agendering, on_delete=models.PROTECT, related_name="minderheidsnotas")
    registratie = models.ForeignKey(
        Registratie, on_delete=models.PROTECT, null=True, blank=True, related_name="minderheidsnotas"
    )
    titel = models.CharField("titel", max_length=300)
    html = models.TextField("tekst", blank=True, default="")
    bestand = models.ForeignKey("stukken.Bestand", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    leden = models.ManyToManyField("raad.Persoon", related_name="minderheidsnotas", verbose_name="leden")
    ingediend_op = models.DateTimeField(default=nu, editable=False)

    objects = NotaQuerySet.as_manager()

    class Meta:
        verbose_name = "minderheidsnota"
        verbose_name_plural = "minderheidsnota's"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(html="") | Q(bestand__isnull=False),
                name="adviezen_nota_inhoud",
                violation_error_message="Voeg de tekst of het bestand van de minderheidsnota toe.",
            ),
        ]

    def __str__(self) -> str:
        return self.titel
