"""De voorbeeldwereld, één keer per toetsbestand; elke toets rolt zelf terug."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.adviezen import bouw
from toegang.rollen import vergeet


@pytest.fixture(scope="module")
def _wereld(django_db_setup: None, django_db_blocker: Any) -> Iterator[bouw.Wereld]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield bouw.maak_wereld()
        transaction.set_rollback(True)


@pytest.fixture
def wereld(_wereld: bouw.Wereld, db: None) -> bouw.Wereld:
    """De raad, de commissies en het secretariaat. Niet in toetsen met `transaction=True`: gebruik daar maak_wereld."""
    raad = _wereld.raad
    for persoon in [*raad.leden.values(), *raad.plaatsvervangers.values(), raad.oud_lid, raad.waarnemer]:
        if persoon is not None and persoon.gebruiker is not None:
            vergeet(persoon.gebruiker)
    return _wereld
