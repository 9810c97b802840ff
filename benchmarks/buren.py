"""Wagtail met 2.000 gelijke bladzijden, op dezelfde machine, in dezelfde run (alleen met BENCH_PEERS=1).

Wagtail komt in een eigen omgeving (`var/bench/wagtail`, slot: requirements/wagtail.txt) en een eigen database op
hetzelfde cluster. Het draait zoals het uit de doos komt: geen paginabewaring, het gewone zoeken van zijn
databasezoekmachine.

Gemeten wordt hoeveel aanvragen per seconde twee werkprocessen samen aankunnen, om en om, door de WSGI-ingang en zonder
netwerk. Zo telt alles wat een aanvraag de machine kost: zoeken in Wagtail zet de database op beide kernen tegelijk aan
het werk, en wie alleen dan meet als er niemand anders is, ziet daar de helft van.

Doelen (ontwerp §10): een advies ten minste tien maal een Wagtail-bladzijde, zoeken ten minste twintig maal, ook als er
niets van bewaard is. Vers maken wij dan twintig regels met fragmenten en zeven filters met tellingen, en Wagtail tien
titels. Een gewoner woord kost Wagtail meer: het weegt elke treffer. Het doel staat bij het woord dat er van het begin
af stond, tegen Wagtail zoals het uit de doos komt, en nog eens tegen Wagtail met dezelfde zoekpagina als de onze; het
gewoonste staat ernaast.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings

from benchmarks._documenten import eigen_env, met_database, met_documenten, ruim_op
from benchmarks._vragen import GELIJK, GEWOONST, WOORD, samen

DATABASE = "bench_wagtail"
RONDES = 3


def meet() -> list[dict[str, Any]]:
    """Geef de rijen, of geen als BENCH_PEERS niet aanstaat."""
    if os.environ.get("BENCH_PEERS") != "1":
        return []
    python = str(omgeving())
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as verbinding:
        verbinding.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        verbinding.execute(f"CREATE DATABASE {DATABASE}")
    try:
        wagtail = wagtail_env()
        subprocess.run([python, "-m", "benchmarks.wagtail_kant", "vul"], env=wagtail, check=True, stdout=sys.stderr)
        ruim_op(DATABASE)
        with met_documenten(GELIJK) as adres:
            # Om en om, van elk de snelste: een machine die ondertussen drukker werd, telt zo bij geen van beide mee.
            rondes = [
                (
                    samen([sys.executable, "-m", "benchmarks.onze_kant", adres], eigen_env()),
                    samen([python, "-m", "benchmarks.wagtail_kant"], wagtail),
                )
                for _ in range(RONDES)
            ]
    finally:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as verbinding:
            verbinding.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
    ons, buur = ({naam: max(ronde[naam] for ronde in kant) for naam in kant[0]} for kant in zip(*rondes, strict=True))
    return [
        rij("advies, bewaard, tegen een Wagtail-bladzijde", ons["bewaard"], buur["bladzijde"], 10),
        rij("advies, eerste keer, tegen een Wagtail-bladzijde", ons["eerste"], buur["bladzijde"], None),
        rij("lijst met filters tegen Wagtails lijst zonder", ons["lijst"], buur["lijst"], None),
        rij(f"zoeken op “{WOORD}”, eerste keer, tegen Wagtail", ons["zoeken"], buur["zoeken"], 20),
        rij(f"zoeken op “{GEWOONST}”, eerste keer, tegen Wagtail", ons["gewoonst"], buur["gewoonst"], None),
        rij(
            f"zoeken op “{WOORD}”, eerste keer, tegen Wagtail met dezelfde zoekpagina",
            ons["zoeken"],
            buur["zoekpagina"],
            20,
        ),
        rij(f"zoeken op “{WOORD}”, bewaard, tegen Wagtail", ons["gezocht"], buur["zoeken"], None),
    ]


def rij(naam: str, ons: float, buur: float, doel: float | None) -> dict[str, Any]:
    """Geef één rij, in aanvragen per seconde van twee werkprocessen."""
    return {
        "naam": naam,
        "gemeten": f"{ons:,.0f} per seconde".replace(",", "."),
        "vergeleken_met": f"Wagtail: {buur:.1f}".replace(".", ","),
        "verhouding": round(ons / buur, 2),
        "doel": f"≥ {doel}" if doel else "ter vergelijking",
        "gehaald": doel is None or ons / buur >= doel,
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


def wagtail_env() -> dict[str, str]:
    """Geef de omgeving van Wagtails processen: zijn eigen database, en verder niets van ons."""
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(settings.BASE_DIR), "DATABASE_URL": met_database(DATABASE)}
