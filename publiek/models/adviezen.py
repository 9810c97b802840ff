"""Wat er openbaar is: adviezen, hun passages, reacties en grafstenen."""

from datetime import time
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from kern.tijd import AMSTERDAM
from publiek.models.basis import Openbaar


class Advies(Openbaar):
    """Een advies zoals het nu openbaar is."""

    kenmerk = models.TextField()
    nummer = models.TextField()
    jaar = models.SmallIntegerField(null=True)
    datum = models.DateField(null=True)
    titel = models.TextField()
    soort = models.TextField()
    commissie = models.TextField()
    oordeel = models.TextField()
    themas = ArrayField(models.CharField(max_length=120))
    vragers = ArrayField(models.TextField())
    reactie = models.TextField()
    metadata = models.JSONField()
    html = models.TextField()
    bestanden = models.JSONField()
    inhoud_hash = models.TextField()
    vanaf = models.DateTimeField()
    voorbeeld = models.BooleanField()
    zoek = SearchVectorField()
    zoek_kort = SearchVectorField()

    class Meta:
        managed = False
        db_table = 'publiek"."advies'

    def __str__(self) -> str:
        return self.titel

    @property
    def volgnummer(self) -> str:
        """Het deel van het adres na het jaar: "04" bij 2023/04, "v01" bij V26/01; leeg zonder adviesnummer."""
        return volgnummer(self.jaar, self.nummer)

    def get_absolute_url(self) -> str:
        """Het blijvende adres: met adviesnummer als het er is, anders met het kenmerk (ontwerp §7)."""
        return adres_van(self.jaar, self.nummer, self.kenmerk)

    @property
    def datum_tekst(self) -> str:
        """De datum zoals zij op het scherm staat; leeg als zij niet bekend is."""
        return str(self.metadata.get("datum_tekst") or "")

    @property
    def commissienaam(self) -> str:
        """De naam van de commissie; leeg als die niet bekend is."""
        return str(self.metadata.get("commissie") or "")


def volgnummer(jaar: int | None, nummer: str) -> str:
    """Geef het deel van het adres na het jaar; leeg zonder adviesnummer van dat jaar."""
    reeks, volg = nummer.partition("/")[::2]
    if not volg or jaar is None:
        return ""
    if reeks == str(jaar):
        return volg
    return f"v{volg}" if reeks == f"V{jaar % 100:02d}" else ""


def adres_van(jaar: int | None, nummer: str, kenmerk: str) -> str:
    """Geef het blijvende adres van een advies."""
    return f"/adviezen/{jaar or 'zonder-jaar'}/{volgnummer(jaar, nummer) or kenmerk}/"


class VorigeUitgave(Openbaar):
    """Een eerdere uitgave van een advies, en wanneer zij gold. Is zij ingetrokken, dan is haar inhoud leeg."""

    kenmerk = models.TextField()
    vanaf = models.DateTimeField()
    tot = models.DateTimeField()
    ingetrokken = models.BooleanField()
    titel = models.TextField()
    html = models.TextField()
    metadata = models.JSONField()
    voorbeeld = models.BooleanField()

    class Meta:
        managed = False
        db_table = 'publiek"."vorige_uitgave'

    def __str__(self) -> str:
        return f"{self.kenmerk} tot {self.tot:%Y-%m-%d}"

    @property
    def vanaf_te_noemen(self) -> bool:
        """Of de lezer iets heeft aan `vanaf`.

        In het archief is dat het begin van de dag of het jaar van het advies, toen dit portaal er niet was. Een advies
        uit een traject (kenmerk t-…) kan ook echt om middernacht openbaar zijn geworden.
        """
        return self.kenmerk.startswith("t-") or self.vanaf.astimezone(AMSTERDAM).time() != time(0)


class Passage(Openbaar):
    """Een alinea van een openbaar stuk."""

    advies = models.ForeignKey(Advies, on_delete=models.DO_NOTHING, related_name="passages", db_constraint=False)
    volgorde = models.IntegerField()
    blok = models.TextField()
    kop = models.TextField()
    tekst = models.TextField()
    zoek = SearchVectorField()

    class Meta:
        managed = False
        db_table = 'publiek"."passage'

    def __str__(self) -> str:
        return self.blok


class Stuk(Openbaar):
    """Een ander openbaar stuk: ontwerpadvies, adviesaanvraag, verslag."""

    soort = models.TextField()
    sleutel = models.TextField()
    titel = models.TextField()
    html = models.TextField()
    metadata = models.JSONField()
    bestanden = models.JSONField()
    vanaf = models.DateTimeField()
    voorbeeld = models.BooleanField()

    class Meta:
        managed = False
        db_table = 'publiek"."stuk'

    def __str__(self) -> str:
        return self.titel


class Grafsteen(Openbaar):
    """Een ingetrokken publicatie: wat hier stond, sinds wanneer het weg is en waarom."""

    soort = models.TextField()
    sleutel = models.TextField()
    kenmerk = models.TextField()
    nummer = models.TextField()
    jaar = models.SmallIntegerField(null=True)
    titel = models.TextField()
    vanaf = models.DateTimeField()
    reden = models.TextField()
    voorbeeld = models.BooleanField()

    class Meta:
        managed = False
        db_table = 'publiek"."grafsteen'

    def __str__(self) -> str:
        return self.titel


class Thema(Openbaar):
    """Een onderwerp."""

    naam = models.TextField()
    slug = models.TextField()
    volgorde = models.IntegerField()

    class Meta:
        managed = False
        db_table = 'publiek"."thema'
        ordering: ClassVar = ["volgorde", "naam"]

    def __str__(self) -> str:
        return self.naam


class Pdfstand(Openbaar):
    """Hoe ver een PDF van een openbaar advies (zelfde `id`) is, en het bestand als hij klaar is."""

    status = models.TextField()
    voortgang = models.IntegerField()
    fout = models.TextField()
    sha256 = models.TextField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.status


class Pdf(Pdfstand):
    """De PDF/UA-1 om te lezen."""

    class Meta:
        managed = False
        db_table = 'publiek"."pdf'


class Archiefpdf(Pdfstand):
    """De archiefkopie, PDF/A-3a met de gegevens erin."""

    class Meta:
        managed = False
        db_table = 'publiek"."archiefpdf'
