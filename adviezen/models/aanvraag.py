"""De vraag om advies, het oordeel van het dagelijks bestuur en zijn besluit (stap 1 en 2)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from adviezen.enums import BEWINDSPERSONEN, Criterium, Criteriumoordeel, SoortVrager, ToewijzingBesluit
from adviezen.models.zicht import AanvraagQuerySet, BestuursstukQuerySet
from kern.models import Voorbeeldbaar
from kern.tijd import nu


class Adviesvrager(Voorbeeldbaar):
    """Een minister, staatssecretaris of Kamer; niemand anders kan advies vragen (regel 13)."""

    naam = models.CharField("naam", max_length=200, unique=True)
    soort = models.CharField("soort", max_length=20, choices=SoortVrager.choices)

    class Meta:
        verbose_name = "adviesvrager"
        verbose_name_plural = "adviesvragers"
        ordering: ClassVar = ["naam"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(soort__in=SoortVrager.values),
                name="adviezen_vrager_soort",
                violation_error_message=("Alleen een minister, een staatssecretaris of een Kamer kan advies vragen."),
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def is_bewindspersoon(self) -> bool:
        """Of dit een minister of staatssecretaris is; dan hoort er een adviestermijn bij (regel 14)."""
        return self.soort in BEWINDSPERSONEN


class Adviesaanvraag(Voorbeeldbaar):
    """De brief met de vraag. Openbaar bij ontvangst, tenzij `niet_openbaar_grond` is ingevuld.

    `datum` is de dag van de brief, `ontvangen_op` de dag van ontvangst, `ontvangst_bevestigd_op` de dag
    waarop de SER de ontvangst bevestigde. De adviestermijn staat op het traject.
    """

    traject = models.OneToOneField("adviezen.Adviestraject", on_delete=models.PROTECT, related_name="aanvraag")
    vragers = models.ManyToManyField(Adviesvrager, related_name="aanvragen", verbose_name="adviesvragers")
    vraag = models.TextField("vraag")
    datum = models.DateField("datum van de brief")
    ontvangen_op = models.DateField("ontvangen op")
    ontvangst_bevestigd_op = models.DateField("ontvangst bevestigd op", null=True, blank=True)
    kenmerk_vrager = models.CharField("kenmerk van de vrager", max_length=100, blank=True, default="")
    bestand = models.ForeignKey("stukken.Bestand", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    niet_openbaar_grond = models.TextField("grond om niet openbaar te maken", blank=True, default="")

    objects = AanvraagQuerySet.as_manager()

    class Meta:
        verbose_name = "adviesaanvraag"
        verbose_name_plural = "adviesaanvragen"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ontvangen_op__gte=F("datum")),
                name="adviezen_aanvraag_ontvangen_na_datum",
                violation_error_message="De brief kan niet zijn ontvangen voor de datum van de brief.",
            ),
            models.CheckConstraint(
                condition=Q(ontvangst_bevestigd_op__isnull=True) | Q(ontvangst_bevestigd_op__gte=F("ontvangen_op")),
                name="adviezen_aanvraag_bevestigd_na_ontvangst",
                violation_error_message="De ontvangst kan niet zijn bevestigd voordat de brief er was.",
            ),
            models.CheckConstraint(
                condition=~Q(vraag=""),
                name="adviezen_aanvraag_vraag",
                violation_error_message="Vul de vraag in.",
            ),
        ]

    def __str__(self) -> str:
        return f"adviesaanvraag van {self.datum}"

    @property
    def openbaar(self) -> bool:
        """Of de aanvraag openbaar is (er is geen grond vastgelegd om dat niet te doen)."""
        return not self.niet_openbaar_grond


class Startbesluit(Voorbeeldbaar):
    """Het besluit om op eigen initiatief te adviseren; het traject begint dan bij stap 2 (ontwerp §4)."""

    traject = models.OneToOneField("adviezen.Adviestraject", on_delete=models.PROTECT, related_name="startbesluit")
    besloten_op = models.DateField("besloten op")
    vergadering = models.ForeignKey(
        "vergaderingen.Vergadering", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    tekst = models.TextField("besluit en aanleiding")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "startbesluit"
        verbose_name_plural = "startbesluiten"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(tekst=""), name="adviezen_startbesluit_tekst"),
        ]

    def __str__(self) -> str:
        return f"startbesluit van {self.besloten_op}"


class CriteriumOordeel(models.Model):
    """Hoe één criterium is beoordeeld. Een eigen criterium heeft zelf een naam."""

    traject = models.ForeignKey("adviezen.Adviestraject", on_delete=models.PROTECT, related_name="criteriumoordelen")
    criterium = models.CharField("criterium", max_length=20, choices=Criterium.choices)
    naam = models.CharField("naam van het eigen criterium", max_length=200, blank=True, default="")
    oordeel = models.CharField("oordeel", max_length=5, choices=Criteriumoordeel.choices)
    toelichting = models.TextField("toelichting")

    objects = BestuursstukQuerySet.as_manager()

    class Meta:
        verbose_name = "oordeel over een criterium"
        verbose_name_plural = "oordelen over criteria"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(criterium__in=Criterium.values), name="adviezen_criterium_bestaat"),
            models.CheckConstraint(condition=Q(oordeel__in=Criteriumoordeel.values), name="adviezen_criterium_oordeel"),
            models.CheckConstraint(
                condition=~Q(toelichting=""),
                name="adviezen_criterium_toelichting",
                violation_error_message="Licht het oordeel toe.",
            ),
            models.CheckConstraint(
                condition=(Q(criterium=Criterium.EIGEN) & ~Q(naam="")) | (~Q(criterium=Criterium.EIGEN) & Q(naam="")),
                name="adviezen_criterium_naam",
                violation_error_message="Geef een eigen criterium een naam.",
            ),
            models.UniqueConstraint(
                fields=["traject", "criterium", "naam"],
                name="adviezen_criterium_eenmaal",
                violation_error_message="Dit criterium is al beoordeeld.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.omschrijving} {self.get_oordeel_display()}"

    @property
    def omschrijving(self) -> str:
        """De vraag van het vaste criterium, of de naam van het eigen criterium."""
        return self.naam or self.get_criterium_display()


class Toewijzing(models.Model):
    """Het besluit van het dagelijks bestuur over een aanvraag, zoals de secretaris het vastlegt.

    Alleen toevoegen: bij een nieuw besluit komt er een rij bij. Het besluit dat telt is het laatste sinds het
    traject bij het dagelijks bestuur ligt (`policies.toewijzing.geldend_besluit`).
    """

    traject = models.ForeignKey("adviezen.Adviestraject", on_delete=models.PROTECT, related_name="toewijzingen")
    vergadering = models.ForeignKey("vergaderingen.Vergadering", on_delete=models.PROTECT, related_name="toewijzingen")
    besluit = models.CharField("besluit", max_length=24, choices=ToewijzingBesluit.choices)
    commissie = models.ForeignKey(
        "commissies.Commissie", on_delete=models.PROTECT, null=True, blank=True, related_name="toewijzingen"
    )
    voorzitter = models.ForeignKey("raad.Persoon", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reden_voorzitter = models.TextField("reden als de voorzitter geen kroonlid is", blank=True, default="")
    scope = models.TextField("reikwijdte", blank=True, default="")
    motivering = models.TextField("motivering", blank=True, default="")
    brief = models.ForeignKey("stukken.Bestand", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    brief_tekst = models.TextField("tekst van de brief", blank=True, default="")
    vastgelegd_door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    vastgelegd_op = models.DateTimeField(default=nu, editable=False)

    objects = BestuursstukQuerySet.as_manager()

    class Meta:
        verbose_name = "toewijzing"
        verbose_name_plural = "toewijzingen"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(besluit=ToewijzingBesluit.WIJS_TOE, commissie__isnull=False, voorzitter__isnull=False)
                & ~Q(scope="")
                | Q(
                    besluit=ToewijzingBesluit.NIET_IN_BEHANDELING,
                    commissie__isnull=True,
                    voorzitter__isnull=True,
                )
                & ~Q(motivering=""),
                name="adviezen_toewijzing_volledig",
                violation_error_message=(
                    "Toewijzen vraagt een commissie, een voorzitter en een reikwijdte; "
                    "niet in behandeling nemen vraagt een motivering."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.get_besluit_display()
