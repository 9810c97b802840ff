"""Een kleine mailserver voor de toetsen: neemt aan, weigert volgens een lijst, of roept iets aan bij ontvangst."""

import email
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.message import Message
from typing import Any


class Server(socketserver.ThreadingTCPServer):
    """Wat binnenkwam staat in `binnen`; `weigeringen` is per bericht een antwoord op DATA, leeg is aannemen.

    `poorten` zegt van welke poort een bericht kwam (bij zijn id()), zodat te vinden is welk proces het stuurde.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, adres: str = "127.0.0.1") -> None:
        super().__init__((adres, 0), Gesprek)
        self.binnen: list[Message] = []
        self.poorten: dict[int, int] = {}
        self.weigeringen: list[str] = []
        self.bij_binnenkomst: Callable[[Message], None] = lambda bericht: None

    @property
    def poort(self) -> int:
        return int(self.server_address[1])


class Gesprek(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        with suppress(ConnectionResetError):  # wie juist stierf, hangt op deze manier op
            self.gesprek()

    def gesprek(self) -> None:
        self.zeg("220 toets")
        while regel := self.rfile.readline():
            woord = regel[:4].upper().strip()
            if woord == b"QUIT":
                self.zeg("221 dag")
                return
            if woord == b"DATA":
                self.neem_aan()
            else:
                self.zeg("250 goed")

    def neem_aan(self) -> None:
        self.zeg("354 ga uw gang")
        regels = []
        while (regel := self.rfile.readline()) not in (b".\r\n", b""):
            regels.append(regel[1:] if regel.startswith(b"..") else regel)
        weigering = self.server.weigeringen.pop(0) if self.server.weigeringen else ""
        if weigering:
            self.zeg(weigering)
            return
        bericht = email.message_from_bytes(b"".join(regels))
        self.server.poorten[id(bericht)] = int(self.client_address[1])
        self.server.binnen.append(bericht)
        self.server.bij_binnenkomst(bericht)
        self.zeg("250 aangenomen")

    def zeg(self, tekst: str) -> None:
        try:
            self.wfile.write(f"{tekst}\r\n".encode())
        except OSError:  # de andere kant is weg; dat is soms juist de toets
            return


@contextmanager
def mailserver(adres: str = "127.0.0.1") -> Iterator[Server]:
    """Draai de server op een vrije poort van dit adres zolang het blok duurt."""
    with Server(adres) as server:
        draad = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        draad.start()
        try:
            yield server
        finally:
            server.shutdown()
            draad.join()


def gebruik(settings: Any, server: Server) -> None:
    """Stuur de post van deze toets naar de server."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.poort, 10
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
