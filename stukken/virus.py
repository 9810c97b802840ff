"""Een opgestuurd bestand langs ClamAV, als de beheerder er een instelde (`CLAMAV`).

Het gesprek is dat van clamd, INSTREAM: stukken met hun lengte ervoor, en een leeg stuk als einde. Antwoordt de scanner
niet, dan wordt het bestand geweigerd: niet nagekeken is niet goed.
"""

import logging
import socket
import struct
from urllib.parse import urlsplit

from django.conf import settings

from kern.fouten import InvoerFout

logger = logging.getLogger(__name__)
STUK, GEDULD = 64 * 1024, 20.0
NIET_NAGEKEKEN = "Het bestand kon niet op virussen worden nagekeken en is niet bewaard. Probeer het zo opnieuw."
BESMET = "In dit bestand zit een virus of iets wat daarop lijkt. Het is niet bewaard. Meld het bij de beheerder."


def keur(inhoud: bytes, veld: str) -> None:
    """Werpt InvoerFout(veld, …) als de scanner iets vindt of niet antwoordt; zonder scanner gebeurt er niets."""
    if not settings.CLAMAV:
        return
    try:
        antwoord = _vraag(settings.CLAMAV, inhoud)
    except (OSError, ValueError):
        logger.exception("virusscanner antwoordt niet")
        raise InvoerFout(veld, NIET_NAGEKEKEN) from None
    if antwoord.endswith("FOUND"):
        logger.warning("virusscanner hield een bestand tegen")
        raise InvoerFout(veld, BESMET)
    if antwoord != "stream: OK":
        logger.error("virusscanner gaf geen oordeel")
        raise InvoerFout(veld, NIET_NAGEKEKEN)


def _vraag(adres: str, inhoud: bytes) -> str:
    """Geef het antwoord van de scanner. Werpt OSError als hij er niet is en ValueError bij een onmogelijk adres."""
    delen = urlsplit(adres)
    if delen.scheme == "unix":
        lijn = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        lijn.settimeout(GEDULD)
        doel: str | tuple[str, int] = delen.path
    elif delen.scheme == "tcp" and delen.hostname:
        lijn = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        lijn.settimeout(GEDULD)
        doel = (delen.hostname, delen.port or 3310)
    else:
        raise ValueError("CLAMAV: verwacht unix:/pad of tcp://host:poort")
    with lijn:
        lijn.connect(doel)
        lijn.sendall(b"zINSTREAM\0")
        for begin in range(0, len(inhoud), STUK):
            stuk = inhoud[begin : begin + STUK]
            lijn.sendall(struct.pack("!L", len(stuk)) + stuk)
        lijn.sendall(struct.pack("!L", 0))
        antwoord = b""
        while not antwoord.endswith(b"\0") and (deel := lijn.recv(4096)):
            antwoord += deel
    return antwoord.rstrip(b"\0").decode("utf-8", "replace").strip()
