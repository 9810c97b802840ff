"""Zou een toets het merken als er een teken anders stond? Veranderingen in wat het meest telt, elk met zijn toetsen.

Elke verandering draait de toetsen van haar gebied die bij haar regel komen, tot de eerste die faalt (mutatieloop.py).
Een verandering die niemand merkt, staat met bestand en regel op stderr. Wat niets verandert dat te merken is, staat met
de reden in gelijkwaardig.py en telt niet mee. BEWIJS_GEBIED=post,standen doet alleen die gebieden; BEWIJS_DEEL=0.01
(met BEWIJS_ZAAD) een greep van twintig uit elk; BEWIJS_REGELS=toegang/poort.py:41,… alleen wat op die regels staat.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bewijs.gelijkwaardig import GELIJKWAARDIG
from tests.bewijs.hulp import geschaald, meld, regel, servers
from tests.bewijs.mutant import alle

WORTEL = Path(__file__).resolve().parents[2]
ZAAD, DOEL = int(os.environ.get("BEWIJS_ZAAD") or 20261129), 0.9
HOOGSTENS, SECONDEN = 2_000, 5_400  # veranderingen en tijd per gebied


@dataclass(frozen=True)
class Gebied:
    """Modules en de toetsen die over hen gaan."""

    naam: str
    modules: tuple[str, ...]
    toetsen: tuple[str, ...]


def _toetsen(map_: str, namen: str) -> tuple[str, ...]:
    return tuple(f"tests/{map_}/test_{naam}.py" for naam in namen.split())


GEBIEDEN = (
    Gebied(
        "toegang",
        tuple(
            f"toegang/{naam}.py"
            for naam in (
                "poort",
                "rollen",
                "routes",
                "zitting",
                "opnieuw",
                "verlopen",
                "tweede_factor",
                "tweede_stap",
                "toestel",
                "inlogregels",
                "adapter",
                "actions",
                "models",
            )
        ),
        ("tests/toegang",),
    ),
    Gebied(
        "zicht",
        (
            "adviezen/permissions.py",
            "adviezen/models/blik.py",
            "adviezen/models/zicht.py",
            "adviezen/models/zicht_organisatie.py",
            "vergaderingen/permissions.py",
            "vergaderingen/models/agenda.py",
            "vergaderingen/models/vergadering.py",
            "vergaderingen/models/verslag.py",
            "termijnen/permissions.py",
            "publicatie/permissions.py",
            "dialoog/permissions.py",
            "opvolging/permissions.py",
            "vernietiging/permissions.py",
        ),
        (
            *_toetsen("adviezen", "zicht rechten inzage overgangen herroepen beleid_slot voortraject"),
            *_toetsen("adviezen", "reacties uitnodiging voorlopig"),
            *_toetsen("vergaderingen", "zichtbaar overgangen agenda"),
            *_toetsen("termijnen", "termijn"),
            *_toetsen("vernietiging", "vernietiging"),
        ),
    ),
    Gebied(
        "standen",
        ("overgangen/__init__.py", "overgangen/uitvoering.py", "overgangen/controle.py", "overgangen/migraties.py"),
        ("tests/overgangen", *_toetsen("adviezen", "overgangen")),
    ),
    Gebied(
        "stappen",
        (
            *(f"adviezen/models/{naam}.py" for naam in ("traject", "vooruit", "terug", "zijpaden")),
            *(
                f"adviezen/policies/{naam}.py"
                for naam in (
                    "aanbieding",
                    "aanvraag",
                    "beraad",
                    "bewaren",
                    "einde",
                    "gedeeld",
                    "raad",
                    "toewijzing",
                    "verwerking",
                    "voortraject",
                )
            ),
        ),
        (
            *_toetsen("adviezen", "overgangen beleid_begin beleid_slot beleid_grenzen stappen herroepen"),
            *_toetsen("adviezen", "correctie voortraject dossier"),
        ),
    ),
    Gebied(
        "vergaderingen",
        ("vergaderingen/policies.py",),
        _toetsen(
            "vergaderingen",
            "overgangen agenda bekendmaking bundel natellen plannen presentie stemming stemronde schermen thema",
        ),
    ),
    Gebied(
        "termijnen",
        (
            *(f"termijnen/{naam}.py" for naam in ("regels", "ladders", "klok", "policies", "models")),
            *(f"termijnen/actions/{naam}.py" for naam in ("herinneren", "ladder", "termijn")),
        ),
        ("tests/termijnen",),
    ),
    Gebied("post", tuple(f"berichten/{n}.py" for n in ("actions", "models", "mails", "post")), ("tests/berichten",)),
    Gebied(
        "standpunten",
        ("adviezen/standpunten.py",),
        _toetsen("adviezen", "standpunten vaststelling"),
    ),
    Gebied(
        "vernietigen",
        (
            *(f"vernietiging/{naam}.py" for naam in ("actions", "models", "policies", "queries", "regels")),
            "logboek/actions.py",
            "logboek/queries.py",
        ),
        ("tests/vernietiging", "tests/logboek"),
    ),
)


def _draai(gebied: Gebied) -> list[dict[str, Any]]:
    """Draai één pytest over de toetsen van een gebied en geef wat zij van elke verandering zegt."""
    with tempfile.TemporaryDirectory() as map_:
        vraag = Path(map_) / "vraag.json"
        waarden = {
            "modules": gebied.modules,
            "deel": geschaald(HOOGSTENS),
            "zaad": ZAAD,
            "seconden": SECONDEN,
            "regels": [plek for plek in os.environ.get("BEWIJS_REGELS", "").split(",") if plek],
        }
        vraag.write_text(json.dumps(waarden), encoding="utf-8")
        vlaggen = [
            "-q",
            "-s",
            "--reuse-db",
            "-p",
            "no:randomly",
            "-p",
            "no:cacheprovider",
            "-m",
            "not lang and not browser",
        ]
        subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "tests.bewijs.mutatieloop", *vlaggen, *gebied.toetsen],
            cwd=WORTEL, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False,
            # De bewijzen zelf draaien met de instellingen van het portaal; toetsen horen bij die van de toetsen.
            env={**os.environ, "BEWIJS_MUTATIES": str(vraag), "DJANGO_SETTINGS_MODULE": "tests.settings"},
        )  # fmt: skip
        uit = vraag.with_suffix(".uit")
        return [json.loads(rij) for rij in uit.read_text(encoding="utf-8").splitlines()] if uit.exists() else []


def _gebied(gebied: Gebied) -> dict[str, Any]:
    begin = time.monotonic()
    uit = _draai(gebied)
    naam = f"mutaties {gebied.naam}"
    if mis := next((r["mis"] for r in uit if "mis" in r), "" if uit else "pytest draaide niet"):
        return regel(naam, mis, "-", "-", False, begin)
    if wie := next((r["controle"] for r in uit if "controle" in r), "de loop is afgebroken"):
        return regel(naam, f"faalt ook zonder verandering: {wie}", "-", "-", False, begin)
    gedaan = [rij for rij in uit if "pad" in rij]
    mogelijk = sum(len(alle((WORTEL / pad).read_text(encoding="utf-8"))) for pad in gebied.modules)
    gezien = sum(rij["gezien"] for rij in gedaan)
    gelijk = 0
    for rij in gedaan:
        zelfde = GELIJKWAARDIG.get((rij["pad"], rij["tekst"], rij["wat"]))
        gelijk += bool(zelfde) and not rij["gezien"]
        if rij["gezien"] == bool(zelfde):
            woord = "toch gezien" if zelfde else "niet gezien"
            meld(f"  {woord}: {rij['pad']}:{rij['plek']} {rij['wat']} ({rij['waarom']})")
    deel = gezien / (len(gedaan) - gelijk) if len(gedaan) > gelijk else 0.0
    gemeten = f"{gezien} gezien, {gelijk} gelijkwaardig, {len(gedaan) - gezien - gelijk} niet gezien ({deel:.1%})"
    tegen = ", ".join(gebied.modules)
    return regel(f"{naam}: {len(gedaan)} van {mogelijk}", gemeten, tegen, "90%", deel >= DOEL, begin)


def bewijs() -> list[dict[str, Any]]:
    """Verander per gebied alles wat er te veranderen is, en tel wat een toets merkt."""
    servers()
    rijen = []
    gevraagd = {naam for naam in os.environ.get("BEWIJS_GEBIED", "").split(",") if naam}
    for gebied in (g for g in GEBIEDEN if not gevraagd or g.naam in gevraagd):
        rijen.append(_gebied(gebied))
        meld(f"  {rijen[-1]['naam']}: {rijen[-1]['gemeten']}")
    return rijen
