"""Geval 52: bewaren en terugzetten met twee opdrachten, en nakijken of alles er weer is, met slot en grendel.

Ook de deuren: van elke combinatie van rollen in de voorbeeldwereld klopt iemand vóór het bewaren aan bij een reeks
adressen, en na het terugzetten opnieuw, met dezelfde sessie, bij een web op wat teruggezet is.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connection

from adviezen.models import Adviestraject
from ser_portal.baas import virtueel
from ser_portal.baas.plek import Plek
from ser_portal.baas.postgres import Postgres
from stukken.actions import bewaar_bytes
from tests.bewijs.hulp import meld, regel, servers
from tests.bewijs.web import haal, koekjes_van, webserver
from toegang.models import Gebruiker
from toegang.rollen import hoedanigheden

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
            "UPDATE adviezen_adviestraject SET stap = 'aangeboden' WHERE stap <> 'aangeboden'",
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


def mensen() -> dict[str, str]:
    """Geef van elke combinatie van rollen één mens: de rollen, en de koekjes waarmee hij is ingelogd."""
    uit = {"niemand": ""}
    for mens in Gebruiker.objects.filter(is_active=True).order_by("pk"):
        rollen = ", ".join(sorted({h.rol for h in hoedanigheden(mens)})) or "alleen een account"
        if rollen not in uit:
            uit[rollen] = koekjes_van(mens)
    return uit


def adressen() -> list[str]:
    """Geef de adressen waar ieder aanklopt: de beginschermen, en van elk traject dossier, openbare kant en tekst."""
    vast = ["/", "/adviezen/", "/account/", "/werk/", "/werk/trajecten/", "/werk/raad/", "/werk/waarom/"]
    vast += ["/werk/termijnen/", "/werk/archief/vernietiging/", "/lezen/", "/organisatie/", "/pers/"]
    for traject in Adviestraject.objects.filter(voorbeeld=True, versies__isnull=False).distinct().order_by("pk")[:4]:
        versie = traject.versies.latest("pk")
        vast += [f"/werk/trajecten/{traject.slug}/", f"/trajecten/{traject.slug}/", f"/lezen/versie/{versie.pk}/"]
    return vast


def deuren(wie: dict[str, str], waar: list[str], anders: dict[str, str]) -> dict[tuple[str, str], str]:
    """Geef per mens en adres wat het web antwoordt: de status, en de kop van de bladzijde."""
    uit = {}
    with webserver(anders) as poort:
        for rollen, koekjes in wie.items():
            for adres in waar:
                status, tekst = haal(poort, "GET", adres, koekjes=koekjes)
                kop = re.search(r"<h1[^>]*>(.*?)</h1>", tekst, re.S)
                uit[rollen, adres] = f"{status} {kop[1].strip() if kop else ''}"
    return uit


def bewijs() -> list[dict[str, Any]]:
    """Vul het portaal met de voorbeeldwereld, bewaar het, zet het op een lege plek terug en vergelijk alles."""
    plek = servers()
    assert plek.postgres is not None
    connection.close()
    meld("  terugzetten: de voorbeeldwereld laden …")
    call_command("laad_voorbeeld", verbosity=0)
    call_command("maak_rollen", verbosity=0)
    for n in range(50):
        bewaar_bytes(inhoud=f"stuk {n}".encode() * 1000, naam=f"stuk-{n}.csv", soort="csv")
    connection.close()
    begin = time.monotonic()
    map_ = Path(tempfile.mkdtemp(prefix="ser-terug-", dir="/tmp"))
    map_.chmod(0o711)
    try:
        tar, ander = map_ / "bewaard.tar", map_ / "var"
        wie, waar = mensen(), adressen()
        connection.close()
        deur_voor = deuren(wie, waar, _adressen_van(plek.postgres))
        voor = vingerafdruk(plek.postgres.adres("postgres"))
        bestanden = _bestanden(plek.plek.var)
        bewaren = _portal(plek.plek.var, "backup", str(tar))
        terug = _portal(ander, "restore", str(tar))
        nieuw = Postgres(Plek(ander), virtueel.site_packages())
        nieuw.start()
        try:
            na = vingerafdruk(nieuw.adres("postgres"))
            open_ = _weigert(nieuw.adres("ser_eigenaar"))
            hier = {"PORTAL_VAR": str(ander)} | _adressen_van(nieuw)
            # Wat `./portal start` ook doet: de stijlbladen zijn afgeleid, en staan niet in een backup.
            regel_ = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
            subprocess.run(regel_, cwd=WORTEL, env=os.environ | hier, check=True)
            deur_na = deuren(wie, waar, hier)
        finally:
            nieuw.stop()
        anders = sorted(naam for naam in voor.keys() | na.keys() if voor.get(naam) != na.get(naam))
        if _bestanden(ander) != bestanden:
            anders.append("bestanden")
        if (ander / "sleutel").read_bytes() != (plek.plek.var / "sleutel").read_bytes():
            anders.append("de sleutel")
        scheef = [f"{rollen} {adres}" for (rollen, adres), toen in deur_voor.items() if deur_na[rollen, adres] != toen]
    finally:
        shutil.rmtree(map_, ignore_errors=True)
    rijen = sum(int(som.split()[0]) for naam, som in voor.items() if naam not in INRICHTING)
    gemeten = (
        f"{len(anders)} verschillen, {len(open_)} weigeringen weg; bewaren {bewaren:.0f} s, terugzetten {terug:.0f} s"
    )
    gemeten += f" ({', '.join([*anders, *open_][:4])})" if anders or open_ else ""
    tegen = f"{len(voor) - len(INRICHTING)} tabellen, {rijen} rijen, {len(bestanden)} bestanden"
    gehaald = not anders and not open_ and terug < 900
    soorten = Counter(toen.split()[0] for toen in deur_voor.values())
    verdeling = ", ".join(f"{aantal} × {status}" for status, aantal in sorted(soorten.items()))
    deur = (
        f"{len(scheef)} anders"
        + (f" ({'; '.join(scheef[:3])})" if scheef else "")
        + f" van {len(deur_voor)}: {verdeling}"
    )
    genoeg = {"200", "302", "404"} <= set(soorten)  # anders kwam er niemand binnen, of ieder
    return [
        regel("bewaren en terugzetten", gemeten, tegen, "alles gelijk, binnen 15 minuten", gehaald, begin),
        regel(
            "wie waar binnenkomt na het terugzetten", deur, f"{len(wie)} combinaties van rollen × {len(waar)} adressen",
            "gelijk aan vóór het bewaren, met dezelfde sessies", not scheef and genoeg, begin,
        ),
    ]  # fmt: skip


def _adressen_van(postgres: Postgres) -> dict[str, str]:
    """Geef de adressen waarmee het web werkt: als de rol van het web, en openbaar als die van de lezer."""
    return {"DATABASE_URL": postgres.adres("ser_app"), "PUBLIEK_DATABASE_URL": postgres.adres("ser_publiek")}


def _bestanden(var: Path) -> dict[str, str]:
    wortel = var / "bestanden"
    return {
        str(p.relative_to(wortel)): hashlib.sha256(p.read_bytes()).hexdigest() for p in wortel.rglob("*") if p.is_file()
    }
