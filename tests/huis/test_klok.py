"""Celery beat zoals wij haar draaien: zij tikt door als de machine een tijd vóór liep."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from kombu.utils.imports import symbol_by_name

from kern.tijd import nu
from ser_portal.celery import app


def planner(plaats: Path, gewekt: list[str]) -> Any:
    """De klok van de instellingen, op een eigen bestand; zij schrijft alleen op wat zij zou wekken."""
    klasse = symbol_by_name(app.conf.beat_scheduler)

    class Proef(klasse):  # type: ignore[valid-type,misc]
        producer = None

        def apply_entry(self, entry: Any, producer: Any = None) -> None:
            gewekt.append(entry.name)

    return Proef(app=app, schedule_filename=str(plaats))


def tik(klok: Any, gewekt: list[str]) -> set[str]:
    """Laat haar tikken tot zij wil wachten; geef wat zij van ons wekte (Celery heeft zelf ook een taak)."""
    gewekt.clear()
    while klok.tick() <= 0:
        pass
    return set(gewekt) & set(settings.CELERY_BEAT_SCHEDULE)


@pytest.mark.parametrize("herstart", [False, True])
def test_een_machine_die_een_dag_voorliep_zwijgt_daarna_geen_dag(herstart: bool, tmp_path: Path) -> None:
    alles, gewekt, begin = set(settings.CELERY_BEAT_SCHEDULE), list[str](), nu()
    with time_machine.travel(begin + timedelta(hours=26), tick=False) as reis:
        klok = planner(tmp_path / "klok", gewekt)
        reis.shift(timedelta(hours=25))
        assert tik(klok, gewekt) == alles
    with time_machine.travel(begin + timedelta(minutes=2), tick=False) as reis:
        if herstart:
            klok.close()
            klok = planner(tmp_path / "klok", gewekt)
        assert tik(klok, gewekt) == alles, "zij weet niet wanneer zij voor het laatst wekte"
        assert tik(klok, gewekt) == set(), "één keer is genoeg"
        reis.shift(timedelta(seconds=61))
        assert tik(klok, gewekt) == {"berichten", "hartslag", "pdf"}
    klok.close()


def test_een_tijdserver_die_een_seconde_verzet_verandert_niets(tmp_path: Path) -> None:
    gewekt, begin = list[str](), nu()
    with time_machine.travel(begin, tick=False) as reis:
        klok = planner(tmp_path / "klok", gewekt)
        reis.shift(timedelta(seconds=61))
        assert tik(klok, gewekt) == {"berichten", "hartslag", "pdf"}
        reis.shift(timedelta(seconds=-5))
        assert tik(klok, gewekt) == set()
    klok.close()
