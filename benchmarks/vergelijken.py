"""Twee versies van zestig bladzijden vergelijken: onze weg tegen kaal lxml htmldiff, en de hele bladzijde.

Onze weg begint bij twee gemunte teksten en eindigt bij de gegevens; htmldiff krijgt dezelfde twee teksten. Gewijzigd
is elke alinea, met een verhuisd hoofdstuk en een kolom erbij in elke tabel. Ook gemeten: de bladzijde zoals de server
haar maakt (vergelijken en tekenen, doorlopend en naast elkaar) tegen een halve seconde, en de tweede keer.
"""

import statistics
import time
from collections.abc import Callable
from typing import Any

from benchmarks.pdf import advies

RONDEN = 5
DOEL = 1.0  # niet trager dan htmldiff, dat geen verhuizing of cel kent
GRENS = 0.5  # seconde servertijd voor de eerste keer


def paar() -> tuple[str, str]:
    """Geef de twee gemunte teksten."""
    from kern.blokken import munt

    oud = munt(advies())
    nieuw = advies(wijzig=True).replace("<td></td><th>2025</th>", "<td></td><th>Bron</th><th>2025</th>")
    nieuw = nieuw.replace("</th><td>", "</th><td>opgave</td><td>")
    begin, eind = nieuw.index("<h2>Hoofdstuk 2"), nieuw.index("<h2>Hoofdstuk 3")
    nieuw = nieuw[:begin] + nieuw[eind:].replace('<ol class="voetnoten">', nieuw[begin:eind] + '<ol class="voetnoten">')
    return oud, munt(nieuw, oud)


def _duur(doe: Callable[[], Any]) -> float:
    begin = time.process_time()
    doe()
    return time.process_time() - begin


def meet() -> list[dict[str, Any]]:
    """Geef de rijen van deze meting. Rekentijd in seconden, medianen van vijf ronden."""
    from django.template import Context, Template
    from lxml.html.diff import htmldiff

    from adviezen.queries.vergelijken import bewaring
    from kern.vergelijk import pas_toe, teksten, vergelijk

    oud, nieuw = paar()
    if pas_toe(vergelijk(oud, nieuw), oud) != teksten(nieuw):
        raise RuntimeError("de vergelijking klopt niet")
    sjabloon = Template("{% vergelijking v van='concept 1' naar='concept 2' naast=naast geschiedenis='/x/' %}")

    def bladzijde(naast: bool) -> str:
        return sjabloon.render(Context({"v": bewaring.geef(oud, nieuw), "naast": naast}))

    def eerste_keer(naast: bool) -> None:
        bewaring.leeg()
        bladzijde(naast)

    ons, kaal = [], []
    for _ in range(RONDEN):
        kaal.append(_duur(lambda: htmldiff(oud, nieuw)))
        ons.append(_duur(lambda: vergelijk(oud, nieuw)))
    tijd, ander = statistics.median(ons), statistics.median(kaal)
    rijen = [
        {
            "naam": "vergelijken, 60 bladzijden, elke alinea gewijzigd (s rekentijd)",
            "gemeten": round(tijd, 3),
            "vergeleken_met": f"kaal lxml htmldiff: {ander:.3f}",
            "verhouding": round(tijd / ander, 2),
            "doel": f"≤ {DOEL:g}",
            "gehaald": tijd / ander <= DOEL,
        }
    ]
    for naam, naast in (("doorlopend", False), ("naast elkaar", True)):
        eerste = statistics.median(_duur(lambda naast=naast: eerste_keer(naast)) for _ in range(RONDEN))
        rijen.append(
            {
                "naam": f"vergelijkscherm {naam}, 60 bladzijden, eerste keer (s rekentijd)",
                "gemeten": round(eerste, 3),
                "vergeleken_met": f"grens: {GRENS:g}",
                "verhouding": round(eerste / GRENS, 2),
                "doel": "≤ 1",
                "gehaald": eerste <= GRENS,
            }
        )
    bladzijde(False)
    weer = statistics.median(_duur(lambda: bladzijde(False)) for _ in range(RONDEN))
    rijen.append(
        {
            "naam": "vergelijkscherm, tweede keer: uit het geheugen (s rekentijd)",
            "gemeten": round(weer, 3),
            "vergeleken_met": f"eerste keer: {rijen[1]['gemeten']}",
            "verhouding": round(weer / max(rijen[1]["gemeten"], 0.001), 2),
            "doel": "≤ 0.9",
            "gehaald": weer <= 0.9 * rijen[1]["gemeten"],
        }
    )
    return rijen
