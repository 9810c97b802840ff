"""Aangehaalde woorden terugvinden: op hun plek, bij de omgeving die het meest lijkt, of niet."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kern.anker import Citaat, aantal, maak, vind

TEKST = "De raad adviseert het kabinet. De raad let op kleine bedrijven."
WOORDEN = st.text(alphabet="ab \n", min_size=1, max_size=60)


def test_maak_laat_wit_aan_de_randen_weg_en_weigert_niets():
    citaat = maak(TEKST, 2, 8)
    assert (citaat.exact, citaat.begin, citaat.einde, citaat.voor) == ("raad", 3, 7, "De ")
    assert TEKST[citaat.einde :].startswith(citaat.na)
    for begin, einde in ((7, 8), (5, 5), (9, 3), (900, 910)):
        with pytest.raises(ValueError, match="niets aangehaald"):
            maak(TEKST, begin, einde)


def test_gelijke_woorden_worden_uit_elkaar_gehouden_door_hun_omgeving():
    eerste, tweede = maak(TEKST, 0, 7), maak(TEKST, 31, 38)
    assert eerste.exact == tweede.exact == "De raad"
    later = "Vooraf. " + TEKST
    assert vind(later, eerste) == (8, 15)
    assert vind(later, tweede) == (39, 46)
    # Zonder omgeving beslist de oude plek.
    assert vind(TEKST, Citaat("De raad", begin=30)) == (31, 38)
    assert aantal(TEKST, eerste) == 2


def test_wat_er_niet_meer_staat_wordt_niet_verzonnen():
    assert vind("De minister beslist.", maak(TEKST, 0, 7)) is None
    assert vind(TEKST, Citaat("")) is None
    assert vind("een\ntwee", Citaat("een twee")) == (0, 8)


@settings(max_examples=300, deadline=None)
@given(WOORDEN, st.integers(0, 60), st.integers(0, 60))
def test_wat_gemaakt_is_wordt_op_dezelfde_plek_gevonden(tekst, begin, lengte):
    try:
        citaat = maak(tekst, begin, begin + lengte)
    except ValueError:
        return
    gevonden = vind(tekst, citaat)
    assert gevonden is not None
    assert tekst[slice(*gevonden)].replace("\n", " ") == citaat.exact.replace("\n", " ")
