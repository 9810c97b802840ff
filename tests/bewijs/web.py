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


def haal(poort: int, methode: str, adres: str, lijf: str = "", koekjes: str = "") -> tuple[int, str]:
    """Geef status en tekst; 0 als er geen antwoord kwam."""
    lijn = http.client.HTTPConnection("127.0.0.1", poort, timeout=40)
    kop = {"Host": f"localhost:{poort}", "Cookie": koekjes, "Origin": f"http://localhost:{poort}"}
    if lijf:
        kop["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        lijn.request(methode, adres, lijf or None, kop)
        antwoord = lijn.getresponse()
        return antwoord.status, antwoord.read().decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        lijn.close()


def koekjes_van(wie: Any) -> str:
    """Log iemand in en geef de koekjes van zijn sessie."""
    client = Client()
    client.force_login(wie, backend="django.contrib.auth.backends.ModelBackend")
    return f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}; csrftoken={TOKEN}"
