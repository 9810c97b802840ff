"""Het traject loopt door alle stappen; het verloop weet elke stap."""

import pytest

from adviezen.enums import STAPPEN, Stap
from tests.adviezen import bouw


@pytest.mark.parametrize("stap", list(Stap))
def test_elke_stand_is_te_bereiken(stap: str, casts: dict[str, bouw.Cast]) -> None:
    traject = casts[stap].traject
    assert traject.stap == stap
    assert traject.stapgangen.last().naar == stap
    assert traject.publieke_stap
    assert traject.loopt is (traject.stapnummer is not None)


def test_de_stappen_heten_een_tot_en_met_acht(casts: dict[str, bouw.Cast]) -> None:
    assert [casts[stap].traject.stapnummer for stap in STAPPEN] == list(range(1, 9))


def test_bouw_kent_elke_optie(wereld: bouw.Wereld) -> None:
    cast = bouw.traject_op(Stap.AANGEBODEN, wereld, verdeeld=True, punten=2, titel="Verdeeld (voorbeeld)")
    assert cast.traject.titel == "Verdeeld (voorbeeld)"
    assert cast.traject.agenderingen.get().oordeel == "verdeeld"
    assert cast.traject.openbare_titel == cast.traject.titel
