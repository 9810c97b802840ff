"""De handelingen van de opvolging."""

from opvolging.actions.aanbeveling import (
    Antwoordregel,
    leg_antwoorden_vast,
    trek_bewijs_in,
    voeg_bewijs_toe,
    zet_stand,
)
from opvolging.actions.brieven import (
    herroep_brief,
    laat_brief_vervallen,
    teken_brief_af,
    verstuur_brief,
    vraag_briefpdf,
    wijzig_brief,
    zet_brief_klaar,
)
from opvolging.actions.klok import geef_klok_vrij, herroep_toezegging, leg_toezegging_vast
from opvolging.actions.reactie import leg_reactie_vast, trek_reactie_in

__all__ = [
    "Antwoordregel",
    "geef_klok_vrij",
    "herroep_brief",
    "herroep_toezegging",
    "laat_brief_vervallen",
    "leg_antwoorden_vast",
    "leg_reactie_vast",
    "leg_toezegging_vast",
    "teken_brief_af",
    "trek_bewijs_in",
    "trek_reactie_in",
    "verstuur_brief",
    "voeg_bewijs_toe",
    "vraag_briefpdf",
    "wijzig_brief",
    "zet_brief_klaar",
    "zet_stand",
]
