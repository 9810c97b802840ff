"""Lezen uit het logboek."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, models

from logboek.models import Gebeurtenis, Inzage, InzageZegel, Schakel

# Met deze gebeurtenis vernietigen twee mensen wat zijn termijn had; zij noemt de bereiken van het leeslog dat weg is.
VERNIETIGING = "vernietiging.bevestig"


def geschiedenis(object: models.Model) -> models.QuerySet[Gebeurtenis]:
    """Geef de gebeurtenissen van een object, oudste eerst."""
    return Gebeurtenis.objects.filter(object_soort=object._meta.label_lower, object_id=str(object.pk))


@dataclass(frozen=True)
class Nagekeken:
    """De uitkomst van een controle: hoeveel er bekeken is, de laatste hash, en elke breuk in woorden."""

    gebeurtenissen: int
    kop: str
    inzagezegels: int
    breuken: tuple[str, ...]


def kijk_na() -> Nagekeken:
    """Reken de hele keten en alle inzagezegels opnieuw uit."""
    breuken: list[str] = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT volgnummer, gebeurtenis, wat FROM logboek_breuken()")
        for volgnummer, gebeurtenis, wat in cursor.fetchall():
            breuken.append(f"schakel {volgnummer or '-'} (gebeurtenis {gebeurtenis}): {wat}")
        vorige_hash, vorige_tot = "0" * 64, 0
        weg = vernietigd()
        for zegel in InzageZegel.objects.order_by("pk"):
            cursor.execute("SELECT logboek_inzage_hash(%s, %s, %s)", [zegel.vanaf_id, zegel.tot_en_met_id, vorige_hash])
            klopt = cursor.fetchone()[0] == zegel.hash
            if any(van <= zegel.vanaf_id and zegel.tot_en_met_id <= tot for van, tot in weg):
                klopt = not Inzage.objects.filter(pk__gt=zegel.vanaf_id, pk__lte=zegel.tot_en_met_id).exists()
            if zegel.vanaf_id != vorige_tot or zegel.vorige_hash != vorige_hash or not klopt:
                breuken.append(f"inzagezegel {zegel.pk}: de inzagen passen niet bij het zegel")
            vorige_hash, vorige_tot = zegel.hash, zegel.tot_en_met_id
    laatste = Schakel.objects.order_by("-volgnummer").first()
    return Nagekeken(
        gebeurtenissen=Gebeurtenis.objects.count(),
        kop=laatste.hash if laatste else "0" * 64,
        inzagezegels=InzageZegel.objects.count(),
        breuken=tuple(breuken),
    )


def vernietigd() -> list[tuple[int, int]]:
    """Geef de bereiken (boven, tot en met) van inzagen die na hun bewaartermijn met een lijst vernietigd zijn.

    Zij staan in een gebeurtenis, en die zit in de keten: een verzonnen bereik breekt die.
    """
    rijen = Gebeurtenis.objects.filter(soort=VERNIETIGING).values_list("gegevens", flat=True)
    return [(van, tot) for gegevens in rijen for van, tot in gegevens.get("vernietigde_inzagen", [])]


@dataclass(frozen=True)
class Lezer:
    """Iemand die een stuk opende: hoe vaak, en de eerste en laatste keer."""

    naam: str
    aantal: int
    eerste: datetime
    laatste: datetime


def lezers_van(object: models.Model) -> list[Lezer]:
    """Geef per mens hoe vaak en wanneer hij dit stuk opende, de laatste eerst; voor wie `inzagen_van` mag lezen."""
    rijen = inzagen_van(object).order_by().values("actor_id").annotate(
        naam=models.Max("actor_naam"), aantal=models.Count("pk"),
        eerste=models.Min("tijdstip"), laatste=models.Max("tijdstip"),
    )  # fmt: skip
    return [Lezer(r["naam"], r["aantal"], r["eerste"], r["laatste"]) for r in rijen.order_by("-laatste")]


def inzagen_van(object: models.Model) -> models.QuerySet[Inzage]:
    """Geef wie een vertrouwelijk stuk opende; alleen voor de functioneel beheerder, met reden."""
    return Inzage.objects.filter(object_soort=object._meta.label_lower, object_id=str(object.pk))
