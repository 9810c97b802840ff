"""Openbaarmaking: een bevroren momentopname, haar passages, en het einde ervan."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q

from kern.models import Voorbeeldbaar
from publicatie.enums import Scanstand
from publicatie.scans import MINSTE_TEKENS


class TsTzRange(Func):
    """SQL-functie tstzrange(vanaf, tot): halfopen periode."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Publicatie(Voorbeeldbaar):
    """Wat het publiek te zien krijgt van één ding, van `vanaf` tot `tot` (halfopen).

    De inhoud verandert nooit: de database weigert elke wijziging behalve het sluiten van `tot` in de toekomst.
    Een verbetering is een nieuwe rij met dezelfde `sleutel`. Wie een rij vóór `vanaf` herroept, krijgt een lege
    periode (`tot` = `vanaf`): die rij is nooit openbaar geweest. Embargo is dus een voorwaarde, geen taak.

    `jaar`, `datum`, `nummer`, `vorm`, `orgaan`, `uitkomst` en `onderwerpen` komen uit `metadata` en staan apart
    omdat er op gezocht en geteld wordt; dit model kent hun betekenis niet.
    """

    soort = models.CharField(max_length=40)
    sleutel = models.CharField(max_length=120)
    titel = models.TextField()
    html = models.TextField(blank=True)
    tekst = models.TextField(blank=True)
    metadata = models.JSONField(default=dict, blank=True)
    bestanden = models.JSONField(default=list, blank=True)
    inhoud_hash = models.CharField(max_length=64)
    vanaf = models.DateTimeField()
    tot = models.DateTimeField(null=True, blank=True)
    vervangt = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="vervangen_door")
    jaar = models.SmallIntegerField(null=True, blank=True)
    datum = models.DateField(null=True, blank=True)
    nummer = models.CharField(max_length=20, blank=True)
    vorm = models.CharField(max_length=40, blank=True)
    orgaan = models.CharField(max_length=120, blank=True)
    uitkomst = models.CharField(max_length=40, blank=True)
    onderwerpen = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    aangemaakt_op = models.DateTimeField(auto_now_add=True)
    door_id = models.BigIntegerField(null=True, blank=True)
    door_naam = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "publicatie"
        verbose_name_plural = "publicaties"
        indexes = [
            models.Index(fields=["sleutel", "-vanaf"]),
            models.Index(fields=["vanaf"]),
            models.Index(fields=["tot"], condition=Q(tot__isnull=False), name="publicatie_tot_gevuld"),
        ]
        constraints = [
            ExclusionConstraint(
                name="publicatie_een_tegelijk",
                expressions=[
                    (F("sleutel"), RangeOperators.EQUAL),
                    (TsTzRange("vanaf", "tot", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Van dit onderwerp is op dat moment al iets openbaar.",
            ),
            models.CheckConstraint(
                name="publicatie_tot_na_vanaf",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("vanaf")),
                violation_error_message="Het einde ligt vóór het begin.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sleutel} vanaf {self.vanaf:%Y-%m-%d %H:%M}"


class Zoekrij(models.Model):
    """Van elke Publicatie wat zoeken nodig heeft en niets meer; de database houdt haar bij (sql/zoekrij.sql)."""

    publicatie = models.OneToOneField(
        Publicatie, on_delete=models.PROTECT, primary_key=True, related_name="+", db_constraint=False
    )
    vanaf = models.DateTimeField()
    advies = models.BooleanField()
    tot = models.DateTimeField(null=True)
    zoek = SearchVectorField(null=True)

    class Meta:
        verbose_name = "zoekrij"
        verbose_name_plural = "zoekrijen"

    def __str__(self) -> str:
        return f"zoekrij bij {self.publicatie_id}"


class Passage(models.Model):
    """Een alinea van een Publicatie: de eenheid waaruit het zoeken zijn fragment haalt en waarnaar men verwijst."""

    publicatie = models.ForeignKey(Publicatie, on_delete=models.PROTECT, related_name="passages")
    volgorde = models.PositiveIntegerField()
    blok = models.CharField(max_length=40)
    kop = models.TextField(blank=True)
    tekst = models.TextField()

    class Meta:
        verbose_name = "passage"
        verbose_name_plural = "passages"
        ordering = ["publicatie", "volgorde"]
        constraints = [
            models.UniqueConstraint(fields=["publicatie", "volgorde"], name="passage_volgorde_uniek"),
            models.UniqueConstraint(fields=["publicatie", "blok"], name="passage_blok_uniek"),
        ]

    def __str__(self) -> str:
        return f"{self.publicatie_id} {self.blok}"


class Intrekking(Voorbeeldbaar):
    """Waarom een Publicatie eindigde: ingetrokken (`grafsteen`, wordt 410) of herroepen voor zij openbaar was.

    Een intrekking geldt zolang haar `vanaf` het einde van de publicatie is; wie haar op tijd terugneemt, haalt dat weg.
    """

    publicatie = models.ForeignKey(Publicatie, on_delete=models.PROTECT, related_name="intrekkingen")
    vanaf = models.DateTimeField()
    reden = models.TextField()
    grafsteen = models.BooleanField()
    door_id = models.BigIntegerField(null=True, blank=True)
    door_naam = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "intrekking"
        verbose_name_plural = "intrekkingen"

    def __str__(self) -> str:
        return f"{self.publicatie_id} {'ingetrokken' if self.grafsteen else 'herroepen'}"


class Scan(Voorbeeldbaar):
    """De opgestuurde PDF van een ouder stuk, bij de sleutel van zijn publicatie; een nieuwe vervangt de vorige.

    `bladzijden` is de gelezen tekst per bladzijde. De rij is het werk: zolang zij wacht, pakt de klok haar op.
    """

    sleutel = models.CharField(max_length=120, unique=True)
    bestand = models.ForeignKey("stukken.Bestand", on_delete=models.PROTECT, related_name="+")
    stand = models.CharField(max_length=20, choices=Scanstand.choices, default=Scanstand.WACHT)
    bladzijden = models.JSONField(default=list)
    fout = models.CharField(max_length=200, blank=True)
    opgestuurd_op = models.DateTimeField(auto_now=True)
    door_id = models.BigIntegerField(null=True, blank=True)
    door_naam = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "scan"
        verbose_name_plural = "scans"
        constraints = [models.CheckConstraint(condition=Q(stand__in=Scanstand.values), name="scan_stand_bekend")]

    def __str__(self) -> str:
        return f"scan bij {self.sleutel}"

    @property
    def met_tekst(self) -> int:
        """Het aantal bladzijden waarop tekst gevonden is."""
        return sum(len(tekst) >= MINSTE_TEKENS for tekst in self.bladzijden)


class Woord(models.Model):
    """Een woord uit een Publicatie, voor "bedoelde u"; zichtbaar vanaf de vroegste Publicatie waarin het staat."""

    woord = models.CharField(max_length=60, primary_key=True)
    vanaf = models.DateTimeField()

    class Meta:
        verbose_name = "woord"
        verbose_name_plural = "woorden"

    def __str__(self) -> str:
        return self.woord
