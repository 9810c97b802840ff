"""Bestanden en opdrachten om een PDF te maken."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any, ClassVar, Self

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from kern.models import Voorbeeldbaar
from stukken import opslag
from stukken.enums import PdfStatus, Soort

# Een werker die zo lang geen levensteken gaf, leeft niet meer; het zetten geeft er elke vijf seconden een.
VASTGELOPEN_NA = timedelta(minutes=1)
MEESTE_POGINGEN = 3


class BestandQuerySet(models.QuerySet["Bestand"]):
    """Bestanden; bestaan gaat altijd samen met een rij elders die zegt wie het mag zien."""

    def leg_neer(
        self, delen: Iterable[bytes], *, naam: str, soort: str, door_id: int | None, **velden: Any
    ) -> "Bestand":
        """Schrijf de inhoud en daarna de rij; geeft de rij.

        De gedeelde vergrendeling op de hash houdt het opruimen van wezen tegen tot deze transactie klaar is.
        Werpt OSError als schrijven niet lukt; er is dan geen rij en geen half bestand.
        """
        delen = list(delen)
        som = opslag.sha256()
        for deel in delen:
            som.update(deel)
        with transaction.atomic():
            vergrendel_hash(som.hexdigest(), gedeeld=True)
            hash_, grootte = opslag.schrijf(delen)
            return self.create(sha256=hash_, naam=naam, soort=soort, grootte=grootte, door_id=door_id, **velden)


def vergrendel_hash(hash_: str, *, gedeeld: bool) -> bool:
    """Vergrendel een hash tot het einde van de transactie; exclusief wacht niet en zegt of het lukte."""
    sleutel = int.from_bytes(bytes.fromhex(hash_[:16]), "big", signed=True)
    with connection.cursor() as cursor:
        if gedeeld:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [sleutel])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [sleutel])
        return bool(cursor.fetchone()[0])


class Bestand(Voorbeeldbaar):
    """Een bewaard bestand. De inhoud staat op schijf onder zijn sha256; de rij wijzigt nooit.

    Twee rijen mogen dezelfde inhoud hebben: zij delen het bestand op schijf, maar hebben elk een eigen naam en
    gever, zodat iemand aan een naam nooit merkt dat een ander hetzelfde stuk al had.
    """

    sha256 = models.CharField("sha256", max_length=64, db_index=True)
    naam = models.CharField("naam", max_length=200)
    soort = models.CharField("soort", max_length=100, choices=Soort.choices)
    grootte = models.BigIntegerField("grootte in bytes")
    aangemaakt_op = models.DateTimeField("bewaard op", default=timezone.now)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="door", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[Any] = BestandQuerySet.as_manager()

    class Meta:
        verbose_name = "bestand"
        verbose_name_plural = "bestanden"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="bestand_sha256"),
            models.CheckConstraint(condition=Q(grootte__gte=0), name="bestand_grootte"),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def pad(self) -> Path:
        """De plaats op schijf."""
        return opslag.pad(self.sha256)

    def open(self) -> IO[bytes]:
        """Open de inhoud om te lezen. Werpt FileNotFoundError als de opslag het bestand mist."""
        return self.pad.open("rb")

    def inhoud(self) -> bytes:
        """Geef de hele inhoud. Werpt FileNotFoundError als de opslag het bestand mist."""
        return self.pad.read_bytes()


class PdfOpdrachtQuerySet(models.QuerySet["PdfOpdracht"]):
    """Opdrachten om een PDF te maken."""

    def vastgelopen(self, nu: datetime) -> Self:
        """Opdrachten die bezig heten maar waarvan de werker weg moet zijn."""
        return self.filter(status=PdfStatus.BEZIG, levensteken_op__lt=nu - VASTGELOPEN_NA)

    def claim(self, pk: int, *, overname: bool = False) -> "PdfOpdracht | None":
        """Zet één wachtende opdracht op bezig en geef haar; None als een ander haar heeft of zij af is.

        Met `overname` (de werker die haar had is weg) ook een die al bezig heet, tot het hoogste aantal pogingen.
        """
        mag = Q(status=PdfStatus.WACHT)
        if overname:
            mag |= Q(status=PdfStatus.BEZIG, pogingen__lt=MEESTE_POGINGEN)
        geclaimd = self.filter(mag, pk=pk).update(
            status=PdfStatus.BEZIG,
            begonnen_op=timezone.now(),
            levensteken_op=timezone.now(),
            pogingen=F("pogingen") + 1,
            voortgang=0,
            fout="",
        )
        return self.get(pk=pk) if geclaimd else None


class PdfOpdracht(Voorbeeldbaar):
    """Een PDF die gemaakt wordt of is. Eén rij per inhoud: wie hetzelfde vraagt krijgt dezelfde rij.

    De vorige PDF van hetzelfde onderwerp blijft staan als een nieuwe mislukt (zie queries.laatste_pdf).
    """

    sleutel = models.CharField("hash van de inhoud", max_length=64, unique=True)
    soort = models.CharField("soort", max_length=40)
    onderwerp = models.CharField("onderwerp", max_length=200, db_index=True)
    naam = models.CharField("bestandsnaam", max_length=200)
    invoer = models.JSONField("invoer", default=dict)
    status = models.CharField("status", max_length=10, choices=PdfStatus.choices, default=PdfStatus.WACHT)
    voortgang = models.PositiveSmallIntegerField("voortgang in procenten", default=0)
    fout = models.TextField("fout", blank=True, default="")
    pogingen = models.PositiveSmallIntegerField("pogingen", default=0)
    gevraagd_op = models.DateTimeField("gevraagd op", default=timezone.now)
    begonnen_op = models.DateTimeField("begonnen op", null=True)
    levensteken_op = models.DateTimeField("laatste levensteken van de werker", null=True)
    klaar_op = models.DateTimeField("klaar op", null=True)
    bestand = models.ForeignKey(Bestand, verbose_name="bestand", null=True, on_delete=models.PROTECT, related_name="+")
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="gevraagd door", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[Any] = PdfOpdrachtQuerySet.as_manager()

    class Meta:
        verbose_name = "PDF-opdracht"
        verbose_name_plural = "PDF-opdrachten"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(voortgang__lte=100), name="pdfopdracht_voortgang"),
            models.CheckConstraint(
                condition=~Q(status=PdfStatus.KLAAR) | Q(bestand__isnull=False), name="pdfopdracht_klaar_met_bestand"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["gevraagd_op"], name="pdfopdracht_open", condition=Q(status__in=["wacht", "bezig"])),
        ]

    def __str__(self) -> str:
        return f"{self.naam} ({self.get_status_display()})"

    @property
    def af(self) -> bool:
        """Of er niets meer te wachten valt: klaar of mislukt."""
        return self.status in {PdfStatus.KLAAR, PdfStatus.MISLUKT}

    def meld_voortgang(self, procent: int) -> None:
        """Leg vast hoe ver de render is (0-99), en dat de werker leeft; alleen zolang deze poging loopt."""
        PdfOpdracht.objects.filter(pk=self.pk, status=PdfStatus.BEZIG, pogingen=self.pogingen).update(
            voortgang=max(0, min(99, procent)), levensteken_op=timezone.now()
        )

    def rond_af(self, inhoud: bytes) -> bool:
        """Bewaar de gemaakte PDF en zet de opdracht op klaar. Onwaar als een andere poging haar overnam.

        Werpt OSError als de opslag vol is; de opdracht blijft dan bezig en de taak meldt de fout.
        """
        with transaction.atomic():
            rij = PdfOpdracht.objects.select_for_update().get(pk=self.pk)
            if rij.status != PdfStatus.BEZIG or rij.pogingen != self.pogingen:
                return False
            rij.bestand = Bestand.objects.leg_neer(
                [inhoud], naam=rij.naam, soort=Soort.PDF, door_id=rij.door_id, voorbeeld=rij.voorbeeld
            )
            rij.status, rij.voortgang, rij.klaar_op = PdfStatus.KLAAR, 100, timezone.now()
            rij.invoer, rij.fout = {}, ""
            rij.save()
            return True

    def mislukt(self, tekst: str) -> None:
        """Zet deze poging op mislukt met een tekst voor de gebruiker."""
        PdfOpdracht.objects.filter(pk=self.pk, status=PdfStatus.BEZIG, pogingen=self.pogingen).update(
            status=PdfStatus.MISLUKT, fout=tekst, klaar_op=timezone.now()
        )
