"""Wat de klok met zittingen doet."""

from celery import shared_task

from toegang.actions import ruim_zittingen


@shared_task(name="toegang.ruim_zittingen", acks_late=True, ignore_result=True)
def ruim() -> None:
    """Wis sessies die voorbij zijn, en het netwerkadres en de browser die erbij stonden."""
    ruim_zittingen()
