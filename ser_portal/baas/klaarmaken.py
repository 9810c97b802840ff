"""Alles wat vóór het web moet gebeuren: migreren, rechten, statische bestanden, archief en voorbeeld."""

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import omgeving, stempels, virtueel
from .melding import Fout, zeg
from .plek import WORTEL, schrijf_in_een_keer, staart
from .servers import Servers

ACCOUNTS = "voorbeeldaccounts.txt"


def maak_klaar(servers: Servers) -> None:
    """Breng database en bestanden van een plek bij deze versie. Werpt Fout als een stap mislukt.

    Wat al met dezelfde bestanden gedaan is, wordt overgeslagen; migraties en rechten gaan altijd.
    """
    with statisch(servers):
        beheer(servers, "eigenaar", "migrate", "--noinput", "-v0")
        # Een database van buiten met maar één adres heeft geen rollen te verdelen.
        if servers.postgres or servers.adressen("app")["DATABASE_URL"] != servers.adressen("eigenaar")["DATABASE_URL"]:
            beheer(servers, "beheerder", "maak_rollen", "-v0")
        geladen = [laad_archief(servers), laad_voorbeeld(servers)]
        if any(geladen):  # anders rekent de database haar plannen op tabellen die zij voor leeg houdt
            beheer(servers, "eigenaar", "tel_tabellen")


@contextlib.contextmanager
def statisch(servers: Servers) -> Iterator[None]:
    """Verzamel de statische bestanden naast het werk in dit blok: het persen kost seconden en raakt niets anders."""
    bestanden = statische_bestanden()
    if not stempels.ontbreekt(servers.plek, "static", bestanden):
        yield
        return
    logboek = servers.plek.logboek("static")
    with open(logboek, "ab") as uit:
        kind = subprocess.Popen(
            _opdracht("collectstatic", "--noinput", "--clear", "-v0"), **_opties(servers, "app"), stdout=uit, stderr=uit
        )
    try:
        yield
    except BaseException:
        kind.terminate()
        raise
    finally:
        kind.wait()
    if kind.returncode:
        raise Fout(f"Statische bestanden verzamelen mislukt; logboek {logboek}:\n{staart(logboek)}")
    stempels.zet(servers.plek, "static", bestanden)


def laad_archief(servers: Servers) -> bool:
    """Laad het archief als het op deze plek nog niet met deze gegevens geladen is; het verdubbelt niet.

    Geeft of er geladen is.
    """
    gegevens = archiefbestanden()
    if not (bestaat("laad_archief") and gegevens and stempels.ontbreekt(servers.plek, "archief", gegevens)):
        return False
    zeg("Archief laden …")
    if not beheer(servers, "app", "laad_archief", "data/", tonen=True):
        zeg("Niet elk archiefstuk is geladen; hierboven staat welk. De rest staat er.")
    stempels.zet(servers.plek, "archief", gegevens)
    return True


def laad_voorbeeld(servers: Servers) -> bool:
    """Laad in de voorbeeldstand één keer het voorbeeld; daarna is het van de gebruiker. Geeft of er geladen is."""
    voorbeeld = omgeving.voor(servers)["PORTAL_VOORBEELD"] == "1"
    if not (voorbeeld and bestaat("laad_voorbeeld") and stempels.ontbreekt(servers.plek, "voorbeeld", [])):
        return False
    zeg("Voorbeeld laden …")
    uitvoer = beheer_uitvoer(servers, "app", "laad_voorbeeld")
    # Het commando noemt de accounts; elke start toont ze opnieuw.
    accounts = uitvoer[max(uitvoer.find("Voorbeeldaccounts"), 0) :]
    schrijf_in_een_keer(servers.plek.var / ACCOUNTS, accounts)
    stempels.zet(servers.plek, "voorbeeld", [])
    return True


def bestaat(commando: str) -> bool:
    """Zeg of een van onze apps dit beheercommando heeft."""
    return any(WORTEL.glob(f"*/management/commands/{commando}.py"))


def beheer(servers: Servers, rol: str, *argumenten: str, tonen: bool = False) -> bool:
    """Voer een beheercommando uit als `rol` en geef of het slaagde.

    Met `tonen` gaat de uitvoer naar het scherm en mag het mislukken; anders gaat zij naar het logboek en
    werpt een mislukking Fout met het eind daarvan.
    """
    if not tonen:
        beheer_uitvoer(servers, rol, *argumenten)
        return True
    return subprocess.run(_opdracht(*argumenten), **_opties(servers, rol), check=False).returncode == 0


def beheer_uitvoer(servers: Servers, rol: str, *argumenten: str) -> str:
    """Voer een beheercommando uit en geef wat het op stdout zet. Werpt Fout met het eind van het logboek."""
    logboek = servers.plek.logboek("beheer")
    with open(logboek, "a", encoding="utf-8") as uit:
        uitkomst = subprocess.run(
            _opdracht(*argumenten), **_opties(servers, rol), stdout=subprocess.PIPE, stderr=uit, text=True, check=False
        )
        uit.write(uitkomst.stdout)
    if uitkomst.returncode:
        raise Fout(f"manage.py {argumenten[0]} mislukt; logboek {logboek}:\n{staart(logboek)}")
    return uitkomst.stdout


def _opdracht(*argumenten: str) -> list[str]:
    return [str(virtueel.python()), "manage.py", *argumenten]


def _opties(servers: Servers, rol: str) -> dict[str, Any]:
    return {"cwd": WORTEL, "env": omgeving.voor(servers, rol), "stdin": subprocess.DEVNULL}


def archiefbestanden() -> list[Path]:
    """Geef de bestanden van het archief, in vaste volgorde."""
    return [pad for pad in sorted((WORTEL / "data").rglob("*")) if pad.is_file()]


def statische_bestanden() -> list[Path]:
    """Geef wat collectstatic verzamelt, plus het slotbestand: een pakket brengt ook bestanden mee."""
    # Alleen mappen van apps: var/static is de uitkomst, en verandert terwijl wij hier tellen.
    apps = [map_ for map_ in WORTEL.glob("*/static") if (map_.parent / "__init__.py").is_file()]
    eigen = [pad for map_ in (WORTEL / "static", *apps) for pad in map_.rglob("*")]
    return [*sorted(pad for pad in set(eigen) if pad.is_file()), virtueel.SLOTEN["run"]]
