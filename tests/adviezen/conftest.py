"""De voorbeeldwereld, één keer per toetsbestand; elke toets rolt zelf terug."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from adviezen.enums import Stap
from tests.adviezen import bouw
from tests.hulp import voer_uitgesteld_uit
from toegang.rollen import vergeet


@pytest.fixture(scope="module")
def _wereld(django_db_setup: None, django_db_blocker: Any) -> Iterator[bouw.Wereld]:
    with django_db_blocker.unblock(), transaction.atomic():
        wereld = bouw.maak_wereld()
        voer_uitgesteld_uit()
        yield wereld
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def _casts(_wereld: bouw.Wereld, django_db_blocker: Any) -> dict[str, bouw.Cast]:
    with django_db_blocker.unblock():
        alle = {str(stap): bouw.traject_op(stap, _wereld) for stap in Stap}
        voer_uitgesteld_uit()
        return alle


@pytest.fixture
def casts(_casts: dict[str, bouw.Cast], wereld: bouw.Wereld) -> dict[str, bouw.Cast]:
    """Een traject in elke stand, één keer per bestand gemaakt; wat een toets eraan verandert rolt terug."""
    for cast in _casts.values():
        cast.vers()
    return _casts


@pytest.fixture
def wereld(_wereld: bouw.Wereld, db: None) -> bouw.Wereld:
    """De raad, de commissies en het secretariaat. Niet in toetsen met `transaction=True`: gebruik daar maak_wereld."""
    raad = _wereld.raad
    for persoon in [*raad.leden.values(), *raad.plaatsvervangers.values(), raad.oud_lid, raad.waarnemer]:
        if persoon is not None and persoon.gebruiker is not None:
            vergeet(persoon.gebruiker)
    return _wereld


@pytest.fixture
def als(client: Any) -> Any:
    """Log in als iemand en geef de client."""

    def log_in(gebruiker: Any) -> Any:
        client.force_login(gebruiker, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in
