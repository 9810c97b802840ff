"""Wat de klok en de wenk wekken: opgestuurde PDF's lezen."""

import logging

from celery import shared_task

from kern.beurt import alleen
from publicatie import actions
from publicatie.enums import Scanstand
from publicatie.models import Scan

logger = logging.getLogger(__name__)


@shared_task(name="publicatie.verwerk_scan", acks_late=True, ignore_result=True)
def verwerk_scan(pk: int) -> None:
    """Lees één opgestuurde PDF."""
    _lees(pk)


@shared_task(name="publicatie.verwerk_scans", acks_late=True, ignore_result=True)
def verwerk_scans() -> None:
    """Lees elke PDF die nog wacht, ook als de wenk verloren ging."""
    for pk in list(Scan.objects.filter(stand=Scanstand.WACHT).values_list("pk", flat=True)[:20]):
        try:
            _lees(pk)
        except Exception:  # een scan die niet wil (schijf vol) houdt de rest niet op; zij komt de volgende keer weer
            logger.exception("Scan %s lezen mislukt", pk)


def _lees(pk: int) -> None:
    """Lees een PDF, tenzij een andere werker dat al doet: de wenk, de klok van nu en die van straks vinden dezelfde.

    Lezen duurt tot twee minuten; na een stapel scans stonden anders alle werkers hetzelfde te lezen.
    """
    with alleen(f"publicatie.scan:{pk}") as mag:
        if mag:
            actions.verwerk_scan(pk)
