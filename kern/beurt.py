"""Werk dat niet twee keer tegelijk hoeft: de tweede die begint, laat het aan de eerste."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def alleen(naam: str) -> Iterator[bool]:
    """Geef of dit blok de enige is die dit werk nu doet, over alle werkers; onwaar als een ander bezig is.

    Voor lang werk buiten een transactie: er blijft geen rij op slot en geen transactie open. Sterft de werker, dan
    valt zijn verbinding weg en daarmee zijn beurt.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [naam])
        mag = bool(cursor.fetchone()[0])
    try:
        yield mag
    finally:
        if mag:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [naam])
