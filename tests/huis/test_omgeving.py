"""De tabel met omgevingsvariabelen: elke fout genoemd, elke variabele beschreven."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from ser_portal.omgeving import TABEL, ja_nee, lees_omgeving, lijst

WORTEL = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("tekst", ["1", "ja", "True", " ON "])
def test_ja(tekst: str) -> None:
    assert ja_nee(tekst) is True


@pytest.mark.parametrize("tekst", ["0", "nee", "False", "off", "", "  "])
def test_nee(tekst: str) -> None:
    assert ja_nee(tekst) is False


def test_lijst_laat_lege_delen_weg() -> None:
    assert lijst(" a, b,,c ,") == ["a", "b", "c"]


def test_zonder_omgeving_gelden_de_standaarden() -> None:
    assert lees_omgeving({}) == {naam: variabele.standaard for naam, variabele in TABEL.items()}


def test_leeg_is_niet_gezet() -> None:
    assert lees_omgeving({"DB_MAX_VERBINDINGEN": ""})["DB_MAX_VERBINDINGEN"] == 60


def test_alle_fouten_tegelijk_met_naam_waarde_en_doel() -> None:
    with pytest.raises(ImproperlyConfigured) as fout:
        lees_omgeving({"PORTAL_VOORBEELD": "misschien", "DB_MAX_VERBINDINGEN": "veel", "HTTPS": "ja"})
    tekst = str(fout.value)
    assert "PORTAL_VOORBEELD" in tekst
    assert "'misschien'" in tekst
    assert "DB_MAX_VERBINDINGEN" in tekst
    assert TABEL["DB_MAX_VERBINDINGEN"].waarvoor in tekst
    assert "HTTPS" not in tekst


def test_een_getal_dat_niets_kan_betekenen_is_een_fout() -> None:
    """Met 0 uur was niemand nog in te loggen, en met -5 dagen gingen notities weg in een ronde die nog open kon."""
    fout_ = {"ZITTING_UREN": "0", "ZITTING_STIL_UREN": "-1", "INTERNE_NOTITIES_DAGEN": "-5", "PROXIES": "1,5"}
    with pytest.raises(ImproperlyConfigured) as fout:
        lees_omgeving({**fout_, "KLOK_VERSCHIL_SECONDEN": "0", "PUBLIEK_STAND_SECONDEN": " 0 "})
    tekst = str(fout.value)
    assert [naam for naam in TABEL if f"{naam}: verwacht een heel getal" in tekst] == sorted(fout_, key=[*TABEL].index)


@pytest.mark.parametrize("goed", ["unix:/run/clamav/clamd.ctl", "tcp://scanner:3310", "tcp://scanner"])
def test_adres_van_de_virusscanner(goed: str) -> None:
    assert lees_omgeving({"CLAMAV": goed})["CLAMAV"] == goed


@pytest.mark.parametrize("fout", ["scanner:3310", "/run/clamav/clamd.ctl", "tcp://", "ja"])
def test_een_adres_dat_geen_scanner_is_valt_bij_de_start_op_en_niet_bij_de_eerste_upload(fout: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="CLAMAV: verwacht unix:"):
        lees_omgeving({"CLAMAV": fout})


def test_elke_variabele_staat_in_het_beheerboek() -> None:
    boek = (WORTEL / "docs" / "beheer.md").read_text(encoding="utf-8")
    assert [naam for naam in TABEL if f"`{naam}`" not in boek] == []
