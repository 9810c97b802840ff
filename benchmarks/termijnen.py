"""De klok zoekt wat er te waarschuwen is: 100.000 termijnen, waarvan 1.000 aan de beurt, tegen dezelfde vraag in SQL.

De vraag is aan beide kanten letterlijk dezelfde tekst: het portaal maakt er termijnen van, de hand gewone dicts.

Alles gebeurt in één transactie die teruggedraaid wordt. Het geheugen is de piek van Python terwijl de klok per honderd
door de rij gaat, bij 1.000 en bij 10.000 termijnen die aan de beurt zijn: die hoort even hoog te zijn.
"""

import statistics
import time
import tracemalloc
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from kern.tijd import vandaag
from termijnen.models import MAX_FOUTEN
from termijnen.queries import TE_HERINNEREN, neem_te_herinneren

AANTAL, AAN_DE_BEURT, BUNDEL, KEREN = 100_000, 1_000, 100, 15
DOEL_ZOEKEN, DOEL_GEHEUGEN = 2.0, 1.2
VUL = """
INSERT INTO termijnen_termijn (voorbeeld, rijversie, soort, object_soort, object_id, object_naam, basis, regel,
  vervalt_op, uitleg, status, herinner_vanaf, volgende_herinnering, fouten, laatste_fout, aangemaakt_op)
SELECT false, 0, 'eigen', 'meting', n::text, 'Meting', %(dag)s, 'eigen', %(dag)s + 30, 'meting', 'open', %(dag)s,
  CASE WHEN n <= %(beurt)s THEN %(dag)s ELSE %(dag)s + 1 + (n %% 365) END, 0, '', now()
FROM generate_series(%(van)s, %(tot)s) n
"""


def _vul(dag: date, van: int, tot: int, beurt: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(VUL, {"dag": dag, "van": van, "tot": tot, "beurt": beurt})
        cursor.execute("ANALYZE termijnen_termijn")


def _met_portaal(dag: date) -> int:
    plaats: tuple[date, int] | None = None
    gezien = 0
    while True:
        rijen = neem_te_herinneren(dag, plaats, BUNDEL)
        gezien += len(rijen)
        if len(rijen) < BUNDEL:
            return gezien
        plaats = (rijen[-1].volgende_herinnering or dag, rijen[-1].pk)


def _met_sql(dag: date) -> int:
    plaats, gezien = (dag - timedelta(days=3650), 0), 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(TE_HERINNEREN, ["open", dag, MAX_FOUTEN, *plaats, BUNDEL])
            kop = [k.name for k in cursor.description or ()]
            rijen = [dict(zip(kop, rij, strict=True)) for rij in cursor.fetchall()]
            gezien += len(rijen)
            if len(rijen) < BUNDEL:
                return gezien
            plaats = (rijen[-1]["volgende_herinnering"], rijen[-1]["id"])


def _duur(daad: Callable[[date], int], dag: date) -> float:
    begin = time.perf_counter()
    daad(dag)
    return (time.perf_counter() - begin) * 1000


def _piek(dag: date) -> float:
    tracemalloc.start()
    _met_portaal(dag)
    piek = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return piek / 1024


def meet() -> list[dict[str, Any]]:
    """Meet het zoeken en het geheugen."""
    dag = vandaag()
    with transaction.atomic():
        _vul(dag, 1, AANTAL, AAN_DE_BEURT)
        al = _met_portaal(dag)
        assert al == _met_sql(dag) >= AAN_DE_BEURT  # noqa: S101 - anders meten zij niet hetzelfde
        portaal, hand = [], []
        for _ in range(KEREN):
            portaal.append(_duur(_met_portaal, dag))
            hand.append(_duur(_met_sql, dag))
        weinig = _piek(dag)
        _vul(dag, AANTAL + 1, AANTAL + 9 * AAN_DE_BEURT, AANTAL + 9 * AAN_DE_BEURT)
        veel = _piek(dag)
        transaction.set_rollback(True)
    verhouding = statistics.median(portaal) / statistics.median(hand)
    return [
        {
            "naam": f"klok: {AAN_DE_BEURT} van {AANTAL} termijnen vinden",
            "gemeten": f"{statistics.median(portaal):.1f} ms",
            "vergeleken_met": f"dezelfde vraag in SQL, {statistics.median(hand):.1f} ms",
            "verhouding": round(verhouding, 2),
            "doel": f"<= {DOEL_ZOEKEN}",
            "gehaald": verhouding <= DOEL_ZOEKEN,
        },
        {
            "naam": "klok: geheugen bij tienmaal zoveel termijnen",
            "gemeten": f"{veel:.0f} KB",
            "vergeleken_met": f"{weinig:.0f} KB bij {AAN_DE_BEURT}",
            "verhouding": round(veel / weinig, 2),
            "doel": f"<= {DOEL_GEHEUGEN}",
            "gehaald": veel / weinig <= DOEL_GEHEUGEN,
        },
    ]
