"""Twee versies van een tekst vergelijken: wat erbij kwam, wegging, wijzigde en verhuisde, blok voor blok.

Zuiver: tekst erin, gegevens eruit. `vergelijk` geeft de regels in leesvolgorde; `pas_toe` is het bewijs dat zij
kloppen: de wijzigingen toegepast op de oude tekst geven de nieuwe. De tag `{% vergelijking %}` tekent haar.
"""

from kern.vergelijk.bewijs import pas_toe, teksten
from kern.vergelijk.gegevens import Celverschil, Kopregel, Regel, Stuk, Tabel, Vergelijking
from kern.vergelijk.samen import Samen, voeg_samen
from kern.vergelijk.weven import vergelijk

__all__ = [
    "Celverschil",
    "Kopregel",
    "Regel",
    "Samen",
    "Stuk",
    "Tabel",
    "Vergelijking",
    "pas_toe",
    "teksten",
    "vergelijk",
    "voeg_samen",
]
