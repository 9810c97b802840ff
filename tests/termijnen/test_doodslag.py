"""Werkers die op een willekeurig punt sterven: niets verloren, elk feit eenmaal."""

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from berichten.models import Bericht
from termijnen import actions
from termijnen.models import Herinnering
from tests.berichten.smtp import gebruik, mailserver

WERKER = """
import dataclasses, datetime, os, signal, sys, django
django.setup()
from termijnen import actions, ladders, soorten
moment, te_gaan = datetime.datetime.fromisoformat(sys.argv[1]), int(sys.argv[2])
def ontvangers(termijn, dag):
    global te_gaan
    te_gaan -= 1
    if te_gaan == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return [termijn.eigenaar]
soorten.registreer(soorten.SoortTermijn(
    "proef", "Proeftermijn", "kabinetsreactie",
    tuple(dataclasses.replace(t, spoed=True) for t in ladders.KABINETSREACTIE), ontvangers, lambda termijn: "/werk/"))
actions.verwerk(moment, limiet=5)
"""


@pytest.mark.wedloop
@pytest.mark.django_db(transaction=True)
def test_kill_9_op_willekeurige_punten(open_proef: Any, reis: Any, settings: Any) -> None:
    """De ene werker sterft midden in een bundel waarschuwingen, de andere tussen versturen en aftekenen."""
    loterij = random.Random(20261120)
    kills = int(os.environ.get("KILLS", "4"))
    aantal = 30 * kills
    reis(date(2026, 3, 16))
    for _ in range(aantal):
        open_proef(date(2026, 3, 16))
    moment = reis(date(2026, 5, 19))
    with mailserver() as server:
        for beurt in range(kills):
            in_de_bundel = loterij.randint(1, 20) if beurt % 2 == 0 else 0
            werker = start(server.poort, moment.isoformat(), in_de_bundel)
            dood_na = len(server.binnen) + loterij.randint(1, 25)

            def schiet(bericht: Any, werker: Any = werker, dood_na: int = dood_na) -> None:
                if len(server.binnen) >= dood_na and werker.poll() is None:
                    os.kill(werker.pid, signal.SIGKILL)
                    werker.wait()

            server.bij_binnenkomst = schiet
            werker.wait()
            assert werker.returncode == -signal.SIGKILL
        server.bij_binnenkomst = lambda bericht: None
        gebruik(settings, server)
        actions.verwerk(moment)
        binnen = Counter(b["Message-ID"] for b in server.binnen)
    assert Herinnering.objects.count() == Bericht.objects.filter(status="verstuurd").count() == aantal
    assert set(binnen) == set(Bericht.objects.values_list("message_id", flat=True)), "geen bericht verloren"
    assert sum(binnen.values()) - aantal <= kills, "hoogstens één herhaling per kill, met dezelfde Message-ID"
    assert max(binnen.values()) >= 2, "de proef raakte werkelijk het gat tussen versturen en aftekenen"


def start(poort: int, moment: str, in_de_bundel: int) -> "subprocess.Popen[bytes]":
    adres = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    omgeving = os.environ | {
        "DJANGO_SETTINGS_MODULE": "ser_portal.settings",
        "DATABASE_URL": urlunsplit(adres),
        "EMAIL_URL": f"smtp://127.0.0.1:{poort}",
        "PORTAL_VOORBEELD": "0",
    }
    wortel = Path(__file__).resolve().parent.parent.parent
    opdracht = [sys.executable, "-c", WERKER, moment, str(in_de_bundel)]
    return subprocess.Popen(opdracht, env=omgeving, cwd=wortel)
