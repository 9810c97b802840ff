"""De openbare wereld van de zoektoetsen; het nieuws komt daar als nieuw advies bij."""

import pytest

from tests.publiek.wereld import maak_wereld


@pytest.fixture
def kleine_wereld(db: None) -> None:
    maak_wereld()
