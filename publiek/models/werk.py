"""Vergaderingen en lopende trajecten, in openbare woorden."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from adviezen.enums import PUBLIEKE_NAAM
from kern.tijd import datum_met_precisie
from publiek.models.basis import Openbaar

HOE_BEKEND = {
    "waargenomen": "een bron noemt deze vergadering",
    "aangekondigd": "aangekondigd in een bron",
    "datum raadsstuk": "de dag staat op een stuk voor de raad",
    "afgeleid": "de dag is die van een advies",
}


class Vergadering(Openbaar):
    """Een vergadering van de raad; van een besloten vergadering alleen dat zij er is."""

    slug = models.TextField()
    datum = models.DateField(null=True)
    datum_precisie = models.TextField()
    dag_afgeleid = models.BooleanField()
    openbaar = models.BooleanField()
    status = models.TextField()
    begin = models.TimeField(null=True)
    eind = models.TimeField(null=True)
    zekerheid = models.TextField()
    plaats = models.TextField()
    uitzending = models.TextField()
    besloten_reden = models.TextField()
    afgelast_reden = models.TextField()
    oproeping = models.IntegerField()
    archiefbesluiten = models.JSONField()
    sprekers = models.JSONField()
    opmerking = models.TextField()
    bron = models.JSONField()
    archief = models.BooleanField()
    voorbeeld = models.BooleanField()

    class Meta:
        managed = False
        db_table = 'publiek"."vergadering'

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Het adres van de vergadering."""
        return f"/vergaderingen/{self.slug}/"

    @property
    def datum_tekst(self) -> str:
        """De dag zoals bekend: "do 16 maart 2023 (afgeleid)"."""
        return datum_met_precisie(self.datum, self.datum_precisie, afgeleid=self.dag_afgeleid)

    @property
    def hoe_bekend(self) -> str:
        """Hoe wij van een vergadering uit het archief weten, in gewone woorden (data/README.md); anders leeg."""
        return HOE_BEKEND.get(self.zekerheid, self.zekerheid)


class VorigAdres(Openbaar):
    """Waar een vergadering stond voor zij verplaatst werd, en waar zij nu staat."""

    slug = models.TextField()
    nu = models.TextField()

    class Meta:
        managed = False
        db_table = 'publiek"."vorig_adres'

    def __str__(self) -> str:
        return self.slug


class Agendapunt(Openbaar):
    """Een openbaar agendapunt van een openbare vergadering."""

    vergadering = models.ForeignKey(Vergadering, on_delete=models.DO_NOTHING, related_name="punten")
    volgorde = models.IntegerField()
    onderwerp = models.TextField()
    soort = models.TextField()
    toelichting = models.TextField()
    uitkomst = models.TextField()
    stuknummer = models.TextField(null=True)
    na_oproeping = models.BooleanField()
    vervallen_reden = models.TextField()

    class Meta:
        managed = False
        db_table = 'publiek"."agendapunt'
        ordering: ClassVar = ["vergadering", "volgorde"]

    def __str__(self) -> str:
        return self.onderwerp


class Bekendmaking(Openbaar):
    """Een openbare bekendmaking bij een agendapunt van de raad."""

    soort = models.TextField()
    titel = models.TextField()
    op = models.DateField()
    vindplaats = models.TextField()
    bezwaar_tot = models.DateField(null=True)
    voorbeeld = models.BooleanField()
    vergadering = models.TextField()
    datum = models.DateField(null=True)

    class Meta:
        managed = False
        db_table = 'publiek"."bekendmaking'

    def __str__(self) -> str:
        return self.titel


class Traject(Openbaar):
    """Lopend of beëindigd werk, in openbare woorden."""

    slug = models.TextField()
    titel = models.TextField()
    kenmerk = models.TextField()
    stap = models.TextField()
    stap_sinds = models.DateField()
    eigen_initiatief = models.BooleanField()
    geadresseerden = models.TextField()
    verwacht_op = models.DateField(null=True)
    commissie = models.TextField()
    commissie_slug = models.TextField()
    vraag = models.TextField(null=True)
    gevraagd_op = models.DateField(null=True)
    vragers = ArrayField(models.TextField())
    lopend = models.BooleanField()
    volgnummer = models.IntegerField(null=True)
    voorbeeld = models.BooleanField()

    class Meta:
        managed = False
        db_table = 'publiek"."traject'

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        """Het adres van het traject."""
        return f"/trajecten/{self.slug}/"

    @property
    def stand(self) -> str:
        """De stap in openbare woorden."""
        return PUBLIEKE_NAAM[self.stap]


class Stapgang(Openbaar):
    """Een gezette stap met haar dag."""

    traject = models.ForeignKey(Traject, on_delete=models.DO_NOTHING, related_name="stapgangen")
    naar = models.TextField()
    dag = models.DateField()

    class Meta:
        managed = False
        db_table = 'publiek"."stapgang'
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.naar
