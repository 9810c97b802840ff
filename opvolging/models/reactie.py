"""Wat er na een advies gebeurt: de reactie van het kabinet."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from kern.models import Precisie, Versioneerbaar, Voorbeeldbaar
from kern.tijd import WACHTTIJD, datum_met_precisie, datum_nl, nu
from opvolging.enums import Vorm

if TYPE_CHECKING:
    from toegang.models import Gebruiker


class ReactieQuerySet(models.QuerySet["Kabinetsreactie"]):
    """Kabinetsreacties zijn openbaar: wie een account heeft, ziet ze alle."""

    def zichtbaar_voor(self, gebruiker: Gebruiker) -> Self:
        """Geef wat deze gebruiker mag zien."""
        return self if getattr(gebruiker, "is_active", False) else self.none()


class Kabinetsreactie(Voorbeeldbaar, Versioneerbaar):
    """Eén brief (of andere reactie) van het kabinet, over een of meer adviezen.

    `datum` is de dag van de brief; `datum_precisie` zegt hoe nauwkeurig zij bekend is, en "onbekend" gaat samen met
    een lege datum. `gedeeltelijk`: de reactie gaat op een deel van elk advies in; `deels` noemt de adviezen waarvoor
    dat geldt als de brief andere wel helemaal beantwoordt. De termijn van wat deels beantwoord is, loopt door. Een wet
    (`vorm`) beantwoordt geen termijn. Een ingetrokken reactie blijft staan, en telt niet meer mee.

    `openbaar_vanaf` is tien minuten na het vastleggen (uit het archief: meteen); leeg: binnen die tijd herroepen, en
    dus nooit openbaar geweest.
    """

    adviezen = models.ManyToManyField("adviezen.Advies", related_name="kabinetsreacties", verbose_name="adviezen")
    deels = models.ManyToManyField(
        "adviezen.Advies", related_name="+", verbose_name="maar gedeeltelijk beantwoord", blank=True
    )
    vorm = models.CharField("vorm", max_length=12, choices=Vorm.choices, default=Vorm.KAMERBRIEF)
    datum = models.DateField("datum van de brief", null=True, blank=True)
    datum_precisie = models.CharField(
        "precisie van de datum", max_length=8, choices=Precisie.choices, default=Precisie.DAG
    )
    afzenders = models.CharField("afzenders", max_length=500, blank=True, default="")
    kamerstuk = models.CharField("kamerstuk", max_length=300, blank=True, default="")
    toelichting = models.TextField("toelichting", blank=True, default="")
    bron = models.CharField("bron", max_length=500, blank=True, default="")
    bestand = models.ForeignKey("stukken.Bestand", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    gedeeltelijk = models.BooleanField("gaat op een deel van het advies in", default=False)
    vastgelegd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    vastgelegd_op = models.DateTimeField(default=nu, editable=False)
    openbaar_vanaf = models.DateTimeField(null=True, db_default=Now(), editable=False, db_index=True)
    ingetrokken_op = models.DateField("ingetrokken op", null=True, blank=True)
    ingetrokken_reden = models.TextField("waarom ingetrokken", blank=True, default="")
    ingetrokken_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ReactieQuerySet.as_manager()

    class Meta:
        verbose_name = "kabinetsreactie"
        verbose_name_plural = "kabinetsreacties"
        ordering: ClassVar = [models.F("datum").desc(nulls_last=True), "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(datum__isnull=True, datum_precisie=Precisie.ONBEKEND)
                | Q(datum__isnull=False, datum_precisie__in=[Precisie.DAG, Precisie.MAAND, Precisie.JAAR]),
                name="opvolging_reactie_datum",
                violation_error_message="Zonder datum is de precisie “niet bekend”.",
            ),
            models.CheckConstraint(condition=Q(vorm__in=Vorm.values), name="opvolging_reactie_vorm"),
            models.CheckConstraint(
                condition=Q(ingetrokken_op__isnull=True, ingetrokken_reden="")
                | (Q(ingetrokken_op__isnull=False) & ~Q(ingetrokken_reden="")),
                name="opvolging_reactie_intrekking",
                violation_error_message="Geef een reden om de reactie in te trekken.",
            ),
        ]

    def __str__(self) -> str:
        return f"kabinetsreactie van {self.datum_tekst}"

    @property
    def wacht(self) -> bool:
        """Of de reactie nog niet openbaar is en dus nog te herroepen."""
        return self.ingetrokken_op is None and self.openbaar_vanaf is not None and self.openbaar_vanaf > nu()

    @property
    def is_wet(self) -> bool:
        """Of dit een wet is waarin het advies gevolgd is, en geen reactie binnen een termijn."""
        return self.vorm == Vorm.WET

    def is_deels_over(self, advies_pk: int) -> bool:
        """Of dit advies maar gedeeltelijk beantwoord is. Laad `deels` vooruit in een lijst."""
        return self.gedeeltelijk or any(a.pk == advies_pk for a in self.deels.all())

    @property
    def datum_tekst(self) -> str:
        """De datum zoals zij bekend is."""
        return datum_met_precisie(self.datum, self.datum_precisie)


class ToezeggingQuerySet(models.QuerySet["Toezegging"]):
    """Toezeggingen zijn openbaar: wie een account heeft, ziet ze alle."""

    def zichtbaar_voor(self, gebruiker: Gebruiker) -> Self:
        """Geef wat deze gebruiker mag zien."""
        return self if getattr(gebruiker, "is_active", False) else self.none()

    def geldig(self) -> Self:
        """Geef wat niet herroepen is."""
        return self.filter(vervallen=False, vervangen_door__isnull=True)


class Toezegging(Voorbeeldbaar):
    """Een dag die een bewindspersoon noemde voor de reactie; zij verlegt de termijn niet. Alleen toevoegen.

    Openbaar tien minuten na `op`. Herroepen is een nieuwe rij die `vervangt` vult, met `vervallen`.
    """

    advies = models.ForeignKey("adviezen.Advies", on_delete=models.PROTECT, related_name="toezeggingen")
    datum = models.DateField("toegezegde dag")
    datum_precisie = models.CharField("precisie", max_length=8, choices=Precisie.choices, default=Precisie.DAG)
    door_wie = models.CharField("wie het toezegde", max_length=300)
    gedaan_op = models.DateField("toegezegd op")
    bron = models.CharField("bron", max_length=300, blank=True, default="")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField(default=nu, editable=False)
    vervangt = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="vervangen_door"
    )
    vervallen = models.BooleanField(default=False, db_default=False)

    objects = ToezeggingQuerySet.as_manager()

    class Meta:
        verbose_name = "toezegging"
        verbose_name_plural = "toezeggingen"
        ordering: ClassVar = ["gedaan_op", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(door_wie=""), name="opvolging_toezegging_wie"),
            models.CheckConstraint(
                condition=Q(datum_precisie__in=[Precisie.DAG, Precisie.MAAND]), name="opvolging_toezegging_precisie"
            ),
        ]

    def __str__(self) -> str:
        return f"toegezegd: {self.datum_tekst}"

    @property
    def openbaar_vanaf(self) -> datetime:
        """Vanaf wanneer het publiek haar leest."""
        return self.op + WACHTTIJD

    @property
    def wacht(self) -> bool:
        """Of zij nog niet openbaar is en dus nog te herroepen."""
        return not self.vervallen and self.openbaar_vanaf > nu()

    @property
    def datum_tekst(self) -> str:
        """De toegezegde dag zoals zij genoemd is."""
        return datum_met_precisie(self.datum, self.datum_precisie)

    @property
    def datum_in_zin(self) -> str:
        """De toegezegde dag in een brief: "16 maart 2027", of bij een maand "maart 2027"."""
        dag = datum_nl(self.datum, weekdag=False)
        return dag if self.datum_precisie == Precisie.DAG else dag.partition(" ")[2]


class Klokvrijgave(Voorbeeldbaar):
    """De algemeen secretaris laat zeggen dat er na de afgesproken dag nog niets kwam, of neemt dat terug.

    De jongste rij geldt. Alleen toevoegen. Zonder rij blijft er openbaar staan dat de reactie wordt afgewacht.
    """

    advies = models.ForeignKey("adviezen.Advies", on_delete=models.PROTECT, related_name="klokvrijgaven")
    vrij = models.BooleanField(default=True)
    reden = models.TextField("waarom", blank=True, default="")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField(default=nu, editable=False)

    class Meta:
        verbose_name = "vrijgave van een klok"
        verbose_name_plural = "vrijgaven van klokken"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return "vrijgegeven" if self.vrij else "teruggenomen"
