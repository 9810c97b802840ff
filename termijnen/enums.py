"""Keuzelijsten van de termijnen."""

from django.db.models import TextChoices


class Status(TextChoices):
    """De stand van een termijn."""

    OPEN = "open", "loopt"
    GEPAUZEERD = "gepauzeerd", "staat stil"
    VOLDAAN = "voldaan", "voldaan"
    VERVALLEN = "vervallen", "vervallen"


LOPEND = (Status.OPEN, Status.GEPAUZEERD)


class SoortWijziging(TextChoices):
    """Wat er met een termijn gebeurde."""

    VERLENGD = "verlengd", "verlengd"
    GEPAUZEERD = "gepauzeerd", "stilgezet"
    HERVAT = "hervat", "hervat"
    VOLDAAN = "voldaan", "voldaan"
    VERVALLEN = "vervallen", "vervallen"
    HEROPEND = "heropend", "heropend"
    OVERGEDRAGEN = "overgedragen", "overgedragen"
    HERROEPEN = "herroepen", "verlenging herroepen"
