"""De wereld en de ronde, één keer voor alle toetsen van de matrix.

De ronde gaat door de wereld met kanaries: zo oordelen de matrix en de kanarietoets over dezelfde bezoeken.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections, transaction

from tests.hulp import voer_uitgesteld_uit
from tests.matrix import loop, wereld
from tests.matrix.kanarie.kooi import kooi


@pytest.fixture(scope="package")
def _toneel(django_db_setup: None, django_db_blocker: Any) -> Iterator[wereld.Toneel]:
    with django_db_blocker.unblock(), transaction.atomic():
        assert connections["publiek"] is connections["default"]
        toneel = wereld.bouw()
        voer_uitgesteld_uit()
        yield toneel
        transaction.set_rollback(True)


@pytest.fixture
def toneel(_toneel: wereld.Toneel, db: None, settings: Any) -> wereld.Toneel:
    """De voorbeeldwereld met één mens per rol, en haar bestanden; wat een toets wijzigt rolt terug."""
    settings.MEDIA_ROOT = _toneel.bestanden
    return _toneel


@pytest.fixture(scope="package")
def _ronde(_toneel: wereld.Toneel, django_db_blocker: Any) -> loop.Ronde:
    with django_db_blocker.unblock(), kooi(_toneel):
        return loop.loop(_toneel)


@pytest.fixture
def ronde(_ronde: loop.Ronde, db: None) -> loop.Ronde:
    """Alle bezoeken van de ronde."""
    return _ronde
