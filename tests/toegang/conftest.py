"""Wat de toetsen van het inloggen delen."""

import pytest
from django.core.cache import cache

from tests.toegang.hulp import WACHTWOORD
from toegang.enums import Rol


@pytest.fixture
def schone_telling():
    """De grenzen op raden tellen in het tussengeheugen; begin bij nul."""
    cache.clear()


@pytest.fixture
def lid(maak_gebruiker):
    gebruiker = maak_gebruiker("Lid (voorbeeld)", Rol.SECRETARIAAT)
    gebruiker.set_password(WACHTWOORD)
    gebruiker.save()
    return gebruiker
