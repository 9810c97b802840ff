"""De opdrachtregel: wat niet kan, is één regel op stderr en een exitcode die niet nul is."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from ser_portal.baas import opdracht, pakketten, start, toets, virtueel
from ser_portal.baas.melding import Fout
from ser_portal.baas.plek import WORTEL, Plek
from ser_portal.baas.servers import Servers


def portal(*argumenten: str, **omgeving: str) -> subprocess.CompletedProcess[str]:
    """Draai ./portal zoals een gebruiker, met het gewone Python en zonder virtuele omgeving."""
    return subprocess.run(
        [sys.executable, str(WORTEL / "portal"), *argumenten],
        capture_output=True,
        text=True,
        env={"PATH": os.defpath, "HOME": "/nonexistent", **omgeving},
        check=False,
        stdin=subprocess.DEVNULL,
    )


def een_regel(uitkomst: subprocess.CompletedProcess[str]) -> str:
    """Geef de ene regel van een mislukt commando."""
    assert uitkomst.returncode == 1, uitkomst.stderr
    assert uitkomst.stdout == ""
    regels = uitkomst.stderr.splitlines()
    assert len(regels) == 1, uitkomst.stderr
    return regels[0]


def test_bezette_poort(tmp_path: Path) -> None:
    with socket.socket() as bezet:
        bezet.bind(("127.0.0.1", 0))
        bezet.listen(1)
        poort = str(bezet.getsockname()[1])
        regel = een_regel(portal("start", "--port", poort, "--var", str(tmp_path / "var")))
        assert regel == f"portal: Poort {poort} is al in gebruik. Kies een andere met --port of PORTAL_PORT."
        assert regel == een_regel(portal("start", PORTAL_PORT=poort, PORTAL_VAR=str(tmp_path / "var")))


def test_bezette_poort_van_de_bewaking(tmp_path: Path) -> None:
    """De bewaking luistert op de poort ernaast: is die bezet, dan zegt één regel welke, en start er niets."""
    with socket.socket() as bezet:
        bezet.bind(("127.0.0.1", 0))
        bezet.listen(1)
        ernaast = int(bezet.getsockname()[1])
        regel = een_regel(portal("start", "--port", str(ernaast - 1), "--var", str(tmp_path / "var")))
    assert regel == (
        f"portal: Poort {ernaast} is al in gebruik; daar luistert de bewaking. "
        f"Kies met --port of PORTAL_PORT een andere dan {ernaast - 1}."
    )


def test_de_hoogste_poort_laat_geen_plaats_voor_de_bewaking(tmp_path: Path) -> None:
    regel = een_regel(portal("start", "--port", "65535", "--var", str(tmp_path / "var")))
    assert regel == ("portal: Poort 65535 kan niet: de bewaking luistert op de poort erna. Kies een lagere met --port.")


def test_tweede_start_op_dezelfde_plek(tmp_path: Path) -> None:
    plek = Plek(tmp_path / "var").maak()
    with plek.slot("portaal", ""):
        assert "Het portaal draait al op" in een_regel(portal("--var", str(plek.var), "start"))


@pytest.mark.parametrize("poort", ["abc", "0", "65536", "-1", "8000.5", "²"])
def test_onzin_als_poort(poort: str, tmp_path: Path) -> None:
    assert "is geen poort" in een_regel(portal("start", f"--port={poort}", "--var", str(tmp_path / "var")))


def test_onbekende_optie(tmp_path: Path) -> None:
    assert "Onbekend: --snel" in een_regel(portal("start", "--snel", "--var", str(tmp_path / "var")))


def test_onbekend_commando_en_geen_commando() -> None:
    for argumenten in (["vlieg"], []):
        uitkomst = portal(*argumenten)
        assert uitkomst.returncode == 2
        assert "usage" in uitkomst.stderr


def test_hulp_noemt_elk_commando() -> None:
    uitkomst = portal("--help")
    assert uitkomst.returncode == 0
    for naam in ("start", "test", "check", "bench", "bewijs", "manage", "backup", "restore"):
        assert f"    {naam} " in uitkomst.stdout


def test_var_zonder_schrijfrecht(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(os, "umask", lambda masker: masker)
    assert opdracht.hoofd(["start", "--var", "/proc/kan-niet"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_afgebroken_met_ctrl_c(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def breek(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "umask", lambda masker: masker)
    monkeypatch.setattr(toets, "check", breek)
    assert opdracht.hoofd(["check"]) == 130
    assert capsys.readouterr().err == "portal: afgebroken.\n"


def test_te_oud_of_te_nieuw_python(tmp_path: Path) -> None:
    code = "import runpy,sys; sys.version_info=(3,10,1,'final',0); sys.argv=['portal','start']; "
    code += f"runpy.run_path({str(WORTEL / 'portal')!r}, run_name='__main__')"
    uitkomst = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={"PATH": str(tmp_path)}, check=False
    )
    assert "vraagt Python 3.11 of 3.12" in een_regel(uitkomst)


def test_de_baas_draait_op_de_standaardbibliotheek_alleen() -> None:
    code = "import sys; sys.path.insert(0, '.'); import ser_portal.baas.opdracht; print('django' in sys.modules)"
    uitkomst = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], cwd=WORTEL, capture_output=True, text=True, check=True
    )
    assert uitkomst.stdout == "False\n"


# -- adressen


def test_adressen_van_buiten_gaan_voor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db/ser")
    monkeypatch.setenv("REDIS_URL", "redis://redis/0")
    for naam in ("EIGENAAR_DATABASE_URL", "PUBLIEK_DATABASE_URL"):
        monkeypatch.delenv(naam, raising=False)
    servers = Servers(Plek(tmp_path / "var").maak(), None)
    assert servers.postgres is None
    assert servers.redis is None
    assert servers.adressen("app") == {
        "DATABASE_URL": "postgresql://app@db/ser",
        "PUBLIEK_DATABASE_URL": "postgresql://app@db/ser",
        "REDIS_URL": "redis://redis/0",
    }
    assert servers.adressen("eigenaar") == servers.adressen("app")
    monkeypatch.setenv("EIGENAAR_DATABASE_URL", "postgresql://baas@db/ser")
    monkeypatch.setenv("PUBLIEK_DATABASE_URL", "postgresql://lezer@kopie/ser")
    assert servers.adressen("eigenaar")["DATABASE_URL"] == "postgresql://baas@db/ser"
    assert servers.adressen("beheerder")["PUBLIEK_DATABASE_URL"] == "postgresql://baas@db/ser"
    assert servers.adressen("app")["PUBLIEK_DATABASE_URL"] == "postgresql://lezer@kopie/ser"


def test_bewaren_is_voor_de_ingebouwde_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db/ser")
    monkeypatch.setenv("REDIS_URL", "redis://redis/0")
    monkeypatch.setattr(virtueel, "zorg_voor", lambda slot: virtueel.python())
    monkeypatch.setattr(os, "umask", lambda masker: masker)
    assert opdracht.hoofd(["backup", "--var", str(tmp_path / "var")]) == 1
    assert "pg_dump van uw eigen server" in capsys.readouterr().err


@pytest.mark.parametrize("onzin", ["veel", "0", "-5", "1.5"])
def test_een_aantal_verbindingen_dat_geen_getal_is_noemt_de_variabele(
    onzin: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for naam in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(naam, raising=False)
    monkeypatch.setenv("DB_MAX_VERBINDINGEN", onzin)
    with pytest.raises(Fout, match=f"DB_MAX_VERBINDINGEN is '{onzin}'"):
        Servers(Plek(tmp_path / "var").maak(), None)


# -- virtuele omgeving en systeempakketten


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Een namaak-`.venv` met eigen slotbestanden."""
    map_ = tmp_path / ".venv"
    (map_ / "bin").mkdir(parents=True)
    (map_ / "bin" / "python").symlink_to(sys.executable)
    for naam in ("run", "dev"):
        (tmp_path / f"{naam}.txt").write_text(naam, encoding="utf-8")
    monkeypatch.setattr(virtueel, "VENV", map_)
    monkeypatch.setattr(virtueel, "STEMPEL", map_ / "stempel.json")
    monkeypatch.setattr(virtueel, "SLOTEN", {naam: tmp_path / f"{naam}.txt" for naam in ("run", "dev")})
    monkeypatch.setattr(virtueel, "eis_ruimte", lambda *_: None)
    return map_


