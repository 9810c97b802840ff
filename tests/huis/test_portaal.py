"""Het hele portaal als proces: starten, alles doden, weer starten, bewaren, terugzetten, stoppen."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from ser_portal.baas import proces, stempels
from ser_portal.baas.klaarmaken import archiefbestanden, statische_bestanden
from ser_portal.baas.opzichter import MERK
from ser_portal.baas.plek import WORTEL, Plek
from ser_portal.baas.postgres import Postgres
from ser_portal.baas.start import antwoord

from .conftest import PAKKETTEN
from .schema import schema

NIET_VAN_BUITEN = {"DATABASE_URL", "REDIS_URL", "PUBLIEK_DATABASE_URL", "PORTAL_VAR", "SECRET_KEY", "PORTAL_ADRES"}


def omgeving() -> dict[str, str]:
    """Geef een omgeving als die van een gebruiker, zonder de database van deze toets en zonder voorbeeld."""
    uit = {n: w for n, w in os.environ.items() if n not in NIET_VAN_BUITEN and not n.startswith(("COV", "PYTEST"))}
    return uit | {"PORTAL_VOORBEELD": "0", "PYTHONWARNINGS": "default"}


class Proef:
    """Een portaal op een eigen plek en poort."""

    def __init__(self, var: Path) -> None:
        self.var = var
        with socket.socket() as vrij:
            vrij.bind(("127.0.0.1", 0))
            self.poort = int(vrij.getsockname()[1])
        self.uitvoer = var.parent / "uitvoer.txt"
        self.proces: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with open(self.uitvoer, "wb") as uit:
            self.proces = subprocess.Popen(
                [sys.executable, "portal", "start", "--var", str(self.var), "--port", str(self.poort)],
                cwd=WORTEL,
                env=omgeving(),
                stdin=subprocess.DEVNULL,
                stdout=uit,
                stderr=uit,
                start_new_session=True,
            )
        self.tot(lambda: "draait" in self.tekst(), "het portaal start niet", 120)

    def tekst(self) -> str:
        return self.uitvoer.read_text(encoding="utf-8")

    def tot(self, voorwaarde: Callable[[], object], wat: str, geduld: float = 30) -> None:
        einde = time.monotonic() + geduld
        while not voorwaarde():
            assert self.proces is not None
            assert self.proces.poll() is None, f"{wat}: {self.tekst()}"
            assert time.monotonic() < einde, f"{wat}: {self.tekst()}"
            time.sleep(0.05)

    def stop(self, sein: signal.Signals = signal.SIGINT) -> int:
        assert self.proces is not None
        self.proces.send_signal(sein)
        return self.proces.wait(60)

    def portal(self, *argumenten: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "portal", "--var", str(self.var), *argumenten],
            cwd=WORTEL,
            env=omgeving(),
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )


@pytest.fixture
def proef() -> Iterator[Proef]:
    map_ = Path(tempfile.mkdtemp(prefix="ser-proef-", dir="/tmp"))
    map_.chmod(0o711)
    een = Proef(map_ / "var")
    try:
        yield een
    finally:
        if een.proces is not None and een.proces.poll() is None:
            een.proces.kill()
            een.proces.wait()
        proces.stop(proces.met_merk(f"{MERK}={een.var}"), 5)
        proces.stop([*proces.in_map(een.var / "pg" / "gegevens"), *proces.in_map(een.var / "redis")], 10)
        shutil.rmtree(map_)


def kinderen(proef: Proef, woord: str) -> list[int]:
    """Geef de hoofdprocessen van een dienst: de kinderen van de opzichter zelf."""
    gevonden = []
    for pid in proces.met_merk(f"{MERK}={proef.var}"):
        regel = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        ouder = int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        if woord in regel and proef.proces is not None and ouder == proef.proces.pid:
            gevonden.append(pid)
    return gevonden


def test_van_niets_tot_draaien_alles_doden_en_alles_terug(db: None, proef: Proef) -> None:
    # Bestanden persen en het archief laden kost seconden rekenen en is hier niet de vraag (test_klaarmaken).
    stempels.zet(Plek(proef.var).maak(), "static", statische_bestanden())
    stempels.zet(Plek(proef.var), "archief", archiefbestanden())
    proef.start()
    assert f"http://localhost:{proef.poort}" in proef.tekst()
    assert antwoord(proef.poort) == 200

    # Een tweede start en een bezette poort: één regel, niet nul.
    tweede = proef.portal("start", "--port", "1")
    assert (tweede.returncode, len(tweede.stderr.splitlines())) == (1, 1)
    assert "draait al" in tweede.stderr

    # Een beheercommando werkt naast het draaiende portaal en laat het draaien.
    assert proef.portal("manage", "check").returncode == 0
    assert antwoord(proef.poort) == 200

    # Elke dienst mag omvallen: de opzichter zet haar terug.
    for woord in ("/granian ", " worker ", " beat "):
        oud = kinderen(proef, woord)
        assert len(oud) == 1, woord
        os.kill(oud[0], signal.SIGKILL)
        proef.tot(lambda oud=oud, woord=woord: kinderen(proef, woord) not in ([], oud), f"{woord} komt niet terug")
    proef.tot(lambda: antwoord(proef.poort) == 200, "het web komt niet terug")

    server = Postgres(Plek(proef.var), PAKKETTEN)
    with psycopg.connect(server.adres("ser_eigenaar"), autocommit=True) as lijn:
        # De toetsen migreren op een snellere manier (tests/migreren.py): wat zij toetsen is het echte schema.
        with connection.cursor() as eigen, lijn.cursor() as echt:
            assert schema(eigen) == schema(echt)
        lijn.execute("CREATE TABLE proef AS SELECT 42 AS nr")
    postmeester = server.pid()
    assert postmeester is not None
    os.kill(postmeester, signal.SIGKILL)
    proef.tot(lambda: server.pid() not in (None, postmeester) and server.klaar(), "PostgreSQL komt niet terug")
    proef.tot(lambda: antwoord(proef.poort) == 200, "het web vindt de database niet terug")

    # Ook de opzichter zelf: wat achterbleef wordt bij de volgende start opgeruimd of hergebruikt.
    assert proef.proces is not None
    proef.proces.kill()
    proef.proces.wait()
    proef.start()
    with psycopg.connect(server.adres("ser_eigenaar")) as lijn:
        assert lijn.execute("SELECT nr FROM proef").fetchone() == (42,)

    # Bewaren terwijl het draait; terugzetten alleen als het stil staat.
    bestand = proef.var / "bestanden" / "ab" / "abcd"
    bestand.parent.mkdir(parents=True, exist_ok=True)
    bestand.write_bytes(b"een stuk")
    bewaard = proef.portal("backup", str(proef.var.parent / "bewaard.tar"))
    assert bewaard.returncode == 0, bewaard.stderr
    assert "draait nog" in proef.portal("restore", bewaard.stdout.strip()).stderr

    assert proef.stop() == 0
    regels = proef.tekst().splitlines()
    assert regels[-1] == "Gestopt. De gegevens staan er nog."
    assert proces.wacht_tot_weg(proces.met_merk(f"{MERK}={proef.var}"), 5) == []
    assert server.pid() is None
    assert proces.in_map(proef.var / "redis") == []

    tar = Path(bewaard.stdout.strip())
    kapot = tar.with_name("kapot.tar")
    kapot.write_bytes(tar.read_bytes().replace(b"een stuk", b"een stiek"[:8]))
    assert "klopt niet met zijn controlesom" in proef.portal("restore", str(kapot)).stderr
    bestand.write_bytes(b"later veranderd")
    terug = proef.portal("restore", str(tar))
    assert terug.returncode == 0, terug.stderr
    assert bestand.read_bytes() == b"een stuk"
    server.start()
    try:
        assert server.psql("SELECT nr FROM proef", "ser_portaal").strip() == "42"
        assert server.psql("SELECT count(*) FROM pg_database WHERE datname LIKE 'ser_vorige_%'").strip() == "1"
        eigenaar = server.psql("SELECT tableowner FROM pg_tables WHERE tablename = 'proef'", "ser_portaal").strip()
        assert eigenaar == "ser_eigenaar"
    finally:
        server.stop()


def test_beheercommando_start_en_stopt_de_servers_zelf(proef: Proef) -> None:
    uitkomst = proef.portal("manage", "shell", "-c", "from django.db import connection as c; print(c.vendor)")
    assert uitkomst.returncode == 0, uitkomst.stderr
    assert "postgresql" in uitkomst.stdout
    assert proces.in_map(proef.var / "pg" / "gegevens") == []
    assert proces.in_map(proef.var / "redis") == []
