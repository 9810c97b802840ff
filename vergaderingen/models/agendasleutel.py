"""De sleutel van een eigen agenda-abonnement. In de database staat alleen de hash; intrekken geldt meteen."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from kern.models import Voorbeeldbaar


class Agendasleutel(Voorbeeldbaar):
    """Eén uitgegeven adres. Een nieuw adres trekt het vorige in; ingetrokken rijen blijven staan als spoor."""

    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="agendasleutels")
    hash = models.CharField(max_length=64, unique=True)
    gemaakt_op = models.DateTimeField()
    ingetrokken_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "agendasleutel"
        verbose_name_plural = "agendasleutels"
        constraints = [
            models.UniqueConstraint(
                name="agendasleutel_een_geldig", fields=["gebruiker"], condition=Q(ingetrokken_op__isnull=True)
            ),
            models.CheckConstraint(name="agendasleutel_hash", condition=Q(hash__regex="^[0-9a-f]{64}$")),
        ]

    def __str__(self) -> str:
        return f"Agenda van {self.gebruiker}"