def test_installeert_een_keer_en_weer_na_een_ander_slotbestand(venv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keren: list[str] = []
    monkeypatch.setattr(virtueel, "_met_uv", lambda slot, logboek: bool(keren.append(slot)) or True)
    virtueel.zorg_voor("run")
    virtueel.zorg_voor("run")
    assert keren == ["run"]
    virtueel.zorg_voor("dev")
    virtueel.zorg_voor("run")
    assert keren == ["run", "dev"]
    (venv.parent / "run.txt").write_text("nieuw", encoding="utf-8")
    virtueel.zorg_voor("run")
    # Wie de toetsgereedschappen had, houdt ze.
    assert keren == ["run", "dev", "dev"]
    assert set(json.loads(virtueel.STEMPEL.read_text(encoding="utf-8"))) == {"run", "dev"}


def test_mislukt_installeren_laat_geen_stempel_en_noemt_de_oorzaak(
    venv: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(virtueel, "WORTEL", tmp_path)
    monkeypatch.setattr(virtueel.shutil, "which", lambda naam: None)
    (tmp_path / "run.txt").write_text("bestaat-echt-niet==1 --hash=sha256:" + "0" * 64, encoding="utf-8")
    (tmp_path / "pip.conf").write_text(f"[global]\nno-index = true\nfind-links = {tmp_path}\n", encoding="utf-8")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    monkeypatch.setattr(virtueel, "_venv_bruikbaar", lambda: True)
    monkeypatch.setattr(virtueel, "gelukt_stil", lambda *_: True)
    with pytest.raises(Fout, match="Installeren is mislukt.*\n"):
        virtueel.zorg_voor("run")
    assert not virtueel.is_klaar("run")


@pytest.mark.parametrize("slot", ["run", "dev"])
def test_slot_in_delen_is_het_hele_slot_en_elk_pakket_een_keer(slot: str) -> None:
    heel = virtueel.SLOTEN[slot].read_text(encoding="utf-8")
    een, twee = (set(deel.splitlines()) - {""} for deel in virtueel.verdeel(heel, 2))
    pakketten_ = {regel for regel in heel.splitlines() if "==" in regel and not regel.startswith((" ", "#"))}
    assert len(pakketten_) > 60
    assert pakketten_ & een | pakketten_ & twee == pakketten_
    assert not pakketten_ & een & twee
    hashes = {regel for regel in heel.splitlines() if "--hash=" in regel}
    assert hashes == {regel for regel in een | twee if "--hash=" in regel}
    eerste = heel[heel.index("\n", heel.index("==")) :].partition("\n    #")[0]
    assert eerste in virtueel.verdeel(heel, 2)[0]  # de hashes blijven bij hun pakket


def test_gewone_gebruiker_krijgt_de_ene_opdracht(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pakketten, "_laadbaar", lambda bibliotheek: False)
    monkeypatch.setattr(pakketten, "chromium", lambda: None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(Fout) as fout:
        pakketten.eis({"pango", "chromium"})
    assert str(fout.value).endswith(
        "apt-get install --no-install-recommends chromium libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0"
    )


def test_root_installeert_met_apt_en_haalt_zo_nodig_eerst_de_lijst(monkeypatch: pytest.MonkeyPatch) -> None:
    gedaan: list[str] = []
    er_is: list[str] = []

    def apt(werk: str, namen: list[str]) -> bool:
        gedaan.append(werk)
        if werk == "install" and "update" in gedaan:
            er_is.append("chromium")
        return werk == "update" or bool(er_is)

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(pakketten, "_apt", apt)
    monkeypatch.setattr(pakketten, "chromium", lambda: er_is[0] if er_is else None)
    monkeypatch.setattr(pakketten.shutil, "which", lambda naam: "/usr/bin/apt-get")
    pakketten.eis({"chromium"})
    assert gedaan == ["install", "update", "install"]
    er_is.clear()
    gedaan.clear()
    monkeypatch.setattr(pakketten, "_apt", lambda werk, namen: False)
    with pytest.raises(Fout, match="apt kan dit niet installeren"):
        pakketten.eis({"chromium"})


def test_zonder_pango_start_het_portaal_toch(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pakketten, "_laadbaar", lambda bibliotheek: False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    start._regel_pango()
    assert "Zonder Pango maakt het portaal geen PDF's." in capsys.readouterr().err


def test_chromium_van_playwright_telt_ook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORTAL_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    assert pakketten.chromium() is None
    browser = tmp_path / "chromium-1200" / "chrome-linux" / "chrome"
    browser.parent.mkdir(parents=True)
    browser.touch()
    assert pakketten.chromium() == str(browser)
    monkeypatch.setenv("PORTAL_CHROMIUM", "/eigen/chromium")
    assert pakketten.chromium() == "/eigen/chromium"
