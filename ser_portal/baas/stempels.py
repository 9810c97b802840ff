"""Onthouden welk voorbereidend werk op een plek al gedaan is, en met welke bestanden."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from .plek import Plek, schrijf_in_een_keer


def merk_van(bestanden: Iterable[Path]) -> str:
    """Geef een merk dat verandert als een bestand erbij komt, weggaat of verandert (grootte of tijd)."""
    som = hashlib.sha256()
    for pad in bestanden:
        gegevens = pad.stat()
        som.update(f"{pad}\0{gegevens.st_size}\0{gegevens.st_mtime_ns}\n".encode())
    return som.hexdigest()


def alle(plek: Plek) -> dict[str, str]:
    """Geef de stempels van een plek; een onleesbaar bestand telt als leeg, dan wordt het werk overgedaan."""
    try:
        gelezen = json.loads((plek.var / "stempels.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return gelezen if isinstance(gelezen, dict) else {}


def ontbreekt(plek: Plek, naam: str, bestanden: Iterable[Path]) -> bool:
    """Zeg of dit werk op deze plek nog niet met deze bestanden is gedaan."""
    return alle(plek).get(naam) != merk_van(bestanden)


def zet(plek: Plek, naam: str, bestanden: Iterable[Path]) -> None:
    """Onthoud dat dit werk gedaan is."""
    _schrijf(plek, alle(plek) | {naam: merk_van(bestanden)})


def vergeet(plek: Plek, naam: str) -> None:
    """Vergeet een stempel, zodat het werk bij de volgende start opnieuw gebeurt."""
    _schrijf(plek, {ander: merk for ander, merk in alle(plek).items() if ander != naam})


def _schrijf(plek: Plek, stand: dict[str, str]) -> None:
    schrijf_in_een_keer(plek.var / "stempels.json", json.dumps(stand, indent=1))
