"""Wat de toetsen van de openbare bladzijden delen."""

import pytest

from tests.publiek.wereld import maak_wereld


@pytest.fixture
def kleine_wereld(db: None) -> None:
    """Vijf openbare adviezen."""
    maak_wereld()
