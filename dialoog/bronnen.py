"""Waar het nieuws vandaan komt. De openbare kant staat een verdieping hoger en meldt zich hier aan (ontwerp §3)."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

# Soort nieuws → kop in de nieuwsupdate, in de volgorde waarin zij daar staan.
SOORTEN = {
    "advies": "Nieuwe adviezen",
    "reactie": "Reacties van het kabinet",
    "ontwerp": "Ontwerpadviezen",
    "traject": "Nieuw onder handen",
    "vergadering": "Openbare vergaderingen",
}


@dataclass(frozen=True)
class Nieuws:
    """Eén ding dat voor het eerst openbaar werd. `moment` is ISO met tijdzone, `advies` het id van de publicatie."""

    soort: str
    sleutel: str
    titel: str
    adres: str
    tekst: str
    moment: str
    advies: int | None
    commissie: str
    voorbeeld: bool

    def als_dict(self) -> dict[str, Any]:
        """Geef dit nieuws als JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Nieuwsbron:
    """Wat de openbare kant kan: een zoekvraag in woorden, het nieuws van een periode, en wat bij een vraag past.

    `beschrijf(vraag)` geeft de vraag op vaste volgorde en in woorden. `nieuws(van, tot)` geeft wat in die periode
    (halfopen) openbaar werd en nu nog is. `past(vraag, nieuws)` geeft de sleutels die bij de vraag horen.
    `onderwerpen()` geeft per groep (thema, commissie) wat los te volgen is, als (vraag, naam).
    """

    beschrijf: Callable[[str], tuple[str, str]]
    nieuws: Callable[[datetime, datetime], list[Nieuws]]
    past: Callable[[str, Sequence[Nieuws]], set[str]]
    onderwerpen: Callable[[], list[tuple[str, list[tuple[str, str]]]]]


_bron: list[Nieuwsbron] = []


def registreer(bron: Nieuwsbron) -> None:
    """Meld de bron van het nieuws aan (in `ready()` van de openbare kant)."""
    _bron[:] = [bron]


def bron() -> Nieuwsbron:
    """Geef de aangemelde bron."""
    return _bron[0]
