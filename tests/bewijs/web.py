"""Het echte web in eigen processen, en een klant zonder browser."""

import http.client
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

from ser_portal.baas import virtueel
from tests.bewijs.hulp import wacht_tot

WORTEL = Path(__file__).resolve().parents[2]
TOKEN = "a" * 32  # het koekje tegen vervalste formulieren; het formulier stuurt hetzelfde


@contextmanager
def webserver(anders: dict[str, str] | None = None) -> Iterator[int]:
    """Draai het web zoals `./portal start`, twee processen, met `anders` in de omgeving; geef de poort."""
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort = int(vrij.getsockname()[1])
    env = os.environ | {"PORTAL_ADRES": f"http://localhost:{poort}", "PORTAL_VOORBEELD": "1"} | (anders or {})
    opdracht = [str(virtueel.VENV / "bin" / "granian"), "--interface", "wsgi", "ser_portal.wsgi:application"]
    kind = subprocess.Popen(
        [*opdracht, "--host", "127.0.0.1", "--port", str(poort), "--workers", "2", "--no-ws"],
        env=env, cwd=WORTEL, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wacht_tot(lambda: haal(poort, "GET", "/gezond/")[0] == 200, geduld=60, wat="het web antwoordt")
        yield poort
    finally:
        os.killpg(kind.pid, signal.SIGKILL)
        kind.wait()


def vraag(
    machine: str, poort: int, host: str, methode: str, adres: str, lijf: str = "", koekjes: str = ""
) -> tuple[int, str]:
    """Geef status en tekst, op een eigen verbinding.

    Werpt ConnectionRefusedError als er niemand aanneemt, en OSError als het antwoord uitblijft of afbreekt.
    """
    lijn = http.client.HTTPConnection(machine, poort, timeout=40)
    kop = {"Host": host, "Cookie": koekjes, "Origin": f"http://{host}", "Connection": "close"}
    if lijf:
        kop["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        lijn.request(methode, adres, lijf or None, kop)
        antwoord = lijn.getresponse()
        return antwoord.status, antwoord.read().decode("utf-8", "replace")
    except http.client.HTTPException as fout:
        raise ConnectionResetError(str(fout)) from fout
    finally:
        lijn.close()


def haal(poort: int, methode: str, adres: str, lijf: str = "", koekjes: str = "") -> tuple[int, str]:
    """Geef status en tekst van het web op deze machine; 0 als er geen antwoord kwam."""
    try:
        return vraag("127.0.0.1", poort, f"localhost:{poort}", methode, adres, lijf, koekjes)
    except OSError:
        return 0, ""


def koekjes_van(wie: Any) -> str:
    """Log iemand in en geef de koekjes van zijn sessie."""
    client = Client()
    client.force_login(wie, backend="django.contrib.auth.backends.ModelBackend")
    return f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}; csrftoken={TOKEN}"
