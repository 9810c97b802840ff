"""Elk geval heeft een toets die er is of een reden, en docs/bewijs.md zegt welke."""

import os

from tests.bewijs import lijst
from tests.bewijs.gevallen import GEVALLEN


def test_elk_geval_staat_erin() -> None:
    assert list(GEVALLEN) == list(range(1, 57))
    assert [n for n, g in GEVALLEN.items() if not g.toetsen and not g.rest] == []
    assert len({g.wat for g in GEVALLEN.values()}) == 56


def test_elke_genoemde_toets_is_er() -> None:
    assert [(n, t) for n, g in GEVALLEN.items() for t in g.toetsen if not lijst.is_er(t)] == []
    assert [n for n, g in GEVALLEN.items() if len(set(g.toetsen)) != len(g.toetsen)] == []


def test_en_een_toets_die_er_niet_is_valt_op() -> None:
    assert lijst.is_er("bewijs/test_lijst.py::test_elk_geval_staat_erin")
    assert lijst.is_er("bewijs/doodslag::bewijs")
    for weg in (
        "bewijs/test_lijst.py::test_weg",
        "weg/test_lijst.py::test_x",
        "bewijs/weg::bewijs",
        "hulp.py::voer_uit",
    ):
        assert not lijst.is_er(weg)


def test_de_bladzijde_klopt() -> None:
    """Wie een toets hernoemt of een geval bewijst, ziet dat in de review."""
    pad, nieuw = lijst.DOCS / "bewijs.md", lijst.bladzijde()
    if os.environ.get("SCHRIJF_BEWIJS"):
        pad.write_text(nieuw, encoding="utf-8")
    assert pad.exists(), "draai SCHRIJF_BEWIJS=1 ./portal test tests/bewijs"
    assert pad.read_text(encoding="utf-8") == nieuw, "draai SCHRIJF_BEWIJS=1 ./portal test tests/bewijs"
