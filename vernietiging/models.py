"""De vernietigingslijst: wat er weg mag, onder welke regel, en wie dat goedkeurde en bevestigde.

Na het vernietigen is zij de verklaring van vernietiging (Archiefbesluit 1995, artikel 8): aantallen, dagen en hashes
blijven, de inhoud niet.
"""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField, FSMModelMixin, transition

from kern.models import Versioneerbaar, Voorbeeldbaar
from kern.tijd import datum_nl, nu
from vernietiging import permissions, policies
from vernietiging.enums import OPEN, Stand


class Vernietigingslijst(FSMModelMixin, Versioneerbaar, Voorbeeldbaar):
    """Eén voorstel om te vernietigen, van voorstel tot verklaring. Er loopt er hoogstens één tegelijk.

    `peildag` is de Amsterdamse dag waarop gerekend is. `transactie` is het nummer van de databasetransactie waarin
    vernietigd is: alleen daarin laat de database het wissen toe.
    """

    stand = FSMField(default=Stand.VOORGESTELD, choices=Stand.choices, protected=True, editable=False)
    peildag = models.DateField("peildag")
    opgesteld_op = models.DateTimeField(default=nu, editable=False)
    goedgekeurd_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    goedgekeurd_door_naam = models.CharField(max_length=200, blank=True, default="")
    goedgekeurd_op = models.DateTimeField(null=True)
    bevestigd_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    bevestigd_door_naam = models.CharField(max_length=200, blank=True, default="")
    bevestigd_op = models.DateTimeField(null=True)
    afwijzing = models.TextField("reden van afwijzing", blank=True, default="")
    transactie = models.BigIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = "vernietigingslijst"
        verbose_name_plural = "vernietigingslijsten"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(models.Value(1), condition=Q(stand__in=OPEN), name="vernietiging_een_open_lijst"),
            models.CheckConstraint(
                condition=~Q(stand__in=[Stand.GOEDGEKEURD, Stand.VERNIETIGD])
                | Q(goedgekeurd_door__isnull=False, goedgekeurd_op__isnull=False),
                name="vernietiging_lijst_goedgekeurd",
            ),
            models.CheckConstraint(
                condition=~Q(stand=Stand.VERNIETIGD)
                | Q(bevestigd_door__isnull=False, bevestigd_op__isnull=False, transactie__isnull=False),
                name="vernietiging_lijst_bevestigd",
            ),
            models.CheckConstraint(
                condition=Q(bevestigd_door__isnull=True) | ~Q(bevestigd_door=F("goedgekeurd_door")),
                name="vernietiging_lijst_twee_mensen",
            ),
        ]

    def __str__(self) -> str:
        return f"vernietigingslijst van {datum_nl(self.peildag, weekdag=False)}"

    @transition(
        field=stand,
        source=Stand.VOORGESTELD,
        target=Stand.GOEDGEKEURD,
        permission=permissions.mag_beslissen,
        custom={
            "label": "Keur goed",
            "beleid": policies.mag_goedkeuren,
            "bevestig": "Er gebeurt nog niets. Iemand anders moet de lijst bevestigen; daarna is alles erop weg.",
        },
    )
    def keur_goed(self, *, wie: int, naam: str, op: datetime) -> None:
        """De eerste persoon keurt de lijst goed."""
        self.goedgekeurd_door_id, self.goedgekeurd_door_naam, self.goedgekeurd_op = wie, naam, op

    @transition(
        field=stand,
        source=Stand.GOEDGEKEURD,
        target=Stand.VERNIETIGD,
        permission=permissions.mag_beslissen,
        custom={
            "label": "Bevestig en vernietig",
            "beleid": policies.mag_bevestigen,
            "bevestig": "Alles op de lijst wordt meteen gewist. Dat is niet terug te draaien. Wat blijft is deze "
            "bladzijde, met de aantallen, de dagen, de namen en een controlegetal.",
        },
    )
    def bevestig(self, *, wie: int, naam: str, op: datetime, transactie: int) -> None:
        """De tweede persoon bevestigt; in dezelfde transactie wordt vernietigd."""
        self.bevestigd_door_id, self.bevestigd_door_naam, self.bevestigd_op = wie, naam, op
        self.transactie = transactie

    @transition(
        field=stand,
        source=list(OPEN),
        target=Stand.AFGEWEZEN,
        permission=permissions.mag_beslissen,
        custom={
            "label": "Wijs af",
            "reden": True,
            "bevestig": "Er wordt niets vernietigd. Over een maand stelt het portaal opnieuw een lijst voor; u mag er "
            "ook zelf een maken.",
        },
    )
    def wijs_af(self, *, afwijzing: str) -> None:
        """De lijst gaat niet door."""
        self.afwijzing = afwijzing


class Post(models.Model):
    """Een groep rijen van één soort op een lijst: berichten uit een jaar, leesstanden van een dossier.

    `hash` is SHA-256 over de hashes van de rijen, op nummer: zo is te zien of er vernietigd werd wat er goedgekeurd
    was. Regel, termijn en grond staan hier zoals zij op de peildag waren.
    """

    lijst = models.ForeignKey(Vernietigingslijst, models.PROTECT, related_name="posten")
    regel = models.CharField(max_length=40)
    tabel = models.CharField(max_length=63)
    titel = models.CharField("soort", max_length=100)
    maanden = models.PositiveSmallIntegerField("termijn in maanden")
    grond = models.CharField(max_length=300)
    groep = models.CharField(max_length=40)
    omschrijving = models.CharField(max_length=300)
    aantal = models.PositiveIntegerField()
    oudste = models.DateField()
    jongste = models.DateField()
    sinds = models.DateField("mocht weg vanaf", help_text="de dag waarop de termijn van de jongste rij om was")
    hash = models.CharField(max_length=64)
    uitgezonderd_tot = models.DateField("blijft in elk geval tot", null=True, blank=True)
    uitzondering = models.CharField("waarom dit blijft", max_length=500, blank=True, default="")
    uitgezonderd_door_naam = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "post van een vernietigingslijst"
        verbose_name_plural = "posten van een vernietigingslijst"
        ordering: ClassVar = ["regel", "oudste", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lijst", "regel", "groep"], name="vernietiging_post_een_per_groep"),
            models.CheckConstraint(condition=Q(aantal__gt=0), name="vernietiging_post_gevuld"),
            models.CheckConstraint(
                condition=Q(uitgezonderd_tot__isnull=True) | ~Q(uitzondering=""), name="vernietiging_post_met_reden"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.titel}: {self.omschrijving}"


class Postrij(models.Model):
    """Het nummer van één rij die bij een post hoort. Geen inhoud; blijft staan als specificatie."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="rijen")
    object_id = models.BigIntegerField()

    class Meta:
        verbose_name = "rij van een post"
        verbose_name_plural = "rijen van een post"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "object_id"], name="vernietiging_postrij_eenmaal"),
        ]
        indexes: ClassVar = [models.Index(fields=["object_id"], name="vernietiging_postrij_rij")]

    def __str__(self) -> str:
        return f"{self.post_id}/{self.object_id}"
