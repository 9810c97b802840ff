"""Wat er nodig is om een jaarverslag aan te bieden: een inleiding, en dat de raad het vaststelde."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from kern.tekort import Tekort
from opvolging.models import Jaarverslag
from vergaderingen.bekendmaken import jaarstukken
from vergaderingen.enums import Orgaan, Puntsoort, Uitkomst
from vergaderingen.models import Agendapunt

NAAR_DE_RAAD = "/werk/vergaderingen/"


def vaststellingen(verslag: Jaarverslag) -> list[Agendapunt]:
    """Geef de punten waarbij de raad na dit jaar een jaarverslag vaststelde, het nieuwste eerst.

    Noemt het onderwerp een ander jaar, dan gaat het niet over dit verslag.
    """
    met_besluit: Any = Agendapunt.objects.met_laatste_besluit()
    punten: Iterable[Agendapunt] = (
        met_besluit.filter(
            vergadering__orgaan=Orgaan.RAAD,
            vergadering__datum__gt=date(verslag.jaar, 12, 31),
            voorbeeld=verslag.voorbeeld,
            soort=Puntsoort.JAARSTUK,
            laatste=Uitkomst.AANGENOMEN,
        )
        .select_related("vergadering")
        .order_by("-vergadering__datum", "-pk")
    )
    return [p for p in punten if "jaarverslag" in jaarstukken(p) and _noemt(p.onderwerp, verslag.jaar)]


def _noemt(onderwerp: str, jaar: int) -> bool:
    genoemd = {woord for woord in onderwerp.replace("-", " ").split() if woord.isdecimal() and len(woord) == 4}
    return not genoemd or str(jaar) in genoemd


def tekorten(verslag: Jaarverslag) -> list[Tekort]:
    """Geef wat er nog ontbreekt om het aan te bieden; leeg is klaar om de definitieve PDF te maken en aan te bieden."""
    uit = []
    if not verslag.inleiding.strip():
        uit.append(Tekort("Schrijf de inleiding.", link="#inleiding"))
    if not vaststellingen(verslag):
        uit.append(Tekort("De raad heeft dit jaarverslag nog niet vastgesteld.", link=NAAR_DE_RAAD))
    return uit
