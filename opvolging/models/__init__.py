"""De tabellen van de opvolging, per onderwerp in een eigen bestand."""

from opvolging.models.aanbeveling import Antwoord, Bewijs, Bewijsplaats, Opvolgstand
from opvolging.models.brief import Herinneringsbrief
from opvolging.models.evaluatie import Evaluatie
from opvolging.models.jaarverslag import Jaarverslag
from opvolging.models.reactie import Kabinetsreactie, Klokvrijgave, Toezegging

__all__ = [
    "Antwoord",
    "Bewijs",
    "Bewijsplaats",
    "Evaluatie",
    "Herinneringsbrief",
    "Jaarverslag",
    "Kabinetsreactie",
    "Klokvrijgave",
    "Opvolgstand",
    "Toezegging",
]
