"""De map var/: sloten, sleutel, sockets, en wat er gebeurt als de schijf vol is."""

import errno
import os
import shutil
import stat
from collections import namedtuple
from pathlib import Path

import pytest

from ser_portal.baas import opdracht, stempels
from ser_portal.baas import plek as plek_module
from ser_portal.baas.melding import Fout, leg_uit
from ser_portal.baas.plek import Plek, eis_ruimte, korte_map, schrijf_in_een_keer, staart

Ruimte = namedtuple("Ruimte", "total used free")


@pytest.fixture
def plek(tmp_path: Path) -> Plek:
    return Plek(tmp_path / "var").maak()


def test_alleen_de_eigenaar_leest(plek: Plek) -> None:
    plek.sleutel()
    assert stat.S_IMODE(plek.var.stat().st_mode) == (0o711 if os.geteuid() == 0 else 0o700)
    assert stat.S_IMODE((plek.var / "sleutel").stat().st_mode) == 0o600
    assert stat.S_IMODE(plek.log.stat().st_mode) == 0o700


def test_sleutel_blijft_en_is_per_plek_anders(plek: Plek, tmp_path: Path) -> None:
    assert plek.sleutel() == plek.sleutel()
    assert len(plek.sleutel()) > 50
    assert Plek(tmp_path / "ander").maak().sleutel() != plek.sleutel()


def test_bestand_in_de_weg(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("", encoding="utf-8")
    with pytest.raises(Fout, match="is geen map"):
        Plek(tmp_path / "var").maak()


def test_volle_schijf_is_een_regel(plek: Plek, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda pad: Ruimte(10**9, 10**9, 12_000_000))
    with pytest.raises(Fout, match="De schijf is vol: nog 12 MB vrij.*nodig is 300 MB"):
        eis_ruimte(plek.var)


@pytest.mark.parametrize(
    ("nummer", "woorden"),
    [(errno.ENOSPC, "schijf is vol"), (errno.EACCES, "Geen schrijfrecht"), (errno.EMFILE, "weigert")],
)
def test_fout_van_het_systeem_is_een_regel(
    nummer: int, woorden: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def weiger(*_: object) -> int:
        raise OSError(nummer, os.strerror(nummer), "/plek")

    monkeypatch.setattr(opdracht.start, "draai", weiger)
    masker = os.umask(0o077)
    assert opdracht.hoofd(["start", "--var", str(tmp_path)]) == 1
    os.umask(masker)
    regels = capsys.readouterr().err.splitlines()
    assert len(regels) == 1
    assert woorden in regels[0]
    assert "/plek" in regels[0]
    assert "(" not in leg_uit(OSError(nummer, "x"))


def test_half_geschreven_bestaat_niet(plek: Plek, monkeypatch: pytest.MonkeyPatch) -> None:
    def vol(fd: int) -> None:
        raise OSError(errno.ENOSPC, "vol")

    doel = plek.var / "sleutel"
    schrijf_in_een_keer(doel, "oud")
    monkeypatch.setattr(os, "fsync", vol)
    with pytest.raises(OSError, match="vol"):
        schrijf_in_een_keer(doel, "nieuw")
    assert doel.read_text(encoding="utf-8") == "oud"
    assert [pad.name for pad in plek.var.glob(".*")] == []


def test_slot_laat_er_een_toe(plek: Plek) -> None:
    with plek.slot("portaal", "bezet"), pytest.raises(Fout, match="bezet"), plek.slot("portaal", "bezet"):
        pass
    with plek.slot("portaal", "bezet"):
        pass


def test_wachtslot_geeft_het_op(plek: Plek) -> None:
    with plek.wachtslot("opstart"), pytest.raises(Fout, match="nog bezig"), plek.wachtslot("opstart", geduld=0):
        pass


def test_kort_pad_blijft_en_lang_pad_wordt_kort(tmp_path: Path) -> None:
    kort = Path("/srv/ser/var/pg")
    assert korte_map(kort, 80) == kort
    for pad in (Path("/srv") / ("l" * 90) / "pg", Path("/srv/met spatie/pg"), Path("/srv/é/pg")):
        anders = korte_map(pad, 80)
        try:
            assert len(os.fsencode(anders)) < 80
            assert korte_map(pad, 80) == anders
            assert stat.S_IMODE(anders.stat().st_mode) == 0o700
        finally:
            anders.rmdir()


def test_map_die_een_ander_klaarzette_wordt_niet_gebruikt(monkeypatch: pytest.MonkeyPatch) -> None:
    pad = Path("/srv") / ("v" * 90)
    vals = korte_map(pad, 80)
    try:
        vals.chmod(0o777)
        with pytest.raises(Fout, match="niet van u"):
            korte_map(pad, 80)
        vals.chmod(0o700)
        monkeypatch.setattr(plek_module, "GEWOON", -1)
        monkeypatch.setattr(os, "lstat", os.lstat)
        vals.rmdir()
        vals.symlink_to("/tmp")
        with pytest.raises(Fout, match="niet van u"):
            korte_map(pad, 80)
    finally:
        vals.unlink()


def test_groot_logboek_schuift_op(plek: Plek, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plek_module, "GROOT_LOGBOEK", 3)
    plek.logboek("web").write_text("een\ntwee\n", encoding="utf-8")
    assert not plek.logboek("web").exists()
    assert (plek.log / "web.log.1").read_text(encoding="utf-8") == "een\ntwee\n"


def test_staart(plek: Plek) -> None:
    assert staart(plek.log / "geen.log") == ""
    plek.logboek("web").write_text("\n".join(str(nr) for nr in range(9)), encoding="utf-8")
    assert staart(plek.logboek("web"), 2) == "7\n8"


def test_stempel_verandert_met_de_bestanden(plek: Plek, tmp_path: Path) -> None:
    bestand = tmp_path / "a.json"
    bestand.write_text("1", encoding="utf-8")
    assert stempels.ontbreekt(plek, "archief", [bestand])
    stempels.zet(plek, "archief", [bestand])
    stempels.zet(plek, "voorbeeld", [])
    assert not stempels.ontbreekt(plek, "archief", [bestand])
    bestand.write_text("22", encoding="utf-8")
    assert stempels.ontbreekt(plek, "archief", [bestand])
    stempels.vergeet(plek, "archief")
    assert list(stempels.alle(plek)) == ["voorbeeld"]


@pytest.mark.parametrize("inhoud", ["", "{", "[]"])
def test_onleesbare_stempels_tellen_als_leeg(plek: Plek, inhoud: str) -> None:
    (plek.var / "stempels.json").write_text(inhoud, encoding="utf-8")
    assert stempels.alle(plek) == {}
