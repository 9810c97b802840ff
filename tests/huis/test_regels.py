"""Elke regel van het veld die vergaderen raakt heeft een toets met haar nummer, en docs/regels.md zegt welke."""

import os

from tests.huis import regels

# De regels van raad en vergaderingen (issue 4); de andere horen bij werk dat er nog niet is of elders getoetst wordt.
VAN_DE_RAAD = {*range(1, 13), 19, 20, *range(25, 39), 42, 45, 46}


def test_de_tabel_in_docs_klopt() -> None:
    """Wie een toets hernoemt of een regel toevoegt, ziet dat in de review."""
    nieuw = regels.tabel()
    if os.environ.get("SCHRIJF_REGELS"):
        regels.DOC.write_text(nieuw, encoding="utf-8")
    assert regels.DOC.exists(), "draai SCHRIJF_REGELS=1 pytest tests/huis/test_regels.py"
    assert regels.DOC.read_text(encoding="utf-8") == nieuw, (
        "docs/regels.md klopt niet meer; draai SCHRIJF_REGELS=1 pytest tests/huis/test_regels.py"
    )


def test_elke_regel_van_de_raad_heeft_een_toets() -> None:
    gedekt = {nummer for nummer, _ in regels.toetsen()}
    assert sorted(VAN_DE_RAAD - gedekt) == []


def test_een_toets_noemt_alleen_regels_die_er_zijn() -> None:
    assert sorted({nummer for nummer, _ in regels.toetsen()} - set(regels.REGELS)) == []


def test_nummers_uit_naam_en_uitleg() -> None:
    assert regels.nummers("test_regel_27_iets") == {27}
    assert regels.nummers("Regels 34, 35 en 36.") == {34, 35, 36}
    assert regels.nummers("test_regelmaat_12 en de regel zelf") == set()
