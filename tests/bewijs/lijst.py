"""Van de tabellen naar docs/bewijs.md en docs/asvs.md, en of wat zij noemen er ook is."""

import ast
import functools
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.bewijs.gevallen import GEVALLEN

TESTS = Path(__file__).resolve().parents[1]
DOCS = TESTS.parent / "docs"
KOP = """# Bewijs

Gemaakt door `SCHRIJF_BEWIJS=1 ./portal test tests/bewijs`; de toets vergelijkt haar bij elke wijziging, en kijkt of
elke genoemde toets er is. Niet met de hand wijzigen: de tabel staat in `tests/bewijs/gevallen.py`.

Per geval waarin het mis kan gaan: wat dan gewild is en welke toets het laat zien (onder `tests/`; `bewijs/…` draait met
`./portal bewijs`). Van de {alles} gevallen: {standen}.

| Nr | Geval | Gewild | Stand | Toetsen | Ontbreekt |
|---|---|---|---|---|---|
"""


@functools.cache
def _namen(bestand: str) -> frozenset[str]:
    pad = TESTS / bestand
    if not pad.is_file():
        return frozenset()
    uit: set[str] = set()
    for knoop in ast.parse(pad.read_text(encoding="utf-8")).body:
        if isinstance(knoop, ast.FunctionDef):
            uit.add(knoop.name)
        elif isinstance(knoop, ast.ClassDef):
            uit |= {f"{knoop.name}::{deel.name}" for deel in knoop.body if isinstance(deel, ast.FunctionDef)}
    return frozenset(uit)


def is_er(toets: str) -> bool:
    """Geef of een toets bestaat: "map/test_x.py::test_y", of een lang bewijs "bewijs/module::bewijs"."""
    bestand, _, naam = toets.partition("::")
    if naam == "bewijs":
        bestand += ".py"
    elif not naam.rpartition("::")[2].startswith("test_"):
        return False
    return naam in _namen(bestand)


def cel(toetsen: Iterable[str]) -> str:
    """Geef de toetsen als één vak van een tabel."""
    return "<br>".join(f"`{t}`" for t in toetsen) or "–"


def bladzijde() -> str:
    """Geef de hele bladzijde docs/bewijs.md."""
    telling = Counter(g.stand for g in GEVALLEN.values())
    standen = ", ".join(f"{telling[stand]} {stand}" for stand in ("bewezen", "deels", "nog niet"))
    rijen = [
        f"| {nummer} | {g.wat} | {g.gewild} | {g.stand} | {cel(g.toetsen)} | {g.rest or '–'} |\n"
        for nummer, g in GEVALLEN.items()
    ]
    return KOP.format(alles=len(GEVALLEN), standen=standen) + "".join(rijen)
