"""Wagtail met 2.000 gelijke bladzijden, op dezelfde machine, in dezelfde run (alleen met BENCH_PEERS=1).

Wagtail komt in een eigen omgeving (`var/bench/wagtail`, slot: requirements/wagtail.txt) en een eigen database op
hetzelfde cluster. Het draait zoals het uit de doos komt: geen paginabewaring, het gewone zoeken van zijn
databasezoekmachine. Beide kanten worden in hun eigen proces door de WSGI-ingang gemeten, om en om, zonder netwerk.

Doelen (ontwerp §10): een advies ten minste tien maal een Wagtail-bladzijde, zoeken ten minste twintig maal.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from benchmarks._documenten import met_documenten
from benchmarks._vragen import GELIJK, WOORD, doe, duur
from benchmarks.publiek import vers
from ser_portal.wsgi import ontlast

DATABASE = "bench_wagtail"
RONDES = 3


def meet() -> list[dict[str, Any]]:
    """Geef de rijen, of geen als BENCH_PEERS niet aanstaat."""
    if os.environ.get("BENCH_PEERS") != "1":
        return []
    python = omgeving()
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as verbinding:
        verbinding.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        verbinding.execute(f"CREATE DATABASE {DATABASE}")
    try:
        with met_documenten(GELIJK) as adres:
            # Om en om, van elk de snelste: een machine die ondertussen drukker werd, telt zo bij geen van beide mee.
            rondes = [(meet_ons(adres), meet_wagtail(python, gevuld=n > 0)) for n in range(RONDES)]
    finally:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as verbinding:
            verbinding.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
    ons, buur = ({naam: min(ronde[naam] for ronde in kant) for naam in kant[0]} for kant in zip(*rondes, strict=True))
    return [
        rij("advies, bewaard, tegen een Wagtail-bladzijde", ons["bewaard"], buur["bladzijde"], 10),
        rij("advies, eerste keer, tegen een Wagtail-bladzijde", ons["eerste"], buur["bladzijde"], None),
        rij("lijst met filters tegen Wagtails lijst zonder", ons["lijst"], buur["lijst"], None),
        rij(f"zoeken op “{WOORD}”, eerste keer, tegen Wagtail", ons["zoeken"], buur["zoeken"], 20),
        rij(f"zoeken op “{WOORD}”, bewaard, tegen Wagtail", ons["gezocht"], buur["zoeken"], None),
    ]


def rij(naam: str, ons: float, buur: float, doel: float | None) -> dict[str, Any]:
    """Geef één rij; de verhouding is in aanvragen per seconde, dus hoger is sneller."""
    return {
        "naam": naam,
        "gemeten": f"{ons * 1000:.3f} ms",
        "vergeleken_met": f"Wagtail: {buur * 1000:.3f} ms",
        "verhouding": round(buur / ons, 2),
        "doel": f"≥ {doel}" if doel else "ter vergelijking",
        "gehaald": doel is None or buur / ons >= doel,
    }


def omgeving() -> Path:
    """Geef de Python van de omgeving met Wagtail; maak haar zo nodig."""
    map_ = Path(settings.VAR) / "wagtail"
    python = map_ / "bin" / "python"
    slot = Path(settings.BASE_DIR) / "requirements" / "wagtail.txt"
    if not (map_ / "klaar").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(map_)], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--no-input", "--require-hashes", "-r", str(slot)]
        subprocess.run(pip, check=True)
        (map_ / "klaar").touch()
    return python


def meet_wagtail(python: Path, *, gevuld: bool = False) -> dict[str, float]:
    """Vul en meet Wagtail in zijn eigen proces; geeft seconden per aanvraag."""
    delen = urlsplit(os.environ["DATABASE_URL"])
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(settings.BASE_DIR),
        "DATABASE_URL": urlunsplit(delen._replace(path=f"/{DATABASE}")),
        "GEVULD": "1" if gevuld else "",
    }
    opdracht = [str(python), "-m", "benchmarks.wagtail_kant"]
    klaar = subprocess.run(opdracht, env=env, capture_output=True, text=True, check=False)
    if klaar.returncode:
        raise RuntimeError(f"Wagtail stopte met {klaar.returncode}: {klaar.stderr[-2000:]}")
    uit: dict[str, float] = json.loads(klaar.stdout.splitlines()[-1])
    return uit


def meet_ons(adres: str) -> dict[str, float]:
    """Meet een advies (bewaard en vers), de lijst en zoeken op dezelfde documenten; geeft seconden per aanvraag."""
    ingang = WSGIHandler()
    doe(ingang, adres)
    doe(ingang, f"/adviezen/?q={WOORD}")
    ontlast()  # zoals een webproces na het laden
    return {
        "bewaard": duur(lambda n: doe(ingang, adres, n), 2_000),
        "eerste": duur(vers(ingang, adres), 20),
        "lijst": duur(vers(ingang, "/adviezen/"), 20),
        "zoeken": duur(vers(ingang, f"/adviezen/?q={WOORD}"), 20),
        "gezocht": duur(lambda n: doe(ingang, f"/adviezen/?q={WOORD}", n), 2_000),
    }
