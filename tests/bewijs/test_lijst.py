"""Elk geval heeft een toets die er is of een reden, en docs/bewijs.md zegt welke."""

import os
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from tests.bewijs import lijst
from tests.bewijs.asvs import TOETSEN, eisen
from tests.bewijs.gelijkwaardig import GELIJKWAARDIG
from tests.bewijs.gevallen import GEVALLEN
from tests.bewijs.mutant import alle, wissel
from tests.bewijs.mutaties import GEBIEDEN


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


@pytest.mark.parametrize(("naam", "maak"), [("bewijs.md", lijst.bladzijde), ("asvs.md", lijst.asvs)])
def test_de_bladzijde_klopt(naam: str, maak: Callable[[], str]) -> None:
    """Wie een toets hernoemt of een geval bewijst, ziet dat in de review."""
    pad, nieuw = lijst.DOCS / naam, maak()
    if os.environ.get("SCHRIJF_BEWIJS"):
        pad.write_text(nieuw, encoding="utf-8")
    assert pad.exists(), "draai SCHRIJF_BEWIJS=1 ./portal test tests/bewijs"
    assert pad.read_text(encoding="utf-8") == nieuw, "draai SCHRIJF_BEWIJS=1 ./portal test tests/bewijs"


# Zo veel eisen heeft elk hoofdstuk van ASVS 5.0.0 op niveau 1 en 2 samen.
HOOFDSTUKKEN = {
    1: 27,
    2: 11,
    3: 19,
    4: 10,
    5: 9,
    6: 35,
    7: 18,
    8: 7,
    9: 7,
    10: 29,
    11: 14,
    12: 9,
    13: 13,
    14: 9,
    15: 13,
    16: 16,
    17: 7,
}


def test_elke_eis_van_de_asvs_heeft_een_toets_of_een_reden() -> None:
    alle = eisen()
    assert Counter(int(e.nummer.partition(".")[0]) for e in alle) == HOOFDSTUKKEN
    assert len({e.nummer for e in alle}) == len(alle) == 253
    assert sum(e.niveau == 1 for e in alle) == 70
    assert [e.nummer for e in alle if not e.toetsen and not e.reden] == []
    assert sorted({t for e in alle for t in e.toetsen if not lijst.is_er(t)}) == []
    assert set(TOETSEN.values()) == {t for e in alle for t in e.toetsen}, "een sleutel die niemand gebruikt"


def test_wat_de_mutaties_noemen_is_er() -> None:
    assert [p for g in GEBIEDEN for p in (*g.modules, *g.toetsen) if not (lijst.TESTS.parent / p).exists()] == []
    for (pad, tekst, wat), reden in GELIJKWAARDIG.items():
        bron = (lijst.TESTS.parent / pad).read_text(encoding="utf-8")
        regels = bron.splitlines()
        assert reden
        assert (tekst, wat) in [(regels[plek - 1].strip(), wat_) for plek, wat_ in alle(bron)], "hier niet meer nodig"


def test_een_verandering_verandert_de_functie_die_er_al_is() -> None:
    bron = "def groter(a: int, b: int | None = None) -> bool:\n    return a > 1 and not b\n"
    ruimte: dict[str, Any] = {}
    exec(compile(bron, "<proef>", "exec"), ruimte)  # noqa: S102 de broncode hierboven
    groter = ruimte["groter"]
    assert [wat for _, wat in alle(bron)] == [
        "en wordt of, of andersom",
        "Gt wordt GtE",
        "niet valt weg",
        "1 wordt 2",
        "geeft niets",
    ]
    assert not groter(1)
    wissel(bron, 1, [groter])
    assert groter(1)
    with pytest.raises(LookupError):
        wissel(bron, 1, [])
