"""Bewaak het portaal: metingen op een eigen poort, en een alarm als iets vijf minuten stilstaat."""

import json
import logging
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connections

from bewaking import mails, metrics, queries, verzoeken
from bewaking.alarm import Melding, Wacht
from kern.tijd import nu
from toegang.enums import Rol
from toegang.models import Gebruiker

logboek = logging.getLogger("bewaking")


class Antwoord(BaseHTTPRequestHandler):
    """GET /metrics voor Prometheus, GET /gezond/ voor mensen en andere bewaking; de rest is er niet."""

    timeout = 10  # seconden zonder een teken, ook tijdens de handdruk

    def do_GET(self) -> None:
        """Meet en antwoord; elke vraag meet opnieuw."""
        if self.path == "/metrics":
            soort, inhoud, code = (
                metrics.SOORT,
                metrics.tekst(self._metingen()) + verzoeken.tekst(verzoeken.stand()),
                200,
            )
        elif self.path == "/gezond/":
            metingen = self._metingen()
            status, delen = queries.gezond(metingen)
            uit = {"status": status, "delen": delen, "getallen": {m.metriek: m.waarde for m in metingen}}
            soort, inhoud, code = "application/json", json.dumps(uit), 200 if status != "database onbereikbaar" else 503
        else:
            soort, inhoud, code = "text/plain; charset=utf-8", "Dit is er niet: /metrics of /gezond/.\n", 404
        lijf = inhoud.encode()
        self.send_response(code)
        self.send_header("Content-Type", soort)
        self.send_header("Content-Length", str(len(lijf)))
        self.end_headers()
        self.wfile.write(lijf)

    def log_message(self, format: str, *args: Any) -> None:
        """Schrijf geen regel per vraag: Prometheus vraagt elke paar seconden."""

    @staticmethod
    def _metingen() -> list[queries.Meting]:
        try:
            return queries.meet(nu())
        finally:
            connections.close_all()  # elke vraag heeft een eigen draad, en dus eigen verbindingen


class Command(BaseCommand):
    help = "Geef metingen op een eigen poort en meld aan de beheerders wat vijf minuten stilstaat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--adres", default="127.0.0.1")
        parser.add_argument("--poort", type=int, default=9180, help="0: alleen bewaken, niets bedienen")
        parser.add_argument("--certificaat", default="", help="PEM met sleutel en certificaat: bedien over https")
        parser.add_argument("--elke", type=float, default=30.0, help="seconden tussen twee keer kijken")
        parser.add_argument("--eens", action="store_true", help="meet één keer; exitcode 1 als iets niet goed is")

    def handle(self, *, adres: str, poort: int, certificaat: str, elke: float, eens: bool, **_: Any) -> None:
        """Kijk, meld, wacht; tot iemand stopt. Met --eens één keer: exitcode 1 als iets niet goed is."""
        if eens:
            metingen = queries.meet(nu())
            self.stdout.write(metrics.tekst(metingen))
            if queries.gezond(metingen)[0] != queries.GOED:
                raise SystemExit(1)
            return
        if poort:
            bedien(adres, poort, certificaat)
        wacht, adressen, te_mailen = Wacht(), list[str](), list[Melding]()
        while True:
            adressen = beheerders() or adressen  # valt de database weg, dan gaat de mail naar wie er laatst was
            meldingen = wacht.kijk(queries.meet(nu()), nu())
            te_mailen = meld([*te_mailen, *meldingen], nieuw=meldingen, adressen=adressen)
            connections.close_all()
            time.sleep(elke)


def bedien(adres: str, poort: int, certificaat: str = "") -> ThreadingHTTPServer | None:
    """Bedien de metingen in een draad; is de poort bezet, dan zegt het log dat en gaat het bewaken door.

    Met een certificaat over https, en dan alleen zo; werpt OSError als het er niet is of niet deugt.
    """
    context = None
    if certificaat:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificaat)
    try:
        server = ThreadingHTTPServer((adres, poort), Antwoord)
    except (OSError, OverflowError):
        logboek.warning("de poort van de bewaking is bezet: geen metingen, wel alarm (poort %s)", poort)
        return None
    if context:
        # De handdruk gebeurt bij het eerste lezen, in de draad van de vraag: wie niets zegt houdt een ander niet op.
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    logboek.info("metingen op http%s://%s:%s/metrics", "s" * bool(context), adres, server.server_address[1])
    return server


def beheerders() -> list[str]:
    """Geef de adressen van de functioneel beheerders; leeg als de database niet antwoordt."""
    try:
        wie = Gebruiker.objects.filter(is_active=True, groups__name=Rol.BEHEERDER)
        return list(wie.order_by("pk").values_list("email", flat=True))
    except Exception:  # de bewaking zelf mag nooit omvallen
        return []


def meld(meldingen: list[Melding], *, nieuw: list[Melding], adressen: list[str]) -> list[Melding]:
    """Schrijf nieuwe meldingen in het log en mail alles wat nog niet weg is; geef wat niet gemaild kon worden."""
    for melding in nieuw:
        logboek.log(logging.INFO if melding.voorbij else logging.ERROR, "alarm %s", melding.zin)
    if not meldingen:
        return []
    try:
        mails.verstuur(meldingen, adressen)
    except Exception as fout:
        logboek.exception("het alarm kon niet gemaild worden", exc_info=fout)
        return meldingen
    return []
