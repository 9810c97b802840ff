"""Wat de klok en de wenk wekken: opgestuurde PDF's lezen."""

import logging

from celery import shared_task

from publicatie import actions
from publicatie.enums import Scanstand
from publicatie.models import Scan

logger = logging.getLogger(__name__)


@shared_task(name="publicatie.verwerk_scan", acks_late=True, ignore_result=True)
def verwerk_scan(pk: int) -> None:
    """Lees één opgestuurde PDF."""
    actions.verwerk_scan(pk)


@shared_task(name="publicatie.verwerk_scans", acks_late=True, ignore_result=True)
def verwerk_scans() -> None:
    """Lees elke PDF die nog wacht, ook als de wenk verloren ging."""
    for pk in list(Scan.objects.filter(stand=Scanstand.WACHT).values_list("pk", flat=True)[:20]):
        try:
            actions.verwerk_scan(pk)
        except Exception:  # een scan die niet wil (schijf vol) houdt de rest niet op; zij komt de volgende keer weer
            logger.exception("Scan %s lezen mislukt", pk)
