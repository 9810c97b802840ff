from django.db import models


class Scanstand(models.TextChoices):
    """Hoe ver een opgestuurde PDF bij een publicatie is."""

    WACHT = "wacht", "wordt gelezen"
    KLAAR = "klaar", "doorzoekbaar"
    NIET_DOORZOEKBAAR = "niet_doorzoekbaar", "niet doorzoekbaar"
    MISLUKT = "mislukt", "niet te lezen"
