"""Tekens van leven van de klok en de werkers, in Redis: raakt Redis leeg, dan staan zij er een minuut later weer.

De klok zet haar teken als zij een tik in de wachtrij legt, de werker als hij die tik uitvoert. De tik draagt zijn
eigen tijd: zo is te zien hoe lang werk in de wachtrij ligt, ook als een werker een achterstand wegwerkt.
"""

import contextlib
from typing import Any

from kern import klok
from kern.cache import tekens as cache
from kern.tijd import nu

TAAK = "bewaking.hartslag"
KLOK, WERKER = "hartslag:klok", "hartslag:werker"


def klok_tikte(body: Any = None, **_: Any) -> None:
    """Zet het teken van de klok en geef de tik zijn tijd mee; signaal van Celery, in het proces van de klok."""
    tijd = nu().timestamp()
    if body is not None:
        body[1]["gestuurd"] = tijd
    klok.bezwaar("de klok")
    with contextlib.suppress(Exception):  # zonder Redis is er geen teken, en dat is het alarm
        cache.set(KLOK, tijd, timeout=None)


def werker_leeft(gestuurd: float) -> None:
    """Zet het teken van de werker: zo oud was de tik die hij net uitvoerde."""
    cache.set(WERKER, gestuurd, timeout=None)


def tekens() -> dict[str, float]:
    """Geef per teken de tijd (seconden sinds 1970); wat er nog niet is, ontbreekt. Werpt wat Redis werpt."""
    return cache.get_many([KLOK, WERKER])
