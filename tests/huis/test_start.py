"""Starten en stoppen binnen dit proces: echte servers, en in plaats van web en werkers een klein programma."""

import os
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ser_portal.baas import omgeving, opdracht, pakketten, proces, start, virtueel
from ser_portal.baas.klaarmaken import ACCOUNTS
from ser_portal.baas.melding import Fout
from ser_portal.baas.opzichter import Kind
from ser_portal.baas.plek import Plek
from ser_portal.baas.servers import Servers

from .conftest import PAKKETTEN

WEB = """
import http.server, sys
class Web(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(int(sys.argv[2]))
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Web).serve_forever()
"""


@pytest.fixture
def poort() -> int:
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        return int(vrij.getsockname()[1])


@pytest.fixture(scope="module")
def eigen_map() -> Iterator[Path]:
    """Eén map voor alle toetsen hier: de database hoeft maar één keer aangelegd."""
    map_ = Path(tempfile.mkdtemp(prefix="ser-start-", dir="/tmp"))
    map_.chmod(0o711)
    yield map_
    shutil.rmtree(map_)


@pytest.fixture
def plek(eigen_map: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Plek]:
    """Een plek voor ingebouwde servers, met het Python en de pakketten van deze toets."""
    for naam in ("DATABASE_URL", "PUBLIEK_DATABASE_URL", "REDIS_URL", "PORTAL_VAR", "SECRET_KEY"):
        monkeypatch.delenv(naam, raising=False)
    monkeypatch.setattr(virtueel, "zorg_voor", lambda slot: Path(sys.executable))
    monkeypatch.setattr(virtueel, "site_packages", lambda: PAKKETTEN)
    monkeypatch.setattr(virtueel, "python", lambda: Path(sys.executable))
    seinen = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    oud = {sein: signal.getsignal(sein) for sein in seinen}
    masker = os.umask(0o077)
    yield Plek(eigen_map / "var")
    os.umask(masker)
    for sein, doen in oud.items():
        signal.signal(sein, doen)


def web(plek: Plek, poort: int, status: int = 200) -> list[Kind]:
    return [Kind("web", [sys.executable, "-c", WEB, str(poort), str(status)], os.environ, plek.logboek("web"))]


def niets_draait(plek: Plek) -> bool:
    return not proces.in_map(plek.pg / "gegevens") and not proces.in_map(plek.redis)


