"""Per aanbeveling: wat het kabinet antwoordde, wat er van kwam, en waaruit dat blijkt. Alleen toevoegen."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from kern.models import Precisie, Voorbeeldbaar
from kern.tijd import WACHTTIJD, datum_met_precisie, nu
from opvolging.enums import MET_CITAAT, Oordeel, SoortBewijs, Stand

if TYPE_CHECKING:
    from toegang.models import Gebruiker


def na_wachttijd() -> datetime:
    """Geef het moment waarop iets van nu openbaar wordt."""
    return nu() + WACHTTIJD


class OpvolgingQuerySet(models.QuerySet["models.Model"]):
    """Wat er met een openbaar advies gebeurt, is openbaar: wie een account heeft, ziet het."""

    def zichtbaar_voor(self, gebruiker: Gebruiker) -> Self:
        """Geef wat deze gebruiker mag zien."""
        return self if getattr(gebruiker, "is_active", False) else self.none()


class Vastgelegd(Voorbeeldbaar):
    """Een rij die blijft: wie haar schreef, wanneer, en vanaf wanneer het publiek haar leest.

    `openbaar_vanaf` is tien minuten later. Wie binnen die tijd iets anders vastlegt, neemt dat moment over; dan leest
    het publiek alleen de laatste.
    """

    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    door_naam = models.CharField(max_length=200)
    op = models.DateTimeField(default=nu, editable=False)
    openbaar_vanaf = models.DateTimeField(default=na_wachttijd, editable=False, db_index=True)

    objects = OpvolgingQuerySet.as_manager()

    class Meta:
        abstract = True


class Antwoord(Vastgelegd):
    """Wat het kabinet in een brief over één aanbeveling zegt; het jongste antwoord per geadresseerde geldt.

    `citaat` is letterlijk uit de brief. `geadresseerde` leeg: het antwoord geldt voor allen aan wie zij gericht is.
    """

    aanbeveling = models.ForeignKey("adviezen.Aanbeveling", on_delete=models.PROTECT, related_name="antwoorden")
    geadresseerde = models.ForeignKey(
        "adviezen.Geadresseerde", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reactie = models.ForeignKey("opvolging.Kabinetsreactie", on_delete=models.PROTECT, related_name="antwoorden")
    oordeel = models.CharField("oordeel", max_length=16, choices=Oordeel.choices)
    citaat = models.TextField("citaat uit de brief", blank=True, default="")
    vindplaats = models.CharField("vindplaats", max_length=120, blank=True, default="")
    motivering = models.TextField("waarom dit oordeel", blank=True, default="")

    class Meta:
        verbose_name = "antwoord"
        verbose_name_plural = "antwoorden"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(oordeel__in=Oordeel.values), name="opvolging_antwoord_oordeel"),
            models.CheckConstraint(
                condition=(Q(oordeel__in=sorted(MET_CITAAT)) & ~Q(citaat=""))
                | Q(oordeel=Oordeel.NIET_BEANTWOORD, citaat=""),
                name="opvolging_antwoord_citaat",
                violation_error_message="Citeer de brief; bij “niet beantwoord” valt er niets te citeren.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_oordeel_display()


class Bewijs(Vastgelegd):
    """Iets waaruit blijkt wat er met een of meer aanbevelingen gebeurde, met zijn dag.

    Herstellen is een nieuwe rij die `vervangt` vult; met `vervallen` trekt zij de oude in, met reden in `toelichting`.
    """

    aanbevelingen = models.ManyToManyField(
        "adviezen.Aanbeveling", related_name="bewijzen", through="opvolging.Bewijsplaats"
    )
    soort = models.CharField("soort", max_length=12, choices=SoortBewijs.choices)
    titel = models.CharField("wat het is", max_length=300)
    datum = models.DateField("datum", null=True, blank=True)
    datum_precisie = models.CharField("precisie", max_length=8, choices=Precisie.choices, default=Precisie.DAG)
    bron = models.CharField("bron", max_length=500, blank=True, default="")
    toelichting = models.TextField("wat eruit blijkt", blank=True, default="")
    bestand = models.ForeignKey("stukken.Bestand", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    vervangt = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="vervangen_door"
    )
    vervallen = models.BooleanField(default=False)

    class Meta:
        verbose_name = "bewijs"
        verbose_name_plural = "bewijzen"
        ordering: ClassVar = [models.F("datum").desc(nulls_last=True), "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(soort__in=SoortBewijs.values), name="opvolging_bewijs_soort"),
            models.CheckConstraint(condition=~Q(titel=""), name="opvolging_bewijs_titel"),
            models.CheckConstraint(
                condition=Q(datum__isnull=True, datum_precisie=Precisie.ONBEKEND)
                | (Q(datum__isnull=False) & ~Q(datum_precisie=Precisie.ONBEKEND)),
                name="opvolging_bewijs_datum",
                violation_error_message="Zonder datum is de precisie “niet bekend”.",
            ),
            models.CheckConstraint(
                condition=Q(vervallen=False) | (Q(vervangt__isnull=False) & ~Q(toelichting="")),
                name="opvolging_bewijs_vervallen",
                violation_error_message="Geef een reden om dit in te trekken.",
            ),
        ]

    def __str__(self) -> str:
        return self.titel

    @property
    def datum_tekst(self) -> str:
        """De datum zoals zij bekend is."""
        return datum_met_precisie(self.datum, self.datum_precisie)


class Bewijsplaats(models.Model):
    """Bij welke aanbeveling een bewijs hoort. Alleen toevoegen; wie een aanbeveling wil weghalen, wordt geweigerd."""

    bewijs = models.ForeignKey(Bewijs, on_delete=models.PROTECT, related_name="plaatsen")
    aanbeveling = models.ForeignKey("adviezen.Aanbeveling", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "plaats van een bewijs"
        verbose_name_plural = "plaatsen van bewijzen"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bewijs", "aanbeveling"], name="opvolging_bewijsplaats_eenmaal"),
        ]

    def __str__(self) -> str:
        return f"{self.bewijs} bij {self.aanbeveling}"


class Opvolgstand(Vastgelegd):
    """Wat er van een aanbeveling gekomen is, op een dag beoordeeld en met reden; de jongste geldt.

    Zonder rij: bij een advies uit het portaal "open", bij een advies uit het archief "niet bekend" (nooit "open").
    """

    aanbeveling = models.ForeignKey("adviezen.Aanbeveling", on_delete=models.PROTECT, related_name="standen")
    stand = models.CharField("stand", max_length=16, choices=Stand.choices)
    per = models.DateField("stand per")
    motivering = models.TextField("waarom")

    class Meta:
        verbose_name = "stand van een aanbeveling"
        verbose_name_plural = "standen van aanbevelingen"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(stand__in=Stand.values), name="opvolging_stand_stand"),
            models.CheckConstraint(
                condition=~Q(motivering=""),
                name="opvolging_stand_motivering",
                violation_error_message="Schrijf waarom dit de stand is.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_stand_display()
