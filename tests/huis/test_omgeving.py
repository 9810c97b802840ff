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


def test_elke_variabele_staat_in_het_beheerboek() -> None:
    boek = (WORTEL / "docs" / "beheer.md").read_text(encoding="utf-8")
    assert [naam for naam in TABEL if f"`{naam}`" not in boek] == []
