"""Alinea's die gesplitst of samengevoegd zijn.

Een tekstverwerker zegt niet dat een alinea gesplitst is; dat blijkt uit de woorden. Blokken horen bij elkaar als zij
naast elkaar staan, van de ene kant geen eigen tegenhanger hebben, en hun woorden in volgorde in het ene blok aan de
andere kant terugkomen. Alleen lopende tekst: koppen, tabellen en voetnoten zijn een geheel.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kern.vergelijk.lezen import Bereik, Bloktekst, Plat
from kern.verschil import WOORD, sneden

LOPEND = {"p", "li"}
# Zoveel van de woorden van een deel staat ook in het geheel, en ten minste zoveel woorden in getal.
DEEL, MINSTE_WOORDEN = 0.6, 3
MEESTE_DELEN = 12


def zoek_delen(
    heel: Sequence[Bloktekst], delen: Sequence[Bloktekst], paar: Mapping[int, int], bezet: set[int]
) -> dict[int, tuple[int, ...]]:
    """Geef van een plaats in `heel` de plaatsen in `delen` waarin dat blok uiteenviel.

    `paar` koppelt delen aan heel; `bezet` zijn plaatsen in `delen` die al ergens bij horen. Oud als heel en nieuw als
    delen geeft splitsingen; andersom geeft samenvoegingen.
    """
    terug = {h: d for d, h in paar.items()}
    uit: dict[int, tuple[int, ...]] = {}
    vrij = [d not in paar and d not in bezet and _lopend(blok) for d, blok in enumerate(delen)]
    for h, blok in enumerate(heel):
        if not _lopend(blok):
            continue
        eigen = terug.get(h)
        if eigen is not None and (eigen in bezet or not _lopend(delen[eigen]) or delen[eigen].tekst == blok.tekst):
            continue
        rij = _rij(delen, vrij, eigen) if eigen is not None else _gat(h, heel, delen, vrij, terug)
        gekozen = _passend(blok, delen, rij, eigen)
        if len(gekozen) > 1:
            uit[h] = tuple(gekozen)
            for d in gekozen:
                vrij[d] = False
    return uit


def _lopend(blok: Bloktekst) -> bool:
    return blok.vorm in LOPEND and not blok.tabel and bool(blok.tekst)


def _rij(delen: Sequence[Bloktekst], vrij: Sequence[bool], midden: int) -> list[int]:
    """De vrije buren van een gekoppeld blok, met het blok zelf."""
    eerste = laatste = midden
    while eerste > 0 and vrij[eerste - 1] and midden - eerste < MEESTE_DELEN:
        eerste -= 1
    while laatste + 1 < len(delen) and vrij[laatste + 1] and laatste - midden < MEESTE_DELEN:
        laatste += 1
    return list(range(eerste, laatste + 1))


def _gat(
    h: int, heel: Sequence[Bloktekst], delen: Sequence[Bloktekst], vrij: Sequence[bool], terug: Mapping[int, int]
) -> list[int]:
    """De vrije blokken op de plek waar een blok zonder tegenhanger gestaan zou hebben."""
    voor = next((terug[v] for v in range(h - 1, -1, -1) if v in terug), -1)
    uit: list[int] = []
    for d in range(voor + 1, len(delen)):
        if not vrij[d] or len(uit) == MEESTE_DELEN:
            break
        uit.append(d)
    return uit


def _passend(blok: Bloktekst, delen: Sequence[Bloktekst], rij: Sequence[int], eigen: int | None) -> list[int]:
    """Geef de aaneengesloten blokken uit `rij` die samen dit blok vormen; `eigen` hoort er altijd bij."""
    if len(rij) < 2:
        return []
    voorraad = Counter(WOORD.findall(blok.tekst))
    goed = [d for d in rij if d == eigen or _genoeg(delen[d], voorraad)]
    for groep in _aaneen(goed):
        while len(groep) > 1 and (eigen is None or eigen in groep):
            raak = [_raak(deel, delen[d]) for d, (deel, _) in zip(groep, _leg(blok, delen, groep), strict=True)]
            if all(raak):
                return groep
            if not raak[-1] and groep[-1] != eigen:
                groep = groep[:-1]
            elif not raak[0] and groep[0] != eigen:
                groep = groep[1:]
            else:
                break
    return []


def _aaneen(plaatsen: Sequence[int]) -> Iterator[list[int]]:
    groep: list[int] = []
    for plaats in plaatsen:
        if groep and plaats != groep[-1] + 1:
            yield groep
            groep = []
        groep.append(plaats)
    if groep:
        yield groep


def _woorden(tekst: str) -> list[str]:
    return [w for w in WOORD.findall(tekst) if w[0].isalnum()]


def _genoeg(deel: Bloktekst, voorraad: Counter[str]) -> bool:
    eigen = Counter(_woorden(deel.tekst))
    return eigen.total() >= MINSTE_WOORDEN and (eigen & voorraad).total() >= DEEL * eigen.total()


def _raak(gelijk: int, deel: Bloktekst) -> bool:
    return gelijk >= max(MINSTE_WOORDEN, DEEL * len(_woorden(deel.tekst)))


def _leg(blok: Bloktekst, delen: Sequence[Bloktekst], groep: Sequence[int]) -> list[tuple[int, int]]:
    """Geef per deel hoeveel van zijn woorden in volgorde in het blok staan, en bij welk teken het begint."""
    a = WOORD.findall(blok.tekst)
    b: list[str] = []
    van_wie: list[int] = []
    for n, d in enumerate(groep):
        stuk = [*([" "] if b else []), *WOORD.findall(delen[d].tekst)]
        b += stuk
        van_wie += [n] * len(stuk)
    gelijk = [0] * len(groep)
    begin = [-1] * len(groep)
    for soort, a1, a2, b1, _ in sneden(a, b):
        if soort == "equal":
            for k in range(a2 - a1):
                n, woord = van_wie[b1 + k], a[a1 + k]
                gelijk[n] += woord[0].isalnum()
                begin[n] = a1 + k if begin[n] < 0 and not woord.isspace() else begin[n]
    lengtes = [0]
    for woord in a:
        lengtes.append(lengtes[-1] + len(woord))
    return [(g, lengtes[p] if p >= 0 else 0) for g, p in zip(gelijk, begin, strict=True)]


def knip(blok: Bloktekst, delen: Sequence[Bloktekst], groep: Sequence[int]) -> list[tuple[int, int]]:
    """Geef per deel welk stuk (van, tot) van het blok erbij hoort; ertussen en eromheen valt alleen wit weg."""
    tekst = blok.plat.tekst
    grenzen = [0, *(begin for _, begin in _leg(blok, delen, groep)[1:]), len(tekst)]
    uit = []
    for van, tot in zip(grenzen, grenzen[1:], strict=False):
        stuk = tekst[van:tot]
        uit.append((van + len(stuk) - len(stuk.lstrip()), max(van, tot - len(stuk) + len(stuk.rstrip()))))
    return uit


def stuk_van(plat: Plat, van: int, tot: int) -> Plat:
    """Geef een stuk van een tekst met haar opmaak."""
    bereiken = [
        Bereik(max(b.begin, van) - van, min(b.eind, tot) - van, b.merk)
        for b in plat.bereiken
        if b.begin < tot and b.eind > van
    ]
    return replace(plat, tekst=plat.tekst[van:tot], bereiken=bereiken)


def plak(blokken: Sequence[Bloktekst]) -> tuple[Plat, list[int]]:
    """Geef de teksten achter elkaar met een spatie ertussen, en waar elke volgende begint."""
    uit = Plat()
    naden: list[int] = []
    for blok in blokken:
        if uit.tekst:
            naden.append(len(uit.tekst) + 1)
            uit.tekst += " "
        begin = len(uit.tekst)
        uit.tekst += blok.plat.tekst
        uit.bereiken += [Bereik(b.begin + begin, b.eind + begin, b.merk) for b in blok.plat.bereiken]
        uit.adressen += blok.plat.adressen
        uit.beelden += blok.plat.beelden
    return uit, naden
