"""Wat er openbaar is, was of wordt."""

from datetime import datetime

from django.db.models import F, Q, QuerySet

from publicatie.models import Publicatie, Scan


def openbaar(op: datetime) -> QuerySet[Publicatie]:
    """De publicaties die op dat tijdstip openbaar zijn: begonnen en niet geëindigd."""
    return Publicatie.objects.filter(Q(tot__isnull=True) | Q(tot__gt=op), vanaf__lte=op)


def laatste(sleutel: str) -> Publicatie | None:
    """De nieuwste publicatie van dit ding die niet herroepen is, ook als zij nog moet beginnen; None als er geen is."""
    return Publicatie.objects.filter(sleutel=sleutel).exclude(tot=F("vanaf")).order_by("-vanaf", "-pk").first()


def bestaande(sleutels: list[str]) -> list[str]:
    """Geef welke van deze sleutels al eens een publicatie kregen, ook als die herroepen is."""
    return sorted(set(Publicatie.objects.filter(sleutel__in=sleutels).values_list("sleutel", flat=True)))


def ingetrokken(sleutel: str) -> bool:
    """Of het laatste wat er van dit ding openbaar was, is of wordt ingetrokken (dan staat of komt er een grafsteen)."""
    rij = laatste(sleutel)
    return rij is not None and intrekking_geldt(rij)


def intrekking_geldt(rij: Publicatie) -> bool:
    """Of deze publicatie eindigt of eindigde met een intrekking; een die op tijd is teruggenomen telt niet."""
    return rij.tot is not None and rij.intrekkingen.filter(grafsteen=True, vanaf=rij.tot).exists()


def zonder_tekst(op: datetime, q: str = "", *, zonder_pdf: bool = False) -> QuerySet[Publicatie]:
    """De openbare adviezen waarvan alleen gegevens bekend zijn en niet de tekst; `q` zoekt in titel en nummer.

    `zonder_pdf`: alleen waar nog geen PDF van toen bij hangt, ook geen die nog gelezen wordt of niet te lezen was.
    """
    rijen = openbaar(op).filter(soort="advies", metadata__volledig=False)
    if q:
        rijen = rijen.filter(Q(titel__icontains=q) | Q(nummer__startswith=q))
    if zonder_pdf:
        rijen = rijen.exclude(sleutel__in=Scan.objects.values("sleutel"))
    return rijen.defer("html", "tekst").order_by(F("jaar").desc(nulls_last=True), "-datum", "-pk")


def sleutel_van(pk: int) -> QuerySet[Publicatie, str]:
    """Geef de sleutel van deze uitgave, welke dan ook; leeg als zij er niet is."""
    return Publicatie.objects.filter(pk=pk).values_list("sleutel", flat=True)


def scans_bij(sleutels: list[str]) -> dict[str, Scan]:
    """Geef de opgestuurde PDF's bij deze sleutels."""
    return {scan.sleutel: scan for scan in Scan.objects.select_related("bestand").filter(sleutel__in=sleutels)}
