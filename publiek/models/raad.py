"""De raad en de commissies, zoals iedereen ze mag zien."""

from typing import ClassVar

from django.db import models

from publiek.models.basis import Openbaar


class Zittingsperiode(Openbaar):
    """Een zittingsperiode van de raad; `volledig` als elke zetel bekend is."""

    naam = models.TextField()
    van = models.DateField()
    tot = models.DateField(null=True)
    volledig = models.BooleanField()
    voorbeeld = models.BooleanField()

    class Meta:
        managed = False
        db_table = 'publiek"."zittingsperiode'

    def __str__(self) -> str:
        return self.naam


class Zetelverdeling(Openbaar):
    """Hoeveel zetels elke geleding vanaf een dag heeft."""

    periode = models.ForeignKey(Zittingsperiode, on_delete=models.DO_NOTHING, related_name="verdelingen")
    vanaf = models.DateField()
    ondernemers = models.IntegerField()
    werknemers = models.IntegerField()
    kroonleden = models.IntegerField()
    bron = models.TextField()
    opmerking = models.TextField()

    class Meta:
        managed = False
        db_table = 'publiek"."zetelverdeling'

    def __str__(self) -> str:
        return f"{self.ondernemers}/{self.kroonleden}/{self.werknemers}"


class Zetel(Openbaar):
    """Een zetel van de raad, van een dag tot een dag."""

    periode = models.ForeignKey(Zittingsperiode, on_delete=models.DO_NOTHING, related_name="zetels")
    nummer = models.IntegerField()
    geleding = models.TextField()
    bijzonder = models.TextField()
    van = models.DateField()
    tot = models.DateField(null=True)
    voorbeeld = models.BooleanField()
    organisatie = models.TextField()
    organisatie_slug = models.TextField()

    class Meta:
        managed = False
        db_table = 'publiek"."zetel'

    def __str__(self) -> str:
        return f"zetel {self.nummer}"


class Benoeming(Openbaar):
    """Wie een zetel had, als lid of plaatsvervanger."""

    zetel = models.ForeignKey(Zetel, on_delete=models.DO_NOTHING, related_name="benoemingen")
    soort = models.TextField()
    van = models.DateField()
    tot = models.DateField(null=True)
    van_precisie = models.TextField()
    tot_precisie = models.TextField()
    opmerking = models.TextField()
    persoon_id = models.BigIntegerField()
    persoon = models.TextField()
    sorteersleutel = models.TextField()
    voorbeeld = models.BooleanField()

    class Meta:
        managed = False
        db_table = 'publiek"."benoeming'

    def __str__(self) -> str:
        return self.persoon


class Nevenfunctie(Openbaar):
    """Wat een lid of plaatsvervanger naast de raad doet."""

    persoon_id = models.BigIntegerField()
    persoon = models.TextField()
    sorteersleutel = models.TextField()
    functie = models.TextField()
    waar = models.TextField()
    betaald = models.BooleanField()
    van = models.DateField()
    tot = models.DateField(null=True)
    voorbeeld = models.BooleanField()

    class Meta:
        managed = False
        db_table = 'publiek"."nevenfunctie'

    def __str__(self) -> str:
        return f"{self.functie}, {self.waar}" if self.waar else self.functie


class Bestuursfunctie(Openbaar):
    """Voorzitter, plaatsvervangend voorzitter of lid van het dagelijks bestuur."""

    id = models.TextField(primary_key=True)
    functie = models.TextField()
    persoon_id = models.BigIntegerField()
    persoon = models.TextField()
    sorteersleutel = models.TextField()
    van = models.DateField()
    tot = models.DateField(null=True)
    voorbeeld = models.BooleanField()

    class Meta:
        managed = False
        db_table = 'publiek"."bestuursfunctie'

    def __str__(self) -> str:
        return f"{self.persoon}, {self.functie}"


class Commissie(Openbaar):
    """Een commissie of eigen orgaan."""

    naam = models.TextField()
    afkorting = models.TextField()
    slug = models.TextField()
    soort = models.TextField()
    taak = models.TextField()
    ingesteld_op = models.DateField(null=True)
    ingesteld_precisie = models.TextField()
    opgeheven_op = models.DateField(null=True)
    mandaat = models.BooleanField()
    mandaat_grond = models.TextField()
    ook_bekend_als = models.JSONField()
    voorzitter_volgens_bron = models.TextField()
    genoemd_in = models.JSONField()
    bron = models.JSONField()
    opmerking = models.TextField()
    sorteersleutel = models.TextField()
    voorbeeld = models.BooleanField()

    class Meta:
        managed = False
        db_table = 'publiek"."commissie'
        ordering: ClassVar = ["sorteersleutel"]

    def __str__(self) -> str:
        return self.naam

    def get_absolute_url(self) -> str:
        """Het adres van de commissie."""
        return f"/commissies/{self.slug}/"


class Commissielid(Openbaar):
    """Iemand in een commissie."""

    commissie = models.ForeignKey(Commissie, on_delete=models.DO_NOTHING, related_name="leden")
    rol = models.TextField()
    geleding = models.TextField()
    organisatie = models.TextField()
    persoon_id = models.BigIntegerField()
    persoon = models.TextField()
    sorteersleutel = models.TextField()
    van = models.DateField()
    tot = models.DateField(null=True)
    voorbeeld = models.BooleanField()

    class Meta:
        managed = False
        db_table = 'publiek"."commissielid'
        ordering: ClassVar = ["sorteersleutel"]

    def __str__(self) -> str:
        return self.persoon
