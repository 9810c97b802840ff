"""Gemunte HTML als rij teksten om te vergelijken: per blok de woorden, waar welke opmaak loopt, en per cel apart.

Een verwijzing naar een voetnoot is in die tekst één teken buiten het gewone schrift (`NOOT`), met voor elke noot een
eigen teken. Zo is hernummeren geen wijziging, en een verwijzing naar een andere noot wel.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape

from kern.blokken import STUK, Vak

NOOT = 0xF0000  # het eerste teken van een reeks die niemand gebruikt (Private Use Area-A)
MEESTE_NOTEN = 60_000
MERKEN = {"strong", "em", "sup", "sub", "a"}
BREUK = {"br", "p", "li", "h2", "h3", "h4", "blockquote", "ul", "ol", "table", "tr", "td", "th", "figcaption", "figure"}
NAAR_NOOT = re.compile(r' href="#(voetnoot-[^"]*)"')
EIGEN_ID = re.compile(r' id="([^"]*)"')
ALT = re.compile(r' alt="([^"]*)"')
BRON = re.compile(r' src="([^"]*)"')
ADRES = re.compile(r' href="([^"]*)"')
OPMAAKNAAM = {"strong": "vet", "em": "cursief", "sup": "bovenschrift", "sub": "onderschrift", "a": "verwijzing"}


@dataclass(frozen=True)
class Noten:
    """De voetnoten van een tekst: anker -> teken, en anker -> het nummer zoals het in de tekst staat."""

    tekens: Mapping[str, str]
    nummers: Mapping[str, str]


@dataclass
class Bereik:
    """Waar een opmaak loopt: van `begin` tot `eind` in de tekst."""

    begin: int
    eind: int
    merk: str


@dataclass
class Plat:
    """De woorden van een blok of cel, met de opmaak erin en wat er verder aan hangt."""

    tekst: str = ""
    bereiken: list[Bereik] = field(default_factory=list)
    adressen: list[str] = field(default_factory=list)
    beelden: list[str] = field(default_factory=list)

    def opmaak(self) -> object:
        """Geef wat gelijk moet zijn om dezelfde opmaak te hebben."""
        return [(b.begin, b.eind, b.merk) for b in self.bereiken], self.adressen, self.beelden


@dataclass
class Cel:
    """Een cel van een tabelrij."""

    plat: Plat
    kop: bool
    breed: int = 1


@dataclass
class Bloktekst:
    """Een blok zoals het vergeleken wordt. `kop` is de laatste kop erboven; `cellen` alleen bij een tabelrij."""

    id: str
    vorm: str
    plat: Plat
    merk: str = ""
    diep: int = 0
    citaat: bool = False
    tabel: int = 0
    kop: str = ""
    anker: str = ""
    cellen: list[Cel] = field(default_factory=list)

    @property
    def tekst(self) -> str:
        """Geef de woorden; cellen gescheiden door ` | `."""
        return " | ".join(cel.plat.tekst for cel in self.cellen) if self.vorm == "tr" else self.plat.tekst


def plat(stukken: Sequence[str], noten: Noten) -> Plat:
    """Lees markeringen en tekst tot woorden met opmaak; elk wit is één spatie."""
    uit = Plat()
    delen: list[str] = []
    lengte = 0
    wacht = False  # er moet nog een spatie komen
    over: int | None = None  # binnen een verwijzing naar een noot: hoe diep
    open_: list[tuple[str, int | None]] = []

    def zet(tekst: str) -> None:
        nonlocal lengte, wacht
        if wacht and lengte:
            delen.append(" ")
            lengte += 1
        wacht = False
        for plaats, (naam, begin) in enumerate(open_):
            if begin is None:
                open_[plaats] = (naam, lengte)
        delen.append(tekst)
        lengte += len(tekst)

    for stuk in stukken:
        if stuk[0] != "<":
            if over is not None:
                continue
            woorden = unescape(stuk)
            kaal = " ".join(woorden.split())
            if kaal:
                wacht = wacht or woorden[0].isspace()
                zet(kaal)
            wacht = wacht or (bool(woorden) and woorden[-1].isspace())
            continue
        gevonden = STUK.fullmatch(stuk)
        if gevonden is None:
            continue
        sluit, naam, rest = gevonden.groups()
        if over is not None:
            over += 0 if naam in {"br", "img"} else (-1 if sluit else 1)
            if over == 0:
                over = None
            continue
        if not sluit and naam == "a" and (noot := NAAR_NOOT.search(rest)) and noot[1] in noten.tekens:
            zet(noten.tekens[noot[1]])
            over = 1
        elif naam == "img":
            alt = ALT.search(rest)
            bron = BRON.search(rest)
            uit.beelden.append(bron[1] if bron else "")
            wacht = True
            zet(f"[afbeelding: {' '.join(unescape(alt[1]).split()) if alt and alt[1] else 'zonder beschrijving'}]")
            wacht = True
        elif naam in BREUK:
            wacht = True
        elif naam in MERKEN and not sluit:
            if naam == "a" and (adres := ADRES.search(rest)):
                uit.adressen.append(adres[1])
            open_.append((naam, None))
        elif naam in MERKEN:
            for plaats in range(len(open_) - 1, -1, -1):
                if open_[plaats][0] == naam:
                    _, begin = open_.pop(plaats)
                    if begin is not None and begin < lengte:
                        uit.bereiken.append(Bereik(begin, lengte, naam))
                    break
    uit.tekst = "".join(delen)
    uit.bereiken = [b for b in uit.bereiken if b.merk != "sup" or not _alleen_noot(uit.tekst[b.begin : b.eind])]
    return uit


def _alleen_noot(tekst: str) -> bool:
    return bool(tekst) and all(is_noot(teken) or teken == " " for teken in tekst)


def is_noot(teken: str) -> bool:
    """Geef of dit teken voor een voetnoot staat."""
    return NOOT <= ord(teken) < NOOT + MEESTE_NOTEN


def noten_van(vakken: Sequence[Vak]) -> dict[str, tuple[int, str]]:
    """Geef de voetnoten: anker -> (plaats van het blok, nummer zoals de lezer het ziet)."""
    uit: dict[str, tuple[int, str]] = {}
    for plaats, vak in enumerate(vakken):
        if vak.soort == "voetnoot" and (anker := EIGEN_ID.search(vak.eigen[0] if vak.eigen else "")):
            uit.setdefault(anker[1], (plaats, str(len(uit) + 1)))
    return uit


def lees(vakken: Sequence[Vak], noten: Noten) -> list[Bloktekst]:
    """Geef de blokken als teksten, met de kop waar zij onder staan."""
    uit: list[Bloktekst] = []
    kop = anker = ""
    for vak in vakken:
        eigen = vak.eigen
        blok = Bloktekst(
            vak.id,
            vak.soort,
            Plat() if vak.soort == "tr" else plat(eigen, noten),
            merk=noten.nummers.get(_anker(vak), "") if vak.soort == "voetnoot" else vak.merk,
            diep=max(0, sum(houder in {"ul", "ol"} for houder in vak.houders) - 1) if vak.merk else 0,
            citaat="blockquote" in vak.houders,
            tabel=vak.tabel if vak.soort in {"tr", "caption"} else 0,
        )
        if vak.soort == "tr":
            blok.cellen = _cellen(eigen, noten)
        if vak.soort in {"h2", "h3", "h4"}:
            kop, anker = blok.tekst, vak.id
        blok.kop, blok.anker = kop, anker
        uit.append(blok)
    return uit


def _anker(vak: Vak) -> str:
    gevonden = EIGEN_ID.search(vak.eigen[0] if vak.eigen else "")
    return gevonden[1] if gevonden else ""


def _cellen(stukken: Sequence[str], noten: Noten) -> list[Cel]:
    """Knip een rij in haar cellen; een tabel in een cel hoort bij die cel."""
    uit: list[Cel] = []
    diep = 0
    eigen: list[str] = []
    kop, breed = False, 1
    for stuk in stukken:
        gevonden = STUK.fullmatch(stuk) if stuk[0] == "<" else None
        if gevonden is None or gevonden[2] not in {"td", "th"}:
            if diep:
                eigen.append(stuk)
            continue
        if gevonden[1]:
            diep -= 1
            if diep == 0:
                uit.append(Cel(plat(eigen, noten), kop, breed))
            continue
        diep += 1
        if diep == 1:
            wijd = re.search(r' colspan="(\d+)"', gevonden[3])
            eigen, kop, breed = [], gevonden[2] == "th", int(wijd[1]) if wijd else 1
        else:
            eigen.append(stuk)
    return uit


def opmaakverschil(oud: Plat, nieuw: Plat) -> tuple[str, ...]:
    """Geef in woorden welke opmaak anders is bij gelijke tekst; leeg als er niets anders is."""
    if oud.opmaak() == nieuw.opmaak():
        return ()
    uit: list[str] = []
    if oud.tekst == nieuw.tekst:
        weg = Counter((b.begin, b.eind, b.merk) for b in oud.bereiken)
        erbij = Counter((b.begin, b.eind, b.merk) for b in nieuw.bereiken)
        uit += sorted({OPMAAKNAAM[merk] for _, _, merk in ((weg - erbij) + (erbij - weg))})
    if oud.adressen != nieuw.adressen and "verwijzing" not in uit:
        uit.append("verwijzing")
    if oud.beelden != nieuw.beelden:
        uit.append("afbeelding")
    return tuple(uit)
