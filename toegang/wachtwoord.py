"""Een wachtwoord is geen woord van het huis en niet een dat uitlekte (ASVS 5.0, 6.1.2, 6.2.11 en 6.2.12)."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
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


class Uitgelekt:
    """Weigert een wachtwoord uit het bestand GELEKTE_WACHTWOORDEN; zonder bestand weigert dit niets.

    Het bestand is de lijst van Pwned Passwords, SHA-1 op volgorde, één per regel met het aantal erachter. Er gaat niets
    naar buiten: de beheerder legt de lijst neer.
    """

    def validate(self, password: str, user: Any = None) -> None:
        """Werpt ValidationError als het wachtwoord op de lijst staat."""
        # Geen bescherming van het wachtwoord: zo staat de lijst er nu eenmaal in.
        merk = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
        if settings.GELEKTE_WACHTWOORDEN and staat_op(Path(settings.GELEKTE_WACHTWOORDEN), merk.encode()):
            raise ValidationError(
                "Dit wachtwoord staat op een lijst van uitgelekte wachtwoorden. Kies een ander.", code="uitgelekt"
            )

    def get_help_text(self) -> str:
        """Geef de zin bij het veld."""
        return "Gebruik geen wachtwoord dat u ook ergens anders gebruikt."


def staat_op(pad: Path, merk: bytes) -> bool:
    """Geef of een regel van dit bestand op volgorde met `merk` begint; leest hooguit een paar dozijn regels."""
    with pad.open("rb") as bestand:
        laag, hoog = 0, bestand.seek(0, 2)  # de gezochte regel begint in [laag, hoog); laag is het begin van een regel
        while laag < hoog:
            midden = (laag + hoog) // 2
            bestand.seek(laag)
            if midden > laag:
                bestand.seek(midden - 1)
                bestand.readline()  # tot de eerste regel die op of na het midden begint
            if bestand.tell() >= hoog:
                hoog = midden
                continue
            gelezen = bestand.readline()[: len(merk)].upper()
            if gelezen == merk:
                return True
            if gelezen < merk:
                laag = bestand.tell()
            else:
                hoog = midden
    return False


def controleer(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Meld een lijst van uitgelekte wachtwoorden die er niet is: zonder dit weigerde het portaal stil niets."""
    pad = settings.GELEKTE_WACHTWOORDEN
    if not pad or Path(pad).is_file():
        return []
    return [Error(f"GELEKTE_WACHTWOORDEN noemt {pad!r}, maar daar staat geen bestand", id="toegang.E002")]
