"""Twee bewerkingen van dezelfde tekst samenvoegen: alleen waar zij elkaar niet raken.

De eenheid is wat op het hoogste niveau staat: een alinea, een kop, een hele lijst, een hele tabel, de voetnoten. Wie
daar niets aan veranderde, krijgt de bewerking van de ander; veranderden beiden er iets aan, dan is het een botsing en
beslist een mens. Zo staat er nooit een zin die geen van beiden schreef.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from lxml import etree
from lxml import html as lxml_html

from kern.blokken import lees_vakken
from kern.vergelijk.gegevens import Stuk
from kern.vergelijk.lezen import Noten, lees
from kern.verschil import verschil

GEEN_NOTEN = Noten({}, {})


@dataclass(frozen=True)
class Deel:
    """Een stuk op het hoogste niveau: zijn HTML, en waaraan het te herkennen is (woorden en opmaak, geen ids)."""

    html: str
    kenmerk: object
    tekst: str


@dataclass(frozen=True)
class Botsing:
    """Wat beiden veranderden: de tekst van de een en die van de ander, "" waar iemand haar schrapte."""

    hunne: str
    mijne: str

    @property
    def stukken(self) -> list[Stuk]:
        """Geef het verschil van hun tekst naar de mijne."""
        return [Stuk(deel.tekst, deel.soort) for deel in verschil(self.hunne, self.mijne)]


@dataclass(frozen=True)
class Samen:
    """Het voorstel. Bij een botsing staat in `html` de tekst van `mijne`."""

    html: str
    botsingen: tuple[Botsing, ...]


def voeg_samen(basis: str, hunne: str, mijne: str) -> Samen:
    """Voeg twee bewerkingen van `basis` samen. Alle drie zijn gemunte teksten (`kern.blokken.munt`).

    Zonder botsing staat elke wijziging van beiden in de uitkomst, en niets anders.
    """
    b, h, m = _delen(basis), _delen(hunne), _delen(mijne)
    in_h, in_m = _zelfde(b, h), _zelfde(b, m)
    uit: list[Deel] = []
    botsingen: list[Botsing] = []
    i = j = k = 0
    for vast in [*(n for n in range(len(b)) if n in in_h and n in in_m), len(b)]:
        tot_h, tot_m = in_h.get(vast, len(h)), in_m.get(vast, len(m))
        for deel in _kies(b[i:vast], h[j:tot_h], m[k:tot_m]):
            if isinstance(deel, Botsing):
                botsingen.append(deel)
            else:
                uit.append(deel)
        if vast < len(b):
            uit.append(h[tot_h])
        i, j, k = vast + 1, tot_h + 1, tot_m + 1
    return Samen("".join(deel.html for deel in uit), tuple(botsingen))


def _delen(html: str) -> list[Deel]:
    uit: list[Deel] = []
    for stuk in lxml_html.fragments_fromstring(html) if html.strip() else []:
        if isinstance(stuk, str):
            continue  # alleen wit: gemunte tekst staat in blokken
        stuk.tail = None
        bron = etree.tostring(stuk, encoding="unicode", method="html")
        blokken = lees(lees_vakken(bron), GEEN_NOTEN)
        kenmerk = (
            str(stuk.tag),
            tuple(
                (
                    b.vorm,
                    b.tekst,
                    b.plat.opmaak(),
                    b.diep,
                    b.citaat,
                    [(c.kop, c.breed, c.plat.opmaak()) for c in b.cellen],
                )
                for b in blokken
            ),
        )
        uit.append(Deel(bron, kenmerk, " ".join(b.tekst for b in blokken)))
    return uit


def _zelfde(basis: Sequence[Deel], ander: Sequence[Deel]) -> dict[int, int]:
    """Geef welke delen ongewijzigd en in volgorde in de andere tekst staan."""
    volg: dict[str, int] = {}

    def nummers(delen: Sequence[Deel]) -> list[int]:
        return [volg.setdefault(repr(deel.kenmerk), len(volg)) for deel in delen]

    gevonden = SequenceMatcher(None, nummers(basis), nummers(ander), autojunk=False).get_matching_blocks()
    return {a + n: b + n for a, b, lengte in gevonden for n in range(lengte)}


def _kies(b: Sequence[Deel], h: Sequence[Deel], m: Sequence[Deel]) -> Iterator[Deel | Botsing]:
    """Kies van een stuk waarin iemand iets veranderde de bewerking; een botsing volgt op de tekst van `m`."""
    kb, kh, km = ([deel.kenmerk for deel in delen] for delen in (b, h, m))
    if kb == km or kh == km:
        yield from h
    elif kb == kh:
        yield from m
    elif len(b) == len(h) == len(m) > 1:
        for drie in zip(b, h, m, strict=True):
            yield from _kies(*([deel] for deel in drie))
    else:
        yield from m
        yield Botsing(" ".join(d.tekst for d in h), " ".join(d.tekst for d in m))
