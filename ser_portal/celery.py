"""De Celery-app: achtergrondwerk en klok. Elk proces kent haar, want de instellingen importeren deze module."""

import os
from pathlib import Path
from typing import Any

from celery import Celery
from celery.signals import heartbeat_sent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ser_portal.settings")
app = Celery("ser_portal", task_cls="kern.klok:Taak")
# Een webserver draait de pagina's in een andere draad dan de import; zonder deze regel ziet die draad
# Celery's lege standaard-app, en gaat een taak naar een broker die niet bestaat.
app.set_default()
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(related_name="planning")


@heartbeat_sent.connect
def laat_zien_dat_hij_leeft(**_: Any) -> None:
    """Raak elke paar seconden het bestand aan waaraan de opzichter ziet dat deze werker niet hangt."""
    if pad := os.environ.get("PORTAL_HARTSLAG"):
        Path(pad).touch()
