"""Amsterdamse dagen en datums in woorden."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from kern import tijd


def test_half_een_snachts_in_amsterdam_is_al_de_nieuwe_dag():
    with time_machine.travel(datetime(2026, 7, 1, 22, 30, tzinfo=UTC), tick=False):
        assert tijd.vandaag() == date(2026, 7, 2)


@pytest.mark.parametrize("dag", [date(2026, 3, 29), date(2026, 10, 25)])
def test_elke_minuut_van_een_dag_met_klokwissel_hoort_bij_die_dag(dag):
    begin = datetime(dag.year, dag.month, dag.day, tzinfo=tijd.AMSTERDAM).timestamp()
    eind = datetime(dag.year, dag.month, dag.day + 1, tzinfo=tijd.AMSTERDAM).timestamp()
    momenten = range(int(begin), int(eind), 60)
    assert len(momenten) in {23 * 60, 25 * 60}
    assert {tijd.dag_van(datetime.fromtimestamp(m, UTC)) for m in momenten} == {dag}


@pytest.mark.parametrize(
    ("dag", "precisie", "afgeleid", "tekst"),
    [
        (date(2023, 3, 16), "dag", False, "do 16 maart 2023"),
        (date(2023, 3, 16), "dag", True, "do 16 maart 2023 (afgeleid)"),
        (date(2023, 6, 1), "maand", False, "juni 2023 (dag onbekend)"),
        (date(1965, 1, 1), "jaar", False, "1965 (dag onbekend)"),
        (None, "onbekend", False, "datum niet bekend"),
        (None, "dag", False, "datum niet bekend"),
        (date(1965, 1, 1), "onbekend", False, "datum niet bekend"),
    ],
)
def test_een_datum_zegt_hoe_nauwkeurig_zij_bekend_is(dag, precisie, afgeleid, tekst):
    assert tijd.datum_met_precisie(dag, precisie, afgeleid=afgeleid) == tekst


@pytest.mark.parametrize(
    ("dagen", "tekst"),
    [
        (12, "nog 12 dagen"),
        (1, "nog 1 dag"),
        (731, "nog 731 dagen"),
        (1826, "nog ruim 5 jaar"),
        (0, "vandaag"),
        (-1, "sinds 1 dag verstreken"),
        (-3, "sinds 3 dagen verstreken"),
    ],
)
def test_hoe_ver_weg_in_woorden(dagen, tekst):
    assert tijd.duur_nl(dagen) == tekst


def test_een_moment_staat_in_amsterdamse_tijd():
    assert tijd.moment_nl(datetime(2023, 3, 16, 9, 5, tzinfo=UTC)) == "do 16 maart 2023, 10.05 uur"
    assert tijd.datum_nl(date(2023, 3, 16), weekdag=False) == "16 maart 2023"


def test_de_voorbeeldwereld_vertelt_haar_verleden(settings):
    settings.VOORBEELD = True
    with tijd.vertel_vanaf(datetime(2024, 5, 1, 9, 0, tzinfo=tijd.AMSTERDAM)):
        assert tijd.vandaag() == date(2024, 5, 1)
    assert tijd.vandaag() > date(2024, 5, 1)


@pytest.mark.parametrize(("voorbeeld", "jaar"), [(False, 2024), (True, 2999)])
def test_de_tijd_verzetten_kan_alleen_in_het_voorbeeld_en_naar_vroeger(settings, voorbeeld, jaar):
    settings.VOORBEELD = voorbeeld
    with pytest.raises(RuntimeError), tijd.vertel_vanaf(datetime(jaar, 5, 1, tzinfo=tijd.AMSTERDAM)):
        pass
