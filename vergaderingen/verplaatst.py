"""Van welke dagen een vergadering verplaatst is: het adres dat zij toen had, begint met die dag."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kern.tijd import datum_nl


def eerdere_dagen(adressen: Iterable[str], dag: date | None) -> str:
    """Geef de dagen waarop een vergadering eerst zou zijn: "vr 11 december 2026 en do 17 december 2026".

    `adressen` zijn haar vorige adressen ("2026-12-11", "2026-12-11-2", …), `dag` is haar dag nu: wie terugkwam waar
    hij was, is niet verplaatst. Zonder andere dag is het "".
    """
    dagen: set[date] = set()
    for adres in adressen:
        try:
            dagen.add(date.fromisoformat(adres[:10]))
        except ValueError:  # een adres zonder dag
            continue
    return " en ".join(datum_nl(d) for d in sorted(dagen - {dag}))
