"""Vaste keuzen van stukken."""

from django.db.models import TextChoices


class Soort(TextChoices):
    """Soorten bestand die het portaal bewaart, met hun mediatype."""

    PDF = "application/pdf", "PDF"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word (.docx)"
    PNG = "image/png", "PNG"
    JPEG = "image/jpeg", "JPEG"
    CSV = "text/csv", "CSV"
    ICS = "text/calendar", "agenda"
    ZIP = "application/zip", "ZIP"
    JSON = "application/json", "JSON"
    HTML = "text/html", "HTML"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel (.xlsx)"


UITGANG = {
    Soort.PDF: "pdf",
    Soort.DOCX: "docx",
    Soort.PNG: "png",
    Soort.JPEG: "jpg",
    Soort.CSV: "csv",
    Soort.ICS: "ics",
    Soort.ZIP: "zip",
    Soort.JSON: "json",
    Soort.HTML: "html",
    Soort.XLSX: "xlsx",
}


class PdfStatus(TextChoices):
    """Waar een PDF-opdracht staat."""

    WACHT = "wacht", "wacht op een werker"
    BEZIG = "bezig", "wordt gemaakt"
    KLAAR = "klaar", "klaar"
    MISLUKT = "mislukt", "mislukt"
