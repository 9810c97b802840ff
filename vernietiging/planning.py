"""Wat de klok doet: een lijst voorstellen. Wissen doet zij nooit."""

from celery import shared_task

from kern.tijd import nu
from vernietiging import actions


@shared_task(name="vernietiging.stel_voor", acks_late=True, ignore_result=True)
def stel_voor() -> None:
    """Stel een lijst voor als er iets is, er geen loopt, en de vorige een maand oud is."""
    actions.stel_voor(nu=nu())
