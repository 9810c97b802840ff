"""Wat de klok met stukken doet; het werk zelf staat in onderhoud."""

import logging

from celery import shared_task

from kern.tijd import nu
from stukken import exemplaren, onderhoud

logger = logging.getLogger(__name__)


@shared_task(name="stukken.wek_pdf_opdrachten")
def klok_pdf() -> int:
    """Beat: elke minuut."""
    return onderhoud.wek_pdf_opdrachten(nu())


@shared_task(name="stukken.veeg_wezen")
def klok_wezen() -> int:
    """Beat: elke zes uur. Mislukt het een, dan gaat het ander door."""
    try:
        exemplaren.ruim(nu())
    except Exception:
        logger.exception("exemplaren opruimen mislukt")
    return onderhoud.veeg_wezen(nu())
