"""Om de beurt: wie tweede is wacht op de eerste, of laat het werk aan de eerste."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


def wacht_op_beurt(naam: str) -> None:
    """Houd tot het eind van deze transactie de beurt `naam` vast; wie haar ook vraagt, wacht zo lang.

    Neem haar vóór de eerste rij op slot gaat: wie het andersom doet, wacht op een ander die op hem wacht.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [naam])


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
