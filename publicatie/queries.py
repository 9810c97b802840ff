"""Wat er openbaar is, was of wordt."""

from datetime import datetime

from django.db.models import F, Q, QuerySet

from publicatie.models import Publicatie


def openbaar(op: datetime) -> QuerySet[Publicatie]:
    """De publicaties die op dat tijdstip openbaar zijn: begonnen en niet geëindigd."""
    return Publicatie.objects.filter(Q(tot__isnull=True) | Q(tot__gt=op), vanaf__lte=op)


def laatste(sleutel: str) -> Publicatie | None:
    """De nieuwste publicatie van dit ding die niet herroepen is, ook als zij nog moet beginnen; None als er geen is."""
    return Publicatie.objects.filter(sleutel=sleutel).exclude(tot=F("vanaf")).order_by("-vanaf", "-pk").first()


def ingetrokken(sleutel: str) -> bool:
    """Of het laatste wat er van dit ding openbaar was, is ingetrokken (dan staat er een grafsteen)."""
    rij = laatste(sleutel)
    return rij is not None and rij.intrekkingen.filter(grafsteen=True).exists()
