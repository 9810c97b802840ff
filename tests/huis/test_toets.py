"""`./portal check`, `test` en `bench`: wat mislukt is te zien, en de exitcode klopt."""

import ast
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from benchmarks.__main__ import modules
from ser_portal.baas import pakketten, toets, virtueel
from ser_portal.baas.melding import Fout
from ser_portal.baas.plek import Plek
from ser_portal.baas.toets import Stap
from tests.bewijs.hulp import geschaald

GOED = ("python", "-c", "print('stil')")
FOUT = ("python", "-c", "print('hier staat waarom'); raise SystemExit(1)")
STARTERS = {"bladzijden", "browser.bladzijden", "gezelschap"}  # wat in een toets een browser opent


@pytest.fixture
def plek(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plek:
    bin_ = tmp_path / "venv" / "bin"
    bin_.mkdir(parents=True)
    # Een koppeling zou haar pakketten verliezen; een scriptje houdt ze.
    for naam in ("python", "coverage"):
        (bin_ / naam).write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
        (bin_ / naam).chmod(0o755)
    monkeypatch.setattr(virtueel, "VENV", tmp_path / "venv")
    monkeypatch.setattr(virtueel, "zorg_voor", lambda slot: virtueel.python())
    monkeypatch.setattr(pakketten, "eis", lambda behoeften: None)
    return Plek(tmp_path / "var")


@pytest.fixture
def zonder_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def namaak(plek: Plek, naam: str, *, veilig: bool) -> Iterator[tuple[object, dict[str, str]]]:
        (plek.var / naam).mkdir(parents=True, exist_ok=True)
        yield None, {"PATH": "/usr/bin:/bin"}

    monkeypatch.setattr(toets, "toetsplek", namaak)
    monkeypatch.setattr(toets, "wachttijd", lambda nu: 0.0)


def test_check_toont_alleen_wat_misgaat(
    plek: Plek, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(toets, "CONTROLES", (Stap("lint", GOED), Stap("typen", FOUT), Stap("opmaak", GOED)))
    assert toets.check(plek) == 1
    uitvoer = capsys.readouterr().err
    assert [regel.split(" (")[0] for regel in uitvoer.splitlines()] == [
        "goed  lint",
        "FOUT  typen",
        "hier staat waarom",
        "goed  opmaak",
        "Mislukt: typen.",
    ]
    monkeypatch.setattr(toets, "CONTROLES", (Stap("lint", GOED),))
    assert toets.check(plek) == 0
    assert capsys.readouterr().err.splitlines()[-1] == "Alles goed."


def test_check_raakt_geen_database(plek: Plek, monkeypatch: pytest.MonkeyPatch) -> None:
    kijk = "import os; raise SystemExit('bestaat-niet' not in os.environ['DATABASE_URL'])"
    monkeypatch.setenv("DATABASE_URL", "postgresql://echt@db/ser")
    monkeypatch.setattr(toets, "CONTROLES", (Stap("adres", ("python", "-c", kijk)),))
    assert toets.check(plek) == 0


@pytest.mark.usefixtures("zonder_servers")
@pytest.mark.parametrize(("controle", "pytest_code", "code"), [(GOED, 0, 0), (FOUT, 0, 1), (GOED, 1, 1)])
def test_test_slaagt_alleen_als_alles_slaagt(
    plek: Plek,
    controle: tuple[str, ...],
    pytest_code: int,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(toets, "CONTROLES", (Stap("lint", controle),))
    monkeypatch.setattr(toets, "_pytest", lambda plek_, argumenten, env, **_: pytest_code)
    assert toets.test(plek, []) == code
    slot = capsys.readouterr().err.splitlines()[-1]
    assert slot.startswith("GESLAAGD in" if code == 0 else "MISLUKT: ")


@pytest.mark.parametrize(
    ("nu", "minuten"),
    [
        ("2026-11-29T23:41:59+01:00", 0),
        ("2026-11-29T23:45:00+01:00", 15),
        ("2026-11-29T22:45:00+00:00", 15),  # een machine die in UTC leeft
        ("2026-11-30T00:00:00+01:00", 0),
        ("2026-10-24T23:50:00+02:00", 10),  # de nacht waarin de klok teruggaat
        ("2026-07-01T21:50:00+00:00", 10),
    ],
)
def test_een_hele_loop_blijft_binnen_een_amsterdamse_dag(nu: str, minuten: int) -> None:
    assert toets.wachttijd(datetime.fromisoformat(nu)) == minuten * 60


def test_een_hele_loop_wacht_tot_na_middernacht(
    plek: Plek, zonder_servers: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    volgorde: list[str] = []
    monkeypatch.setattr(toets, "CONTROLES", ())
    monkeypatch.setattr(toets, "controleer", lambda *_: [])
    monkeypatch.setattr(toets, "wachttijd", lambda nu: 120.0)
    monkeypatch.setattr(toets.time, "sleep", lambda tijd: volgorde.append(f"wacht {tijd:.0f}"))
    monkeypatch.setattr(toets, "_pytest", lambda *_, **__: volgorde.append("pytest") or 0)
    assert toets.test(plek, []) == 0
    assert volgorde == ["wacht 120", "pytest"]
    assert "ik begin over 2 minuten" in capsys.readouterr().err
    assert toets.test(plek, ["tests/kern"]) == 0
    assert volgorde[2:] == ["pytest"]  # wie een deel vraagt wacht niet


@pytest.mark.usefixtures("zonder_servers")
@pytest.mark.parametrize(("gevraagd", "gemeten"), [([], False), (["--dekking"], True)])
def test_dekking_is_alles_en_gemeten(
    plek: Plek, gevraagd: list[str], gemeten: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    gezien: list[tuple[list[str], bool]] = []

    def pytest_(plek_: Plek, argumenten: list[str], env: dict[str, str], *, dekking: bool) -> int:
        gezien.append((argumenten, dekking))
        return 0

    monkeypatch.setattr(toets, "CONTROLES", (Stap("lint", FOUT),))
    monkeypatch.setattr(toets, "_pytest", pytest_)
    assert toets.test(plek, gevraagd) == 1  # de controles horen er ook bij de dekking bij
    assert gezien == [([], gemeten)]


@pytest.mark.usefixtures("zonder_servers")
def test_met_argumenten_alleen_pytest(
    plek: Plek, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(toets, "CONTROLES", (Stap("lint", FOUT),))
    proef = tmp_path / "test_leeg.py"
    proef.write_text("def test_waar():\n    assert True\n", encoding="utf-8")
    assert toets.test(plek, ["-c", "/dev/null", "-p", "no:django", "-p", "no:randomly", "-q", str(proef)]) == 0
    proef.write_text("def test_onwaar():\n    assert False\n", encoding="utf-8")
    assert toets.test(plek, ["-c", "/dev/null", "-p", "no:django", "-p", "no:randomly", "-q", str(proef)]) == 1
    uitvoer = capfd.readouterr()
    assert "1 passed" in uitvoer.out
    assert "1 failed" in uitvoer.out
    assert uitvoer.err.splitlines()[-1].startswith("MISLUKT: pytest in")


def test_bench_zonder_metingen(plek: Plek, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toets, "WORTEL", tmp_path)
    with pytest.raises(Fout, match="nog geen metingen"):
        toets.bench(plek, [])


def test_de_bewijzen_zijn_te_vinden_en_te_schalen(monkeypatch: pytest.MonkeyPatch) -> None:
    """`./portal bewijs` zelf duurt uren; dit bewaakt dat het er is en dat een deel een deel doet."""
    map_ = Path(__file__).parents[1] / "bewijs"
    assert modules("tests.bewijs", map_, "bewijs", []) == [
        *("doelen", "doodslag", "formulier", "inlezen", "klok", "machines", "migraties", "mutaties", "overname"),
        *("schoonmaak", "terugzetten", "tussengeheugen", "verbinding", "wandelingen", "wedlopen"),
    ]
    with pytest.raises(SystemExit, match="Onbekend: rariteit"):
        modules("tests.bewijs", map_, "bewijs", ["rariteit"])
    for deel, aantal in (("", 500), ("0.1", 50), ("0.0001", 1)):
        monkeypatch.setenv("BEWIJS_DEEL", deel)
        assert geschaald(500) == aantal


def test_wat_een_browser_start_zegt_dat() -> None:
    """Zo laat `-m "not browser"` geen browser draaien waar dat niet kan, zoals bij de mutaties."""
    zonder, gezien = [], 0
    for bestand in sorted(Path(__file__).parents[1].rglob("test_*.py")):
        tekst = bestand.read_text(encoding="utf-8")
        if re.search(r"^pytestmark = .*mark\.browser", tekst, re.M):
            continue
        for toets_ in (d for d in ast.parse(tekst).body if isinstance(d, ast.FunctionDef) and d.name[0] != "_"):
            if any(isinstance(d, ast.Call) and ast.unparse(d.func) in STARTERS for d in ast.walk(toets_)):
                gezien += 1
                if not any("mark.browser" in ast.unparse(merk) for merk in toets_.decorator_list):
                    zonder.append(f"{bestand.name}::{toets_.name}")
    assert zonder == []
    assert gezien > 3
