"""Een wachtwoord is niet een woord van het huis met wat cijfers erachter (ASVS 5.0, 6.1.2 en 6.2.11)."""

import re
from typing import Any

from django.core.exceptions import ValidationError

# Wat iemand die bij de raad werkt het eerst probeert. Langer dan het minimum, dus pas samen met cijfers een wachtwoord.
WOORDEN = (
    *("sociaaleconomischeraad", "sociaal", "economische", "economisch", "raad", "raadslid", "kroonlid", "seradvies"),
    *("adviesraad", "advies", "portaal", "serportaal", "secretariaat", "secretaris", "voorzitter", "commissie"),
    *("achterban", "achterbanberaad", "vergadering", "kabinet", "kabinetsreactie", "bezuidenhoutseweg", "denhaag"),
    *("werkgevers", "werknemers", "vakbond", "vnoncw", "mkbnederland", "ltonederland", "wachtwoord", "welkom", "ser"),
)
MINSTE_EIGEN = 8


class EigenWoorden:
    """Weigert een wachtwoord dat zonder de woorden van het huis minder dan acht letters of cijfers overhoudt."""

    def validate(self, password: str, user: Any = None) -> None:
        """Werpt ValidationError als er te weinig eigens overblijft."""
        kaal = re.sub(r"[^a-z0-9]", "", password.lower())
        over = kaal
        for woord in sorted(WOORDEN, key=len, reverse=True):
            over = over.replace(woord, "")
        if over != kaal and len(over) < MINSTE_EIGEN:
            raise ValidationError(self.get_help_text(), code="eigen_woorden")

    def get_help_text(self) -> str:
        """Geef de zin bij het veld."""
        return "Neem niet vooral woorden als raad, advies of commissie: die worden het eerst geraden."
