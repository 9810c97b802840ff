"""Wat de klok met vergaderingen doet: elk etmaal alle stemmingen natellen."""

import logging

from celery import shared_task

from vergaderingen import natellen

logger = logging.getLogger(__name__)


@shared_task(name="vergaderingen.tel_na", acks_late=True, ignore_result=True)
def tel_na() -> None:
    """Meld in het log van het systeem elke stemming die niet meer klopt."""
    for fout in natellen.klopt_niet():
        logger.error("uitslag gewijzigd: %s", fout)
