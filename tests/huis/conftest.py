"""Plekken en servers voor de toetsen van het huis: elk een eigen cluster, met fsync aan."""

import shutil
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ser_portal.baas.broker import Redis
from ser_portal.baas.plek import Plek
from ser_portal.baas.postgres import Postgres

PAKKETTEN = Path(sysconfig.get_paths()["purelib"])


@pytest.fixture(scope="module")
def korte_plek() -> Iterator[Plek]:
    """Een plek met een kort pad dat ook nobody kan bereiken (de map van pytest zelf is 0700)."""
    map_ = Path(tempfile.mkdtemp(prefix="ser-huis-", dir="/tmp"))
    map_.chmod(0o711)
    yield Plek(map_ / "var").maak()
    shutil.rmtree(map_)


@pytest.fixture(scope="module")
def postgres(korte_plek: Plek) -> Iterator[Postgres]:
    """Een draaiende PostgreSQL op een eigen plek."""
    server = Postgres(korte_plek, PAKKETTEN)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def redis(korte_plek: Plek) -> Iterator[Redis]:
    """Een draaiende Redis op een eigen plek."""
    server = Redis(korte_plek, PAKKETTEN)
    server.start()
    yield server
    server.stop()
