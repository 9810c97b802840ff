"""De voorbeeldwereld, één keer voor alle toetsbestanden; elke toets en elk bestand rolt zelf terug."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from adviezen.enums import Stap
from tests.adviezen import bouw
from tests.gedeeld import Gedeeld
from tests.hulp import voer_uitgesteld_uit
from toegang.rollen import vergeet


def _met_elke_stand() -> tuple[bouw.Wereld, dict[str, bouw.Cast]]:
    wereld = bouw.maak_wereld()
    return wereld, {str(stap): bouw.traject_op(stap, wereld) for stap in Stap}


@pytest.fixture(scope="module")
def _stand(gedeeld: Gedeeld, request: pytest.FixtureRequest) -> Iterator[tuple[bouw.Wereld, dict[str, bouw.Cast]]]:
    """De wereld voor één bestand; met een traject in elke stand als een van zijn toetsen daarom vraagt."""
    eigen = (item for item in request.session.items if item.path == request.path)
    if any("_casts" in getattr(item, "fixturenames", ()) for item in eigen):
        geleend = gedeeld.leen("adviezen in elke stand", _met_elke_stand)
    else:
        geleend = gedeeld.leen("adviezen", lambda: (bouw.maak_wereld(), {}))
    with geleend as stand:
        yield stand


@pytest.fixture(scope="module")
def _wereld(_stand: tuple[bouw.Wereld, dict[str, bouw.Cast]]) -> bouw.Wereld:
    return _stand[0]


@pytest.fixture(scope="module")
def _casts(_stand: tuple[bouw.Wereld, dict[str, bouw.Cast]]) -> dict[str, bouw.Cast]:
    return _stand[1]


@pytest.fixture
def casts(_casts: dict[str, bouw.Cast], wereld: bouw.Wereld) -> dict[str, bouw.Cast]:
    """Een traject in elke stand, één keer gemaakt; wat een toets eraan verandert rolt terug."""
    for cast in _casts.values():
        cast.vers()
    return _casts


@pytest.fixture(scope="module")
def _cast(
    _wereld: bouw.Wereld,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: Any,
) -> tuple[bouw.Cast, Path]:
    bestanden = tmp_path_factory.mktemp("bestanden")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=bestanden):
        cast = request.module.begin(_wereld)
        voer_uitgesteld_uit()
    return cast, bestanden


@pytest.fixture
def cast(_cast: tuple[bouw.Cast, Path], wereld: bouw.Wereld, settings: Any) -> bouw.Cast:
    """Het traject dat `begin(wereld)` van het toetsbestand maakt, één keer per bestand; elke toets krijgt het vers."""
    begin, settings.MEDIA_ROOT = _cast
    cast = replace(begin, opties=dict(begin.opties))
    cast.vers()
    return cast


@pytest.fixture
def wereld(_wereld: bouw.Wereld, db: None, request: pytest.FixtureRequest) -> bouw.Wereld:
    """De raad, de commissies en het secretariaat. Niet in toetsen met `transaction=True`: gebruik daar maak_wereld."""
    raad, staf = (
        _wereld.raad,
        (_wereld.secretaris, _wereld.tweede, _wereld.raadssecretaris, _wereld.algemeen_secretaris),
    )
    kantoor = (_wereld.communicatie, _wereld.beheerder, _wereld.buitenstaander)
    for gebruiker in (*staf, *kantoor, *raad.coordinatoren.values()):
        vergeet(gebruiker)
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
