"""Opvragen van bestanden en PDF's."""

from stukken.enums import PdfStatus
from stukken.models import Bestand, PdfOpdracht


def bij_hash(sha256: str) -> Bestand | None:
    """Geef een bestand met deze inhoud, of None. De beller heeft de toegang tot de hash al nagekeken."""
    return Bestand.objects.filter(sha256=sha256).order_by("pk").first()


def laatste_pdf(onderwerp: str) -> PdfOpdracht | None:
    """Geef de laatst gevraagde PDF van een onderwerp die klaar is; een latere die mislukte of loopt telt niet."""
    return (
        PdfOpdracht.objects.filter(onderwerp=onderwerp, status=PdfStatus.KLAAR)
        .select_related("bestand")
        .order_by("-gevraagd_op", "-pk")
        .first()
    )


def laatste_opdracht(onderwerp: str) -> PdfOpdracht | None:
    """Geef de laatst gevraagde PDF van een onderwerp, in welke stand ook."""
    return (
        PdfOpdracht.objects.filter(onderwerp=onderwerp)
        .select_related("bestand")
        .order_by("-gevraagd_op", "-pk")
        .first()
    )
