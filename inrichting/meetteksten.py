"""Verzonnen documenten om op te meten: bij ons en bij wie wij ons mee vergelijken dezelfde tekst, tot op de letter."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

WOORDEN = 1_500
ALINEAS = 10
THEMAS = [f"thema-{n}" for n in range(14)]
LETTERGREPEN = [
    *("ar", "beid", "loon", "werk", "zorg", "kli", "maat", "rech"),
    *("ten", "in", "no", "va", "tie", "stel", "sel", "pen"),
]
BEGIN = datetime(1950, 1, 1, tzinfo=UTC)
VRAGERS = [f"minister {n}" for n in range(25)]
COMMISSIES = [f"commissie-{n}" for n in range(37)]
UITKOMSTEN = ["", "unaniem", "verdeeld"]
DEEL_MET_REACTIE = 0.1  # in het archief heeft een op de tien adviezen een reactie waarvan iets vastligt
# Woord en het deel van de documenten waarin het staat.
GEMERKT = {"adviesraad": 0.9, "kennisdeling": 0.3, "havengeld": 0.05, "mijnbouwwet": 0.005}


def dag_van(n: int) -> datetime:
    """Geef de dag van het n-de document."""
    return BEGIN + timedelta(days=(13 * n) % 27_000)


def documenten(aantal: int) -> Iterator[tuple[int, datetime, str, str, list[str], list[str], random.Random]]:
    """Geef (nummer, dag, titel, samenvatting, alinea's, thema's, toeval) van elk document; altijd dezelfde.

    Het toeval is van het document zelf: wie er meer of minder van gebruikt, verandert het volgende document niet.
    """
    kans = random.Random(4)  # noqa: S311 - verzonnen tekst, steeds dezelfde
    woordenlijst = ["".join(kans.sample(LETTERGREPEN, 3)) for _ in range(8_000)]
    for n in range(aantal):
        merken = [woord for woord, deel in GEMERKT.items() if kans.random() < deel]
        alineas = []
        for _ in range(ALINEAS):
            zin = [woordenlijst[int(kans.paretovariate(0.7)) % len(woordenlijst)] for _ in range(WOORDEN // ALINEAS)]
            alineas.append(" ".join([*zin, *merken]))
        titel = " ".join(kans.sample(woordenlijst, 6)).capitalize()
        themas = kans.sample(THEMAS, 2)
        samenvatting = " ".join(kans.sample(woordenlijst, 55))
        yield n, dag_van(n), titel, samenvatting, alineas, themas, random.Random(n)  # noqa: S311
