"""Wat er na het aanbieden openbaar is: klok, reacties, toezeggingen, brieven, en per aanbeveling wat ervan kwam."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kern.tijd import datum_met_precisie, datum_nl
from publiek.models.basis import Openbaar


class Klok(Openbaar):
    """De afgesproken termijn voor de kabinetsreactie op één advies.

    `vrijgegeven`: er mag gezegd worden dat er na de afgesproken dag nog niets kwam.
    """

    kenmerk = models.TextField(primary_key=True)
    basis = models.DateField()
    vervalt_op = models.DateField()
    uitleg = models.TextField()
    aannames = models.JSONField()
    status = models.TextField()
    stil_sinds = models.DateField(null=True)
    vrijgegeven = models.BooleanField()
    voorbeeld = models.BooleanField()

    class Meta:
        managed = False
        db_table = 'publiek"."klok'

    def __str__(self) -> str:
        return f"{self.kenmerk}: {self.vervalt_op}"


class Kabinetsreactie(Openbaar):
    """Een reactie van het kabinet op één advies. `datum` is leeg als de dag niet bekend is; zie `datum_tekst`."""

    kenmerk = models.TextField()
    datum_tekst = models.TextField(null=True)
    datum = models.DateField(null=True)
    afzenders = models.TextField(null=True)
    kamerstuk = models.TextField(null=True)
    toelichting = models.TextField(null=True)
    bron = models.TextField(null=True)
    gedeeltelijk = models.BooleanField()
    vorm = models.TextField()
    ingetrokken_op = models.DateField(null=True)
    ingetrokken_reden = models.TextField()
    voorbeeld = models.BooleanField()

    class Meta:
        managed = False
        db_table = 'publiek"."kabinetsreactie'

    def __str__(self) -> str:
        return f"{self.kenmerk}: {self.datum_tekst}"

    @property
    def beantwoordt(self) -> bool:
        """Of deze reactie het advies helemaal beantwoordt."""
        return not self.gedeeltelijk and self.vorm != "wet" and self.ingetrokken_op is None

    @property
    def beantwoordt_deels(self) -> bool:
        """Of deze reactie een deel van het advies beantwoordt; op de rest wordt dan nog gewacht."""
        return self.gedeeltelijk and self.vorm != "wet" and self.ingetrokken_op is None

    @property
    def kop(self) -> str:
        """Wat het is, in gewone woorden."""
        if self.vorm == "wet":
            return "Gevolgd in wet"
        return "Gedeeltelijke reactie van het kabinet" if self.gedeeltelijk else "Reactie van het kabinet"

    @property
    def intrekking(self) -> str:
        """Wanneer en waarom de reactie is ingetrokken; anders leeg."""
        if self.ingetrokken_op is None:
            return ""
        return f"Ingetrokken op {datum_nl(self.ingetrokken_op)}: {self.ingetrokken_reden}"


class Toezegging(Openbaar):
    """Een dag die een bewindspersoon noemde voor de reactie."""

    kenmerk = models.TextField()
    datum = models.DateField()
    datum_precisie = models.TextField()
    door_wie = models.TextField()
    gedaan_op = models.DateField()
    bron = models.TextField()
    voorbeeld = models.BooleanField()

    class Meta:
        managed = False
        db_table = 'publiek"."toezegging'
        ordering: ClassVar = ["gedaan_op", "id"]

    def __str__(self) -> str:
        return f"{self.kenmerk}: {self.datum}"

    @property
    def datum_tekst(self) -> str:
        """De toegezegde dag zoals zij genoemd is."""
        return datum_met_precisie(self.datum, self.datum_precisie)


class Herinneringsbrief(Openbaar):
    """Een brief waarmee de SER om een reactie vroeg: aan wie en wanneer, niet de tekst."""

    kenmerk = models.TextField()
    aan = models.TextField()
    verstuurd_op = models.DateField()
    voorbeeld = models.BooleanField()

    class Meta:
        managed = False
        db_table = 'publiek"."herinneringsbrief'
        ordering: ClassVar = ["verstuurd_op", "id"]

    def __str__(self) -> str:
        return f"{self.kenmerk}: {self.verstuurd_op}"


class Geadresseerde(Openbaar):
    """Aan wie aanbevelingen gericht zijn; `opvolgers` zijn de nummers van wie er nu over gaat."""

    naam = models.TextField()
    soort = models.TextField()
    voorbeeld = models.BooleanField()
    opvolgers = ArrayField(models.BigIntegerField())

    class Meta:
        managed = False
        db_table = 'publiek"."geadresseerde'
        ordering: ClassVar = ["naam"]

    def __str__(self) -> str:
        return self.naam


class Aanbeveling(Openbaar):
    """Een aanbeveling met haar advies. `oordelen`: wat het kabinet antwoordde; `stand`: wat ervan kwam."""

    kenmerk = models.TextField()
    nummer = models.IntegerField()
    tekst = models.TextField()
    blok = models.TextField()
    geadresseerden = models.TextField()
    aan = ArrayField(models.BigIntegerField())
    oordelen = ArrayField(models.TextField())
    stand = models.TextField()
    stand_per = models.DateField(null=True)
    advies = models.ForeignKey("publiek.Advies", on_delete=models.DO_NOTHING, related_name="+", db_constraint=False)
    advies_titel = models.TextField()
    advies_nummer = models.TextField()
    jaar = models.SmallIntegerField(null=True)
    datum = models.DateField(null=True)
    themas = ArrayField(models.TextField())
    voorbeeld = models.BooleanField()

    class Meta:
        managed = False
        db_table = 'publiek"."aanbeveling'

    def __str__(self) -> str:
        return self.tekst


class Antwoord(Openbaar):
    """Wat het kabinet over een aanbeveling zei, met het citaat; `geldt` is het jongste."""

    aanbeveling = models.ForeignKey(Aanbeveling, on_delete=models.DO_NOTHING, related_name="antwoorden")
    geadresseerde_id = models.BigIntegerField(null=True)
    geadresseerde = models.TextField()
    reactie_id = models.BigIntegerField()
    oordeel = models.TextField()
    citaat = models.TextField()
    vindplaats = models.TextField()
    motivering = models.TextField()
    beoordeeld_op = models.DateField()
    brief_ingetrokken = models.BooleanField()
    geldt = models.BooleanField()
    voorbeeld = models.BooleanField()

    class Meta:
        managed = False
        db_table = 'publiek"."antwoord'
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.oordeel


class Opvolgstand(Openbaar):
    """Wat er van een aanbeveling kwam, met de dag en de reden; `geldt` is de jongste."""

    aanbeveling = models.ForeignKey(Aanbeveling, on_delete=models.DO_NOTHING, related_name="standen")
    stand = models.TextField()
    per = models.DateField()
    motivering = models.TextField()
    beoordeeld_op = models.DateField()
    geldt = models.BooleanField()
    voorbeeld = models.BooleanField()

    class Meta:
        managed = False
        db_table = 'publiek"."opvolgstand'
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.stand


class Bewijs(Openbaar):
    """Iets waaruit blijkt wat er met een aanbeveling gebeurde."""

    bewijs_id = models.BigIntegerField()
    aanbeveling = models.ForeignKey(Aanbeveling, on_delete=models.DO_NOTHING, related_name="bewijzen")
    soort = models.TextField()
    titel = models.TextField()
    datum = models.DateField(null=True)
    datum_precisie = models.TextField()
    bron = models.TextField()
    toelichting = models.TextField()
    vastgelegd_op = models.DateField()
    voorbeeld = models.BooleanField()

    class Meta:
        managed = False
        db_table = 'publiek"."bewijs'
        ordering: ClassVar = [models.F("datum").desc(nulls_last=True), "-id"]

    def __str__(self) -> str:
        return self.titel

    @property
    def datum_tekst(self) -> str:
        """De datum zoals zij bekend is."""
        return datum_met_precisie(self.datum, self.datum_precisie)


class Evaluatie(Openbaar):
    """Wat een advies uitwerkte, nagegaan na `na_jaren` jaar (0: tussentijds); `geldt` is de jongste van dat moment."""

    kenmerk = models.TextField()
    na_jaren = models.IntegerField()
    per = models.DateField()
    uitwerking = models.TextField()
    bevindingen = models.TextField()
    groepen = models.TextField()
    geraadpleegd = models.TextField()
    vastgelegd_op = models.DateField()
    geldt = models.BooleanField()
    voorbeeld = models.BooleanField()

    class Meta:
        managed = False
        db_table = 'publiek"."evaluatie'
        ordering: ClassVar = ["per", "id"]

    def __str__(self) -> str:
        return self.wanneer

    @property
    def wanneer(self) -> str:
        """Het moment in woorden."""
        return f"na {self.na_jaren} jaar" if self.na_jaren else "tussentijds"

    @property
    def oordeel(self) -> str:
        """Of bereikt is wat het advies wilde, in woorden."""
        return UITWERKING[self.uitwerking]


UITWERKING = {
    "bereikt": "bereikt",
    "deels": "deels bereikt",
    "niet": "niet bereikt",
    "te_vroeg": "nog niet te zeggen",
    "onbekend": "niet na te gaan",
}


class Evaluatietermijn(Openbaar):
    """Een evaluatie die nog komt."""

    kenmerk = models.TextField()
    na_jaren = models.IntegerField()
    vervalt_op = models.DateField()
    voorbeeld = models.BooleanField()

    class Meta:
        managed = False
        db_table = 'publiek"."evaluatietermijn'
        ordering: ClassVar = ["vervalt_op"]

    def __str__(self) -> str:
        return f"na {self.na_jaren} jaar"


class Jaarverslag(Openbaar):
    """Een jaarverslag dat is aangeboden: de hoofdstukken zoals zij toen waren, en de PDF van die tekst.

    `sha256` is leeg als de PDF er niet is; `vergadering` is het adresdeel van de vergadering die het vaststelde.
    """

    jaar = models.IntegerField()
    aangeboden_op = models.DateField()
    inhoud = models.JSONField()
    vastgesteld_op = models.DateField(null=True)
    vergadering = models.TextField(null=True)
    sha256 = models.TextField()
    voorbeeld = models.BooleanField()

    class Meta:
        managed = False
        db_table = 'publiek"."jaarverslag'
        ordering: ClassVar = ["-jaar"]

    def __str__(self) -> str:
        return f"jaarverslag {self.jaar}"
