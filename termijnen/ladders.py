"""Wanneer er gewaarschuwd wordt: een ladder van treden rond de vervaldag. Zuiver rekenen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta


@dataclass(frozen=True)
class Trede:
    """Eén waarschuwing, `dagen` na de vervaldag (negatief: ervoor); met `elke_maand` daarna elke maand opnieuw.

    Met `spoed` gaat het bericht meteen, anders in het dagelijkse overzicht. `niveau` zegt wie er bij de behandelaars
    bij komt: 0 niemand, 1 het hoofd, 2 de algemeen secretaris. `zin` is een eigen neutrale zin voor vóór de vervaldag,
    met {dag} erin; zonder eigen zin die van `zin_bij`.
    """

    naam: str
    dagen: int = 0
    elke_maand: bool = False
    spoed: bool = False
    niveau: int = 0
    zin: str = ""


@dataclass(frozen=True, order=True)
class Gepland:
    """Een trede op een dag."""

    op: date
    trede: str


NADERT = "De termijn loopt af op {dag}."
VANDAAG = "De termijn loopt vandaag af, op {dag}."
VERSTREKEN = "De termijn is verstreken sinds {dag}."


def zin_bij(dagen_over: int, eigen: str = "") -> str:
    """Geef de neutrale zin van een bericht, met {dag} voor de vervaldag; `eigen` geldt tot die dag.

    Zij zegt wat nu waar is, ook als een trede dagen te laat aan de beurt komt.
    """
    if eigen and dagen_over > 0:
        return eigen
    return NADERT if dagen_over > 0 else (VANDAAG if dagen_over == 0 else VERSTREKEN)


KABINETSREACTIE = (
    Trede("vier_weken_ervoor", dagen=-28),
    Trede("week_ervoor", dagen=-7),
    Trede("op_de_dag", spoed=True),
    Trede("elke_maand_erna", elke_maand=True),
)
ADVIESTERMIJN = (
    Trede("acht_weken_ervoor", dagen=-56),
    Trede("vier_weken_ervoor", dagen=-28),
    Trede("week_ervoor", dagen=-7),
    Trede("op_de_dag", spoed=True, niveau=1),
    Trede("elke_maand_erna", elke_maand=True, niveau=2),
)
ACHTERBANBERAAD = (
    Trede("week_ervoor", dagen=-7),
    Trede("twee_dagen_ervoor", dagen=-2),
    Trede("op_de_dag", spoed=True),
    Trede("dag_erna", dagen=1, spoed=True),
)
VERGADERSTUKKEN = (
    Trede("week_ervoor", dagen=-7),
    Trede("twee_dagen_ervoor", dagen=-2),
    Trede("op_de_dag", spoed=True),
    Trede("dag_erna", dagen=1, spoed=True, niveau=1),
)
ONTVANGSTBEVESTIGING = (
    Trede("op_de_dag", spoed=True),
    Trede("week_erna", dagen=7, niveau=1),
    Trede("twee_weken_erna", dagen=14, niveau=2),
)
PUBLICATIE = (
    Trede("week_ervoor", dagen=-7),
    Trede("op_de_dag", spoed=True),
    Trede("dag_erna", dagen=1, spoed=True, niveau=1),
)
EVALUATIE = (
    Trede("acht_weken_ervoor", dagen=-56),
    Trede("op_de_dag"),
    Trede("vier_weken_erna", dagen=28, niveau=1),
    Trede("elke_maand_erna", elke_maand=True, niveau=1),
)
VERWACHT = (
    Trede("vier_weken_ervoor", dagen=-28),
    Trede("op_de_dag"),
    Trede("elke_maand_erna", elke_maand=True),
)
EIGEN = (
    Trede("week_ervoor", dagen=-7),
    Trede("op_de_dag", spoed=True),
    Trede("dag_erna", dagen=1),
)


def van_dagen(dagen: int, *, elke_maand: bool = False, spoed: bool = False, niveau: int = 0, naam: str = "") -> Trede:
    """Maak een trede die de beheerder koos; de naam volgt uit de dagen."""
    if elke_maand:
        return Trede(naam or "elke_maand_erna", elke_maand=True, spoed=spoed, niveau=niveau)
    woord = "op_de_dag" if dagen == 0 else f"{abs(dagen)}_dagen_{'ervoor' if dagen < 0 else 'erna'}"
    return Trede(naam or woord, dagen=dagen, spoed=spoed, niveau=niveau)


def geplande(ladder: tuple[Trede, ...], vervalt_op: date, *, van: date, tot_en_met: date) -> list[Gepland]:
    """Geef elke waarschuwing met een dag van `van` tot en met `tot_en_met`, oudste eerst."""
    uit = []
    for trede in ladder:
        for op in _dagen(trede, vervalt_op):
            if op > tot_en_met:
                break
            if op >= van:
                uit.append(Gepland(op, trede.naam))
    return sorted(uit)


def eerstvolgende(ladder: tuple[Trede, ...], vervalt_op: date, *, vanaf: date) -> date | None:
    """Geef de eerste dag op of na `vanaf` waarop gewaarschuwd wordt; None als de ladder op is."""
    eerste: date | None = None
    for trede in ladder:
        for op in _dagen(trede, vervalt_op):
            if op >= vanaf:
                eerste = op if eerste is None else min(eerste, op)
                break
    return eerste


def _dagen(trede: Trede, vervalt_op: date) -> Iterator[date]:
    """De dagen van een trede; elke maand telt vanaf de vervaldag, zodat de 31e de 31e blijft."""
    if not trede.elke_maand:
        yield vervalt_op + timedelta(days=trede.dagen)
        return
    maand = 0
    while True:
        maand += 1
        yield vervalt_op + relativedelta(months=maand)
