"""Een wenk aan de werkers; de rij in de database is het werk zelf."""

import logging

from celery import current_app

logger = logging.getLogger(__name__)
WENK_GELDIG = 600  # seconden; de klok kijkt elke vijf minuten zelf
TAAK = "publicatie.verwerk_scan"


def wenk(pk: int) -> None:
    """Wek een werker. Lukt dat niet (broker weg), dan vindt de klok de wachtende rij later zelf."""
    try:
        current_app.send_task(TAAK, args=[pk], retry=False, ignore_result=True, expires=WENK_GELDIG)
    except Exception:
        logger.warning("Scan %s niet doorgegeven; de klok pakt haar op", pk, exc_info=True)
