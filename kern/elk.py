"""Werk dat de klok wekt, voor elk ding apart: een dat niet wil houdt de volgende niet op."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import connection

from kern.fouten import PortaalFout

Ding = TypeVar("Ding")
logger = logging.getLogger(__name__)


def doe_elk(dingen: Iterable[Ding], daad: Callable[[Ding], int], *, wat: str) -> int:
    """Doe `daad` voor elk ding, ieder in zijn eigen transactie, en geef wat zij samen gaven.

    Wat mislukt staat met `wat` in het log en komt de volgende keer weer. Werpt aan het eind PortaalFout met hoeveel het
    er waren: dan is te zien dat de taak niet af is.
    """
    som = mislukt = 0
    for ding in dingen:
        try:
            som += daad(ding)
        except Exception:
            logger.exception("%s mislukt: %s", wat, ding)
            mislukt += 1
            if not connection.in_atomic_block:  # brak de verbinding zelf, dan heeft wat volgt een nieuwe
                connection.close_if_unusable_or_obsolete()
    if mislukt:
        raise PortaalFout(f"{wat} mislukte {mislukt} keer; de rest is gedaan.")
    return som
