"""Bewaren en terugzetten: alles terug zoals het was, en een kapotte tar verandert niets."""

import hashlib
import io
import json
import shutil
import stat
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ser_portal.baas import bewaar, stempels, virtueel
from ser_portal.baas.melding import Fout
from ser_portal.baas.plek import Plek
from ser_portal.baas.postgres import DATABASE, Postgres

from .conftest import PAKKETTEN


@pytest.fixture(scope="module")
def plek() -> Iterator[Plek]:
    map_ = Path(tempfile.mkdtemp(prefix="ser-bewaar-", dir="/tmp"))
    map_.chmod(0o711)
    yield Plek(map_ / "var").maak()
    shutil.rmtree(map_)


@pytest.fixture(autouse=True)
def _ingebouwd(monkeypatch: pytest.MonkeyPatch) -> None:
    for naam in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(naam, raising=False)
    monkeypatch.setattr(virtueel, "zorg_voor", lambda slot: virtueel.python())
    monkeypatch.setattr(virtueel, "site_packages", lambda: PAKKETTEN)


@pytest.fixture(scope="module")
def server(plek: Plek) -> Iterator[Postgres]:
    een = Postgres(plek, PAKKETTEN)
    een.start()
    yield een
    een.stop()


@pytest.fixture
def tar(plek: Plek, server: Postgres, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Een bewaarde tar met één rij, één bestand en de sleutel."""
    server.start()
    server.psql("DROP TABLE IF EXISTS proef; CREATE TABLE proef AS SELECT 42 AS nr", DATABASE)
    (plek.var / "bestanden" / "ab").mkdir(parents=True, exist_ok=True)
    (plek.var / "bestanden" / "ab" / "abcd").write_bytes(b"een stuk")
    plek.sleutel()
    assert bewaar.bewaar(plek, str(tmp_path / "bewaard.tar")) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "bewaard.tar")
    return tmp_path / "bewaard.tar"


def test_tar_bevat_alles_en_is_een_geheim(tar: Path) -> None:
    with tarfile.open(tar) as open_:
        namen = open_.getnames()
        lijst = open_.extractfile("inhoud.json")
        assert lijst is not None
        inhoud = json.load(lijst)
    assert namen == ["database.dump", "bestanden/ab/abcd", "sleutel", "inhoud.json"]
    assert set(inhoud["sommen"]) == set(namen) - {"inhoud.json"}
    assert stat.S_IMODE(tar.stat().st_mode) == 0o600
    assert [pad.name for pad in tar.parent.iterdir() if pad.name.endswith(".half")] == []


def test_wat_tijdens_het_bewaren_komt_of_gaat_bederft_de_tar_niet(
    plek: Plek, server: Postgres, tar: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Een upload schrijft in `.nieuw-…` en hernoemt dat: halverwege in de tar paste het niet bij zijn controlesom."""
    bezig, weg = plek.var / "bestanden" / ".nieuw-x", plek.var / "bestanden" / "ab" / "wees"
    bezig.write_bytes(b"half een st")
    weg.write_bytes(b"zonder rij")
    gewoon = tarfile.TarFile.add

    def intussen(self: tarfile.TarFile, naam: Path, *args: object, **kw: object) -> None:
        if naam == weg:
            weg.unlink()  # zoals veeg_wezen
        gewoon(self, naam, *args, **kw)

    monkeypatch.setattr(tarfile.TarFile, "add", intussen)
    nieuw = tar.with_name("tijdens.tar")
    try:
        assert bewaar.bewaar(plek, str(nieuw)) == 0
    finally:
        bezig.unlink()
    with tarfile.open(nieuw) as open_:
        assert open_.getnames() == ["database.dump", "bestanden/ab/abcd", "sleutel", "inhoud.json"]


def test_een_tar_wordt_nooit_overschreven(plek: Plek, tar: Path) -> None:
    voor = tar.read_bytes()
    with pytest.raises(Fout, match="bestaat al"):
        bewaar.bewaar(plek, str(tar))
    assert tar.read_bytes() == voor


def test_terug_zoals_het_was_en_het_vorige_blijft(plek: Plek, server: Postgres, tar: Path) -> None:
    sleutel = plek.sleutel()
    server.start()
    server.psql("UPDATE proef SET nr = 7", DATABASE)
    (plek.var / "bestanden" / "ab" / "abcd").write_bytes(b"later")
    (plek.var / "bestanden" / "nieuw").write_bytes(b"later")
    (plek.var / "sleutel").write_text("andere sleutel", encoding="utf-8")
    stempels.zet(plek, "archief", [])
    assert bewaar.zet_terug(plek, tar) == 0
    assert (plek.var / "bestanden" / "ab" / "abcd").read_bytes() == b"een stuk"
    assert not (plek.var / "bestanden" / "nieuw").exists()
    assert plek.sleutel() == sleutel
    # Het archief mag opnieuw; het voorbeeld komt nooit bij teruggezette gegevens.
    assert list(stempels.alle(plek)) == ["voorbeeld"]
    server.start()
    assert server.psql("SELECT nr FROM proef", DATABASE).strip() == "42"
    vorige = server.psql("SELECT datname FROM pg_database WHERE datname LIKE 'ser_vorige_%'").split()
    assert server.psql("SELECT nr FROM proef", vorige[-1]).strip() == "7"
    assert len(list(plek.var.glob("vorige-*/bestanden/nieuw"))) == 1


def test_niet_terwijl_het_draait(plek: Plek, tar: Path) -> None:
    with plek.slot("portaal", ""), pytest.raises(Fout, match="draait nog"):
        bewaar.zet_terug(plek, tar)


def lid(naam: str, inhoud: bytes = b"", soort: bytes = tarfile.REGTYPE) -> tuple[tarfile.TarInfo, bytes]:
    kop = tarfile.TarInfo(naam)
    kop.type, kop.size, kop.linkname = soort, len(inhoud), "/etc/passwd"
    return kop, inhoud


def maak_tar(pad: Path, *leden: tuple[tarfile.TarInfo, bytes]) -> None:
    with tarfile.open(pad, "w") as open_:
        for kop, inhoud in leden:
            open_.addfile(kop, io.BytesIO(inhoud))


def lijst(vorm: int = 1, **sommen: str) -> tuple[tarfile.TarInfo, bytes]:
    return lid("inhoud.json", json.dumps({"vorm": vorm, "sommen": sommen}).encode())


SLECHT: dict[str, tuple[Callable[[Path], object], str]] = {
    "geen tar": (lambda pad: pad.write_bytes(b"x" * 2000), "geen hele tar"),
    "leeg": (lambda pad: pad.write_bytes(b""), "geen hele tar"),
    "zonder lijst": (lambda pad: maak_tar(pad, lid("database.dump")), "geen hele tar"),
    "lijst is onzin": (lambda pad: maak_tar(pad, lid("inhoud.json", b"[]")), "geen hele tar"),
    "naar buiten": (lambda pad: maak_tar(pad, lid("../../ontsnapt", b"x"), lijst()), "geen hele tar"),
    "vast pad": (lambda pad: maak_tar(pad, lid("/tmp/ser-ontsnapt", b"x"), lijst()), "geen hele tar"),
    "koppeling": (lambda pad: maak_tar(pad, lid("sleutel", soort=tarfile.SYMTYPE), lijst()), "geen hele tar"),
    "nieuwere vorm": (lambda pad: maak_tar(pad, lijst(vorm=2)), "heeft vorm 2"),
    "verkeerde som": (
        lambda pad: maak_tar(pad, lid("database.dump", b"x"), lijst(**{"database.dump": "0"})),
        "klopt niet",
    ),
    "ontbrekend stuk": (lambda pad: maak_tar(pad, lijst(**{"database.dump": "0"})), "klopt niet"),
}


@pytest.mark.parametrize("naam", SLECHT)
def test_slechte_tar_verandert_niets(naam: str, plek: Plek, server: Postgres, tmp_path: Path) -> None:
    maak, melding = SLECHT[naam]
    pad = tmp_path / "slecht.tar"
    maak(pad)
    voor = {kind.name for kind in plek.var.iterdir()}
    with pytest.raises(Fout, match=melding):
        bewaar.zet_terug(plek, pad)
    assert {kind.name for kind in plek.var.iterdir()} - {"portaal.slot"} == voor - {"portaal.slot"}
    assert not Path("/tmp/ser-ontsnapt").exists()
    assert not (plek.var.parent / "ontsnapt").exists()


def test_dump_die_niet_te_lezen_is_laat_de_database_staan(plek: Plek, server: Postgres, tmp_path: Path) -> None:
    pad = tmp_path / "dump.tar"
    maak_tar(
        pad, lid("database.dump", b"geen dump"), lijst(**{"database.dump": hashlib.sha256(b"geen dump").hexdigest()})
    )
    server.start()
    server.psql("CREATE TABLE IF NOT EXISTS blijft (nr int)", DATABASE)
    with pytest.raises(Fout, match="pg_restore mislukt"):
        bewaar.zet_terug(plek, pad)
    server.start()
    assert server.psql("SELECT count(*) FROM blijft", DATABASE).strip() == "0"
    assert server.psql("SELECT count(*) FROM pg_database WHERE datname LIKE 'ser_terug_%'").strip() == "0"


def test_wie_de_database_nog_gebruikt_houdt_het_terugzetten_tegen_en_er_blijft_niets_half(
    plek: Plek, server: Postgres, tar: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL wacht vijf seconden op de ander en weigert dan; hier weigert het meteen."""
    server.start()
    server.psql("UPDATE proef SET nr = 7", DATABASE)
    gewoon = Postgres.psql

    def bezet(self: Postgres, sql: str, database: str = "postgres") -> str:
        if "RENAME" in sql:
            raise Fout(f'De database weigert: ERROR:  database "{DATABASE}" is being accessed by other users')
        return gewoon(self, sql, database)

    with monkeypatch.context() as even:
        even.setattr(Postgres, "psql", bezet)
        with pytest.raises(Fout, match="Een ander gebruikt de database"):
            bewaar.zet_terug(plek, tar)
    server.start()
    assert server.psql("SELECT nr FROM proef", DATABASE).strip() == "7"
    assert server.psql("SELECT count(*) FROM pg_database WHERE datname LIKE 'ser_terug_%'").strip() == "0"


def test_bestand_dat_er_niet_is(plek: Plek, server: Postgres, tmp_path: Path) -> None:
    with pytest.raises(Fout, match="is er niet"):
        bewaar.zet_terug(plek, tmp_path / "nergens.tar")
