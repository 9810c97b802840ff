"""Mensen en wat zij in de raad zijn, met data. Wie iets is op een dag volgt uit deze rijen."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Q

from kern.models import Precisie, Voorbeeldbaar
from raad.enums import ContactRol, SoortBenoeming, Voorzittersfunctie
from raad.models.tijdvak import Dagbereik, Tijdvak, einde_na_begin
from raad.models.zetels import Organisatie, Zetel


class Persoon(Voorbeeldbaar):
    """Iemand die in de raad of een commissie zit of zat. Een account is niet nodig."""

    naam = models.CharField("naam", max_length=120)
    sorteernaam = models.CharField("achternaam eerst", max_length=120)
    gebruiker = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="persoon",
        verbose_name="account",
    )
    opmerking = models.TextField("opmerking", blank=True, default="")
    bron = models.TextField("bron", blank=True, default="")
    sorteersleutel = models.GeneratedField(
        expression=models.Func(models.F("sorteernaam"), function="kern_sorteersleutel"),
        output_field=models.TextField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = "persoon"
        verbose_name_plural = "personen"
        ordering: ClassVar = ["sorteersleutel", "pk"]
        indexes: ClassVar = [models.Index(fields=["sorteersleutel"], name="raad_persoon_sortering")]

    def __str__(self) -> str:
        return self.naam


class Onzeker(models.Model):
    """Hoe zeker de grenzen van een tijdvak zijn: het archief kent soms alleen een jaar, of niets."""

    van_precisie = models.CharField(max_length=8, choices=Precisie.choices, default=Precisie.DAG)
    tot_precisie = models.CharField(max_length=8, choices=Precisie.choices, default=Precisie.DAG)

    class Meta:
        abstract = True


class Benoeming(Tijdvak, Onzeker):
    """Een persoon in een zetel, als lid of plaatsvervanger.

    De database weigert: twee leden of twee plaatsvervangers tegelijk in een zetel, een persoon in twee
    zetels tegelijk, een benoeming buiten de data van de zetel, en 'onbekend' in een volledige periode.
    """

    persoon = models.ForeignKey(Persoon, on_delete=models.PROTECT, related_name="benoemingen")
    zetel = models.ForeignKey(Zetel, on_delete=models.PROTECT, related_name="benoemingen")
    soort = models.CharField("soort", max_length=16, choices=SoortBenoeming.choices)
    meegedeeld_op = models.DateField("meegedeeld op", null=True, blank=True)
    aanvaard_op = models.DateField("aanvaard op", null=True, blank=True)
    bekendgemaakt_op = models.DateField("bekendgemaakt op", null=True, blank=True)
    bekendmaking = models.CharField("vindplaats van de bekendmaking", max_length=200, blank=True, default="")
    bron = models.TextField("bron", blank=True, default="")
    opmerking = models.TextField("opmerking", blank=True, default="")

    class Meta:
        verbose_name = "benoeming"
        verbose_name_plural = "benoemingen"
        ordering: ClassVar = ["van", "pk"]
        constraints: ClassVar = [
            einde_na_begin("raad_benoeming_einde"),
            models.CheckConstraint(condition=Q(soort__in=SoortBenoeming.values), name="raad_benoeming_soort_bestaat"),
            models.CheckConstraint(
                condition=Q(bekendgemaakt_op__isnull=True) | Q(aanvaard_op__isnull=False),
                name="raad_benoeming_bekend_na_aanvaarding",
            ),
            ExclusionConstraint(
                name="raad_zetel_dubbel_bezet",
                expressions=[("zetel", "="), ("soort", "="), (Dagbereik(), "&&")],
                violation_error_message="Deze zetel is in die tijd al bezet.",
            ),
            ExclusionConstraint(
                name="raad_persoon_twee_zetels",
                expressions=[("persoon", "="), (Dagbereik(), "&&")],
                violation_error_message="Deze persoon heeft in die tijd al een zetel.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.persoon.naam}, {self.get_soort_display()}"


class Voorzitterschap(Voorbeeldbaar, Tijdvak, Onzeker):
    """Voorzitter of plaatsvervangend voorzitter.

    De database eist: lid van de raad zolang het duurt, de voorzitter is kroonlid, en de drie komen uit drie
    verschillende geledingen (Wet op de SER, artikel 11; brochure).
    """

    persoon = models.ForeignKey(Persoon, on_delete=models.PROTECT, related_name="voorzitterschappen")
    functie = models.CharField("functie", max_length=24, choices=Voorzittersfunctie.choices)

    class Meta:
        verbose_name = "voorzitterschap"
        verbose_name_plural = "voorzitterschappen"
        ordering: ClassVar = ["van", "pk"]
        constraints: ClassVar = [
            einde_na_begin("raad_voorzitter_einde"),
            models.CheckConstraint(
                condition=Q(functie__in=Voorzittersfunctie.values), name="raad_voorzitter_functie_bestaat"
            ),
            ExclusionConstraint(
                name="raad_functie_dubbel_bezet",
                expressions=[("voorbeeld", "="), ("functie", "="), (Dagbereik(), "&&")],
                violation_error_message="Deze functie is in die tijd al vervuld.",
            ),
            ExclusionConstraint(
                name="raad_persoon_twee_functies",
                expressions=[("persoon", "="), (Dagbereik(), "&&")],
                violation_error_message="Deze persoon heeft in die tijd al een functie.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.persoon.naam}, {self.get_functie_display()}"


class DagelijksBestuurslid(Tijdvak):
    """Lid van het dagelijks bestuur; de geleding volgt uit de zetel in de raad.

    De database bewaakt het grootste aantal per geleding (gegeven van de zittingsperiode) en dat het lid
    raadslid is zolang het duurt.
    """

    persoon = models.ForeignKey(Persoon, on_delete=models.PROTECT, related_name="bestuurslidmaatschappen")

    class Meta:
        verbose_name = "lid van het dagelijks bestuur"
        verbose_name_plural = "leden van het dagelijks bestuur"
        ordering: ClassVar = ["van", "pk"]
        constraints: ClassVar = [
            einde_na_begin("raad_db_einde"),
            ExclusionConstraint(
                name="raad_db_persoon_dubbel",
                expressions=[("persoon", "="), (Dagbereik(), "&&")],
                violation_error_message="Deze persoon zit in die tijd al in het dagelijks bestuur.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.persoon.naam}, dagelijks bestuur"


class OrganisatieContact(Tijdvak):
    """Een account dat voor een organisatie het achterbanberaad regelt."""

    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="organisatiecontacten"
    )
    organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT, related_name="contacten")
    rol = models.CharField("rol", max_length=12, choices=ContactRol.choices, default=ContactRol.COORDINATOR)

    class Meta:
        verbose_name = "contactpersoon"
        verbose_name_plural = "contactpersonen"
        ordering: ClassVar = ["van", "pk"]
        constraints: ClassVar = [
            einde_na_begin("raad_contact_einde"),
            models.CheckConstraint(condition=Q(rol__in=ContactRol.values), name="raad_contact_rol_bestaat"),
            ExclusionConstraint(
                name="raad_contact_dubbel",
                expressions=[("gebruiker", "="), ("organisatie", "="), ("rol", "="), (Dagbereik(), "&&")],
                violation_error_message="Deze persoon is in die tijd al contactpersoon van deze organisatie.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gebruiker}, {self.organisatie}"
