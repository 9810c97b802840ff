"""Geval 29: een echte werker waarvan de klok uren of een dag verkeerd staat, tegen dezelfde werker die niet kijkt.

De klok wordt verzet waar Python haar leest (time_machine), in het proces van een gewone Celery-werker. Er liggen
waarschuwingen voor vandaag en voor morgen; wie 26 uur voorloopt zou die van morgen vandaag versturen.
"""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.cache import cache

from kern import klok
from kern.tijd import vandaag
from ser_portal.celery import app
from termijnen.models import Herinnering
from tests.bewijs.dag import VUL
from tests.bewijs.hulp import geschaald, regel, servers, wacht_tot
from tests.hulp import zonder_bewaking
from toegang.models import Gebruiker

WORTEL = Path(__file__).resolve().parents[2]
AANTAL = 200
PROGRAMMA = (
    "import sys, time_machine\n"
    "from datetime import datetime, timedelta, UTC\n"
    "time_machine.travel(datetime.now(UTC) + timedelta(hours=float(sys.argv.pop(1)))).start()\n"
    "from celery.__main__ import main\n"
    "sys.exit(main())\n"
)


@contextmanager
def werker(uren: float, grens: int) -> Any:
    """Draai een werker die `uren` voorloopt en bij `grens` seconden weigert."""
    env = os.environ | {"PORTAL_VOORBEELD": "0", "KLOK_VERSCHIL_SECONDEN": str(grens)}
    opdracht = [sys.executable, "-c", PROGRAMMA, str(uren), "-A", "ser_portal.celery", "worker", "--pool=solo"]
    proces = subprocess.Popen(
        [*opdracht, "--loglevel=ERROR", "--without-gossip", "--without-mingle", "--without-heartbeat"],
        env=env, cwd=WORTEL, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield proces
    finally:
        proces.kill()
        proces.wait()


def _vul(naam: str, dagen: int, mensen: list[int]) -> None:
    with zonder_bewaking() as cursor:
        dag = vandaag() + timedelta(days=dagen)
        invoer = {"proef": naam, "mensen": mensen, "aantal": len(mensen), "dag": dag}
        cursor.execute(VUL, invoer | {"van": 1, "tot": geschaald(AANTAL)})


def _gewaarschuwd(naam: str) -> int:
    """Geef bij hoeveel termijnen er gewaarschuwd is; wie er allemaal bericht krijgt, hangt van de rollen af."""
    return Herinnering.objects.filter(termijn__object_soort=naam).values("termijn").distinct().count()


def _wek_tot(klaar: Any, wat: str) -> None:
    def kijk() -> bool:
        app.send_task("termijnen.verwerk")
        return bool(klaar())

    wacht_tot(kijk, geduld=60, wat=wat)


def bewijs() -> list[dict[str, Any]]:
    """Laat een scheve werker wekken; tel wat hij deed, wat de bewaking zag, en wat een goede werker daarna deed."""
    servers()
    begin, aantal = time.monotonic(), geschaald(AANTAL)
    mensen = [Gebruiker.objects.create_user(f"klok{n}@voorbeeld.test", f"Klok {n}", None).pk for n in range(5)]
    uit = []
    for uren in (26.0, -26.0, 2.0, -2.0):
        heden, morgen = f"klok.heden{uren:+.0f}", f"klok.morgen{uren:+.0f}"
        _vul(heden, 0, mensen)
        _vul(morgen, 1, mensen)
        cache.delete(klok.TEKEN)
        with werker(uren, 30):
            _wek_tot(lambda: cache.get(klok.TEKEN), "de werker meldt zijn verschil")
            for _ in range(5):
                app.send_task("termijnen.verwerk")
                time.sleep(0.3)
            scheef, gezien = _gewaarschuwd(heden) + _gewaarschuwd(morgen), klok.gemeld()
        with werker(0, 30):
            _wek_tot(lambda heden=heden: _gewaarschuwd(heden) >= aantal, "een goede werker doet het werk")
        goed = (_gewaarschuwd(heden), _gewaarschuwd(morgen))
        erna = f"daarna {goed[0]} op tijd en {goed[1]} te vroeg"
        controle = ""
        if uren > 24:
            with werker(uren, 0):
                _wek_tot(lambda morgen=morgen: _gewaarschuwd(morgen) >= aantal, "wie niet kijkt, doet het te vroeg")
            controle = f"; wie niet kijkt waarschuwt {_gewaarschuwd(morgen)} keer een dag te vroeg"
        gehaald = scheef == 0 and goed == (aantal, 0) and abs(gezien - abs(uren) * 3600) < 60
        uit.append(
            regel(
                f"werker loopt {uren:+.0f} uur verkeerd",
                f"{scheef} gedaan, de bewaking ziet {gezien:.0f} s; {erna}{controle}",
                f"{aantal} voor vandaag, {aantal} voor morgen", "niets te vroeg, niets verloren, alarm", gehaald, begin,
            )
        )  # fmt: skip
    return uit
