"""Alle metingen achter elkaar: `python -m benchmarks [--json] [module …]`.

Elke module in deze map met een functie `meet() -> list[Rij]` doet mee; een nieuwe groep metingen is een nieuwe module.
`./portal bewijs` draait zo `tests/bewijs/`, met de functie `bewijs()`.
Afsluitcode 1 als een doel niet gehaald is, 2 als een meting zelf stukliep (de andere gaan door).
"""

import argparse
import importlib
import json
import os
import pkgutil
import sys
import traceback
from pathlib import Path
from typing import Any

KOLOMMEN = ("naam", "gemeten", "vergeleken_met", "verhouding", "doel", "gehaald")


def modules(pakket: str, map_: Path, functie: str, gevraagd: list[str]) -> list[str]:
    """Geef de modules van `pakket` met `functie`, op volgorde; `gevraagd` beperkt ze.

    Werpt SystemExit bij een onbekende naam.
    """
    alle = [m.name for m in pkgutil.iter_modules([str(map_)]) if not m.name.startswith("_")]
    alle = [naam for naam in alle if hasattr(importlib.import_module(f"{pakket}.{naam}"), functie)]
    if onbekend := set(gevraagd) - set(alle):
        raise SystemExit(f"Onbekend: {', '.join(sorted(onbekend))}. Er zijn: {', '.join(alle)}.")
    return [naam for naam in alle if not gevraagd or naam in gevraagd]


def tabel(rijen: list[dict[str, Any]]) -> str:
    """Geef de rijen als tekst in kolommen."""
    cellen = [list(KOLOMMEN)] + [
        [str(rij[k]) if k != "gehaald" else ("ja" if rij[k] else "NEE") for k in KOLOMMEN] for rij in rijen
    ]
    breed = [max(len(rij[n]) for rij in cellen) for n in range(len(KOLOMMEN))]
    return "\n".join("  ".join(cel.ljust(breed[n]) for n, cel in enumerate(rij)).rstrip() for rij in cellen)


def draai(pakket: str, map_: Path, *, functie: str, beschrijving: str) -> int:
    """Draai elke module en druk één tabel of één lijst af; geeft de afsluitcode."""
    ontleder = argparse.ArgumentParser(prog=functie, description=beschrijving)
    ontleder.add_argument("--json", action="store_true", help="druk een lijst af in plaats van een tabel")
    ontleder.add_argument("module", nargs="*", help="alleen deze")
    keuze = ontleder.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ser_portal.settings")
    import django

    django.setup()
    rijen: list[dict[str, Any]] = []
    stuk = 0
    for naam in modules(pakket, map_, functie, keuze.module):
        print(f"{functie}: {naam} …", file=sys.stderr, flush=True)
        try:
            rijen += getattr(importlib.import_module(f"{pakket}.{naam}"), functie)()
        except Exception:
            stuk += 1
            traceback.print_exc()
    print(json.dumps(rijen, ensure_ascii=False, indent=1) if keuze.json else tabel(rijen))
    return 2 if stuk else int(not all(rij["gehaald"] for rij in rijen))


if __name__ == "__main__":
    hier = Path(__file__).parent
    sys.exit(draai("benchmarks", hier, functie="meet", beschrijving="Metingen als verhoudingen binnen één run."))
