"""De virusscanner, met een nagemaakte clamd aan de rand: besmet, schoon, stom, stuk en weg."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kern.fouten import InvoerFout
from stukken.actions import bewaar
from stukken.models import Bestand
from tests.stukken.conftest import KLEINE_PDF

pytestmark = pytest.mark.django_db
BESMET = KLEINE_PDF.replace(b"%%EOF", b"% X5O!P-proef\n%%EOF")


@contextmanager
def clamd(antwoord: bytes | None = None, *, unix: str = "") -> Iterator[tuple[str, list[bytes]]]:
    """Een scanner die "X5O!P-proef" een virus vindt, of altijd `antwoord` geeft; geeft adres en wat hij las."""
    gelezen: list[bytes] = []

    class Gesprek(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            assert self.rfile.read(10) == b"zINSTREAM\0"
            lijf = b""
            while lengte := struct.unpack("!L", self.rfile.read(4))[0]:
                assert lengte <= 64 * 1024
                lijf += self.rfile.read(lengte)
            gelezen.append(lijf)
            oordeel = b"stream: Proef.Test FOUND\0" if b"X5O!P-proef" in lijf else b"stream: OK\0"
            self.wfile.write(oordeel if antwoord is None else antwoord)

    soort: Any = socketserver.ThreadingUnixStreamServer if unix else socketserver.ThreadingTCPServer
    with soort(unix or ("127.0.0.1", 0), Gesprek) as server:
        draad = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        draad.start()
        try:
            yield f"unix:{unix}" if unix else f"tcp://127.0.0.1:{server.server_address[1]}", gelezen
        finally:
            server.shutdown()
            draad.join()


def stuur(inhoud: bytes) -> str:
    """Geef de melding, of leeg als het bestand bewaard is."""
    aantal = Bestand.objects.count()
    try:
        bewaar(upload=SimpleUploadedFile("brief.pdf", inhoud), door=None, veld="bijlage")
    except InvoerFout as fout:
        return f"{fout.veld}: {fout.tekst}" if Bestand.objects.count() == aantal else "toch bewaard"
    return ""


def test_schoon_wordt_bewaard_en_besmet_geweigerd(settings: Any, tmp_path: Any) -> None:
    with clamd(unix=str(tmp_path / "c")) as (adres, gelezen):
        settings.CLAMAV = adres
        assert stuur(BESMET).startswith("bijlage: In dit bestand zit een virus")
        groot = KLEINE_PDF.replace(b"%%EOF", b"%" + b"x" * 150_000 + b"\n%%EOF")
        assert stuur(groot) == ""
    assert gelezen == [BESMET, groot], "de scanner leest precies wat bewaard wordt"


@pytest.mark.parametrize("antwoord", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: half"])
def test_geen_oordeel_is_een_weigering(settings: Any, antwoord: bytes) -> None:
    with clamd(antwoord) as (adres, _):
        settings.CLAMAV = adres
        assert "niet op virussen" in stuur(KLEINE_PDF)


@pytest.mark.parametrize("adres", ["tcp://127.0.0.1:1", "unix:/bestaat/niet", "onzin"])
def test_een_scanner_die_er_niet_is_laat_niets_door_en_geen_scanner_wel(settings: Any, adres: str) -> None:
    settings.CLAMAV = adres
    assert "niet op virussen" in stuur(KLEINE_PDF)
    settings.CLAMAV = ""
    assert stuur(KLEINE_PDF) == ""
