"""Keuzelijsten van de berichten."""

from django.db.models import TextChoices


class Status(TextChoices):
    """Waar een bericht staat. Alleen `wacht` verandert nog vanzelf."""

    WACHT = "wacht", "wacht"
    VERSTUURD = "verstuurd", "verstuurd"
    HERROEPEN = "herroepen", "herroepen"
    MISLUKT = "mislukt", "mislukt"
