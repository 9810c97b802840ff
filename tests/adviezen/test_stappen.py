"""Het traject loopt door alle stappen, vooruit, terug, opzij en herroepen."""

import pytest

from adviezen.enums import Stap
from tests.adviezen import bouw


@pytest.mark.parametrize("stap", list(Stap))
def test_elke_stand_is_te_bereiken(stap: str, wereld: bouw.Wereld) -> None:
    cast = bouw.traject_op(stap, wereld)
    assert cast.traject.stap == stap
    assert cast.traject.stapgangen.last().naar == stap
