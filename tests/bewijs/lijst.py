"""Van de tabellen naar docs/bewijs.md en docs/asvs.md, en of wat zij noemen er ook is."""

import ast
import functools
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.bewijs.asvs import eisen
from tests.bewijs.doelen import DOELEN, laatste
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
CIJFERS = """
## Cijfers

Wat het portaal van zichzelf wil, en het laatste cijfer. `./portal bewijs` drukt ze ook af, met verse rijen voor wat het
zelf meet; een deel ervan met `BEWIJS_DEEL=0.1`, één soort met haar naam (`./portal bewijs wedlopen`).

| Wat | Doel | Laatste cijfer | Gehaald | Waar |
|---|---|---|---|---|
"""
ASVS_KOP = """# ASVS 5.0, niveau 1 en 2

Gemaakt door `SCHRIJF_BEWIJS=1 ./portal test tests/bewijs`; niet met de hand wijzigen (de tabel staat in
`tests/bewijs/asvs.txt`). De nummers zijn die van de OWASP Application Security Verification Standard 5.0.0
([OWASP/ASVS](https://github.com/OWASP/ASVS), CC BY-SA 4.0); elke eis staat hier kort in onze woorden.

Van de {alles} eisen: {standen}. "Open" is een eis die nog niet of niet helemaal gehaald is.

| Nr | Niveau | Eis | Stand | Toetsen | Reden |
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
    woord = {True: "ja", False: "nee", None: "niet gemeten"}
    cijfers = [f"| {d.naam} | {d.doel} | {laatste(d)} | {woord[d.gehaald]} | `{d.waar}` |\n" for d in DOELEN]
    return KOP.format(alles=len(GEVALLEN), standen=standen) + "".join(rijen) + CIJFERS + "".join(cijfers)


def asvs() -> str:
    """Geef de hele bladzijde docs/asvs.md."""
    alle = eisen()
    telling = Counter(e.stand for e in alle)
    standen = ", ".join(f"{telling[stand]} {stand}" for stand in ("toets", "met reden", "niet van toepassing", "open"))
    rijen = [f"| {e.nummer} | {e.niveau} | {e.eis} | {e.stand} | {cel(e.toetsen)} | {e.reden or '–'} |\n" for e in alle]
    return ASVS_KOP.format(alles=len(alle), standen=standen) + "".join(rijen)
