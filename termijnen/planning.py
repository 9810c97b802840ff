"""Wat de klok wekt. De makelaar wekt alleen; wat er te doen is, staat in de database."""

from datetime import datetime

from celery import shared_task

from termijnen import actions


def verwerk(nu: datetime | None = None) -> actions.Verwerkt:
    """Waarschuw en verstuur wat op `nu` aan de beurt is (termijnen.actions.verwerk)."""
    return actions.verwerk(nu)


@shared_task(name="termijnen.verwerk", acks_late=True, ignore_result=True)
def verwerk_taak() -> None:
    """De ingang voor Celery beat."""
    verwerk()
