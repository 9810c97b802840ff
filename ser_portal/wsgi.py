"""Ingang van de webprocessen."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ser_portal.settings")


def ontlast() -> None:
    """Laad alle adressen en laat het opruimen van Python voortaan voorbij aan wat er dan staat: dat blijft toch.

    Anders loopt elke volle ronde, midden in een aanvraag, alle modules, modellen en sjablonen na: tientallen
    milliseconden.
    """
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018 - lezen laadt ze
    gc.collect()
    gc.freeze()


application = get_wsgi_application()
ontlast()
