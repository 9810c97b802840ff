"""De postbus: elk bericht is een rij die met zijn aanleiding in één transactie ontstaat."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from berichten.enums import Status
from kern.models import Voorbeeldbaar

# Wachttijd na de eerste, tweede, … mislukte poging. Samen ruim 28 uur: een mailserver die een dag weigert, kost niets.
WACHTTIJDEN = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=8),
    timedelta(hours=16),
)
MAX_POGINGEN = len(WACHTTIJDEN) + 1
# Zo begint de fout van een bericht als de post als geheel niet te bereiken was, en niet dit bericht geweigerd werd.
STORING = "De post is niet te bereiken. "
# Wat langer geleden apart is gelegd, gaat alleen nog één voor één: dan is het de vraag of de lezer er iets aan heeft.
SAMEN_OPNIEUW = timedelta(days=14)


class BerichtQuerySet(models.QuerySet["Bericht"]):
    """Zoekvragen over berichten."""

    def gereed(self, nu: datetime) -> "BerichtQuerySet":
        """Wat op `nu` verstuurd mag worden, langst wachtende eerst."""
        return self.filter(status=Status.WACHT, volgende_poging__lte=nu).order_by("volgende_poging", "pk")

    def apart(self, vanaf: datetime) -> "BerichtQuerySet":
        """Wat na acht pogingen apart gelegd is en op of na `vanaf` is klaargezet, oudste eerst."""
        return self.filter(status=Status.MISLUKT, aangemaakt_op__gte=vanaf).order_by("aangemaakt_op", "pk")

    def van_handeling(self, feit_begin: str) -> "BerichtQuerySet":
        """Alles van één handeling: het feit zelf en wat er na een dubbele punt op volgt."""
        begin = feit_begin.rstrip(":")
        return self.filter(Q(feit=begin) | Q(feit__startswith=f"{begin}:"))

    def zichtbaar_voor(self, gebruiker: models.Model, nu: datetime) -> "BerichtQuerySet":
        """De eigen berichten waarvan de wachttijd om is; een herroepen bericht heeft nooit bestaan."""
        return self.filter(ontvanger_id=gebruiker.pk, niet_voor__lte=nu).exclude(status=Status.HERROEPEN)


class Bericht(Voorbeeldbaar):
    """Eén bericht aan één ontvanger over één feit.

    `feit` benoemt de aanleiding als "app.werkwoord:<pk>:<rijversie>[:rest]"; hetzelfde feit gaat nooit tweemaal naar
    dezelfde ontvanger. `message_id` volgt uit feit en ontvanger, zodat een herhaling na een storing als herhaling
    herkenbaar is. Onderwerp en tekst zijn neutraal: nooit tekst uit een concept. Tijden zijn momenten met tijdzone.
    """

    ontvanger = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="berichten"
    )
    email = models.EmailField("e-mailadres", blank=True, help_text="alleen voor een ontvanger zonder account")
    onderwerp = models.CharField(max_length=150)
    tekst = models.CharField("zin", max_length=500, blank=True)
    pad = models.CharField(max_length=500)
    bijlage = models.ForeignKey(
        "stukken.Bestand", null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    feit = models.CharField(max_length=200)
    handeling = models.CharField(max_length=200, editable=False)
    message_id = models.CharField(max_length=120, unique=True, editable=False)
    aangemaakt_op = models.DateTimeField()
    niet_voor = models.DateTimeField("niet versturen voor")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WACHT)
    pogingen = models.PositiveSmallIntegerField(default=0)
    volgende_poging = models.DateTimeField()
    laatste_fout = models.CharField(max_length=300, blank=True)
    verstuurd_op = models.DateTimeField(null=True, blank=True)
    gelezen_op = models.DateTimeField(null=True, blank=True)

    objects = BerichtQuerySet.as_manager()

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        ordering = ["-niet_voor", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["feit", "ontvanger"],
                condition=Q(ontvanger__isnull=False),
                name="bericht_feit_ontvanger_eenmaal",
            ),
            models.UniqueConstraint(
                fields=["feit", "email"], condition=Q(ontvanger__isnull=True), name="bericht_feit_email_eenmaal"
            ),
            models.CheckConstraint(
                condition=(Q(ontvanger__isnull=True) & ~Q(email="")) | (Q(ontvanger__isnull=False) & Q(email="")),
                name="bericht_een_ontvanger",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.VERSTUURD, verstuurd_op__isnull=False)
                | (~Q(status=Status.VERSTUURD) & Q(verstuurd_op__isnull=True)),
                name="bericht_verstuurd_met_tijd",
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="bericht_status_bekend"),
        ]
        indexes = [
            models.Index(fields=["volgende_poging", "id"], condition=Q(status=Status.WACHT), name="bericht_gereed"),
            models.Index(fields=["ontvanger", "-niet_voor"], name="bericht_postvak"),
            models.Index(fields=["feit"], opclasses=["varchar_pattern_ops"], name="bericht_feit_begin"),
            # Wat blijft is verstuurd en gelezen; wat vaak gevraagd wordt, gaat over de paar rijen die dat niet zijn.
            models.Index(fields=["-aangemaakt_op", "-id"], condition=Q(status=Status.MISLUKT), name="bericht_apart"),
            models.Index(
                fields=["ontvanger", "niet_voor"], condition=Q(gelezen_op__isnull=True), name="bericht_ongelezen"
            ),
            models.Index(
                fields=["-verstuurd_op"], condition=Q(verstuurd_op__isnull=False), name="bericht_laatst_verstuurd"
            ),
        ]

    def __str__(self) -> str:
        return self.onderwerp

    @property
    def adres(self) -> str:
        """Het e-mailadres waar het bericht heen gaat."""
        return self.email if self.ontvanger is None else self.ontvanger.email

    @property
    def is_uitgegaan(self) -> bool:
        """Verstuurd of in het portaal gelezen: dan is herroepen te laat."""
        return self.status == Status.VERSTUURD or self.gelezen_op is not None

    def noteer_verstuurd(self, op: datetime) -> None:
        """Schrijf op de rij dat het bericht de deur uit is (geen opslag)."""
        self.status, self.verstuurd_op, self.laatste_fout = Status.VERSTUURD, op, ""
        self.pogingen += 1

    def noteer_mislukking(self, op: datetime, fout: str) -> None:
        """Schrijf een mislukte poging op de rij (geen opslag): later opnieuw, of na acht keer apart gelegd."""
        self.pogingen += 1
        self.laatste_fout = fout[:300]
        if self.pogingen >= MAX_POGINGEN:
            self.status = Status.MISLUKT
        else:
            self.volgende_poging = op + WACHTTIJDEN[self.pogingen - 1]