def test_start_meldt_het_adres_en_stopt_op_een_sein(
    plek: Plek, poort: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gedaan: list[str] = []
    toon = start.toon_adres

    def toon_en_stop(*argumenten: object) -> None:
        toon(*argumenten)  # type: ignore[arg-type]
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(start, "maak_klaar", lambda servers: gedaan.append(servers.adressen("app")["DATABASE_URL"]))
    monkeypatch.setattr(start, "kinderen", lambda servers, poort_: web(plek, poort_))
    monkeypatch.setattr(start, "toon_adres", toon_en_stop)
    plek.maak()
    monkeypatch.setenv("PORTAL_VOORBEELD", "1")
    (plek.var / ACCOUNTS).write_text("secretaris@voorbeeld.test  wachtwoord: voorbeeld\n", encoding="utf-8")
    assert opdracht.hoofd(["start", "--var", str(plek.var), "--port", str(poort)]) == 0
    uitvoer = capsys.readouterr().err
    assert f"http://localhost:{poort}" in uitvoer
    assert "secretaris@voorbeeld.test" in uitvoer
    assert uitvoer.splitlines()[-1] == "Gestopt. De gegevens staan er nog."
    assert "ser_app@" in gedaan[0]
    assert niets_draait(plek)


def test_sein_tijdens_het_klaarmaken_is_geen_fout(
    plek: Plek, poort: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def onderbroken(servers: Servers) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        raise Fout("migrate mislukt")

    monkeypatch.setattr(start, "maak_klaar", onderbroken)
    assert start.draai(plek, poort) == 0
    assert "migrate mislukt" not in capsys.readouterr().err
    assert niets_draait(plek)


def test_fout_bij_het_klaarmaken_stopt_de_servers(plek: Plek, poort: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def mislukt(servers: Servers) -> None:
        raise Fout("migrate mislukt")

    monkeypatch.setattr(start, "maak_klaar", mislukt)
    with pytest.raises(Fout, match="migrate mislukt"):
        start.draai(plek, poort)
    assert niets_draait(plek)


def test_ongezond_web_stopt_met_het_logboek(plek: Plek, poort: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "maak_klaar", lambda servers: None)
    monkeypatch.setattr(start, "kinderen", lambda servers, poort_: web(plek, poort_, 503))
    monkeypatch.setattr(start, "GEDULD_WEB", 1.0)
    with pytest.raises(Fout, match="Het web antwoordt niet gezond.*\n.*GET /gezond/"):
        start.draai(plek, poort)
    assert niets_draait(plek)


def test_bewaker_zet_gevallen_servers_terug(plek: Plek, capsys: pytest.CaptureFixture[str]) -> None:
    servers = Servers(plek.maak(), PAKKETTEN)
    with servers.in_gebruik():
        assert servers.postgres is not None
        assert servers.redis is not None
        start.bewaak(servers)
        assert capsys.readouterr().err == ""
        for server in (servers.postgres, servers.redis):
            pid = server.pid()
            assert pid is not None
            os.kill(pid, signal.SIGKILL)
            assert server.kind is not None
            server.kind.wait(10)
        start.bewaak(servers)
        assert capsys.readouterr().err.splitlines() == [
            "PostgreSQL is gestopt en wordt opnieuw gestart.",
            "Redis is gestopt en wordt opnieuw gestart.",
        ]
        assert servers.postgres.klaar()
        assert servers.redis.klaar()
    assert niets_draait(plek)


def test_de_laatste_gebruiker_stopt_de_servers(plek: Plek) -> None:
    een, ander = Servers(plek.maak(), PAKKETTEN), Servers(plek, PAKKETTEN)
    with een.in_gebruik():
        assert een.postgres is not None
        pid = een.postgres.pid()
        with ander.in_gebruik():
            assert ander.postgres is not None
            assert ander.postgres.pid() == pid
        assert een.postgres.pid() == pid
    assert niets_draait(plek)


def test_beheercommando_krijgt_de_rol_die_het_nodig_heeft(
    plek: Plek, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    namaak = tmp_path / "python"
    namaak.write_text(f'#!/bin/sh\necho "$2 ${{DATABASE_URL%%@*}}" >> {tmp_path}/rollen\nexit 4\n', encoding="utf-8")
    namaak.chmod(0o755)
    monkeypatch.setattr(virtueel, "python", lambda: namaak)
    for commando in ("migrate", "maak_rollen", "verifieer_logboek"):
        assert opdracht.hoofd(["--var", str(plek.var), "manage", commando]) == 4
    assert (tmp_path / "rollen").read_text(encoding="utf-8").split("\n")[:3] == [
        "migrate postgresql://ser_eigenaar",
        "maak_rollen postgresql://postgres",
        "verifieer_logboek postgresql://ser_app",
    ]
    assert niets_draait(plek)
    # Als ser_app telt ANALYZE niets: het geeft per tabel een waarschuwing en zegt dat het klaar is.
    assert opdracht.ROL_VAN["tel_tabellen"] == "eigenaar"


@pytest.mark.parametrize(("gezet", "waarde"), [("nee", "0"), ("False", "0"), ("ja", "1"), ("misschien", "misschien")])
def test_voorbeeldstand_is_overal_hetzelfde(
    gezet: str, waarde: str, plek: Plek, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Met "ja" was het portaal in de voorbeeldstand zonder voorbeeld, en met "nee" toonde de start de accounts."""
    monkeypatch.setenv("PORTAL_VOORBEELD", gezet)
    plek.maak()
    assert omgeving.bouw(plek, {})["PORTAL_VOORBEELD"] == waarde
    (plek.var / ACCOUNTS).write_text("Voorbeeldaccounts", encoding="utf-8")
    start.toon_adres(plek, 8000, 1)
    assert ("Voorbeeldaccounts" in capsys.readouterr().err) == (waarde != "0")
    (plek.var / ACCOUNTS).unlink()


def test_omgeving_houdt_wat_de_gebruiker_zette(plek: Plek, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_ADRES", "https://portaal.voorbeeld.test")
    monkeypatch.setenv("PORTAL_VOORBEELD", "0")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "van.een.ander")
    monkeypatch.setattr(pakketten, "chromium", lambda: None)
    monkeypatch.delenv("PORTAL_CHROMIUM", raising=False)
    plek.maak()
    env = omgeving.bouw(plek, {"DATABASE_URL": "x"}, poort=8123)
    assert env["PORTAL_ADRES"] == "https://portaal.voorbeeld.test"
    assert env["PORTAL_VOORBEELD"] == "0"
    assert env["SECRET_KEY"] == plek.sleutel()
    assert env["DATABASE_URL"] == "x"
    assert "DJANGO_SETTINGS_MODULE" not in env
    assert "PORTAL_CHROMIUM" not in env
    monkeypatch.delenv("PORTAL_ADRES")
    monkeypatch.setenv("SECRET_KEY", "van de gebruiker")
    env = omgeving.bouw(plek, {}, poort=8123)
    assert env["PORTAL_ADRES"] == "http://localhost:8123"
    assert env["SECRET_KEY"] == "van de gebruiker"


def test_processen_van_het_portaal_luisteren_alleen_hier(plek: Plek) -> None:
    plek.maak()
    servers = Servers(plek, PAKKETTEN)
    namen = {een.naam: een for een in start.kinderen(servers, 8123)}
    assert list(namen) == ["werker", "klok", "bewaking", "web"]
    assert namen["bewaking"].opdracht[-4:] == ["--adres", "127.0.0.1", "--poort", "8124"]
    opdracht_web = " ".join(namen["web"].opdracht)
    assert "--host 127.0.0.1 --port 8123 --workers 2 --blocking-threads 1" in opdracht_web
    assert "ser_publiek@" in namen["web"].omgeving["PUBLIEK_DATABASE_URL"]
