"""Wat bij wat hoort: blokken, tabellen en voetnoten van twee teksten, en wat daarvan op zijn plaats bleef."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kern.blokken import koppel_op_id, lees_vakken
from kern.vergelijk.delen import zoek_delen
from kern.vergelijk.lezen import NOOT, Bloktekst, Noten, lees, noten_van

# Kruist een alinea een kop, dan verhuisde de alinea en niet de kop; deze letters maken een kop zwaarder.
ANKERS = {"h2": 2000, "h3": 1000, "h4": 500}


@dataclass
class Eenheid:
    """Wat als geheel een plaats heeft: een blok, een tabel met haar rijen, of de delen van een gesplitst blok."""

    plaatsen: list[int]
    tabel: bool = False
    noot: bool = False
    woorden: int = 0


@dataclass
class Werk:
    """De twee gelezen teksten en wat bij wat hoort (nieuw -> oud).

    `splits`: plaats van een oud blok -> de plaatsen van zijn delen in de nieuwe tekst. `samen`: plaats van een nieuw
    blok -> de oude plaatsen van de blokken die erin opgingen.
    """

    oud: list[Bloktekst]
    nieuw: list[Bloktekst]
    paren: dict[int, int]
    nummers_oud: Mapping[str, str]
    nummers_nieuw: Mapping[str, str]
    terug: dict[int, int] = field(default_factory=dict)
    splits: dict[int, tuple[int, ...]] = field(default_factory=dict)
    samen: dict[int, tuple[int, ...]] = field(default_factory=dict)


def lees_beide(oud: str, nieuw: str) -> Werk:
    vakken_oud, vakken_nieuw = lees_vakken(oud), lees_vakken(nieuw)
    paren = koppel_op_id(vakken_nieuw, vakken_oud)
    noten_oud, noten_nieuw = noten_van(vakken_oud), noten_van(vakken_nieuw)
    op_plaats = {plaats: anker for anker, (plaats, _) in noten_oud.items()}
    tekens_oud = {anker: chr(NOOT + n) for n, anker in enumerate(noten_oud)}
    tekens_nieuw: dict[str, str] = {}
    for n, (anker, (plaats, _)) in enumerate(noten_nieuw.items()):
        zelfde = op_plaats.get(paren.get(plaats, -1), "")
        tekens_nieuw[anker] = tekens_oud.get(zelfde) or chr(NOOT + len(noten_oud) + n)
    getal_oud = {anker: nummer for anker, (_, nummer) in noten_oud.items()}
    getal_nieuw = {anker: nummer for anker, (_, nummer) in noten_nieuw.items()}
    werk = Werk(
        lees(vakken_oud, Noten(tekens_oud, getal_oud)),
        lees(vakken_nieuw, Noten(tekens_nieuw, getal_nieuw)),
        paren,
        {tekens_oud[anker]: nummer for anker, nummer in getal_oud.items()},
        {tekens_nieuw[anker]: nummer for anker, nummer in getal_nieuw.items()},
    )
    _zonder_grensgevallen(werk)
    _met_delen(werk)
    return werk


def _met_delen(werk: Werk) -> None:
    """Zoek gesplitste en samengevoegde blokken; daarna hoort elk deel bij zijn geheel."""
    werk.splits = zoek_delen(werk.oud, werk.nieuw, werk.paren, set())
    for o, delen in werk.splits.items():
        for n in delen:
            werk.paren.pop(n, None)
        werk.paren[delen[0]], werk.terug[o] = o, delen[0]
    bezet = set(werk.splits)
    samen = zoek_delen(werk.nieuw, werk.oud, werk.terug, bezet)
    gesplitst = {n for delen in werk.splits.values() for n in delen}
    werk.samen = {n: delen for n, delen in samen.items() if n not in gesplitst}
    for n, delen in werk.samen.items():
        werk.paren[n] = delen[0]
        werk.terug |= dict.fromkeys(delen, n)


def _zonder_grensgevallen(werk: Werk) -> None:
    """Een rij hoort bij haar tabel: een paar dat een andere tabel (of geen tabel) raakt, geldt niet."""
    stemmen: Counter[tuple[int, int]] = Counter()
    for n, o in werk.paren.items():
        if werk.nieuw[n].tabel and werk.oud[o].tabel:
            stemmen[werk.nieuw[n].tabel, werk.oud[o].tabel] += 1
    bij: dict[int, int] = {}
    bezet: set[int] = set()
    for (tabel, oude), _ in stemmen.most_common():
        if tabel not in bij and oude not in bezet:
            bij[tabel] = oude
            bezet.add(oude)
    werk.paren = {n: o for n, o in werk.paren.items() if _samen(werk.nieuw[n], werk.oud[o], bij)}
    werk.terug = {o: n for n, o in werk.paren.items()}


def _samen(nieuw: Bloktekst, oud: Bloktekst, bij: Mapping[int, int]) -> bool:
    if nieuw.tabel and oud.tabel:
        return bij.get(nieuw.tabel) == oud.tabel and nieuw.vorm == oud.vorm
    return nieuw.tabel == oud.tabel


def eenheden(blokken: Sequence[Bloktekst], groepen: Iterable[tuple[int, ...]] = ()) -> list[Eenheid]:
    uit: list[Eenheid] = []
    bij_tabel: dict[int, Eenheid] = {}
    vervolg = {plaats for groep in groepen for plaats in groep[1:]}
    for plaats, blok in enumerate(blokken):
        if blok.tabel and blok.tabel in bij_tabel:
            bij_tabel[blok.tabel].plaatsen.append(plaats)
        elif plaats in vervolg:
            uit[-1].plaatsen.append(plaats)
        else:
            eenheid = Eenheid([plaats], bool(blok.tabel), blok.vorm == "voetnoot")
            if blok.tabel:
                bij_tabel[blok.tabel] = eenheid
            uit.append(eenheid)
        (bij_tabel[blok.tabel] if blok.tabel else uit[-1]).woorden += len(blok.tekst) + ANKERS.get(blok.vorm, 1)
    return uit


def vaste_volgorde(oude_plaatsen: Sequence[int], gewichten: Sequence[int]) -> set[int]:
    """Geef welke plaatsen in `oude_plaatsen` blijven staan: de zwaarste stijgende rij. De rest is verplaatst."""
    beste: list[int] = []  # oude plaatsen, stijgend
    totaal: list[int] = []  # het zwaarste totaal dat daar eindigt, ook stijgend
    wie: list[int] = []
    vorige: list[int] = [-1] * len(oude_plaatsen)
    for nummer, plaats in enumerate(oude_plaatsen):
        waar = bisect_left(beste, plaats)
        som = gewichten[nummer] + (totaal[waar - 1] if waar else 0)
        vorige[nummer] = wie[waar - 1] if waar else -1
        eind = waar
        while eind < len(beste) and totaal[eind] <= som:
            eind += 1
        beste[waar:eind], totaal[waar:eind], wie[waar:eind] = [plaats], [som], [nummer]
    uit: set[int] = set()
    nu = wie[-1] if wie else -1
    while nu >= 0:
        uit.add(nu)
        nu = vorige[nu]
    return uit


def koppel_rijen(werk: Werk, oud: Eenheid, nieuw: Eenheid) -> dict[int, int]:
    """Geef welke rij van de nieuwe tabel (plaats in de tabel) bij welke van de oude hoort.

    Een rij die te veel veranderde om haar id te houden, hoort bij de rij met dezelfde eerste cel. Vult `werk` aan.
    """
    eigen = {p: n for n, p in enumerate(oud.plaatsen)}
    paar = {n: eigen[werk.paren[p]] for n, p in enumerate(nieuw.plaatsen) if p in werk.paren and werk.paren[p] in eigen}
    bezet = set(paar.values())
    vrij: dict[str, list[int]] = {}
    for o in range(len(oud.plaatsen) - 1, -1, -1):
        if o not in bezet and (sleutel := _eerste_cel(werk.oud[oud.plaatsen[o]])):
            vrij.setdefault(sleutel, []).append(o)
    for n, plaats in enumerate(nieuw.plaatsen):
        if n not in paar and vrij.get(sleutel := _eerste_cel(werk.nieuw[plaats])):
            paar[n] = vrij[sleutel].pop()
            werk.paren[plaats] = oud.plaatsen[paar[n]]
            werk.terug[oud.plaatsen[paar[n]]] = plaats
    return paar


def _eerste_cel(blok: Bloktekst) -> str:
    return blok.cellen[0].plat.tekst.lower() if len(blok.cellen) > 1 else ""
