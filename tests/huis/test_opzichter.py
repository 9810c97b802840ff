"""De opzichter: herstarten, opgeven, opruimen, en stoppen in volgorde."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ser_portal.baas import proces
from ser_portal.baas.melding import Fout
from ser_portal.baas.opzichter import MERK, VALPARTIJEN, Kind, Opzichter
from ser_portal.baas.plek import Plek

WACHT = "import sys,signal; print('klaar', flush=True); signal.pause()"
MELDT = (
    "import signal,sys\n"
    "def uit(*_):\n    open(sys.argv[1], 'a').write(sys.argv[2] + '\\n'); sys.exit(0)\n"
    "signal.signal(signal.SIGTERM, uit)\nprint('klaar', flush=True)\nwhile True: signal.pause()"
)


@pytest.fixture
def plek(tmp_path: Path) -> Plek:
    return Plek(tmp_path / "var").maak()


def kind(plek: Plek, naam: str, code: str, *argumenten: str, geduld: float = 5) -> Kind:
    return Kind(naam, [sys.executable, "-c", code, *argumenten], os.environ, plek.logboek(naam), geduld)


def tot(voorwaarde: Callable[[], object], wat: str) -> None:
    """Wacht op een gebeurtenis in een ander proces; faalt na tien seconden."""
    einde = time.monotonic() + 10
    while not voorwaarde():
        assert time.monotonic() < einde, wat
        os.sched_yield()


def klaar(een: Kind, keer: int = 1) -> None:
    tot(lambda: een.logboek.exists() and een.logboek.read_text().count("klaar") >= keer, f"{een.naam} start niet")


KLOPT = (
    "import os, pathlib, time\n"
    "pathlib.Path(os.environ['PORTAL_HARTSLAG']).touch()\nprint('klaar', flush=True)\n"
    "while True:\n    pathlib.Path(os.environ['PORTAL_HARTSLAG']).touch(); time.sleep(0.02)"
)


def test_wie_leeft_maar_zwijgt_wordt_herstart(plek: Plek, capsys: pytest.CaptureFixture[str]) -> None:
    wachter = Opzichter(plek)
    een, ander = kind(plek, "werker", KLOPT), kind(plek, "web", WACHT)
    een.hartslag, een.stil = plek.var / "hartslag", 30
    wachter.kinderen = [een, ander]
    wachter.start()
    klaar(een)
    klaar(ander)
    wachter.kijk_na()
    assert een.proces is not None
    assert ander.proces is not None
    eerste, blijft = een.proces.pid, ander.proces.pid
    os.kill(eerste, signal.SIGSTOP)
    een.stil = 0.1
    tot(lambda: wachter.kijk_na() or (een.proces and een.proces.pid != eerste), "een hangend proces blijft hangen")
    een.stil = 30
    klaar(een, 2)
    wachter.kijk_na()
    assert ander.proces.pid == blijft, "wie geen hartslag heeft, mag zwijgen"
    assert "werker zwijgt al 0 s en wordt afgebroken" in capsys.readouterr().err
    wachter.stop()


def test_stopt_de_laatst_gestarte_eerst(plek: Plek, tmp_path: Path) -> None:
    volgorde = tmp_path / "volgorde"
    wachter = Opzichter(plek)
    wachter.kinderen = [kind(plek, naam, MELDT, str(volgorde), naam) for naam in ("werker", "klok", "web")]
    wachter.start()
    for een in wachter.kinderen:
        klaar(een)
    wachter.stop()
    assert volgorde.read_text(encoding="utf-8").split() == ["web", "klok", "werker"]
    assert [een.proces.returncode for een in wachter.kinderen if een.proces] == [0, 0, 0]


def test_wie_valt_wordt_herstart_en_wie_blijft_vallen_stopt_het_portaal(
    plek: Plek, capsys: pytest.CaptureFixture[str]
) -> None:
    wachter = Opzichter(plek)
    een = kind(plek, "web", "print('kapotte instelling', flush=True); raise SystemExit(3)")
    wachter.kinderen = [een]
    wachter.start()

    def val() -> None:
        assert een.proces is not None
        een.proces.wait(10)
        wachter.kijk_na()

    for _ in range(VALPARTIJEN - 1):
        val()
    assert capsys.readouterr().err.count("web is gestopt (uitkomst 3) en wordt opnieuw gestart.") == VALPARTIJEN - 1
    with pytest.raises(Fout, match="web valt telkens om.*\n.*kapotte instelling"):
        val()
    wachter.stop()


def test_af_en_toe_vallen_mag(plek: Plek, monkeypatch: pytest.MonkeyPatch) -> None:
    nu = iter(range(0, 10_000, 60))
    monkeypatch.setattr("ser_portal.baas.opzichter.time.monotonic", lambda: float(next(nu)))
    wachter = Opzichter(plek)
    een = kind(plek, "web", "raise SystemExit(1)")
    wachter.kinderen = [een]
    wachter.start()
    for _ in range(VALPARTIJEN * 2):
        assert een.proces is not None
        os.waitid(os.P_PID, een.proces.pid, os.WEXITED | os.WNOWAIT)
        wachter.kijk_na()
    wachter.stop()


def test_wezen_van_een_gedood_kind_houden_niets_vast(plek: Plek) -> None:
    code = f"import subprocess,sys; subprocess.Popen([sys.executable, '-c', {WACHT!r}]).wait()"
    een = kind(plek, "web", code)
    wachter = Opzichter(plek)
    wachter.kinderen = [een]
    wachter.start()
    klaar(een)
    assert een.proces is not None
    groep = [pid for pid in proces.met_merk(f"{MERK}={plek.var}") if pid != een.proces.pid]
    assert len(groep) == 1
    een.proces.kill()
    een.proces.wait(10)
    wachter.kijk_na()
    assert proces.wacht_tot_weg(groep, 10) == []
    klaar(een, 2)
    wachter.stop()
    tot(lambda: proces.met_merk(f"{MERK}={plek.var}") == [], "er blijft iets achter")


def test_dat_niet_luistert_wordt_afgebroken(plek: Plek, capsys: pytest.CaptureFixture[str]) -> None:
    doof = "import signal; signal.signal(15, signal.SIG_IGN); print('klaar', flush=True)\nwhile True: signal.pause()"
    een = kind(plek, "werker", doof, geduld=0.2)
    een.start(str(plek.var))
    klaar(een)
    een.stop()
    assert een.proces is not None
    assert een.proces.returncode == -signal.SIGKILL
    assert "werker stopt niet" in capsys.readouterr().err


def test_resten_van_een_gedode_opzichter_worden_opgeruimd(plek: Plek, capsys: pytest.CaptureFixture[str]) -> None:
    rest = subprocess.Popen(
        [sys.executable, "-c", WACHT], env={**os.environ, MERK: str(plek.var)}, stdout=subprocess.PIPE
    )
    with rest:
        assert rest.stdout is not None
        rest.stdout.readline()
        Opzichter(plek).ruim_resten()
        assert rest.wait(10) == -signal.SIGTERM
    assert "Resten van een vorige start opgeruimd (1 processen)." in capsys.readouterr().err
    Opzichter(plek).ruim_resten()
    assert capsys.readouterr().err == ""


def test_kind_sterft_met_een_gedode_opzichter(plek: Plek, tmp_path: Path) -> None:
    code = (
        "import os,sys,signal; from pathlib import Path\n"
        "from ser_portal.baas.opzichter import Kind\n"
        f"een = Kind('web', [sys.executable, '-c', {WACHT!r}], os.environ, Path(sys.argv[1]))\n"
        "een.start(sys.argv[2]); print(een.proces.pid, flush=True); signal.pause()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "log"), str(plek.var)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).resolve().parents[2],
    ) as ouder:
        assert ouder.stdout is not None
        pid = int(ouder.stdout.readline())
        ouder.kill()
    assert proces.wacht_tot_weg([pid], 10) == []


def test_sein_vraagt_te_stoppen(plek: Plek) -> None:
    oud = {sein: signal.getsignal(sein) for sein in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    wachter = Opzichter(plek)
    bewaakt: list[int] = []

    def bewaak() -> None:
        bewaakt.append(1)
        os.kill(os.getpid(), signal.SIGTERM)

    wachter.bewaak = bewaak
    try:
        wachter.luister()
        wachter.waak()
    finally:
        for sein, doen in oud.items():
            signal.signal(sein, doen)
    assert wachter.gevraagd_te_stoppen
    assert bewaakt == [1]
