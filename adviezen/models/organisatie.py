"""Wat een organisatie binnen een ronde heeft: meelezers, notities, knelpunten, indieningen, wie meetekent."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from adviezen.enums import Medestatus, Reactieoordeel, SoortIndiening
from adviezen.models.beraad import Achterbanberaad, Deelname, Reactie
from adviezen.models.zicht import KnelpuntQuerySet, NotitieQuerySet
from adviezen.models.zicht_organisatie import (
    IndieningQuerySet,
    KnelpuntberichtQuerySet,
    MedeQuerySet,
    MeelezerQuerySet,
)
from kern.tijd import nu


class Meelezer(models.Model):
    """Een collega die voor zijn organisatie in één ronde meeleest, binnengelaten door die organisatie (W28, W33).

    Lezen kan vanaf `geheimhouding_op` (hij aanvaardde de zwijgplicht) tot de ronde sluit of het meelezen stopt.
    Stoppen werkt meteen (`tot` is die dag) en laat de rij staan, met wie het deed en waarom. `traject` en
    `organisatie` herhalen wat de ronde al zegt, voor de opmerkingen in de kring van de organisatie.
    """

    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="meelezingen")
    organisatie = models.ForeignKey("raad.Organisatie", on_delete=models.PROTECT, related_name="meelezers")
    traject = models.ForeignKey("adviezen.Adviestraject", on_delete=models.PROTECT, related_name="meelezers")
    beraad = models.ForeignKey(Achterbanberaad, on_delete=models.PROTECT, related_name="meelezers")
    van = models.DateField("vanaf")
    tot = models.DateField("tot", null=True, blank=True)
    toegelaten_door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    geheimhouding_op = models.DateTimeField("geheimhouding aanvaard op", null=True, blank=True)
    gestopt_op = models.DateTimeField("gestopt op", null=True, blank=True)
    gestopt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    stop_reden = models.TextField("reden van stoppen", blank=True, default="")

    objects = MeelezerQuerySet.as_manager()

    class Meta:
        verbose_name = "meelezer"
        verbose_name_plural = "meelezers"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
                name="adviezen_meelezer_einde",
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
            models.CheckConstraint(
                condition=Q(gestopt_op__isnull=True) | Q(tot__isnull=False, gestopt_door__isnull=False),
                name="adviezen_meelezer_gestopt",
                violation_error_message="Wie stopt met meelezen, heeft een laatste dag.",
            ),
            models.UniqueConstraint(
                fields=["gebruiker", "beraad"],
                condition=Q(tot__isnull=True),
                name="adviezen_meelezer_eenmaal",
                violation_error_message="Deze persoon leest al mee.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gebruiker} namens {self.organisatie}"

    @property
    def leest_tot_en_met(self) -> date | None:
        """De laatste dag van deze meelezer, als zijn organisatie die voor het einde van de ronde koos; anders None."""
        einde = self.beraad.uiterlijk_op
        if self.tot is None or (einde is not None and self.tot > einde):
            return None
        return self.tot - timedelta(days=1)


class InterneNotitie(models.Model):
    """Een aantekening binnen een organisatie. Niemand daarbuiten leest haar, ook secretariaat en beheerder niet.

    Zij heeft een eigen, korte bewaartermijn: `actions.bewaren.vernietig_notities`.
    """

    deelname = models.ForeignKey(Deelname, on_delete=models.PROTECT, related_name="notities")
    auteur = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    auteur_naam = models.CharField(max_length=200)
    tekst = models.TextField("notitie")
    aangemaakt_op = models.DateTimeField(default=nu, editable=False)

    objects = NotitieQuerySet.as_manager()

    class Meta:
        verbose_name = "interne notitie"
        verbose_name_plural = "interne notities"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(tekst=""), name="adviezen_notitie_tekst")]

    def __str__(self) -> str:
        return f"notitie van {self.auteur_naam}"


class Knelpunt(models.Model):
    """Een vroege waarschuwing van een organisatie aan de commissiesecretaris (SER-Wijzer 29).

    Met `vraagt_tot` is het haar vraag om meer tijd: tot en met die dag wil zij reageren.
    """

    deelname = models.ForeignKey(Deelname, on_delete=models.PROTECT, related_name="knelpunten")
    tekst = models.TextField("knelpunt")
    gemeld_door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    gemeld_op = models.DateTimeField(default=nu, editable=False)
    gezien_op = models.DateTimeField(null=True, blank=True)
    vraagt_tot = models.DateField("gevraagde laatste dag", null=True, blank=True)

    objects = KnelpuntQuerySet.as_manager()

    class Meta:
        verbose_name = "knelpunt"
        verbose_name_plural = "knelpunten"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(tekst=""), name="adviezen_knelpunt_tekst")]

    def __str__(self) -> str:
        return f"{'knelpunt' if self.vraagt_tot is None else 'vraag om meer tijd'} van {self.deelname}"


class Knelpuntbericht(models.Model):
    """Een antwoord bij een knelpunt, van de secretaris of van de organisatie. Er wordt alleen aan toegevoegd."""

    knelpunt = models.ForeignKey(Knelpunt, on_delete=models.PROTECT, related_name="berichten")
    tekst = models.TextField("antwoord")
    van_organisatie = models.BooleanField("van de organisatie")
    auteur = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    auteur_naam = models.CharField(max_length=200)
    op = models.DateTimeField(default=nu, editable=False)

    objects = KnelpuntberichtQuerySet.as_manager()

    class Meta:
        verbose_name = "antwoord bij een knelpunt"
        verbose_name_plural = "antwoorden bij knelpunten"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(tekst=""), name="adviezen_knelpuntbericht_tekst")]

    def __str__(self) -> str:
        return f"antwoord van {self.auteur_naam}"


class Indiening(models.Model):
    """Hoe een reactie luidde toen zij werd ingediend, gemeld of teruggenomen. Er wordt alleen aan toegevoegd.

    `punten` is een lijst met per punt "blok", "citaat", "tekst" en "voorstel". Alleen de eigen organisatie leest
    eerdere indieningen; de commissie leest de reactie die geldt.
    """

    reactie = models.ForeignKey(Reactie, on_delete=models.PROTECT, related_name="indieningen")
    soort = models.CharField(max_length=14, choices=SoortIndiening.choices)
    oordeel = models.CharField(max_length=12, choices=Reactieoordeel.choices, blank=True, default="")
    toelichting = models.TextField(blank=True, default="")
    mede_namens = models.TextField(blank=True, default="")
    punten = models.JSONField(default=list)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    door_naam = models.CharField(max_length=200)
    op = models.DateTimeField(default=nu, editable=False)

    objects = IndieningQuerySet.as_manager()

    class Meta:
        verbose_name = "indiening"
        verbose_name_plural = "indieningen"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(soort__in=SoortIndiening.values), name="adviezen_indiening_soort")
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} door {self.door_naam}"


class Medeondertekening(models.Model):
    """Een organisatie reageert mede namens een andere in dezelfde ronde, als die dat bevestigt.

    Bevestigd, en de reactie ingediend: dan telt zij ook als de reactie van `deelname` (regel 23). Wie gevraagd is,
    leest de reactie mee, ook in concept: anders valt er niets te bevestigen.
    """

    reactie = models.ForeignKey(Reactie, on_delete=models.PROTECT, related_name="mede")
    deelname = models.ForeignKey(Deelname, on_delete=models.PROTECT, related_name="mede_verzoeken")
    status = models.CharField(max_length=12, choices=Medestatus.choices, default=Medestatus.GEVRAAGD)
    gevraagd_door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    gevraagd_op = models.DateTimeField(default=nu, editable=False)
    beantwoord_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    beantwoord_op = models.DateTimeField(null=True, blank=True)

    objects = MedeQuerySet.as_manager()

    class Meta:
        verbose_name = "medeondertekening"
        verbose_name_plural = "medeondertekeningen"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=Medestatus.values), name="adviezen_mede_status"),
            models.UniqueConstraint(fields=["reactie", "deelname"], name="adviezen_mede_eenmaal"),
            models.UniqueConstraint(
                fields=["deelname"],
                condition=Q(status=Medestatus.BEVESTIGD),
                name="adviezen_mede_een_bevestigd",
                violation_error_message="Uw organisatie reageert al mee met een andere organisatie.",
            ),
            models.CheckConstraint(
                condition=Q(status=Medestatus.GEVRAAGD) | Q(beantwoord_door__isnull=False, beantwoord_op__isnull=False),
                name="adviezen_mede_beantwoord",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deelname}: {self.get_status_display()}"
