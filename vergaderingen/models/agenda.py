"""Agendapunten, raadsstuknummers en besluiten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.text import Truncator

from kern.models import Versioneerbaar, Voorbeeldbaar
from toegang.enums import Rol
from toegang.rollen import heeft
from vergaderingen.enums import KOMT_TERUG, Besluitsoort, Puntsoort, Status, Uitkomst
from vergaderingen.models.vergadering import Vergadering, kring_filter

if TYPE_CHECKING:
    from toegang.models import Gebruiker

KORT = 200  # tekens van een toelichting in de tabel van de agenda


class AgendapuntQuerySet(models.QuerySet["Agendapunt"]):
    """Selecties van agendapunten."""

    def zichtbaar_voor(self, gebruiker: Gebruiker) -> AgendapuntQuerySet:
        """Geef de agendapunten die deze persoon mag zien.

        De eigen kring ziet de agenda vanaf de oproeping, anderen alleen de niet-vertrouwelijke punten van openbare
        vergaderingen; het secretariaat ziet alles, ook een agenda in voorbereiding.
        """
        if heeft(gebruiker, Rol.SECRETARIAAT):
            return self.all()
        kring = Vergadering.objects.filter(kring_filter(gebruiker)).values("pk")
        zichtbaar = self.filter(
            Q(vergadering__in=kring) | Q(vergadering__openbaar=True, vertrouwelijk=False),
            vergadering__agenda_vanaf__lte=timezone.now(),
        )
        return zichtbaar.exclude(vergadering__status=Status.GEPLAND)

    def met_laatste_besluit(self) -> AgendapuntQuerySet:
        """Voeg `laatste` toe: de uitkomst van het laatste besluit bij dit punt, of None."""
        besluiten = Besluit.objects.filter(agendapunt=OuterRef("pk")).order_by("-pk")
        return self.annotate(laatste=Subquery(besluiten.values("uitkomst")[:1]))

    def aangehouden(self) -> AgendapuntQuerySet:
        """Geef wat een gesloten vergadering niet afdeed: de zaak is aangehouden, of de stemming was nietig."""
        punten: Any = self.met_laatste_besluit()
        gevonden: AgendapuntQuerySet = punten.filter(vergadering__status=Status.GESLOTEN, laatste__in=KOMT_TERUG)
        return gevonden


class Agendapunt(Versioneerbaar, Voorbeeldbaar):
    """Eén punt van een agenda. Het stuknummer volgt de reeks, niet de volgorde van de agenda (regel 45)."""

    vergadering = models.ForeignKey(Vergadering, models.PROTECT, related_name="agendapunten")
    volgorde = models.PositiveSmallIntegerField()
    onderwerp = models.CharField(max_length=400)
    soort = models.CharField(max_length=20, choices=Puntsoort, default=Puntsoort.OVERIG)
    toelichting = models.TextField(blank=True)
    uitkomst = models.TextField(blank=True)
    stuknummer = models.CharField(max_length=20, null=True, blank=True, unique=True)
    na_oproeping = models.BooleanField("toegevoegd na de oproeping", default=False)
    vertrouwelijk = models.BooleanField(default=False)
    vervallen_reden = models.CharField("reden van vervallen", max_length=300, blank=True)
    sleutel = models.CharField("waar het punt vandaan komt", max_length=120, blank=True, help_text="bron en zaak")
    bestand = models.ForeignKey("stukken.Bestand", models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = AgendapuntQuerySet.as_manager()

    class Meta:
        verbose_name = "agendapunt"
        verbose_name_plural = "agendapunten"
        ordering = ["vergadering", "volgorde"]
        constraints = [
            models.UniqueConstraint(
                name="agendapunt_volgorde_eenmalig",
                fields=["vergadering", "volgorde"],
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(name="agendapunt_volgorde_vanaf_een", condition=Q(volgorde__gte=1)),
            models.CheckConstraint(name="agendapunt_met_onderwerp", condition=~Q(onderwerp="")),
            models.CheckConstraint(name="agendapunt_soort_bekend", condition=Q(soort__in=Puntsoort.values)),
            models.CheckConstraint(
                name="agendapunt_stuknummer_in_eigen_reeks",
                condition=Q(stuknummer__isnull=True)
                | Q(voorbeeld=False, stuknummer__regex=r"^R/[1-9][0-9]*$")
                | Q(voorbeeld=True, stuknummer__regex=r"^VR/[1-9][0-9]*$"),
            ),
        ]

    def __str__(self) -> str:
        return self.onderwerp

    @property
    def vervallen(self) -> bool:
        """Geef of dit punt van de agenda is gehaald."""
        return bool(self.vervallen_reden)

    @property
    def nummerbaar(self) -> bool:
        """Geef of bij dit punt een stuk met nummer hoort: niet bij opening, rondvraag of een vervallen punt."""
        return not self.vervallen and self.soort not in (Puntsoort.OPENING, Puntsoort.RONDVRAAG)

    @property
    def bijschrift(self) -> str:
        """Geef soort, toelichting en reden van vervallen op één regel; wat het onderwerp al zegt blijft weg.

        Van een lange toelichting alleen het begin: zij staat in haar geheel bij het punt zelf.
        """
        soort = self.get_soort_display()
        al_gezegd = soort.lower() in self.onderwerp.lower() or self.soort == Puntsoort.OVERIG
        delen = ("" if al_gezegd else soort, Truncator(self.toelichting).chars(KORT), self.vervallen_reden)
        return " · ".join(deel for deel in delen if deel)


class BijAgendapuntQuerySet(models.QuerySet[Any]):
    """Rijen die bij een agendapunt horen."""

    def zichtbaar_voor(self, gebruiker: Gebruiker) -> BijAgendapuntQuerySet:
        """Geef de rijen van de agendapunten die deze persoon mag zien."""
        return self.filter(agendapunt__in=Agendapunt.objects.zichtbaar_voor(gebruiker).values("pk"))


class Stuknummerreeks(models.Model):
    """Het laatst uitgegeven nummer per reeks; de database laat het nooit dalen (regel 45)."""

    reeks = models.CharField(max_length=2, primary_key=True)
    laatste = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "stuknummerreeks"
        verbose_name_plural = "stuknummerreeksen"
        constraints = [models.CheckConstraint(name="stuknummerreeks_bekend", condition=Q(reeks__in=("R", "VR")))]

    def __str__(self) -> str:
        return f"{self.reeks}/{self.laatste}"


class Besluit(Voorbeeldbaar):
    """Een besluit bij een agendapunt. Zonder telling is er niet gestemd en geldt het voorstel als aangenomen (28).

    Over personen worden alleen aantallen bewaard, nooit wie wat stemde (art. 24, regel 32).
    """

    agendapunt = models.ForeignKey(Agendapunt, models.PROTECT, related_name="besluiten")
    soort = models.CharField(max_length=20, choices=Besluitsoort, default=Besluitsoort.ZAAK)
    tekst = models.TextField()
    uitkomst = models.CharField(max_length=20, choices=Uitkomst, default=Uitkomst.AANGENOMEN)
    genomen_op = models.DateField()
    voor = models.PositiveSmallIntegerField(null=True, blank=True)
    tegen = models.PositiveSmallIntegerField(null=True, blank=True)
    blanco = models.PositiveSmallIntegerField(null=True, blank=True)

    objects: ClassVar[Any] = BijAgendapuntQuerySet.as_manager()

    class Meta:
        verbose_name = "besluit"
        verbose_name_plural = "besluiten"
        ordering = ["agendapunt", "pk"]
        constraints = [
            models.CheckConstraint(name="besluit_soort_bekend", condition=Q(soort__in=Besluitsoort.values)),
            models.CheckConstraint(name="besluit_uitkomst_bekend", condition=Q(uitkomst__in=Uitkomst.values)),
            models.CheckConstraint(name="besluit_met_tekst", condition=~Q(tekst="")),
            models.CheckConstraint(
                name="besluit_telling_heel_of_niet",
                condition=Q(voor__isnull=True, tegen__isnull=True, blanco__isnull=True)
                | Q(voor__isnull=False, tegen__isnull=False, blanco__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.tekst

    @property
    def gestemd(self) -> bool:
        """Geef of er is gestemd."""
        return self.voor is not None
