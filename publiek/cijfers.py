"""De cijfers van /cijfers/: elk geteld uit de openbare records, met de definitie, n, dekking en wat niet bekend is.

Een cijfer is één vraag die per record een groep geeft (en soms een aantal dagen). Daaruit volgen de staven én de lijst
met records erachter, zodat elk getal na te gaan is. Voorbeelden tellen nooit mee.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

from publiek.cijferbron import CIJFERS, Cijfer
from publiek.verbinding import ALIAS

LANGST = 100.0  # procent van de breedte


@dataclass(frozen=True)
class Staaf:
    """Eén staaf: `breedte` in procenten, `getal` zoals het er staat, en de groep om de records te openen.

    Bij "9 van 10" is `heel` de breedte van de tien: wat getekend is, is dan het deel ervan.
    """

    groep: str
    naam: str
    getal: int
    aantal: int
    breedte: float
    bereik: str = ""
    onbekend: bool = False
    heel: float = 0

    @property
    def einde(self) -> float:
        """Waar de langste van de twee ophoudt, in procenten."""
        return max(self.breedte, self.heel)


@dataclass(frozen=True)
class Grafiek:
    """Een cijfer met zijn staven: `n` bekend, `onbekend` de rest, `van` waarover het had kunnen gaan.

    `n` telt adviezen (of aanbevelingen, trajecten), elk één keer, ook als een record in meer staven staat.
    """

    cijfer: Cijfer
    staven: list[Staaf]
    n: int
    onbekend: int
    van: int
    kern: str = ""

    @property
    def dekking(self) -> str:
        """Hoeveel procent van waarover het gaat, bekend is."""
        return f"{100 * self.n / self.van:.0f}%" if self.van else ""


@cache
def kabinetten() -> str:
    """Geef de kabinetten als JSON, voor in een vraag."""
    return json.dumps(json.loads((Path(settings.BASE_DIR) / "data" / "kabinetten.json").read_text(encoding="utf-8")))


def met_id(naam: str) -> Cijfer | None:
    """Geef het cijfer met dit id, of None."""
    return next((c for c in CIJFERS if c.id == naam), None)


def grafiek(cijfer: Cijfer) -> Grafiek:
    """Tel het cijfer, in drie vragen. Bij een even aantal ligt de mediaan midden tussen de twee middelste waarden."""
    waarde = "round(percentile_cont(0.5) WITHIN GROUP (ORDER BY waarde)::numeric)::int, min(waarde), max(waarde)"
    meet = waarde if cijfer.mediaan else f"{'sum(waarde)' if cijfer.deel else 'NULL'}, NULL, NULL"
    rijen = _vraag(f"SELECT groep, count(*), {meet} FROM ({cijfer.sql}) x GROUP BY 1 ORDER BY 2 DESC, 1")  # noqa: S608
    if cijfer.volgorde:
        plaats = {naam: n for n, naam in enumerate(cijfer.volgorde)}
        rijen.sort(key=lambda r: plaats.get(r[0], len(plaats)))
    elif cijfer.id in {"unaniem-door-de-tijd", "decennium"}:
        rijen.sort(key=lambda r: r[0])
    meet_waarde = cijfer.mediaan or cijfer.deel
    hoogste = max((r[2] if cijfer.mediaan else r[1] for r in rijen), default=0) or 1
    staven = [
        Staaf(
            groep,
            cijfer.namen.get(groep, groep),
            int(gemeten) if meet_waarde else aantal,
            aantal,
            round(LANGST * int(gemeten if meet_waarde else aantal) / hoogste, 1),
            f"{laagst}–{hoogst}" if cijfer.mediaan and aantal > 1 else "",
            groep == cijfer.onbekend,
            round(LANGST * aantal / hoogste, 1) if cijfer.deel else 0,
        )
        for groep, aantal, gemeten, laagst, hoogst in rijen
    ]
    bekend = "SELECT count(DISTINCT (kenmerk, titel))"
    n = int(_vraag(f"{bekend} FROM ({cijfer.sql}) x WHERE groep <> %(onbekend)s", onbekend=cijfer.onbekend)[0][0])
    van = int(_vraag(cijfer.van_sql)[0][0])
    return Grafiek(cijfer, staven, n, van - n, van, _kern(cijfer, staven))


def _kern(cijfer: Cijfer, staven: list[Staaf]) -> str:
    """Geef de ene zin waar het om gaat, als die te geven is."""
    per = {s.groep: s.aantal for s in staven}
    if cijfer.id == "tijdig":
        getoetst = sum(per.get(g, 0) for g in ("op_tijd", "later", "uitgebleven", "deels_uitgebleven"))
        if not getoetst:
            return "Van geen enkel advies zijn beide dagen bekend."
        return f"{per.get('op_tijd', 0)} van de {getoetst} die te toetsen zijn kwam op tijd."
    if cijfer.id == "oordeel" and (per.get("unaniem") or per.get("verdeeld")):
        bekend = per.get("unaniem", 0) + per.get("verdeeld", 0)
        unaniem = per.get("unaniem", 0)
        return f"{unaniem} van de {bekend} waarvan het bekend is, {'was' if unaniem == 1 else 'waren'} unaniem."
    return ""


def alle() -> list[Grafiek]:
    """Geef alle cijfers, geteld."""
    return [grafiek(c) for c in CIJFERS]


@dataclass(frozen=True)
class Record:
    """Een record achter een cijfer."""

    kenmerk: str
    titel: str
    advies_id: int | None
    groep: str
    naam: str
    waarde: int | None


def records(cijfer: Cijfer, groep: str = "", *, bekend: bool = False) -> list[Record]:
    """Geef de records achter een cijfer, achter één groep of alleen die waarvan het bekend is; op groep en titel."""
    waar = "WHERE groep = %(groep)s" if groep else "WHERE groep <> %(onbekend)s" if bekend else ""
    rijen = _vraag(
        f"SELECT kenmerk, titel, advies_id, groep, waarde FROM ({cijfer.sql}) x {waar} ORDER BY groep, titel, kenmerk",  # noqa: S608
        groep=groep,
        onbekend=cijfer.onbekend,
    )
    return [Record(k, t, a, g, cijfer.namen.get(g, g), w) for k, t, a, g, w in rijen]


@dataclass(frozen=True)
class Dagen:
    """De dagen achter het oordeel over de termijn van één advies; wat niet bekend is, is None."""

    vanaf: date | None
    uiterlijk: date | None
    reactie: date | None

    @property
    def aantal(self) -> int | None:
        """De dagen van het begin van de termijn tot de reactie op het hele advies."""
        return (self.reactie - self.vanaf).days if self.reactie and self.vanaf else None


def dagen_van() -> dict[str, Dagen]:
    """Geef per advies (kenmerk) de dagen van de termijn en de eerste brief die het hele advies beantwoordt."""
    rijen = _vraag(
        "SELECT kenmerk, min(basis), min(vervalt_op), min(datum) FROM ("
        "SELECT kenmerk, basis, vervalt_op, NULL::date AS datum FROM publiek.klok UNION ALL "
        "SELECT kenmerk, NULL, NULL, datum FROM publiek.kabinetsreactie "
        "WHERE NOT gedeeltelijk AND vorm <> 'wet' AND ingetrokken_op IS NULL) x GROUP BY 1"
    )
    return {kenmerk: Dagen(vanaf, uiterlijk, reactie) for kenmerk, vanaf, uiterlijk, reactie in rijen}


def _vraag(sql: str, **waarden: Any) -> list[Any]:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(sql, {"kabinetten": kabinetten(), **waarden})
        return list(cursor.fetchall())
