"""Wat beide toetsbestanden gebruiken."""

import pytest
from django.db import DatabaseError, connection, transaction


def eis_weigering(sql, *waarden, reden):
    """Eis dat de database dit weigert, meteen of bij het vastleggen."""
    with pytest.raises(DatabaseError, match=reden):
        _voer_uit(sql, waarden)


def _voer_uit(sql, waarden):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, waarden)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
