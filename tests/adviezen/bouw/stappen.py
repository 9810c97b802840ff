"""Een traject in elke stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from adviezen.enums import (
    Stap,
)
from tests.adviezen.bouw.begin import (
    eindig,
    naar_achterbanberaad,
    naar_concept,
    naar_toewijzing,
    naar_verwerking,
    nieuw,
    weiger,
)
from tests.adviezen.bouw.mensen import (
    Cast,
    Wereld,
    maak_wereld,
)
from tests.adviezen.bouw.slot import (
    naar_aanbieding,
    naar_aanbieding_met_mandaat,
    naar_aangeboden,
    naar_raad,
    naar_vaststelling,
)


def traject_op(stap: str, wereld: Wereld | None = None, **opties: Any) -> Cast:
    """Geef een nieuw traject in deze stap (ook een eindstand).

    Opties: `titel`, `commissie` ("grensarbeid" en andere sleutels), `eigen_initiatief`, `kamer` (vraag van de Tweede
    Kamer), `openbaar` (ontwerp openbaar, standaard True), `punten` (punten per reactie, standaard 1), `verdeeld`
    (raad verdeeld), `mandaat` (commissie adviseert zelf; kies commissie "consumenten").
    """
    cast = nieuw(wereld or maak_wereld(), **opties)
    zijweg: dict[str, Callable[[Cast], None]] = {
        Stap.NIET_IN_BEHANDELING: weiger,
        Stap.INGETROKKEN: lambda c: eindig(c, "trek_in"),
        Stap.BEEINDIGD: lambda c: eindig(c, "beeindig"),
    }
    if stap in zijweg:
        naar(cast, Stap.TOEWIJZING)
        zijweg[stap](cast)
    else:
        naar(cast, stap)
    return cast


def naar(cast: Cast, stap: str) -> Cast:
    """Breng een lopend traject vooruit tot deze stap."""
    while cast.traject.stap != stap:
        if cast.traject.stap == Stap.VERWERKING and cast.opties.get("mandaat"):
            naar_aanbieding_met_mandaat(cast)
        else:
            VOORUIT[cast.traject.stap](cast)
    return cast


VOORUIT: dict[str, Callable[[Cast], None]] = {
    Stap.AANVRAAG: naar_toewijzing,
    Stap.TOEWIJZING: naar_concept,
    Stap.CONCEPT: naar_achterbanberaad,
    Stap.ACHTERBANBERAAD: naar_verwerking,
    Stap.VERWERKING: naar_raad,
    Stap.NAAR_RAAD: naar_vaststelling,
    Stap.VASTSTELLING: naar_aanbieding,
    Stap.AANBIEDING: naar_aangeboden,
}
