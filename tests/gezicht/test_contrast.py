"""De kleuren van ser.css, nagerekend naar WCAG 2.2: 4,5 voor tekst, 3 voor vormen en randen."""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = (Path(settings.BASE_DIR) / "static" / "css" / "ser.css").read_text()
HEX = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})")


def tokens() -> dict[str, dict[str, str]]:
    """Geef de kleuren per stand; donker erft wat het niet zelf zegt."""
    licht_deel, donker_deel = CSS.split("@media (prefers-color-scheme: dark)", 1)
    licht = dict(HEX.findall(licht_deel))
    return {"licht": licht, "donker": licht | dict(HEX.findall(donker_deel))}


def helderheid(kleur: str) -> float:
    """Geef de relatieve helderheid van #rrggbb (WCAG 2.2)."""
    delen = [int(kleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (d / 12.92 if d <= 0.04045 else ((d + 0.055) / 1.055) ** 2.4 for d in delen)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(een: str, twee: str) -> float:
    """Geef de contrastverhouding tussen twee kleuren."""
    hoog, laag = sorted((helderheid(een), helderheid(twee)), reverse=True)
    return (hoog + 0.05) / (laag + 0.05)


TEKST = [
    *[(t, v) for t in ("inkt", "inkt-zacht", "actie", "actie-diep") for v in ("papier", "vlak", "veld")],
    *[(t, t + "-tint") for t in ("goed", "letop", "fout", "actie")],
    *[(t, v) for t in ("goed", "letop", "fout") for v in ("papier", "veld")],
    *[("inkt", t + "-tint") for t in ("goed", "letop", "fout", "actie")],
    *[("inkt-zacht", t + "-tint") for t in ("goed", "letop", "fout", "actie")],
    ("actie-diep", "actie-tint"),
    ("op-actie", "actie"),
    ("op-actie", "actie-diep"),
    ("inkt", "merk"),
    ("papier", "inkt"),
]
VORM = [
    *[(g, v) for g in ("ondernemers", "kroonleden", "werknemers") for v in ("papier", "vlak", "veld")],
    *[("lijn-sterk", v) for v in ("papier", "vlak", "veld")],
    *[(t, "papier") for t in ("actie", "goed", "letop", "fout")],
]


@pytest.mark.parametrize("stand", ["licht", "donker"])
@pytest.mark.parametrize(("voor", "achter"), TEKST)
def test_tekst_is_leesbaar(stand: str, voor: str, achter: str) -> None:
    kleuren = tokens()[stand]
    assert contrast(kleuren[voor], kleuren[achter]) >= 4.5


@pytest.mark.parametrize("stand", ["licht", "donker"])
@pytest.mark.parametrize(("voor", "achter"), VORM)
def test_vorm_is_te_zien(stand: str, voor: str, achter: str) -> None:
    kleuren = tokens()[stand]
    assert contrast(kleuren[voor], kleuren[achter]) >= 3


def test_rekenwijze() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_de_kleuren_van_het_gezicht() -> None:
    licht = tokens()["licht"]
    assert {n: licht[n] for n in ("papier", "inkt", "actie", "ondernemers", "kroonleden", "werknemers")} == {
        "papier": "#fbfaf7",
        "inkt": "#1b2330",
        "actie": "#0b5563",
        "ondernemers": "#b26a00",
        "kroonleden": "#46566b",
        "werknemers": "#a3243b",
    }


def test_geledingkleuren_zijn_nooit_tekst() -> None:
    for bestand in (Path(settings.BASE_DIR) / "static" / "css").rglob("*.css"):
        gevonden = re.findall(r"(?<![\w-])color:\s*var\(--(?:ondernemers|kroonleden|werknemers)\)", bestand.read_text())
        assert not gevonden, bestand.name
