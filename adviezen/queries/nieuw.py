"""Wat er nieuw is sinds een lezer het laatst keek. Alleen voor hemzelf: de invoer zijn zijn eigen leesstanden."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from adviezen.models import Leesstand

# Wie binnen deze tijd weer kijkt, leest nog door: dan blijft staan wat aan het begin nieuw was.
LEESBEURT = timedelta(minutes=30)


class Rij(Protocol):
    """Wat er van een opmerking of antwoord nodig is; alleen om te lezen. Momenten in seconden sinds 1970 (UTC)."""

    @property
    def pk(self) -> int: ...
    @property
    def versie(self) -> int: ...
    @property
    def auteur(self) -> int: ...
    @property
    def hoofd(self) -> int | None: ...
    @property
    def hoofd_auteur(self) -> int | None: ...
    @property
    def gemaakt(self) -> float: ...
    @property
    def afgedaan(self) -> float | None: ...
    @property
    def afgedaan_door(self) -> int | None: ...


@dataclass(frozen=True)
class Nieuw:
    """Wat er nieuw is: de pk's van de opmerkingen waar iets gebeurde, elk in één soort.

    `sinds` is het einde van de vorige leesbeurt in dit traject, None voor wie hier voor het eerst leest; dan is niets
    "nieuw". `antwoorden` en `afdoeningen` gaan over de eigen opmerkingen van de lezer.
    """

    sinds: datetime | None = None
    opmerkingen: tuple[int, ...] = ()
    antwoorden: tuple[int, ...] = ()
    afdoeningen: tuple[int, ...] = ()
    alle: frozenset[int] = field(default_factory=frozenset)

    @property
    def aantal(self) -> int:
        """Hoeveel opmerkingen iets nieuws hebben."""
        return len(self.alle)

    @property
    def delen(self) -> list[str]:
        """Wat er nieuw is in woorden, per soort; leeg als er niets is."""
        o, a, d = len(self.opmerkingen), len(self.antwoorden), len(self.afdoeningen)
        uit = [(o, "1 opmerking", "opmerkingen"), (a, "1 antwoord aan u", "antwoorden aan u")]
        uit.append((d, "1 van uw opmerkingen afgedaan", "van uw opmerkingen afgedaan"))
        return [een if n == 1 else f"{n} {meer}" for n, een, meer in uit if n]


class Blikken:
    """Tot waar een lezer in een traject gezien heeft, per versie.

    Wie versie w opende, zag wat er toen open stond bij w en bij alles daarvoor. `nu` gegeven: wat in de leesbeurt van
    nu bekeken is telt nog niet als gezien, zodat de markeringen tijdens het lezen blijven staan.
    """

    def __init__(self, standen: Iterable[Leesstand], nu: datetime | None = None) -> None:
        self._tot: list[tuple[int, datetime]] = []
        for stand in standen:
            bezig = nu is not None and nu - stand.gezien_op < LEESBEURT
            moment = stand.vorige_op if bezig else stand.gezien_op
            if moment is not None:
                self._tot.append((stand.versie_id, moment))

    @property
    def laatste(self) -> datetime | None:
        """Het einde van de vorige leesbeurt, in welke versie ook."""
        return max((moment for _, moment in self._tot), default=None)

    def tot(self, versie: int) -> datetime | None:
        """Tot welk moment de opmerkingen bij deze versie gezien zijn; None: nog niet."""
        return max((moment for pk, moment in self._tot if pk >= versie), default=None)


def nieuw(rijen: Sequence[Rij], blikken: Blikken, lezer: int) -> Nieuw:
    """Geef wat er in deze opmerkingen en antwoorden nieuw is voor de lezer; `rijen` zijn alle die hij ziet."""
    if blikken.laatste is None:
        return Nieuw()
    gezien = {versie: blikken.tot(versie) for versie in {rij.versie for rij in rijen}}
    tot = {versie: moment.timestamp() if moment is not None else 0.0 for versie, moment in gezien.items()}

    def vers(versie: int, moment: float | None) -> bool:
        return moment is not None and moment > tot[versie]

    opmerkingen: dict[int, None] = {}
    antwoorden: dict[int, None] = {}
    afdoeningen: dict[int, None] = {}
    for rij in rijen:
        if rij.auteur != lezer and vers(rij.versie, rij.gemaakt):
            soort = antwoorden if rij.hoofd_auteur == lezer else opmerkingen
            soort[rij.hoofd or rij.pk] = None
        if rij.hoofd is None and rij.auteur == lezer and rij.afgedaan_door != lezer and vers(rij.versie, rij.afgedaan):
            afdoeningen[rij.pk] = None
    return Nieuw(
        sinds=blikken.laatste,
        opmerkingen=tuple(opmerkingen),
        antwoorden=tuple(antwoorden),
        afdoeningen=tuple(afdoeningen),
        alle=frozenset({*opmerkingen, *antwoorden, *afdoeningen}),
    )
