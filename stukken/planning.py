"""Wat de klok met stukken doet; het werk zelf staat in onderhoud."""

from celery import shared_task

from kern.tijd import nu
from stukken import onderhoud


@shared_task(name="stukken.wek_pdf_opdrachten")
def klok_pdf() -> int:
    """Beat: elke minuut."""
    return onderhoud.wek_pdf_opdrachten(nu())


@shared_task(name="stukken.veeg_wezen")
def klok_wezen() -> int:
    """Beat: elke zes uur."""
    return onderhoud.veeg_wezen(nu())
