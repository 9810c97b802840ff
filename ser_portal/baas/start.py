"""`./portal start`: van niets tot een draaiend portaal, en netjes weer uit."""

import http.client
import os
import socket
import time
from collections.abc import Mapping

from . import omgeving, pakketten, virtueel
from .klaarmaken import ACCOUNTS, maak_klaar
from .melding import Fout, zeg
from .opzichter import Kind, Opzichter
from .plek import Plek, staart
from .servers import Servers

LUISTER = "127.0.0.1"
GEDULD_WEB = 90.0
HOOGSTE_POORT = 65535


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
            eis_vrije_poorten(poort)
            if pakketten.ontbreekt("pango"):
                _regel_pango()
            virtueel.zorg_voor("run")
            servers = Servers(plek, virtueel.site_packages())
            with servers.in_gebruik():
                wachter.bewaak = lambda: bewaak(servers)
                maak_klaar(servers)
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
        zeg("Stoppen: web, bewaking, klok, werker, Redis, PostgreSQL …")
        wachter.stop()


def eis_vrije_poorten(poort: int) -> None:
    """Werpt Fout als op de poort van het web of die van de bewaking ernaast al iets luistert.

    Zonder de tweede proef start alles, en valt de bewaking daarna om met een spoor van Python en van C.
    """
    eis_vrije_poort(poort)
    ernaast = poort + 1
    if ernaast > HOOGSTE_POORT:
        raise Fout(f"Poort {poort} kan niet: de bewaking luistert op de poort erna. Kies een lagere met --port.")
    try:
        eis_vrije_poort(ernaast)
    except Fout:
        raise Fout(
            f"Poort {ernaast} is al in gebruik; daar luistert de bewaking. "
            f"Kies met --port of PORTAL_PORT een andere dan {poort}."
        ) from None


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


def kinderen(servers: Servers, poort: int) -> list[Kind]:
    """Geef werker, klok, bewaking en web; gestopt wordt in omgekeerde volgorde: er komt geen werk meer bij.

    De bewaking luistert op de poort ernaast, ook alleen op deze machine.
    """
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
    bewaking = [str(bin_ / "python"), "manage.py", "bewaak", "--adres", LUISTER, "--poort", str(poort + 1)]
    return [
        Kind("werker", werker, env, plek.logboek("werker"), geduld=20, hartslag=plek.var / "hartslag-werker"),
        Kind("klok", klok, env, plek.logboek("klok"), geduld=5),
        Kind("bewaking", bewaking, env, plek.logboek("bewaking"), geduld=5),
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
    accounts = plek.var / ACCOUNTS
    if accounts.exists() and omgeving.een_of_nul(os.environ.get("PORTAL_VOORBEELD", "1")) != "0":
        zeg(accounts.read_text(encoding="utf-8").rstrip() + "\n")
    zeg(f"Logboeken: {plek.log}   Stoppen: Ctrl-C")
