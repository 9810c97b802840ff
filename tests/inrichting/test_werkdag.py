"""De voorbeeldwereld staat op werkdagen, en wat geweest is blijft geweest."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine

from inrichting.voorbeeld_vergaderingen import werkdag_bij
from kern.tijd import AMSTERDAM

ZONDAG = date(2026, 11, 29)


@pytest.mark.parametrize("n", range(7))
def test_wat_geweest_is_en_wat_nog_komt_schuift_nooit_naar_vandaag(n: int) -> None:
    """Op maandagochtend lag de zondag ervoor op vandaag: een stap van "gisteren" was dan zojuist gezet."""
    vandaag = ZONDAG + timedelta(days=n)
    with time_machine.travel(datetime.combine(vandaag, time(0, 30), AMSTERDAM)):
        for dagen in range(-9, 10):
            dag = werkdag_bij(vandaag + timedelta(days=dagen))
            assert dag.weekday() < 5
            assert abs(dag - vandaag - timedelta(days=dagen)) <= timedelta(days=2)
            if dagen:
                assert (dag < vandaag) is (dagen < 0)
                assert dag != vandaag
