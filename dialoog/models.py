"""Wie ons volgt, wat zij volgen, en wat er verstuurd is.

Een e-mailadres staat alleen bij Aanmelding en Abonnement, en gaat met de rij mee weg zodra iemand stopt (AVG). Deze
tabellen kennen daarom geen spoor van de persoon in het logboek: daar staat het kenmerk, nooit het adres.
"""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from dialoog.enums import Ritme
from kern.models import Versioneerbaar, Voorbeeldbaar
from kern.tijd import nu


class Aanmelding(Voorbeeldbaar):
    """Een adres dat nog bevestigd moet worden. Zonder bevestiging verdwijnt het na zeven dagen.

    `vraag` is een zoekvraag, of meer met elk op een eigen regel.
    """

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField("e-mailadres")
    vraag = models.CharField("zoekvraag", max_length=1000, blank=True)
    omschrijving = models.CharField(max_length=500)
    ritme = models.CharField(max_length=12, choices=Ritme.choices)
    aangemaakt_op = models.DateTimeField(default=nu, editable=False)
    vervalt_op = models.DateTimeField()

    class Meta:
        verbose_name = "aanmelding"
        verbose_name_plural = "aanmeldingen"
        indexes: ClassVar = [models.Index(fields=["email", "aangemaakt_op"]), models.Index(fields=["vervalt_op"])]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ritme__in=Ritme.values), name="aanmelding_ritme_bekend")
        ]

    def __str__(self) -> str:
        return f"aanmelding {self.kenmerk}"


class Abonnement(Voorbeeldbaar):
    """Een bevestigd adres."""

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField("e-mailadres", unique=True)
    bevestigd_op = models.DateTimeField(default=nu, editable=False)

    class Meta:
        verbose_name = "abonnement"
        verbose_name_plural = "abonnementen"

    def __str__(self) -> str:
        return f"abonnement {self.kenmerk}"


class Volgvraag(models.Model):
    """Wat iemand volgt: een zoekvraag (een thema of commissie is er ook een; leeg is alles), en hoe vaak."""

    abonnement = models.ForeignKey(Abonnement, on_delete=models.PROTECT, related_name="volgvragen")
    vraag = models.CharField("zoekvraag", max_length=1000, blank=True)
    omschrijving = models.CharField(max_length=500)
    ritme = models.CharField(max_length=12, choices=Ritme.choices)
    sinds = models.DateTimeField(default=nu, editable=False)

    class Meta:
        verbose_name = "gevolgde vraag"
        verbose_name_plural = "gevolgde vragen"
        ordering: ClassVar = ["ritme", "omschrijving", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["abonnement", "vraag", "ritme"], name="volgvraag_eenmaal"),
            models.CheckConstraint(condition=Q(ritme__in=Ritme.values), name="volgvraag_ritme_bekend"),
        ]

    def __str__(self) -> str:
        return self.omschrijving


class Editie(Voorbeeldbaar, Versioneerbaar):
    """Het nieuws van één periode (halfopen, van–tot) voor één ritme.

    `onderdelen` is de samengestelde lijst: het nieuws zoals het was, met `mee` (gaat het mee) en een eventueel
    bewerkte `tekst`. Een nieuwsupdate wacht op vrijgave door communicatie; per dag en per week gaat vanzelf.
    """

    ritme = models.CharField(max_length=12, choices=Ritme.choices)
    nummer = models.PositiveIntegerField()
    van = models.DateTimeField()
    tot = models.DateTimeField()
    inleiding = models.TextField(blank=True)
    onderdelen = models.JSONField(default=list)
    samengesteld_op = models.DateTimeField(default=nu, editable=False)
    vrijgegeven_op = models.DateTimeField(null=True, blank=True)
    vrijgegeven_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    verstuurd_op = models.DateTimeField(null=True, blank=True)
    ontvangers = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "editie"
        verbose_name_plural = "edities"
        ordering: ClassVar = ["-tot", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ritme", "nummer"], name="editie_nummer_eenmaal"),
            models.UniqueConstraint(fields=["ritme", "tot"], name="editie_periode_eenmaal"),
            models.CheckConstraint(condition=Q(tot__gt=models.F("van")), name="editie_periode_loopt_vooruit"),
            models.CheckConstraint(
                condition=Q(verstuurd_op__isnull=True) | Q(vrijgegeven_op__isnull=False),
                name="editie_verstuurd_na_vrijgave",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_ritme_display()} {self.nummer}"

    @property
    def mee(self) -> list[dict[str, object]]:
        """De onderdelen die meegaan, op volgorde."""
        return [o for o in self.onderdelen if o.get("mee", True)]


class Verzending(models.Model):
    """Eén editie aan één abonnement: hooguit één keer. `sleutels` zegt welke onderdelen hierin staan."""

    editie = models.ForeignKey(Editie, on_delete=models.PROTECT, related_name="verzendingen")
    abonnement = models.ForeignKey(Abonnement, on_delete=models.PROTECT, related_name="verzendingen")
    sleutels = models.JSONField(default=list)

    class Meta:
        verbose_name = "verzending"
        verbose_name_plural = "verzendingen"
        constraints: ClassVar = [models.UniqueConstraint(fields=["editie", "abonnement"], name="verzending_eenmaal")]

    def __str__(self) -> str:
        return f"editie {self.editie_id} aan abonnement {self.abonnement_id}"
