"""Zou een toets het merken als er een teken anders stond? Veranderingen in wat het meest telt, elk met zijn toetsen.

Per gebied een vaste greep (BEWIJS_DEEL, BEWIJS_ZAAD); elke verandering draait de toetsen van haar gebied tot de eerste
die faalt. Een verandering die niemand merkt, staat met bestand en regel op stderr. Sommige zijn gelijkwaardig: zij
veranderen niets wat te merken is. Die tellen hier mee als niet gezien. BEWIJS_GEBIED=post,standen doet alleen die.
"""

import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bewijs.hulp import geschaald, meld, regel, servers
from tests.bewijs.mutant import alle

WORTEL = Path(__file__).resolve().parents[2]
PER_GEBIED, ZAAD, DOEL = 60, int(os.environ.get("BEWIJS_ZAAD") or 20261129), 0.9
SECONDEN, GEDULD = 900, 300  # per gebied; en een verandering die zo lang blijft draaien is gezien


@dataclass(frozen=True)
class Gebied:
    """Modules en de toetsen die over hen gaan."""

    naam: str
    modules: tuple[str, ...]
    toetsen: tuple[str, ...]


GEBIEDEN = (
    Gebied(
        "toegang",
        (
            "toegang/poort.py",
            "toegang/rollen.py",
            "toegang/zitting.py",
            "toegang/opnieuw.py",
            "toegang/tweede_factor.py",
        ),
        tuple(f"tests/toegang/test_{naam}.py" for naam in ("poort", "rollen", "account", "zitting", "tweede_stap")),
    ),
    Gebied("standen", ("overgangen/uitvoering.py",), ("tests/overgangen",)),
    Gebied(
        "termijnen",
        ("termijnen/regels.py", "termijnen/actions/herinneren.py", "termijnen/actions/termijn.py"),
        tuple(f"tests/termijnen/test_{naam}.py" for naam in ("regels", "termijn", "herinneren", "overzicht")),
    ),
    Gebied(
        "post",
        ("berichten/actions.py",),
        tuple(f"tests/berichten/test_{n}.py" for n in ("stuur", "verstuur", "herroep")),
    ),
    Gebied(
        "standpunten",
        ("adviezen/standpunten.py",),
        ("tests/adviezen/test_standpunten.py", "tests/adviezen/test_vaststelling.py"),
    ),
    Gebied(
        "vernietigen",
        ("vernietiging/actions.py", "vernietiging/queries.py", "vernietiging/policies.py", "logboek/queries.py"),
        ("tests/vernietiging/test_vernietiging.py", "tests/logboek"),
    ),
)


def _draai(gebied: Gebied, mutant: str, *, vers: bool = False) -> bool:
    """Draai de toetsen van een gebied; geef of ze allemaal slagen."""
    env = {**os.environ, "BEWIJS_MUTANT": mutant, "PYTHONDONTWRITEBYTECODE": "1"}
    vlaggen = [
        "-x",
        "-q",
        "--reuse-db",
        "-p",
        "no:randomly",
        "-p",
        "no:cacheprovider",
        *(["--create-db"] if vers else []),
    ]
    opdracht = [sys.executable, "-m", "pytest", "-p", "tests.bewijs.mutant", *vlaggen, *gebied.toetsen]
    try:
        klaar = subprocess.run(
            opdracht, cwd=WORTEL, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, timeout=GEDULD if mutant else None, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return False
    return klaar.returncode == 0


def _gebied(gebied: Gebied, *, vers: bool) -> dict[str, Any]:
    begin = time.monotonic()
    if not _draai(gebied, "", vers=vers):
        return regel(f"mutaties {gebied.naam}", "de toetsen falen al zonder verandering", "-", "-", False, begin)
    kansen = [(pad, nummer, *wat) for pad in gebied.modules for nummer, wat in enumerate(alle(WORTEL / pad))]
    greep = random.Random(ZAAD).sample(kansen, min(len(kansen), geschaald(PER_GEBIED)))
    gezien, gedaan = 0, 0
    for pad, nummer, plek, wat in greep:
        if time.monotonic() - begin > SECONDEN:
            break
        gedaan += 1
        if _draai(gebied, f"{pad.removesuffix('.py').replace('/', '.')}:{nummer}"):
            meld(f"  niet gezien: {pad}:{plek} {wat}")
        else:
            gezien += 1
    deel = gezien / gedaan if gedaan else 0.0
    naam = f"mutaties {gebied.naam}: {gedaan} van {len(kansen)}"
    gemeten = f"{gezien} gezien ({deel:.0%})"
    return regel(naam, gemeten, ", ".join(gebied.modules), "90%", deel >= DOEL, begin)


def bewijs() -> list[dict[str, Any]]:
    """Verander per gebied zestig dingen, of zo veel als er tijd is, en tel wat een toets merkt."""
    servers()
    rijen = []
    gevraagd = {naam for naam in os.environ.get("BEWIJS_GEBIED", "").split(",") if naam}
    for gebied in (g for g in GEBIEDEN if not gevraagd or g.naam in gevraagd):
        rijen.append(_gebied(gebied, vers=not rijen))
        meld(f"  {rijen[-1]['naam']}: {rijen[-1]['gemeten']}")
    return rijen
