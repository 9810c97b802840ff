"""De Celery-app: achtergrondwerk en klok. Elk proces kent haar, want de instellingen importeren deze module."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ser_portal.settings")
app = Celery("ser_portal")
# Een webserver draait de pagina's in een andere draad dan de import; zonder deze regel ziet die draad
# Celery's lege standaard-app, en gaat een taak naar een broker die niet bestaat.
app.set_default()
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(related_name="planning")
