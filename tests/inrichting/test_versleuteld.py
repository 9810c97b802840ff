"""De verbindingen van docker-compose.yml, met de echte PostgreSQL, Redis en granian achter TLS.

De ingebouwde PostgreSQL en Redis spreken zelf geen TLS; ervoor staat een doorgeefluik dat dat wel doet. Wat het portaal
nakijkt is hetzelfde: de naam, de uitgever, en dat het nooit zonder kan.
"""

import contextlib
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.core.cache.backends.redis import RedisCache
from django.db import OperationalError, connection
from django.db.utils import ConnectionHandler
from kombu import Connection
from redis.exceptions import ConnectionError as GeenRedis
from redis.exceptions import TimeoutError as RedisZwijgt

from bewaking.management.commands import bewaak
from inrichting.certificaten import Dienst, geef_uit
from ser_portal.baas.plek import WORTEL
from ser_portal.settings import cache_adres, database

GEEN_VERSLEUTELING = (80877103).to_bytes(4, "big"), (80877104).to_bytes(4, "big")  # SSLRequest en GSSENCRequest


class Luik:
    """Een doorgeefluik met TLS vóór een socket van een echte server; met `postgres` na de vraag die PostgreSQL kent."""

    def __init__(self, naar: str, pem: Path | None, *, postgres: bool) -> None:
        self.naar, self.postgres = naar, postgres
        self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH) if pem else None
        if self.context and pem:
            self.context.load_cert_chain(pem)
        self._oor = socket.create_server(("127.0.0.1", 0))
        self.poort = self._oor.getsockname()[1]
        self.versleuteld = 0
        threading.Thread(target=self._luister, daemon=True).start()

    def _luister(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=self._ontvang, args=(self._oor.accept()[0],), daemon=True).start()

    def _ontvang(self, klant: socket.socket) -> None:
        with contextlib.suppress(OSError), klant:
            if self.postgres:
                while klant.recv(8, socket.MSG_PEEK)[4:] in GEEN_VERSLEUTELING:
                    wil_tls = klant.recv(8)[4:] == GEEN_VERSLEUTELING[0]
                    klant.sendall(b"S" if wil_tls and self.context else b"N")
                    if wil_tls and self.context:
                        break
            lijn = klant
            if self.context:
                lijn = self.context.wrap_socket(klant, server_side=True, do_handshake_on_connect=False)
            with lijn, socket.socket(socket.AF_UNIX) as server:
                if isinstance(lijn, ssl.SSLSocket):
                    lijn.do_handshake()
                    self.versleuteld += 1
                server.connect(self.naar)
                terug = threading.Thread(target=self._pomp, args=(server, lijn), daemon=True)
                terug.start()
                self._pomp(lijn, server)
                terug.join()

    @staticmethod
    def _pomp(van: socket.socket, aan: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while deel := van.recv(65536):
                aan.sendall(deel)
        for kant in (van, aan):
            with contextlib.suppress(OSError):
                kant.shutdown(socket.SHUT_RDWR)

    def sluit(self) -> None:
        self._oor.close()


DIENSTEN = ("web", "bewaking", "postgres", "redis")


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Certificaten zoals de compose ze maakt, en in `elders/ca` een uitgever van een ander."""
    map_ = tmp_path_factory.mktemp("tls")
    for basis in (map_, map_ / "elders"):
        for naam in ("uitgever", "ca", *DIENSTEN):
            (basis / naam).mkdir(parents=True)
        geef_uit(basis, [Dienst(naam, os.getuid()) for naam in DIENSTEN])
    return map_


@contextlib.contextmanager
def luik(naar: str, pem: Path | None, *, postgres: bool = False) -> Iterator[Luik]:
    """Geef een doorgeefluik zolang dit blok duurt."""
    open_ = Luik(naar, pem, postgres=postgres)
    try:
        yield open_
    finally:
        open_.sluit()


def postgres_socket() -> str:
    """Geef de socket van de PostgreSQL waarop de toetsen draaien."""
    return str(next(Path(connection.get_connection_params()["host"]).glob(".s.PGSQL.*[0-9]")))


def vraag(poort: int, ca: Path, *, host: str = "localhost") -> bool:
    """Vraag PostgreSQL iets, met een adres als in docker-compose.yml; geef of de lijn versleuteld was."""
    zo = connection.settings_dict
    adres = f"postgresql://{zo['USER']}@{host}:{poort}/{zo['NAME']}?sslmode=verify-full&sslrootcert={quote(str(ca))}"
    verbinding: Any = ConnectionHandler({"default": database(adres)})["default"]
    try:
        with verbinding.cursor() as cursor:
            cursor.execute("SELECT 1")
            assert cursor.fetchone() == (1,)
        return bool(verbinding.connection.pgconn.ssl_in_use)
    finally:
        verbinding.close()


@pytest.mark.django_db
def test_postgresql_alleen_versleuteld_en_alleen_de_bedoelde(tls: Path) -> None:
    with luik(postgres_socket(), tls / "postgres" / "tls.pem", postgres=True) as goed:
        assert vraag(goed.poort, tls / "ca" / "ca.pem") is True
        assert goed.versleuteld == 1
        with pytest.raises(OperationalError, match="certificate verify failed"):
            vraag(goed.poort, tls / "elders" / "ca" / "ca.pem")
        with pytest.raises(OperationalError, match="does not match host name"):
            vraag(goed.poort, tls / "ca" / "ca.pem", host="127.0.0.1")
    with luik(postgres_socket(), None, postgres=True) as open_, pytest.raises(OperationalError, match="SSL"):
        vraag(open_.poort, tls / "ca" / "ca.pem")


def redis_adres(poort: int, ca: Path, host: str = "localhost") -> str:
    """Geef een adres als in docker-compose.yml."""
    nummer = cache_adres(settings.CELERY_BROKER_URL).rpartition("=")[2]
    nakijken = f"ssl_cert_reqs=required&ssl_ca_certs={quote(str(ca))}&ssl_check_hostname=true"
    return f"rediss://{host}:{poort}/{nummer}?{nakijken}"


def test_redis_alleen_versleuteld_en_alleen_de_bedoelde(tls: Path) -> None:
    """De cache en de wachtrij lezen hetzelfde adres, elk met een eigen bibliotheek."""
    naar = urlsplit(cache_adres(settings.CELERY_BROKER_URL)).path
    with luik(naar, tls / "redis" / "tls.pem") as goed, luik(naar, None) as open_:
        adres = redis_adres(goed.poort, tls / "ca" / "ca.pem")
        cache = RedisCache(cache_adres(adres), {"KEY_PREFIX": "versleuteld"})
        cache.set("a", 1, timeout=30)
        assert cache.get("a") == 1
        with Connection(adres) as wachtrij, wachtrij.SimpleQueue("versleuteld") as rij:
            rij.put({"werk": 1})
            assert rij.get(timeout=5).decode() == {"werk": 1}
            rij.clear()
        assert goed.versleuteld >= 2
        for fout in (
            redis_adres(goed.poort, tls / "elders" / "ca" / "ca.pem"),
            redis_adres(goed.poort, tls / "ca" / "ca.pem", host="127.0.0.1"),
        ):
            with pytest.raises(GeenRedis):
                RedisCache(cache_adres(fout), {}).set("a", 1)
            with Connection(fout) as wachtrij, pytest.raises(wachtrij.connection_errors):
                wachtrij.ensure_connection(max_retries=0, reraise_as_library_errors=False)
        # Een Redis zonder TLS wacht op het eind van een regel die de handdruk niet heeft: er komt nooit een woord over.
        kort = redis_adres(open_.poort, tls / "ca" / "ca.pem") + "&socket_connect_timeout=0.2"
        with pytest.raises((GeenRedis, RedisZwijgt)):
            RedisCache(cache_adres(kort), {}).set("a", 1)


PROEFWEB = """
def application(environ, start_response):
    start_response("200 OK" if environ["PATH_INFO"] == "/gezond/" else "404 Not Found", [])
    return [b""]
"""


def test_het_web_spreekt_https_en_kijkt_zijn_eigen_gezondheid_zo_na(tls: Path, tmp_path: Path) -> None:
    """De instellingen van de dienst `web`: granian met sleutel en certificaat in één bestand, en docker/gezond.py."""
    (tmp_path / "proefweb.py").write_text(PROEFWEB, encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as vrij:
        poort = vrij.getsockname()[1]
    pem = str(tls / "web" / "tls.pem")
    omgeving = os.environ | {
        "GRANIAN_PORT": str(poort), "GRANIAN_SSL_CERTIFICATE": pem, "GRANIAN_SSL_KEYFILE": pem,
    }  # fmt: skip
    opdracht = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "proefweb:application"]
    web = subprocess.Popen([*opdracht, "--host", "127.0.0.1"], cwd=tmp_path, env=omgeving, stderr=subprocess.DEVNULL)

    def gezond(ca: str, **anders: str) -> subprocess.CompletedProcess[str]:
        kijk = [sys.executable, str(WORTEL / "docker" / "gezond.py")]
        env = omgeving | {"SSL_CERT_FILE": str(tls / ca)} | anders
        return subprocess.run(kijk, env=env, capture_output=True, text=True, check=False)

    try:
        einde = time.monotonic() + 30
        while "Connection refused" in (antwoord := gezond("ca/alles.pem")).stderr and time.monotonic() < einde:
            time.sleep(0.2)
        assert antwoord.returncode == 0, antwoord.stderr
        vreemd = gezond("elders/ca/alles.pem")
        assert vreemd.returncode != 0
        assert "CERTIFICATE_VERIFY_FAILED" in vreemd.stderr
        assert gezond("ca/alles.pem", GRANIAN_SSL_CERTIFICATE="").returncode != 0, "zonder https antwoordt het niet"
    finally:
        web.terminate()
        web.wait(20)


def test_de_metingen_gaan_over_https(tls: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bewaak.Antwoord, "_metingen", staticmethod(list))
    server = bewaak.bedien("127.0.0.1", 0, str(tls / "bewaking" / "tls.pem"))
    assert isinstance(server, ThreadingHTTPServer)
    poort = server.server_address[1]
    try:
        # Iemand die verbindt en niets zegt, houdt een ander niet op.
        with socket.create_connection(("127.0.0.1", poort)):
            context = ssl.create_default_context(cafile=str(tls / "ca" / "ca.pem"))
            with urlopen(f"https://localhost:{poort}/metrics", timeout=5, context=context) as antwoord:
                assert antwoord.status == 200
        vreemd = ssl.create_default_context(cafile=str(tls / "elders" / "ca" / "ca.pem"))
        with pytest.raises(OSError, match="CERTIFICATE_VERIFY_FAILED"):
            urlopen(f"https://localhost:{poort}/metrics", timeout=5, context=vreemd)
        with pytest.raises(OSError, match="reset|closed|disconnected|Remote end"):
            urlopen(f"http://localhost:{poort}/metrics", timeout=5)
    finally:
        threading.Thread(target=server.shutdown).start()
        server.server_close()
    with pytest.raises(FileNotFoundError):
        bewaak.bedien("127.0.0.1", 0, str(tls / "weg.pem"))
