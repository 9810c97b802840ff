"""De opdrachtregel van `./portal`."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from . import bewaar, omgeving, start, toets, virtueel
from .melding import Fout, leg_uit, zeg
from .plek import WORTEL, Plek
from .servers import Servers

# Wie de tabellen bezit, verandert ze; rechten uitdelen doet alleen de beheerder.
ROL_VAN = {
    **dict.fromkeys(("migrate", "laad_meetdocumenten", "tel_tabellen"), "eigenaar"),
    "maak_rollen": "beheerder",
}
# Deze geven alles door aan een ander programma, ook wat met een streepje begint.
DOORGEEF = {"test", "bench", "bewijs", "manage"}


def lezer() -> argparse.ArgumentParser:
    """Geef de lezer van de opdrachtregel."""
    hoofd_ = argparse.ArgumentParser(prog="./portal", description="Het SER-portaal op één machine.")
    hoofd_.add_argument("--var", default=None, help="map voor alle gegevens (of PORTAL_VAR; standaard var/)")
    soorten = hoofd_.add_subparsers(dest="commando", required=True, metavar="commando")
    for naam, uitleg in (
        ("start", "installeer, start alles en toon het adres; Ctrl-C stopt"),
        ("test", "alle controles en toetsen; met argumenten alleen pytest daarmee"),
        ("check", "lint, typen, contracten en migraties, in seconden"),
        ("bench", "metingen als verhoudingen (--json voor een lijst)"),
        ("bewijs", "de lange bewijzen, zoals kill -9 op alles (--json voor een lijst)"),
        ("manage", "een beheercommando van Django"),
        ("backup", "bewaar database en bestanden in één tar"),
        ("restore", "zet een bewaarde tar terug"),
    ):
        deel = soorten.add_parser(naam, help=uitleg, description=uitleg, add_help=naam not in DOORGEEF)
        if naam not in DOORGEEF:
            deel.add_argument("--var", default=argparse.SUPPRESS, help="map voor alle gegevens")
        if naam == "start":
            deel.add_argument("--port", default=None, help="poort op localhost (of PORTAL_PORT; standaard 8000)")
        if naam == "backup":
            deel.add_argument("bestand", nargs="?", help="doelbestand; standaard var/backup/<tijd>.tar")
        if naam == "restore":
            deel.add_argument("bestand", help="een tar van ./portal backup")
    return hoofd_


def poort_van(gekozen: str | None) -> int:
    """Lees --port of PORTAL_PORT; standaard 8000. Werpt Fout als het geen poort is."""
    ruw = gekozen or os.environ.get("PORTAL_PORT") or "8000"
    if ruw.isascii() and ruw.isdigit() and 0 < int(ruw) < 65536:
        return int(ruw)
    raise Fout(f"{ruw!r} is geen poort. Geef met --port of PORTAL_PORT een getal van 1 tot 65535.")


def plek_van(gekozen: str | None) -> Plek:
    """Lees --var of PORTAL_VAR, ten opzichte van de map waar u staat; standaard var/ in het project."""
    ruw = gekozen or os.environ.get("PORTAL_VAR")
    return Plek(Path(ruw).resolve() if ruw else WORTEL / "var")


def manage(plek: Plek, argumenten: list[str]) -> int:
    """Voer een beheercommando uit; start de servers als ze niet draaien en laat ze achter zoals ze waren."""
    plek.maak(nodig=0)  # juist op een volle schijf moet een beheerder erbij kunnen
    virtueel.zorg_voor("run")
    servers = Servers(plek, virtueel.site_packages())
    with servers.in_gebruik():
        env = omgeving.voor(servers, ROL_VAN.get(argumenten[0] if argumenten else "", "app"))
        if servers.postgres:
            env["PATH"] += os.pathsep + str(servers.postgres.drager.bin)
        opdracht = [str(virtueel.python()), "manage.py", *argumenten]
        return subprocess.run(opdracht, cwd=WORTEL, env=env, check=False).returncode


def voer_uit(argumenten: list[str]) -> int:
    """Lees de opdrachtregel en voer het commando uit. Werpt Fout (één regel) bij een verwachte fout."""
    gelezen, rest = lezer().parse_known_args(argumenten)
    if rest and gelezen.commando not in DOORGEEF:
        raise Fout(f"Onbekend: {' '.join(rest)}. Zie ./portal {gelezen.commando} --help.")
    plek = plek_van(gelezen.var)
    match gelezen.commando:
        case "start":
            return start.draai(plek, poort_van(gelezen.port))
        case "test":
            return toets.test(plek, rest)
        case "check":
            return toets.check(plek)
        case "bench":
            return toets.bench(plek, rest)
        case "bewijs":
            return toets.bewijs(plek, rest)
        case "manage":
            return manage(plek, rest)
        case "backup":
            return bewaar.bewaar(plek, gelezen.bestand)
        case _:
            return bewaar.zet_terug(plek, Path(gelezen.bestand))


def hoofd(argumenten: list[str]) -> int:
    """Voer `./portal` uit en geef de exitcode; verwachte fouten worden één regel op stderr."""
    # Wat onder var/ ontstaat (concepten, post, logboeken) leest geen andere gebruiker van de machine.
    os.umask(0o077)
    try:
        return voer_uit(argumenten)
    except Fout as fout:
        zeg(f"portal: {fout}")
    except OSError as fout:
        zeg(f"portal: {leg_uit(fout)}")
    except KeyboardInterrupt:
        zeg("portal: afgebroken.")
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(hoofd(sys.argv[1:]))
