"""Geval 24: de lijn naar de database breekt juist na COMMIT; de bezoeker verstuurt nog eens en er is één gevolg.

Tussen het portaal en PostgreSQL staat een doorgeefluik op een eigen socket. Staat het op scherp, dan geeft het de
eerstvolgende COMMIT door, wacht op het antwoord van PostgreSQL, en verbreekt dan de lijn in plaats van het terug te
geven. Het portaal kan niet weten of het gelukt is; de database weet het wel.
"""

import contextlib
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client

from adviezen.enums import Stap
from tests.adviezen import bouw
from tests.bewijs import inzendingen
from tests.bewijs.hulp import geschaald, regel, servers

AANTAL = 200


class Luik:
    """Een doorgeefluik voor PostgreSQL op een socket in een eigen map."""

    def __init__(self, naar: Path) -> None:
        self.map, self.naar = Path(tempfile.mkdtemp(prefix="ser-luik-", dir="/tmp")), naar
        self.scherp, self.gebroken = 0, 0
        self._oor = socket.socket(socket.AF_UNIX)
        self._oor.bind(str(self.map / naar.name))
        self._oor.listen(8)
        threading.Thread(target=self._luister, daemon=True).start()

    def _luister(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                klant, _ = self._oor.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(str(self.naar))
                breek = threading.Event()
                for van, aan, heen in ((klant, server, True), (server, klant, False)):
                    threading.Thread(target=self._pomp, args=(van, aan, heen, breek), daemon=True).start()

    def _pomp(self, van: socket.socket, aan: socket.socket, heen: bool, breek: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while deel := van.recv(65536):
                if heen and self.scherp and b"COMMIT" in deel:
                    self.scherp -= 1
                    if self.scherp == 0:
                        breek.set()
                elif not heen and breek.is_set():  # PostgreSQL bevestigde: nu is het gebeurd, en niemand hoort het
                    self.gebroken += 1
                    break
                aan.sendall(deel)
        for kant in (van, aan):
            with contextlib.suppress(OSError):
                kant.shutdown(socket.SHUT_RDWR)

    def sluit(self) -> None:
        self._oor.close()
        shutil.rmtree(self.map)


@contextlib.contextmanager
def door_het_luik() -> Iterator[Luik]:
    """Leid de verbinding van het portaal door een luik, zolang dit blok duurt."""
    plek = servers()
    assert plek.postgres is not None
    echt = connection.settings_dict["HOST"]
    luik = Luik(next(Path(plek.postgres.socketmap).glob(".s.PGSQL.*[0-9]")))
    connection.close()
    connection.settings_dict["HOST"] = str(luik.map)
    try:
        yield luik
    finally:
        connection.close()
        connection.settings_dict["HOST"] = echt
        luik.sluit()


def bewijs() -> list[dict[str, Any]]:
    """Breek tweehonderd keer de lijn na COMMIT, en verstuur hetzelfde formulier nog eens."""
    servers()
    connection.close()
    wereld, begin = bouw.maak_wereld(), time.monotonic()
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    versie = cast.beraad.versie
    client = Client(raise_request_exception=False)
    mis: list[str] = []
    fout_gezien = al_gebeurd = 0
    with door_het_luik() as luik:
        for beurt in range(geschaald(AANTAL)):
            wie, adres, velden, telling = (
                inzendingen.stap(wereld) if beurt % 2 else inzendingen.opmerking(versie, wereld.account("FNV 2"))
            )
            client.force_login(wie, backend="django.contrib.auth.backends.ModelBackend")
            luik.scherp = 1
            eerste = client.post(adres, velden).status_code
            luik.scherp = 0
            connection.close()
            fout_gezien += eerste >= 500
            al_gebeurd += telling()
            tweede = client.post(adres, velden).status_code
            if tweede != 302 or telling() != 1:
                mis.append(f"{adres}: {eerste}, dan {tweede}, {telling()} keer")
        gebroken = luik.gebroken
    gemeten = f"{len(mis)} mis; {gebroken} keer gebroken, {fout_gezien} foutbladzijden, {al_gebeurd} keer al gebeurd"
    gemeten += f" ({mis[0][:160]})" if mis else ""
    naam = f"{geschaald(AANTAL)} × de lijn breekt na COMMIT"
    gehaald = not mis and gebroken > 0 and fout_gezien > 0 and al_gebeurd > 0
    return [regel(naam, gemeten, "hetzelfde formulier nog eens", "nooit verloren, nooit dubbel", gehaald, begin)]
