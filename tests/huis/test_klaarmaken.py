"""Wat er vóór het web gebeurt: één keer, in volgorde, en een mislukking stopt met een reden."""

from pathlib import Path

import pytest

from ser_portal.baas import klaarmaken, stempels, virtueel
from ser_portal.baas.melding import Fout
from ser_portal.baas.plek import Plek
from ser_portal.baas.servers import Servers


@pytest.fixture
def gedaan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Vervang Python door een programma dat opschrijft wie wat vraagt, en mislukt op verzoek."""
    lijst = tmp_path / "gedaan.txt"
    namaak = tmp_path / "python"
    namaak.write_text(
        f'#!/bin/sh\necho "$2 ${{DATABASE_URL%%@*}}" >> {lijst}\n'
        'echo "Er is al iets.\nVoorbeeldaccounts van $2"\n'
        f'if [ -e "{tmp_path}/breek-$2" ]; then echo "stuk: $2"; exit 1; fi\n',
        encoding="utf-8",
    )
    namaak.chmod(0o755)
    monkeypatch.setattr(virtueel, "python", lambda: namaak)
    monkeypatch.setattr(klaarmaken, "bestaat", lambda commando: True)
    for naam, waarde in (("DATABASE_URL", "app@db/x"), ("EIGENAAR_DATABASE_URL", "eigenaar@db/x"), ("REDIS_URL", "r")):
        monkeypatch.setenv(naam, waarde)
    monkeypatch.setenv("PORTAL_VOORBEELD", "1")
    return lijst


@pytest.fixture
def servers(tmp_path: Path, gedaan: Path) -> Servers:
    return Servers(Plek(tmp_path / "var").maak(), None)


def regels(gedaan: Path) -> list[str]:
    return [regel for regel in gedaan.read_text(encoding="utf-8").splitlines() if not regel.startswith("collectstatic")]


def test_eerste_keer_alles_tweede_keer_alleen_wat_altijd_moet(servers: Servers, gedaan: Path) -> None:
    klaarmaken.maak_klaar(servers)
    geladen = ["laad_archief app", "laad_voorbeeld app"]
    assert regels(gedaan) == ["migrate eigenaar", "maak_rollen eigenaar", *geladen, "tel_tabellen eigenaar"]
    assert "collectstatic app" in gedaan.read_text(encoding="utf-8").splitlines()
    gedaan.unlink()
    klaarmaken.maak_klaar(servers)
    assert gedaan.read_text(encoding="utf-8").splitlines() == ["migrate eigenaar", "maak_rollen eigenaar"]


def test_accounts_van_het_voorbeeld_worden_onthouden(servers: Servers) -> None:
    klaarmaken.maak_klaar(servers)
    bewaard = (servers.plek.var / klaarmaken.ACCOUNTS).read_text(encoding="utf-8")
    assert bewaard.startswith("Voorbeeldaccounts van laad_voorbeeld")


def test_zonder_voorbeeldstand_geen_voorbeeld(servers: Servers, gedaan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_VOORBEELD", "0")
    klaarmaken.maak_klaar(servers)
    assert "laad_voorbeeld app" not in regels(gedaan)


def test_een_database_met_een_rol_deelt_geen_rechten_uit(
    servers: Servers, gedaan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EIGENAAR_DATABASE_URL")
    monkeypatch.setenv("PUBLIEK_DATABASE_URL", "lezer@kopie/x")
    klaarmaken.maak_klaar(servers)
    assert regels(gedaan)[:2] == ["migrate app", "laad_archief app"]


@pytest.mark.parametrize("stap", ["migrate", "maak_rollen", "laad_voorbeeld", "collectstatic"])
def test_een_mislukte_stap_stopt_met_zijn_uitvoer_en_gaat_de_volgende_keer_over(
    servers: Servers, gedaan: Path, stap: str
) -> None:
    breek = gedaan.parent / f"breek-{stap}"
    breek.touch()
    with pytest.raises(Fout, match=rf"mislukt; logboek(.|\n)*\nstuk: {stap}"):
        klaarmaken.maak_klaar(servers)
    assert not (stap == "collectstatic" and "static" in stempels.alle(servers.plek))
    breek.unlink()
    gedaan.unlink()
    klaarmaken.maak_klaar(servers)
    assert stap in gedaan.read_text(encoding="utf-8")


def test_een_slecht_archiefstuk_houdt_het_portaal_niet_tegen(
    servers: Servers, gedaan: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (gedaan.parent / "breek-laad_archief").touch()
    klaarmaken.maak_klaar(servers)
    uit = capfd.readouterr()
    assert "stuk: laad_archief" in uit.out
    assert "Niet elk archiefstuk is geladen" in uit.err
    assert "laad_voorbeeld app" in regels(gedaan)


def test_de_uitkomst_van_collectstatic_telt_niet_mee_als_bron(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anders verandert de lijst terwijl collectstatic loopt, en mislukt de eerste start na een nieuwe stijl."""
    for pad in ("static/css/a.css", "app/__init__.py", "app/static/b.js", "var/static/css/a.123.css"):
        (tmp_path / pad).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / pad).touch()
    monkeypatch.setattr(klaarmaken, "WORTEL", tmp_path)
    assert {pad.name for pad in klaarmaken.statische_bestanden()} >= {"a.css", "b.js"}
    assert "a.123.css" not in {pad.name for pad in klaarmaken.statische_bestanden()}
