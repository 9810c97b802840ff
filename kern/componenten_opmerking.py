"""Onderdeel 9, de opmerking in de kantlijn: wat een hogere kamer invult en het sjabloon tekent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kern.componenten import Knop


@dataclass(frozen=True)
class Opmerking:
    """Een opmerking in de kantlijn.

    `kring`: prive, organisatie, geleding, commissie of secretariaat; `kring_naam` zegt wie dat zijn.
    `afdoening` gevuld: afgedaan, dan staat zij ingeklapt. Met `antwoord_url` verschijnt een antwoordvak (veld
    `tekst`), met `knoppen` de daden ter plaatse. `nummer` is dat van de wijzer in de tekst (0: geen), `citaat_link`
    gaat daarheen. `plek` zegt in woorden waar zij vandaan komt of dat haar passage verviel. Zijn er meer antwoorden
    dan er staan, dan gaat `draad_url` naar alle.
    """

    id: str
    auteur: str
    tekst: str
    kring: str
    kring_naam: str
    wanneer: str = ""
    hoedanigheid: str = ""
    blokkerend: bool = False
    citaat: str = ""
    voorstel: str = ""
    antwoorden: Sequence[Opmerking] = ()
    afdoening: str = ""
    antwoord_url: str = ""
    knoppen: Sequence[Knop] = ()
    nummer: int = 0
    nieuw: bool = False
    plek: str = ""
    citaat_link: str = ""
    afgedaan_door: str = ""
    meer_antwoorden: int = 0
    draad_url: str = ""
