"""`./portal start`: van niets tot een draaiend portaal, en netjes weer uit."""

import hashlib
import http.client
import json
import socket
import subprocess
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from . import omgeving, pakketten, virtueel
from .melding import Fout, zeg
from .opzichter import Kind, Opzichter
from .plek import WORTEL, Plek, schrijf_in_een_keer, staart
from .servers import Servers

LUISTER = "127.0.0.1"
GEDULD_WEB = 90.0


def draai(plek: Plek, poort: int) -> int:
    """Start alles, blijf waken tot Ctrl-C of SIGTERM, stop alles in volgorde. Geeft de exitcode.

    Werpt Fout (één regel) bij een bezette poort, een tweede start op dezelfde plek of een volle schijf.
    """
    begin = time.monotonic()
    plek.maak()
    with plek.slot("portaal", f"Het portaal draait al op {plek.var}. Stop het eerst, of kies een andere --var."):
        wachter = Opzichter(plek)
        wachter.luister()
        try:
            wachter.ruim_resten()
            eis_vrije_poort(poort)
            if pakketten.ontbreekt("pango"):
                _regel_pango()
            virtueel.zorg_voor("run")
            servers = Servers(plek, virtueel.site_packages())
            with servers.in_gebruik():
                wachter.bewaak = lambda: bewaak(servers)
                maak_klaar(servers, poort)
                wachter.kinderen = kinderen(servers, poort)
                _draai_kinderen(wachter, plek, poort, begin)
        except Fout:
            # Ctrl-C treft ook het commando dat net liep; dat is geen fout van het portaal.
            if not wachter.gevraagd_te_stoppen:
                raise
        zeg("Gestopt. De gegevens staan er nog.")
    return 0


def _draai_kinderen(wachter: Opzichter, plek: Plek, poort: int, begin: float) -> None:
    try:
        if not wachter.gevraagd_te_stoppen:
            wachter.start()
            wacht_op_web(wachter, poort)
        if not wachter.gevraagd_te_stoppen:
            toon_adres(plek, poort, time.monotonic() - begin)
        wachter.waak()
    finally:
        zeg("Stoppen: web, klok, werker, Redis, PostgreSQL …")
        wachter.stop()


def eis_vrije_poort(poort: int) -> None:
    """Werpt Fout als er al iets op de poort luistert."""
    with socket.socket() as proef:
        # Granian deelt een poort (SO_REUSEPORT): zonder deze proef krijgen twee portalen elkaars bezoek.
        proef.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            proef.bind((LUISTER, poort))
            proef.listen(1)
        except PermissionError:
            raise Fout(f"Poort {poort} mag alleen root openen. Kies een poort boven 1024 met --port.") from None
        except OSError:
            raise Fout(f"Poort {poort} is al in gebruik. Kies een andere met --port of PORTAL_PORT.") from None


def _regel_pango() -> None:
    """Zorg als root voor Pango; zonder Pango start het portaal toch, alleen zonder PDF's."""
    try:
        pakketten.eis({"pango"})
    except Fout as fout:
        zeg(f"Zonder Pango maakt het portaal geen PDF's. {fout}")


def maak_klaar(servers: Servers, poort: int) -> None:
    """Migreer, zet de rechten van de rollen, verzamel statische bestanden, laad archief en voorbeeld."""
    plek = servers.plek
    beheer(servers, "eigenaar", "migrate", "--noinput", "-v0")
    if servers.postgres or servers.adressen("app") != servers.adressen("eigenaar"):
        beheer(servers, "beheerder", "maak_rollen", "-v0")
    if niet_gestempeld(plek, "static", statische_bestanden()):
        beheer(servers, "app", "collectstatic", "--noinput", "--clear", "-v0")
        stempel(plek, "static", statische_bestanden())
    gegevens = [pad for pad in sorted((WORTEL / "data").rglob("*")) if pad.is_file()]
    if bestaat("laad_archief") and gegevens and niet_gestempeld(plek, "archief", gegevens):
        zeg("Archief laden …")
        if not beheer(servers, "app", "laad_archief", "data/", mag_mislukken=True):
            zeg("Niet elk archiefstuk is geladen; hierboven staat welk. De rest staat er.")
        stempel(plek, "archief", gegevens)
    voorbeeld = omgeving.voor(servers, poort=poort)["PORTAL_VOORBEELD"] == "1"
    if voorbeeld and bestaat("laad_voorbeeld") and niet_gestempeld(plek, "voorbeeld", []):
        zeg("Voorbeeld laden …")
        beheer(servers, "app", "laad_voorbeeld")
        stempel(plek, "voorbeeld", [])


def bestaat(commando: str) -> bool:
    """Zeg of een van onze apps dit beheercommando heeft."""
    return any(WORTEL.glob(f"*/management/commands/{commando}.py"))


