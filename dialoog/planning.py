"""Wat de klok wekt. De makelaar wekt alleen; wat er te doen is, staat in de database."""

from celery import shared_task

from dialoog.actions import edities


@shared_task(name="dialoog.verwerk", acks_late=True, ignore_result=True)
def verwerk_taak() -> None:
    """Stel samen, verstuur en ruim op wat aan de beurt is."""
    edities.verwerk()
