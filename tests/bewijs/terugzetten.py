"""Geval 52: bewaren en terugzetten met twee opdrachten, en nakijken of alles er weer is, met slot en grendel."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connection

from ser_portal.baas import virtueel
from ser_portal.baas.plek import Plek
from ser_portal.baas.postgres import Postgres
from stukken.actions import bewaar_bytes
from tests.bewijs.hulp import meld, regel, servers

WORTEL = Path(__file__).resolve().parents[2]
NIET = {"DATABASE_URL", "REDIS_URL", "PUBLIEK_DATABASE_URL", "EIGENAAR_DATABASE_URL", "PORTAL_VAR"}
INRICHTING = {
    "triggers": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "beperkingen": "SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE conrelid <> 0",
    "functies": "SELECT pg_get_functiondef(p.oid) FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace "
    "WHERE nspname IN ('public', 'publiek') AND prokind = 'f' AND NOT EXISTS (SELECT 1 FROM pg_depend d "
    "WHERE d.objid = p.oid AND deptype = 'e')",
    "rechten": "SELECT nspname || '.' || relname || ' ' || coalesce(relacl::text, '-') FROM pg_class c "
    "JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname IN ('public', 'publiek') AND relkind IN ('r', 'v', 'm')",
    "indexen": "SELECT indexdef FROM pg_indexes WHERE schemaname IN ('public', 'publiek')",
}


def _som(regels: list[str]) -> str:
    """Geef één som; PostgreSQL schrijft een voorwaarde na het terugzetten met andere haakjes en omzettingen op."""
    regels = [re.sub(r"::[a-z ]+(\[\])?|[() ]", "", regel) for regel in regels]
    return hashlib.sha256("\n".join(sorted(regels)).encode()).hexdigest()


def vingerafdruk(adres: str) -> dict[str, str]:
    """Geef per tabel een som over elke rij, en per soort inrichting een som over elke omschrijving."""
    uit: dict[str, str] = {}
    with psycopg.connect(adres) as lijn:
        tabellen = lijn.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
        for (tabel,) in tabellen:
            rij = "coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '-')"
            vraag = f"SELECT count(*) || ' ' || {rij} FROM \"{tabel}\" t"
            uit[tabel] = str(lijn.execute(vraag).fetchone()[0])  # type: ignore[arg-type, index]
        for naam, vraag in INRICHTING.items():
            uit[naam] = _som([str(rij[0]) for rij in lijn.execute(vraag).fetchall()])  # type: ignore[arg-type]
    return uit


def _portal(var: Path, *opdracht: str) -> float:
    begin = time.monotonic()
    env = {n: w for n, w in os.environ.items() if n not in NIET}
    uitkomst = subprocess.run(
        [sys.executable, "portal", "--var", str(var), *opdracht], cwd=WORTEL, env=env, capture_output=True, text=True,
        stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    if uitkomst.returncode:
        raise RuntimeError(f"./portal {opdracht[0]}: {uitkomst.stderr[-600:]}")
    return time.monotonic() - begin


def _weigert(adres: str) -> list[str]:
    """Geef wat de teruggezette database ten onrechte toelaat."""
    mis = []
    with psycopg.connect(adres, autocommit=True) as lijn:
        for sql in (
            "UPDATE logboek_gebeurtenis SET reden = 'x'",
            "DELETE FROM publicatie_publicatie",
            "TRUNCATE logboek_schakel",
            "UPDATE adviezen_adviestraject SET stap = 'aangeboden' WHERE stap = 'aanvraag'",
        ):  # fmt: skip
            try:
                lijn.execute(sql)  # type: ignore[arg-type]
                mis.append(sql)
            except psycopg.Error:
                pass
        breuken = lijn.execute("SELECT count(*) FROM logboek_breuken()").fetchone()
        if breuken is None or breuken[0]:
            mis.append("de keten van het logboek is gebroken")
    return mis


def bewijs() -> list[dict[str, Any]]:
    """Vul het portaal met de voorbeeldwereld, bewaar het, zet het op een lege plek terug en vergelijk alles."""
    plek = servers()
    assert plek.postgres is not None
    connection.close()
    meld("  terugzetten: de voorbeeldwereld laden …")
    call_command("laad_voorbeeld", verbosity=0)
    for n in range(50):
        bewaar_bytes(inhoud=f"stuk {n}".encode() * 1000, naam=f"stuk-{n}.csv", soort="csv")
    connection.close()
    begin = time.monotonic()
    map_ = Path(tempfile.mkdtemp(prefix="ser-terug-", dir="/tmp"))
    map_.chmod(0o711)
    try:
        tar, ander = map_ / "bewaard.tar", map_ / "var"
        voor = vingerafdruk(plek.postgres.adres("postgres"))
        bestanden = _bestanden(plek.plek.var)
        bewaren = _portal(plek.plek.var, "backup", str(tar))
        terug = _portal(ander, "restore", str(tar))
        nieuw = Postgres(Plek(ander), virtueel.site_packages())
        nieuw.start()
        try:
            na = vingerafdruk(nieuw.adres("postgres"))
            open_ = _weigert(nieuw.adres("ser_eigenaar"))
        finally:
            nieuw.stop()
        anders = sorted(naam for naam in voor.keys() | na.keys() if voor.get(naam) != na.get(naam))
        if _bestanden(ander) != bestanden:
            anders.append("bestanden")
    finally:
        shutil.rmtree(map_, ignore_errors=True)
    rijen = sum(int(som.split()[0]) for naam, som in voor.items() if naam not in INRICHTING)
    gemeten = (
        f"{len(anders)} verschillen, {len(open_)} weigeringen weg; bewaren {bewaren:.0f} s, terugzetten {terug:.0f} s"
    )
    gemeten += f" ({', '.join([*anders, *open_][:4])})" if anders or open_ else ""
    tegen = f"{len(voor) - len(INRICHTING)} tabellen, {rijen} rijen, {len(bestanden)} bestanden"
    gehaald = not anders and not open_ and terug < 900
    return [regel("bewaren en terugzetten", gemeten, tegen, "alles gelijk, binnen 15 minuten", gehaald, begin)]


def _bestanden(var: Path) -> dict[str, str]:
    wortel = var / "bestanden"
    return {
        str(p.relative_to(wortel)): hashlib.sha256(p.read_bytes()).hexdigest() for p in wortel.rglob("*") if p.is_file()
    }
