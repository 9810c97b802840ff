"""Van twee blokken naar stukken tekst: gelijk, erbij, eraf, elk met zijn opmaak."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kern.vergelijk.gegevens import Stuk
from kern.vergelijk.koppelen import Werk
from kern.vergelijk.lezen import Bereik, Plat
from kern.verschil import verschil


def stukken(werk: Werk, oud: Plat | None, nieuw: Plat | None) -> tuple[Stuk, ...]:
    """Geef de stukken van een blok of cel, geknipt waar opmaak begint, ophoudt, of een noot staat."""
    links, rechts = (oud.tekst if oud else ""), (nieuw.tekst if nieuw else "")
    uit: list[Stuk] = []
    in_oud = in_nieuw = 0
    for deel in verschil(links, rechts):
        lengte = len(deel.tekst)
        if deel.soort == "eraf":
            bereiken = oud.bereiken if oud else []
            uit += _knip(deel.tekst, in_oud, bereiken, "eraf", werk.nummers_oud)
        else:
            bereiken = nieuw.bereiken if nieuw else []
            uit += _knip(deel.tekst, in_nieuw, bereiken, deel.soort, werk.nummers_nieuw)
        in_oud += lengte if deel.soort != "erbij" else 0
        in_nieuw += lengte if deel.soort != "eraf" else 0
    return tuple(uit)


def _knip(tekst: str, begin: int, bereiken: list[Bereik], soort: str, nummers: Mapping[str, str]) -> Iterator[Stuk]:
    eind = begin + len(tekst)
    raakt = [b for b in bereiken if b.begin < eind and b.eind > begin]
    randen = {begin, eind}
    for bereik in raakt:
        randen |= {max(begin, bereik.begin), min(eind, bereik.eind)}
    if nummers:
        for plaats, teken in enumerate(tekst, begin):
            if teken in nummers:
                randen |= {plaats, plaats + 1}
    grenzen = sorted(randen)
    for van, tot in zip(grenzen, grenzen[1:], strict=False):
        stuk = tekst[van - begin : tot - begin]
        merken = tuple(sorted({b.merk for b in raakt if b.begin <= van and b.eind >= tot}))
        yield Stuk(stuk, soort, merken, nummers.get(stuk, ""))


def met_naden(stukken: Sequence[Stuk], naden: Sequence[int]) -> tuple[Stuk, ...]:
    """Zet een naad in de stukken op deze plaatsen van de oude tekst (in tekens, oplopend)."""
    uit: list[Stuk] = []
    over = list(naden)
    in_oud = 0
    for stuk in stukken:
        rest = stuk
        while over and rest.soort != "erbij" and over[0] < in_oud + len(rest.tekst):
            voor = over.pop(0) - in_oud
            uit += [*([replace(rest, tekst=rest.tekst[:voor])] if voor else []), Stuk("", "naad")]
            rest, in_oud = replace(rest, tekst=rest.tekst[voor:]), in_oud + voor
        uit.append(rest)
        in_oud += len(rest.tekst) if rest.soort != "erbij" else 0
    return tuple(uit)
