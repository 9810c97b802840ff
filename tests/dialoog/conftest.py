"""De openbare wereld van de zoektoetsen; het nieuws komt daar als nieuw advies bij."""

from typing import Any

import pytest

from tests.publiek.wereld import maak_wereld
from toegang.enums import Rol


@pytest.fixture
def kleine_wereld(db: None) -> None:
    maak_wereld()


@pytest.fixture
def redactie(maak_gebruiker: Any) -> Any:
    return maak_gebruiker("Redactie (voorbeeld)", Rol.COMMUNICATIE)
