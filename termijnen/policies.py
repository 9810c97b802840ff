"""Laat deze termijn dit toe? Een lege lijst is ja."""

from datetime import date
from typing import TYPE_CHECKING, Any

from kern.tekort import Tekort
from kern.tijd import WACHTTIJD, datum_nl, moment_nl, nu
from termijnen import soorten
from termijnen.enums import SoortWijziging

if TYPE_CHECKING:
    from termijnen.models import Termijn

LAATSTE_JAAR = 2199


def mag_verlengen(termijn: "Termijn", *, vervalt_op: date | None = None, **kw: Any) -> list[Tekort]:
    """Een verlenging legt de vervaldag later."""
    if vervalt_op is None or termijn.vervalt_op < vervalt_op <= date(LAATSTE_JAAR, 12, 31):
        return []
    if vervalt_op > termijn.vervalt_op:
        return [Tekort(f"Kies een dag vóór {LAATSTE_JAAR + 1}.")]
    return [Tekort(f"Kies een dag na de huidige vervaldag, {datum_nl(termijn.vervalt_op)}.")]


def mag_voldoen(termijn: "Termijn", *, op: date | None = None, vandaag: date | None = None, **kw: Any) -> list[Tekort]:
    """Voldaan worden gebeurt vandaag of eerder. Eerder dan de begindag kan: een reactie mag het advies voor zijn."""
    if op is None or vandaag is None or op <= vandaag:
        return []
    return [Tekort(f"Een termijn kan niet in de toekomst voldaan zijn ({datum_nl(op)}).")]


def mag_verlenging_herroepen(termijn: "Termijn", **kw: Any) -> list[Tekort]:
    """Alleen de laatste wijziging, en alleen zolang het publiek haar nog niet ziet."""
    laatste = termijn.wijzigingen.order_by("pk").last() if soorten.wat_openbaar(termijn.soort) else None
    if laatste is None or laatste.soort != SoortWijziging.VERLENGD:
        return [Tekort("Er is geen verlenging te herroepen.")]
    tot = laatste.op + WACHTTIJD
    return [] if nu() < tot else [Tekort(f"Herroepen kan niet meer: de verlenging is openbaar sinds {moment_nl(tot)}.")]
