"""De klok van dit proces naast die van de database. Loopt zij te ver uiteen, dan doet een werker niets.

Termijnen, embargo's en waarschuwingen hangen aan de tijd. Wat openbaar is bepaalt de database met haar eigen klok; een
werker rekent met de zijne. Staat die uren verkeerd, dan zou hij te vroeg waarschuwen of een dag verzetten. Hij weigert
dan elke taak en zegt waarom; niets gaat verloren, want wat er te doen is staat in de database en komt terug.
"""

import contextlib
import logging
import socket
from datetime import timedelta
from typing import Any

from celery import Task
from django.conf import settings
from django.db import connection
from django.utils import timezone

from kern.cache import tekens as cache

logger = logging.getLogger(__name__)
# Het grootste verschil dat een proces zag, met wie het was; vervalt als niemand het meer ziet.
TEKEN, GELDIG = "klokverschil", 150


def verschil() -> timedelta:
    """Geef hoeveel de klok van dit proces voorloopt op die van de database (achter is negatief).

    De tijd die de vraag zelf kost telt niet mee: daarbinnen kan het antwoord overal vallen. Werpt DatabaseError.
    """
    voor = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        database = cursor.fetchone()[0]
    na = timezone.now()
    if voor <= database <= na:
        return timedelta(0)
    return voor - database if database < voor else na - database


def te_ver(uiteen: timedelta) -> bool:
    """Geef of het verschil groter is dan KLOK_VERSCHIL_SECONDEN; 0 zet het nakijken uit."""
    return 0 < settings.KLOK_VERSCHIL_SECONDEN < abs(uiteen.total_seconds())


def meld(uiteen: timedelta, wie: str) -> None:
    """Zet het teken dat de bewaking leest, als het te ver is; zonder Redis is er geen teken."""
    if te_ver(uiteen):
        with contextlib.suppress(Exception):
            cache.set(TEKEN, {"seconden": uiteen.total_seconds(), "wie": f"{wie} op {socket.gethostname()}"}, GELDIG)


def gemeld() -> float:
    """Geef het verschil in seconden dat een ander proces meldde; 0 als er geen is. Werpt wat Redis werpt."""
    return abs(float((cache.get(TEKEN) or {}).get("seconden", 0.0)))


def zin(uiteen: timedelta) -> str:
    """Geef het verschil in woorden."""
    kant = "voor" if uiteen > timedelta(0) else "achter"
    return f"de klok van dit proces loopt {abs(uiteen.total_seconds()):.0f} seconden {kant} op die van de database"


def bezwaar(wie: str) -> str:
    """Geef waarom dit proces nu niet op zijn klok mag werken, of niets; meldt het dan ook aan de bewaking.

    Kan de database niets zeggen, dan is er geen bezwaar: het werk zelf merkt het dan wel.
    """
    if not settings.KLOK_VERSCHIL_SECONDEN:
        return ""
    try:
        uiteen = verschil()
    except Exception:  # een dode verbinding mag het werk dat volgt niet meenemen
        connection.close_if_unusable_or_obsolete()
        return ""
    if not te_ver(uiteen):
        return ""
    meld(uiteen, wie)
    return zin(uiteen)


class Taak(Task):
    """Een taak die alleen werkt als de klok van de werker gelijk loopt met de database."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Doe de taak, of doe niets en schrijf waarom in het log."""
        if waarom := bezwaar("een werker"):
            logger.error("taak %s niet gedaan: %s", self.name, waarom)
            return None
        return super().__call__(*args, **kwargs)
