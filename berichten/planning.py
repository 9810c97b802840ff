"""Wat de klok wekt. De makelaar wekt alleen; wat er te doen is, staat in de database."""

from celery import shared_task

from berichten import actions


@shared_task(name="berichten.verstuur", acks_late=True, ignore_result=True)
def verstuur() -> int:
    """Verstuur alles wat gereed is, in bundels; geeft het aantal."""
    totaal = 0
    while aantal := actions.verstuur_gereed(limiet=100):
        totaal += aantal
    return totaal