def beheer(servers: Servers, rol: str, *argumenten: str, mag_mislukken: bool = False) -> bool:
    """Voer een beheercommando uit als `rol`; geeft of het slaagde. Werpt Fout met het eind van het log."""
    logboek = servers.plek.logboek("beheer")
    opdracht = [str(virtueel.python()), "manage.py", *argumenten]
    with open(logboek, "ab") as uit:
        code = subprocess.run(
            opdracht,
            cwd=WORTEL,
            env=omgeving.voor(servers, rol),
            stdin=subprocess.DEVNULL,
            stdout=None if mag_mislukken else uit,
            stderr=None if mag_mislukken else uit,
            check=False,
        ).returncode
    if code and not mag_mislukken:
        raise Fout(f"manage.py {argumenten[0]} mislukt; logboek {logboek}:\n{staart(logboek)}")
    return code == 0


def statische_bestanden() -> list[Path]:
    """Geef wat collectstatic verzamelt, plus het slotbestand: een pakket brengt ook bestanden mee."""
    eigen = [pad for map_ in (WORTEL / "static", *WORTEL.glob("*/static")) for pad in map_.rglob("*")]
    return [*sorted(pad for pad in set(eigen) if pad.is_file()), virtueel.SLOTEN["run"]]


def merk_van(bestanden: Iterable[Path]) -> str:
    """Geef een merk dat verandert als een bestand erbij komt, weggaat of verandert (grootte of tijd)."""
    som = hashlib.sha256()
    for pad in bestanden:
        gegevens = pad.stat()
        som.update(f"{pad}\0{gegevens.st_size}\0{gegevens.st_mtime_ns}\n".encode())
    return som.hexdigest()


def _stempels(plek: Plek) -> dict[str, str]:
    try:
        gelezen = json.loads((plek.var / "stempels.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return gelezen if isinstance(gelezen, dict) else {}


def niet_gestempeld(plek: Plek, naam: str, bestanden: Iterable[Path]) -> bool:
    """Zeg of dit werk op deze plek nog niet met deze bestanden is gedaan."""
    return _stempels(plek).get(naam) != merk_van(bestanden)


def stempel(plek: Plek, naam: str, bestanden: Iterable[Path]) -> None:
    """Onthoud dat dit werk gedaan is."""
    stand = _stempels(plek) | {naam: merk_van(bestanden)}
    schrijf_in_een_keer(plek.var / "stempels.json", json.dumps(stand, indent=1))


def kinderen(servers: Servers, poort: int) -> list[Kind]:
    """Geef werker, klok en web; gestopt wordt in omgekeerde volgorde, zodat er geen werk meer bij komt."""
    plek = servers.plek
    env: Mapping[str, str] = omgeving.voor(servers, poort=poort)
    bin_ = virtueel.VENV / "bin"
    celery = [str(bin_ / "celery"), "-A", "ser_portal.celery"]
    werker = [*celery, "worker", "--concurrency=2", "--loglevel=INFO", "--without-gossip", "--without-mingle"]
    klok = [*celery, "beat", "--loglevel=INFO", f"--schedule={plek.var / 'klok'}", "--pidfile="]
    # Gemeten: granian met twee processen van één draad is het snelst voor deze pagina's.
    web = [
        *(str(bin_ / "granian"), "--interface", "wsgi", "ser_portal.wsgi:application"),
        *("--host", LUISTER, "--port", str(poort), "--workers", "2", "--blocking-threads", "1"),
        *("--no-ws", "--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", "8"),
    ]
    return [
        Kind("werker", werker, env, plek.logboek("werker"), geduld=20),
        Kind("klok", klok, env, plek.logboek("klok"), geduld=5),
        Kind("web", web, env, plek.logboek("web"), geduld=10),
    ]


def bewaak(servers: Servers) -> None:
    """Start PostgreSQL of Redis opnieuw als hun proces gestopt is. Werpt Fout als dat niet lukt."""
    for naam, server in (("PostgreSQL", servers.postgres), ("Redis", servers.redis)):
        if server is not None and server.gevallen():
            zeg(f"{naam} is gestopt en wordt opnieuw gestart.")
            server.start()


def antwoord(poort: int) -> int:
    """Geef de HTTP-status van /gezond/, of 0 als er nog niets antwoordt."""
    lijn = http.client.HTTPConnection(LUISTER, poort, timeout=10)
    try:
        lijn.request("GET", "/gezond/", headers={"Host": "localhost"})
        return lijn.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        lijn.close()


def wacht_op_web(wachter: Opzichter, poort: int) -> None:
    """Wacht tot het web gezond antwoordt. Werpt Fout als dat niet op tijd gebeurt."""
    einde = time.monotonic() + GEDULD_WEB
    while not wachter.gevraagd_te_stoppen:
        wachter.kijk_na()
        if antwoord(poort) == 200:
            return
        if time.monotonic() > einde:
            logboek = wachter.kinderen[-1].logboek
            raise Fout(f"Het web antwoordt niet gezond; logboek {logboek}:\n{staart(logboek)}")
        time.sleep(0.1)


def toon_adres(plek: Plek, poort: int, duur: float) -> None:
    """Toon het adres, en de voorbeeldaccounts als `laad_voorbeeld` ze heeft achtergelaten."""
    zeg(f"\nHet SER-portaal draait (na {duur:.1f} s) op  http://localhost:{poort}\n")
    accounts = plek.var / "voorbeeldaccounts.txt"
    if accounts.exists():
        zeg(accounts.read_text(encoding="utf-8").rstrip() + "\n")
    zeg(f"Logboeken: {plek.log}   Stoppen: Ctrl-C")
