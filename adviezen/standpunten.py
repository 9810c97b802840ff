"""De vaste woorden waarmee een verdeelde raad wordt beschreven. Zuivere functies, geen database.

Bron: SER-Wijzer 20 (domeindossier §4) en de aanscherping in §13.3. Hoeveel leden een opvatting steunen bepaalt de
aanduiding:

    1                                     één lid van de raad
    2 tot en met 4                        enkele leden van de raad
    meer, maar geen "de raad"             een deel / een ander deel / nog een ander deel van de raad
    ten minste aanwezigen − marge         de raad
      én meer dan de helft van hen

Leden en plaatsvervangers worden niet onderscheiden (W20, noot 5). Waar de bron zwijgt is de tekst een voorstel dat de
secretaris mag wijzigen (`voorstel=True`): een tweede "één lid" of "enkele leden", een vierde deel, een deel van een
organisatie, een lid van wie de organisatie niet bekend is, en een telwoord waar ook "de raad" zou gelden.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from raad.enums import Geleding

EEN_LID = "één lid van de raad"
ENKELE_LEDEN = "enkele leden van de raad"
DE_RAAD = "de raad"
DELEN = ("een deel van de raad", "een ander deel van de raad", "nog een ander deel van de raad")

# De volgorde van de voetnoot (W20): eerst de twee zijden, dan de kroonleden.
VOLGORDE = (Geleding.ONDERNEMERS, Geleding.WERKNEMERS, Geleding.KROONLEDEN)
WOORD = {
    Geleding.ONDERNEMERS: ("het ondernemerslid", "de ondernemersleden"),
    Geleding.WERKNEMERS: ("het werknemerslid", "de werknemersleden"),
    Geleding.KROONLEDEN: ("het kroonlid", "de kroonleden"),
}
TELWOORD = ("nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")


@dataclass(frozen=True)
class Lid:
    """Een aanwezig lid of zijn plaatsvervanger.

    `organisatie` is de naam met lidwoord zoals zij in een zin staat ("de FNV", "het CNV", "MKB-Nederland";
    `raad.Organisatie.met_lidwoord`), None voor kroonleden. `zetel` houdt twee leden met dezelfde naam uit elkaar.
    """

    naam: str
    geleding: Geleding
    organisatie: str | None
    zetel: int = 0


@dataclass(frozen=True)
class Opvatting:
    """Een opvatting over een passage, met wie haar steunen."""

    sleutel: str
    steun: frozenset[Lid]


@dataclass(frozen=True)
class Deel:
    """Hoe het advies een opvatting aanduidt, met de voetnoot die zegt wie het zijn."""

    sleutel: str
    aanduiding: str
    aantal: int
    voetnoot: str
    voorstel: bool


@dataclass(frozen=True)
class Registratie:
    """De standpunten over een passage; `delen` staan in de volgorde van de opvattingen."""

    unaniem: bool
    delen: tuple[Deel, ...]


def registreer(aanwezigen: Collection[Lid], opvattingen: Sequence[Opvatting], *, marge: int = 4) -> Registratie:
    """Geef de vaste woorden en voetnoten bij deze opvattingen.

    Hoogstens één opvatting is unaniem. Werpt ValueError bij een opvatting zonder steun, bij steun van iemand die niet
    aanwezig is of die al een andere opvatting steunt (met de naam), bij een lid dat dubbel op de lijst staat, en bij
    een sleutel die twee keer voorkomt.
    """
    lijst = list(aanwezigen)
    _controleer(lijst, opvattingen)
    gebruikt: list[str] = []
    delen = []
    for opvatting in opvattingen:
        aantal = len(opvatting.steun)
        aanduiding, voorstel = _aanduiding(aantal, len(lijst), marge, gebruikt)
        gebruikt.append(aanduiding)
        voetnoot, onzeker = _voetnoot(opvatting.steun, lijst)
        delen.append(Deel(opvatting.sleutel, aanduiding, aantal, voetnoot, voorstel or onzeker))
    return Registratie(unaniem=len(delen) <= 1, delen=tuple(delen))


def _controleer(aanwezigen: Sequence[Lid], opvattingen: Sequence[Opvatting]) -> None:
    bekend: set[Lid] = set()
    for lid in aanwezigen:
        if lid in bekend:
            raise ValueError(f"{lid.naam} staat twee keer op de presentielijst.")
        bekend.add(lid)
    sleutels: set[str] = set()
    eerder: set[Lid] = set()
    for opvatting in opvattingen:
        if opvatting.sleutel in sleutels:
            raise ValueError(f"De opvatting “{opvatting.sleutel}” komt twee keer voor.")
        if not opvatting.steun:
            raise ValueError(f"Niemand steunt de opvatting “{opvatting.sleutel}”.")
        for lid in sorted(opvatting.steun, key=lambda wie: wie.naam):
            if lid not in bekend:
                raise ValueError(f"{lid.naam} is niet aanwezig en kan geen opvatting steunen.")
            if lid in eerder:
                raise ValueError(f"{lid.naam} steunt twee opvattingen.")
        sleutels.add(opvatting.sleutel)
        eerder |= opvatting.steun


def _aanduiding(aantal: int, aanwezig: int, marge: int, gebruikt: Sequence[str]) -> tuple[str, bool]:
    """Geef de woorden en of zij een voorstel zijn; `gebruikt` zijn de aanduidingen van eerdere opvattingen."""
    is_raad = aantal >= aanwezig - marge and 2 * aantal > aanwezig
    if aantal <= 4:
        woorden = EEN_LID if aantal == 1 else ENKELE_LEDEN
        return woorden, is_raad or woorden in gebruikt
    if is_raad:
        return DE_RAAD, False
    al_gebruikt = sum(1 for woorden in gebruikt if woorden in DELEN)
    return DELEN[min(al_gebruikt, len(DELEN) - 1)], al_gebruikt >= len(DELEN)


def _voetnoot(steun: frozenset[Lid], aanwezigen: Sequence[Lid]) -> tuple[str, bool]:
    """Geef wie de steun vormen, per geleding, organisatie en naam, en of dat een voorstel is."""
    zinsdelen: list[str] = []
    voorstel = False
    for geleding in VOLGORDE:
        eigen = [lid for lid in aanwezigen if lid.geleding == geleding]
        voor = [lid for lid in eigen if lid in steun]
        if not voor:
            continue
        if len(voor) == len(eigen):
            zinsdelen.append(WOORD[geleding][len(voor) > 1])
        elif geleding == Geleding.KROONLEDEN:
            zinsdelen.append(_bij_naam(geleding, voor))
        else:
            delen, onzeker = _per_organisatie(geleding, voor, eigen)
            zinsdelen += delen
            voorstel = voorstel or onzeker
    return opsomming(zinsdelen), voorstel


def _per_organisatie(geleding: Geleding, voor: list[Lid], eigen: list[Lid]) -> tuple[list[str], bool]:
    zinsdelen: list[str] = []
    voorstel = False
    for organisatie in _organisaties(eigen):
        erbij = [lid for lid in voor if lid.organisatie == organisatie]
        if not erbij:
            continue
        if organisatie is None:
            zinsdelen.append(_bij_naam(geleding, erbij))
            voorstel = True
        elif len(erbij) == sum(1 for lid in eigen if lid.organisatie == organisatie):
            zinsdelen.append(f"{WOORD[geleding][len(erbij) > 1]} benoemd door {organisatie}")
        else:
            woord = WOORD[geleding][len(erbij) > 1].split()[1]
            zinsdelen.append(f"{telwoord(len(erbij))} {woord} benoemd door {organisatie}")
            voorstel = True
    return zinsdelen, voorstel


def _organisaties(leden: Iterable[Lid]) -> list[str | None]:
    """Geef de organisaties: de meeste aanwezigen eerst, dan op naam zonder lidwoord; onbekend achteraan."""
    aantal = Counter(lid.organisatie for lid in leden)
    return sorted(aantal, key=lambda o: (o is None, -aantal[o], _zonder_lidwoord(o or "")))


def _zonder_lidwoord(naam: str) -> str:
    eerste, _, rest = naam.partition(" ")
    return rest if eerste in ("de", "het") and rest else naam


def _bij_naam(geleding: Geleding, leden: Iterable[Lid]) -> str:
    namen = sorted(lid.naam for lid in leden)
    return f"{WOORD[geleding][len(namen) > 1]} {opsomming(namen)}"


def telwoord(aantal: int) -> str:
    """Geef een aantal in woorden tot en met twaalf, daarboven in cijfers."""
    return TELWOORD[aantal] if aantal < len(TELWOORD) else str(aantal)


def opsomming(delen: Sequence[str]) -> str:
    """Geef "a", "a en b" of "a, b en c"."""
    return delen[0] if len(delen) == 1 else f"{', '.join(delen[:-1])} en {delen[-1]}" if delen else ""
