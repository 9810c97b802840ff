"""Waar de raad een jaarverslag vaststelde: dat is nodig om het aan te bieden (opvolging.policies)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from opvolging.models import Jaarverslag
from vergaderingen.bekendmaken import jaarstukken
from vergaderingen.enums import Orgaan, Puntsoort, Uitkomst
from vergaderingen.models import Agendapunt


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
