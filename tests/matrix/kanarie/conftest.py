"""De wereld met in elke vertrouwelijke kolom een kanarie, één keer voor deze toetsen."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.matrix import wereld
from tests.matrix.kanarie import kooi as kooien
from tests.matrix.kanarie.kooi import Kooi


@pytest.fixture(scope="module")
def _kooi(_toneel: wereld.Toneel, django_db_blocker: Any) -> Iterator[Kooi]:
    with django_db_blocker.unblock(), kooien.kooi(_toneel) as uit:
        yield uit


@pytest.fixture
def kooi(_kooi: Kooi, db: None) -> Kooi:
    """De wereld met kanaries; wat een toets wijzigt rolt terug."""
    return _kooi
