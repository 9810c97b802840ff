"""Wat de klok elke minuut wekt om te laten zien dat klok, wachtrij en werker leven."""

from celery import shared_task

from bewaking.hartslag import TAAK, werker_leeft
from kern.tijd import nu


@shared_task(name=TAAK, ignore_result=True)
def hartslag(gestuurd: float | None = None) -> None:
    """Zet het teken van de werker; zonder tijd van de klok telt dit moment."""
    werker_leeft(nu().timestamp() if gestuurd is None else gestuurd)
