"""De ingebouwde Redis: starten, hergebruiken, en na kill -9 alles terug."""

import os
import signal
from pathlib import Path

import pytest

from ser_portal.baas.broker import Redis, zoek_redis
from ser_portal.baas.melding import Fout
from ser_portal.baas.plek import Plek

from .conftest import PAKKETTEN


def test_na_kill_staat_de_wachtrij_er_nog(redis: Redis) -> None:
    assert redis.vraag("CONFIG SET appendfsync always").startswith("+OK")
    assert redis.vraag("RPUSH celery een twee").startswith(":2")
    pid = redis.pid()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert redis.kind is not None
    redis.kind.wait(10)
    assert redis.gevallen()
    assert redis.start() is False
    assert redis.vraag("LLEN celery").startswith(":2")


def test_tweede_gebruikt_de_draaiende(redis: Redis, korte_plek: Plek) -> None:
    tweede = Redis(korte_plek, PAKKETTEN)
    assert tweede.start() is True
    assert tweede.pid() == redis.pid()
    assert not tweede.gevallen()


def test_hangende_redis_wordt_vervangen_en_nooit_verdubbeld(redis: Redis, korte_plek: Plek) -> None:
    oud = redis.pid()
    assert oud is not None
    (redis.socket).unlink()  # onbereikbaar, maar hij heeft zijn bestanden nog open
    tweede = Redis(korte_plek, PAKKETTEN)
    assert tweede.start() is False
    assert redis.kind is not None
    redis.kind.wait(10)
    assert tweede.pid() != oud
    tweede.stop()
    assert tweede.pid() is None


def test_programma_ontbreekt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("PORTAL_REDIS_BIN", raising=False)
    with pytest.raises(Fout, match="redis-server niet gevonden"):
        zoek_redis(tmp_path)
    monkeypatch.setenv("PORTAL_REDIS_BIN", "/ergens/redis-server")
    assert zoek_redis(None) == Path("/ergens/redis-server")


def test_start_die_mislukt_toont_het_logboek(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    namaak = tmp_path / "redis-server"
    namaak.write_text("#!/bin/sh\necho 'kan niet schrijven' >&2\nexit 3\n", encoding="utf-8")
    namaak.chmod(0o755)
    monkeypatch.setenv("PORTAL_REDIS_BIN", str(namaak))
    server = Redis(Plek(tmp_path / "var").maak(), PAKKETTEN)
    with pytest.raises(Fout, match="kan niet schrijven"):
        server.start()


def test_stoppen_wat_niet_draait_doet_niets(tmp_path: Path) -> None:
    server = Redis(Plek(tmp_path / "var").maak(), PAKKETTEN)
    server.stop()
    assert server.vraag("PING") == ""
