"""De uitslag van een stemming (Wet op de SER art. 23-27)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vergaderingen.enums import Besluitsoort, Uitkomst
from vergaderingen.stemming import Telling, uitslag

ZAAK, VERORDENING, PERSONEN = Besluitsoort.ZAAK, Besluitsoort.VERORDENING, Besluitsoort.PERSONEN


@pytest.mark.parametrize(
    ("voor", "tegen", "blanco", "soort", "verwacht"),
    [
        (19, 17, 0, ZAAK, Uitkomst.AANGENOMEN),
        (17, 19, 0, ZAAK, Uitkomst.VERWORPEN),
        (10, 9, 15, ZAAK, Uitkomst.AANGENOMEN),  # blanco telt niet mee voor de meerderheid
        (24, 12, 0, VERORDENING, Uitkomst.AANGENOMEN),  # precies twee derde
        (23, 13, 0, VERORDENING, Uitkomst.VERWORPEN),
        (18, 18, 0, VERORDENING, Uitkomst.VERWORPEN),
    ],
)
def test_regel_29_meerderheid(voor: int, tegen: int, blanco: int, soort: str, verwacht: Uitkomst) -> None:
    assert uitslag(Telling(voor, tegen, blanco), soort, stemgerechtigd=36) == verwacht


def test_regel_30_niet_meer_dan_de_helft_is_nietig() -> None:
    assert uitslag(Telling(18, 0), ZAAK, stemgerechtigd=36) == Uitkomst.NIETIG
    assert uitslag(Telling(19, 0), ZAAK, stemgerechtigd=36) == Uitkomst.AANGENOMEN


def test_regel_30_herstemming_en_derde_oproeping_zijn_geldig_met_elk_aantal() -> None:
    assert uitslag(Telling(2, 1), ZAAK, stemgerechtigd=36, herstemming=True) == Uitkomst.AANGENOMEN
    assert uitslag(Telling(2, 1), ZAAK, stemgerechtigd=36, derde_oproeping=True) == Uitkomst.AANGENOMEN


def test_regel_30_blanco_is_deelname_bij_personen_maar_niet_bij_zaken() -> None:
    assert uitslag(Telling(10, 5, 4), PERSONEN, stemgerechtigd=36) == Uitkomst.AANGENOMEN
    assert uitslag(Telling(10, 5, 4), ZAAK, stemgerechtigd=36) == Uitkomst.NIETIG


@pytest.mark.parametrize(
    ("stemgerechtigd", "soort", "tweede", "verwacht"),
    [
        (20, ZAAK, False, Uitkomst.VERWORPEN),  # voltallig
        (20, PERSONEN, False, Uitkomst.DOOR_LOTING),
        (36, ZAAK, False, Uitkomst.AANGEHOUDEN),
        (36, PERSONEN, False, Uitkomst.AANGEHOUDEN),
        (36, ZAAK, True, Uitkomst.VERWORPEN),
        (36, PERSONEN, True, Uitkomst.DOOR_LOTING),
    ],
)
def test_regel_31_staking_van_stemmen(stemgerechtigd: int, soort: str, tweede: bool, verwacht: Uitkomst) -> None:
    telling = Telling(10, 10)
    assert uitslag(telling, soort, stemgerechtigd=stemgerechtigd, tweede_staking=tweede) == verwacht


def test_regel_33_wie_zich_onthoudt_telt_niet_mee_in_de_noemer() -> None:
    assert uitslag(Telling(18, 0), ZAAK, stemgerechtigd=35) == Uitkomst.AANGENOMEN


def test_meer_stemmen_dan_leden_of_minder_dan_nul_kan_niet() -> None:
    with pytest.raises(ValueError, match="meer stemmen"):
        uitslag(Telling(30, 7), ZAAK, stemgerechtigd=36)
    with pytest.raises(ValueError, match="nul"):
        Telling(-1, 0)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.sampled_from(list(Besluitsoort)))
def test_aangenomen_vraagt_altijd_meer_voor_dan_tegen(voor: int, tegen: int, blanco: int, soort: str) -> None:
    uitkomst = uitslag(Telling(voor, tegen, blanco), soort, stemgerechtigd=voor + tegen + blanco)
    if uitkomst == Uitkomst.AANGENOMEN:
        assert voor > tegen
