"""Commissies en wie daarin wat is, met data. Tijdvakken zijn halfopen: [van, tot)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q

from commissies.enums import STEMGERECHTIGD, CommissieGeleding, CommissieRol, SoortCommissie
from kern.models import Precisie, Voorbeeldbaar
from raad.models import Organisatie, Persoon
from raad.models.tijdvak import Dagbereik, Tijdvak, einde_na_begin


def lege_lijst() -> list[Any]:
    return []


class Commissie(Voorbeeldbaar):
    """Een commissie, werkgroep of eigen orgaan (domein §2)."""

    kenmerk = models.CharField("kenmerk", max_length=20, null=True, blank=True, unique=True)
    naam = models.CharField("naam", max_length=160)
    afkorting = models.CharField("afkorting", max_length=20, blank=True, default="")
    slug = models.SlugField("naam in het adres", max_length=160, unique=True)
    soort = models.CharField("soort", max_length=14, choices=SoortCommissie.choices)
    taak = models.TextField("taak", blank=True, default="")
    ingesteld_op = models.DateField("ingesteld op", null=True, blank=True)
    ingesteld_precisie = models.CharField(
        "precisie van de instelling", max_length=8, choices=Precisie.choices, default=Precisie.DAG
    )
    opgeheven_op = models.DateField("opgeheven op", null=True, blank=True)
    consumentenleden = models.BooleanField("consumenten op de werknemersplaatsen", default=False)
    mandaat = models.BooleanField("mag zelf adviseren (mandaat)", default=False)
    mandaat_grond = models.CharField("grond van het mandaat", max_length=200, blank=True, default="")
    ook_bekend_als = models.JSONField(default=lege_lijst, blank=True)
    voorzitter_volgens_bron = models.CharField(max_length=200, blank=True, default="")
    genoemd_in = models.JSONField(default=lege_lijst, blank=True)
    bron = models.JSONField(default=lege_lijst, blank=True)
    opmerking = models.TextField("opmerking", blank=True, default="")
    sorteersleutel = models.GeneratedField(
        expression=models.Func(models.F("naam"), function="kern_sorteersleutel"),
        output_field=models.TextField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = "commissie"
        verbose_name_plural = "commissies"
        ordering: ClassVar = ["sorteersleutel", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(soort__in=SoortCommissie.values), name="commissies_soort_bestaat"),
            models.CheckConstraint(
                condition=Q(opgeheven_op__isnull=True)
                | Q(ingesteld_op__isnull=True)
                | Q(opgeheven_op__gt=F("ingesteld_op")),
                name="commissies_opgeheven_na_ingesteld",
                violation_error_message="Een commissie kan pas worden opgeheven na de dag van instelling.",
            ),
            models.CheckConstraint(
                condition=Q(mandaat=False) | ~Q(mandaat_grond=""),
                name="commissies_mandaat_heeft_grond",
                violation_error_message="Noem de grond van het mandaat.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Commissielid(Tijdvak):
    """Iemand in een commissie, met rol en data.

    De database weigert: twee voorzitters tegelijk, iemand met twee rollen tegelijk (een plaatsvervanger mag
    meer leden vervangen), twee plaatsvervangers voor een lid, een rol buiten de data van de commissie, en
    werknemers op consumentenplaatsen.
    """

    commissie = models.ForeignKey(Commissie, on_delete=models.PROTECT, related_name="leden")
    persoon = models.ForeignKey(Persoon, on_delete=models.PROTECT, related_name="commissielidmaatschappen")
    rol = models.CharField("rol", max_length=32, choices=CommissieRol.choices)
    geleding = models.CharField("geleding", max_length=12, choices=CommissieGeleding.choices, null=True, blank=True)
    organisatie = models.ForeignKey(
        Organisatie, on_delete=models.PROTECT, null=True, blank=True, related_name="commissieleden"
    )
    vervangt = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="plaatsvervangers"
    )
    reden = models.TextField("reden", blank=True, default="")

    class Meta:
        verbose_name = "commissielid"
        verbose_name_plural = "commissieleden"
        ordering: ClassVar = ["van", "pk"]
        constraints: ClassVar = [
            einde_na_begin("commissies_lid_einde"),
            models.CheckConstraint(condition=Q(rol__in=CommissieRol.values), name="commissies_rol_bestaat"),
            models.CheckConstraint(
                condition=Q(rol=CommissieRol.PLAATSVERVANGER, vervangt__isnull=False)
                | (~Q(rol=CommissieRol.PLAATSVERVANGER) & Q(vervangt__isnull=True)),
                name="commissies_vervangt_wie",
                violation_error_message="Een plaatsvervanger vervangt een lid; de andere rollen niet.",
            ),
            ExclusionConstraint(
                name="commissies_een_voorzitter",
                expressions=[("commissie", "="), (Dagbereik(), "&&")],
                condition=Q(rol=CommissieRol.VOORZITTER),
                violation_error_message="De commissie heeft in die tijd al een voorzitter.",
            ),
            ExclusionConstraint(
                name="commissies_persoon_dubbel",
                expressions=[("commissie", "="), ("persoon", "="), (Dagbereik(), "&&")],
                condition=~Q(rol=CommissieRol.PLAATSVERVANGER),
                violation_error_message="Deze persoon heeft in die tijd al een rol in de commissie.",
            ),
            ExclusionConstraint(
                name="commissies_een_plaatsvervanger",
                expressions=[("vervangt", "="), (Dagbereik(), "&&")],
                condition=Q(rol=CommissieRol.PLAATSVERVANGER),
                violation_error_message="Dit lid heeft in die tijd al een plaatsvervanger.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.persoon.naam}, {self.get_rol_display()}"

    @property
    def stemgerechtigd(self) -> bool:
        """Of deze rol stemt (een plaatsvervanger alleen als het lid afwezig is)."""
        return self.rol in STEMGERECHTIGD
