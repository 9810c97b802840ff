"""Onderhoud van stukken: wachtende PDF's wekken, vastgelopen werk terugzetten, wezen opruimen.

De klok (planning) en een opdracht (management) doen hetzelfde werk."""

import logging
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.db import transaction

from stukken import opslag
from stukken.enums import PdfStatus
from stukken.models import MEESTE_POGINGEN, Bestand, PdfOpdracht, vergrendel_hash
from stukken.tasks import geef_door

logger = logging.getLogger(__name__)
WACHT_TE_LANG = timedelta(minutes=1)
WEES_NA = timedelta(hours=24)
PER_KEER = 1000  # bestanden waarvan in één zoekvraag wordt nagegaan of er een rij bij hoort


def wek_pdf_opdrachten(nu: datetime) -> int:
    """Zet vastgelopen opdrachten terug, en wek alles wat te lang wacht. Geeft hoeveel er gewekt zijn.

    Een opdracht die drie keer een werker kostte, gaat op mislukt: dan helpt nog eens proberen niet.
    """
    for opdracht in PdfOpdracht.objects.vastgelopen(nu):
        vol = opdracht.pogingen >= MEESTE_POGINGEN
        if vol:
            opdracht.mislukt("De PDF is drie keer halverwege afgebroken. Vraag de beheerder naar de werker te kijken.")
        else:
            PdfOpdracht.objects.filter(pk=opdracht.pk, status=PdfStatus.BEZIG, pogingen=opdracht.pogingen).update(
                status=PdfStatus.WACHT
            )
    wachtend = PdfOpdracht.objects.filter(status=PdfStatus.WACHT, gevraagd_op__lt=nu - WACHT_TE_LANG)
    gewekt = list(wachtend.order_by("gevraagd_op").values_list("pk", flat=True)[:50])
    for pk in gewekt:
        geef_door(pk)
    return len(gewekt)


def veeg_wezen(nu: datetime) -> int:
    """Verwijder bestanden zonder rij en half geschreven bestanden, ouder dan een dag. Geeft hoeveel het er waren.

    Wat een rij heeft, valt per duizend in één zoekvraag af. Voor de rest sluit de exclusieve vergrendeling per hash uit
    dat een schrijver die de inhoud net hergebruikt haar kwijtraakt.
    """
    grens = (nu - WEES_NA).timestamp()
    weg = 0
    for plaats in opslag.half_geschreven():
        if _ouder(plaats, grens):
            plaats.unlink(missing_ok=True)
            weg += 1
    oud = ((hash_, plaats) for hash_, plaats in opslag.bewaarde_hashes() if _ouder(plaats, grens))
    while groep := dict(islice(oud, PER_KEER)):
        bekend = set(Bestand.objects.filter(sha256__in=groep).values_list("sha256", flat=True))
        for hash_ in groep.keys() - bekend:
            with transaction.atomic():
                if vergrendel_hash(hash_, gedeeld=False) and not Bestand.objects.filter(sha256=hash_).exists():
                    groep[hash_].unlink(missing_ok=True)
                    weg += 1
    if weg:
        logger.info("%s bestanden zonder rij opgeruimd", weg)
    return weg


def _ouder(plaats: Path, grens: float) -> bool:
    """Geef of het bestand er is en ouder is; wat net een naam kreeg of door een ander geveegd is, slaan wij over."""
    try:
        return plaats.stat().st_mtime < grens
    except FileNotFoundError:
        return False


def ontbrekend() -> list[str]:
    """Geef de sha256 van elk bestand dat wel een rij heeft maar niet in de opslag staat."""
    hashes = Bestand.objects.order_by("sha256").values_list("sha256", flat=True).distinct()
    return [hash_ for hash_ in hashes.iterator() if not opslag.pad(hash_).exists()]
