"""Adviezen zelf: ook die van vóór het portaal, die geen traject hebben."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from adviezen.enums import MET_KABINETSKLOK, Raadsoordeel, SoortAdvies
from kern.models import Precisie, Versioneerbaar, Voorbeeldbaar
from kern.tijd import nu


def lege_lijst() -> list[Any]:
    """Beginwaarde van lijsten in JSON."""
    return []


class Thema(models.Model):
    """Een onderwerp waarop adviezen gevonden worden."""

    naam = models.CharField("naam", max_length=120, unique=True)
    slug = models.SlugField("slug", max_length=120, unique=True)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)
    bron = models.CharField("bron", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "thema"
        verbose_name_plural = "thema's"
        ordering: ClassVar = ["volgorde", "naam"]

    def __str__(self) -> str:
        return self.naam


class Advies(Voorbeeldbaar, Versioneerbaar):
    """Een advies, rapport of verkenning. `datum` met `datum_precisie` zegt wat bekend is; leeg is "niet bekend".

    `kenmerk` is stabiel en staat in adressen zonder nummer ("adv-001"; uit een traject: "t-<pk>"). `nummer` is
    genormaliseerd ("2023/04", in het voorbeeld "V26/01"). `datum` is bij een traject de dag van vaststelling en
    `uitgebracht_op` die van aanbieding; uitgebracht voor vaststelling weigert de database. `oordeel` leeg
    betekent: niet bekend.
    """

    kenmerk = models.CharField("kenmerk", max_length=40, unique=True)
    nummer = models.CharField(
        "adviesnummer",
        max_length=12,
        unique=True,
        null=True,
        blank=True,
        error_messages={"unique": "Dit adviesnummer is al gebruikt."},
    )
    soort = models.CharField("soort", max_length=16, choices=SoortAdvies.choices, default=SoortAdvies.ADVIES)
    titel = models.CharField("titel", max_length=500)
    ondertitel = models.CharField("ondertitel", max_length=500, blank=True, default="")
    datum = models.DateField("datum", null=True, blank=True)
    datum_precisie = models.CharField(
        "precisie van de datum", max_length=8, choices=Precisie.choices, default=Precisie.DAG
    )
    dag_afgeleid = models.BooleanField("dag is afgeleid", default=False)
    datum_soort = models.CharField("wat de datum is", max_length=120, blank=True, default="")
    jaar = models.PositiveSmallIntegerField("jaar", null=True, blank=True)
    uitgebracht_op = models.DateField("uitgebracht op", null=True, blank=True)
    uitgebracht_aanname = models.TextField("aanname over de dag van uitbrengen", blank=True, default="")
    commissie = models.ForeignKey(
        "commissies.Commissie", on_delete=models.PROTECT, null=True, blank=True, related_name="adviezen"
    )
    commissie_naam = models.CharField("commissie zoals genoemd", max_length=300, blank=True, default="")
    adviesvragers_tekst = models.JSONField("adviesvragers zoals genoemd", default=lege_lijst, blank=True)
    adviesvrager_type = models.JSONField("soort adviesvrager", default=lege_lijst, blank=True)
    aanvraagdatum = models.DateField("datum van de aanvraag", null=True, blank=True)
    aanvraagdatum_precisie = models.CharField(
        "precisie van de aanvraagdatum", max_length=8, choices=Precisie.choices, default=Precisie.DAG
    )
    oordeel = models.CharField("oordeel", max_length=10, choices=Raadsoordeel.choices, blank=True, default="")
    oordeel_toelichting = models.TextField("toelichting op het oordeel", blank=True, default="")
    namens_raad = models.BooleanField("advies van de raad", default=True)
    samenvatting = models.TextField("samenvatting", blank=True, default="")
    themas = models.ManyToManyField(Thema, related_name="adviezen", blank=True)
    opmerking = models.TextField("opmerking", blank=True, default="")
    bron = models.JSONField("bron", default=lege_lijst, blank=True)
    bron_verkort = models.JSONField("verkorte bron", default=lege_lijst, blank=True)
    bron_afgeleid = models.JSONField("afgeleide bron", default=lege_lijst, blank=True)
    traject = models.OneToOneField(
        "adviezen.Adviestraject", on_delete=models.PROTECT, null=True, blank=True, related_name="advies"
    )

    class Meta:
        verbose_name = "advies"
        verbose_name_plural = "adviezen"
        ordering: ClassVar = [F("datum").desc(nulls_last=True), "-pk"]
        indexes: ClassVar = [models.Index(F("datum").desc(nulls_last=True), name="adviezen_advies_datum")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(soort__in=SoortAdvies.values), name="adviezen_advies_soort"),
            models.CheckConstraint(
                condition=Q(datum_precisie__in=Precisie.values) & Q(aanvraagdatum_precisie__in=Precisie.values),
                name="adviezen_advies_precisie",
            ),
            models.CheckConstraint(condition=Q(oordeel__in=["", *Raadsoordeel.values]), name="adviezen_advies_oordeel"),
            models.CheckConstraint(
                condition=Q(nummer__isnull=True) | Q(nummer__regex=r"^(\d{4}|V\d{2})/\d{2,3}$"),
                name="adviezen_advies_nummer",
                violation_error_message="Schrijf het adviesnummer als 2026/01 (in het voorbeeld als V26/01).",
            ),
            models.CheckConstraint(
                condition=Q(nummer__isnull=True)
                | Q(voorbeeld=True, nummer__startswith="V")
                | (Q(voorbeeld=False) & ~Q(nummer__startswith="V")),
                name="adviezen_advies_reeks",
                violation_error_message="De nummers V…/… zijn van het voorbeeld, en alleen daarvan.",
            ),
            models.CheckConstraint(
                condition=Q(traject__isnull=True)
                | Q(uitgebracht_op__isnull=True)
                | Q(datum__isnull=True)
                | Q(uitgebracht_op__gte=F("datum")),
                name="adviezen_advies_uitgebracht_na_vaststelling",
                violation_error_message="Een advies kan niet zijn aangeboden voordat het is vastgesteld.",
            ),
            models.CheckConstraint(condition=~Q(titel=""), name="adviezen_advies_titel"),
        ]

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        """Het openbare adres met het kenmerk; heeft het advies een nummer, dan stuurt de site door (ontwerp §7)."""
        return f"/adviezen/{self.jaar or 'zonder-jaar'}/{self.kenmerk}/"

    @property
    def heeft_klok(self) -> bool:
        """Of op deze soort een kabinetsreactie wordt verwacht."""
        return self.soort in MET_KABINETSKLOK


class Correctie(models.Model):
    """Herstel van een verkeerd vastgelegd feit; de oude waarde blijft zichtbaar. Alleen toevoegen.

    `object_soort` en `object_id` wijzen het herstelde aan zoals het logboek dat doet; `traject` is gevuld als het
    bij een traject hoort.
    """

    traject = models.ForeignKey(
        "adviezen.Adviestraject", on_delete=models.PROTECT, null=True, blank=True, related_name="correcties"
    )
    object_soort = models.CharField(max_length=80)
    object_id = models.CharField(max_length=64)
    veld = models.CharField("gegeven", max_length=80)
    oud = models.TextField("was", blank=True)
    nieuw = models.TextField("wordt", blank=True)
    reden = models.TextField("reden")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    door_naam = models.CharField(max_length=200)
    op = models.DateTimeField(default=nu, editable=False)

    class Meta:
        verbose_name = "correctie"
        verbose_name_plural = "correcties"
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["object_soort", "object_id"], name="adviezen_correctie_object")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(reden=""),
                name="adviezen_correctie_reden",
                violation_error_message="Geef een reden voor de correctie.",
            ),
            models.CheckConstraint(condition=~Q(oud=F("nieuw")), name="adviezen_correctie_verschil"),
        ]

    def __str__(self) -> str:
        return f"{self.veld}: {self.oud} → {self.nieuw}"
