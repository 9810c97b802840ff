"""De standen van de adviezen voor een verandering: één keer klaar, en anders per toets opnieuw gebouwd.

Twaalf trajecten bouwen kost meer dan de toets die een verandering ziet. Komt zij wel langs bij het bouwen van een stand
maar niet bij dat van de raad, dan bouwt elke toets, met de verandering, alleen de stand die zij vraagt.
"""

from typing import Any

from django.db import connection

from adviezen.enums import Stap
from tests.adviezen import bouw, conftest
from toegang.models import Gebruiker
from toegang.rollen import vergeet

# Zo veel savepoints staan er voor een toetsbestand; een toets zet er nog een, en draait terug wat zij bouwt.
BESTAND = 1


class Standen(dict[str, bouw.Cast]):
    """Een traject in elke stand; wat ontbreekt bouwt zich bij de eerste vraag."""

    def __init__(self, wereld: bouw.Wereld) -> None:
        super().__init__()
        self.wereld = wereld
        self.van_een_toets: list[str] = []

    def __missing__(self, stap: str) -> bouw.Cast:
        if len(connection.savepoint_ids) <= BESTAND:  # een heel bestand bouwt erop voort: dan zoals altijd, allemaal
            self.bouw_alle()
            return self[stap]
        self[str(stap)] = cast = bouw.traject_op(stap, self.wereld)
        self.van_een_toets.append(str(stap))
        raad = self.wereld.raad
        mensen = [p.gebruiker for p in [*raad.leden.values(), *raad.plaatsvervangers.values()]]
        for wie in [*vars(self.wereld).values(), *mensen]:
            if isinstance(wie, Gebruiker):
                vergeet(wie)
        return cast

    def bouw_alle(self) -> None:
        """Bouw wat er nog niet is, in de vaste volgorde."""
        for stap in Stap:
            if stap not in self:
                self[str(stap)] = bouw.traject_op(stap, self.wereld)

    def begin_toets(self) -> None:
        """Vergeet wat een eerdere toets bouwde: dat draaide met haar terug."""
        while self.van_een_toets:
            self.pop(self.van_een_toets.pop(), None)


def gebruik(meter: Any) -> None:
    """Bouw de gedeelde standen voortaan zo, met in de dekking apart wat alleen een stand raakt."""

    def met_elke_stand() -> tuple[bouw.Wereld, Standen]:
        standen = Standen(bouw.maak_wereld())
        meter.standen.append(standen)
        if meter.dekking:
            meter.dekking.switch_context(f"{meter.nummer} stand")
        standen.bouw_alle()
        return standen.wereld, standen

    conftest._met_elke_stand = met_elke_stand  # type: ignore[assignment]
