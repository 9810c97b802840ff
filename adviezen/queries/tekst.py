"""Een tekst in passages: wat op het scherm een regel vormt, met de blokken die erin zitten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from lxml import etree
from lxml import html as lxml_html

from kern.blokken import blokken, nummers
from kern.componenten_opmerking import Opmerking
from kern.markeer import Merk, markeer

KOPPEN = {"h2": 1, "h3": 2, "h4": 3}


@dataclass
class Passage:
    """Eén kop, alinea, lijst of tabel op het hoogste niveau.

    `blok` is het eerste blok erin ("" als er geen is) en het anker op de bladzijde; `blokken` zijn alle blokken erin.
    `kop` is 1 tot en met 3 voor een kop en 0 voor het overige; `tekst` is de platte tekst; `nummer` is dat van het
    eerste blok (0: geen). Het leesscherm vult `gewijzigd`, en hoeveel opmerkingen er behalve de getoonde nog zijn
    (`meer`). Een organisatie kiest ook een van de `onderdelen`, als (blok, korte tekst): één aanbeveling uit een
    lijst, één rij van een tabel.
    """

    blok: str
    blokken: tuple[str, ...]
    html: str
    tekst: str
    kop: int = 0
    opmerkingen: list[Opmerking] = field(default_factory=list)
    punten: list[object] = field(default_factory=list)
    nummer: int = 0
    gewijzigd: bool = False
    meer: int = 0
    onderdelen: list[tuple[str, str]] = field(default_factory=list)


class _Deel(NamedTuple):
    """Wat van een passage uit de tekst zelf volgt; `bron` is haar HTML van voor het knippen, met elke `data-blok`."""

    blok: str
    blokken: tuple[str, ...]
    html: str
    tekst: str
    kop: int
    nummer: int
    bron: str


def passages(html: str, merken: Mapping[str, Sequence[Merk]] | None = None) -> list[Passage]:
    """Knip schone, gemunte adviestekst in passages. Elk blok krijgt zijn naam als `id`, zodat `#b…` erheen wijst.

    Elke passage krijgt haar nummer (`kern.blokken.nummers`); een opsomming of citaat draagt ze per punt, als
    `data-nummer`: dat is opmaak en komt niet in de tekst die men selecteert. `merken` wijst per blok stukken aan
    (kern.markeer); alleen de passages waarin iets aangewezen wordt, worden dan opnieuw gelezen.
    """
    uit: list[Passage] = []
    teksten = {b.id: b.tekst for b in blokken(html)} if merken else {}
    volg = nummers(html) if merken else {}
    for deel in _knip(html):
        raak = {blok: merken[blok] for blok in deel.blokken if blok in merken} if merken else {}
        gemerkt = _knip_vers(markeer(deel.bron, raak, teksten), volg)[0].html if raak else deel.html
        uit.append(Passage(deel.blok, deel.blokken, gemerkt, deel.tekst, deel.kop, nummer=deel.nummer))
    return uit


def _knip_vers(html: str, volg: Mapping[str, int]) -> tuple[_Deel, ...]:
    if not html.strip():
        return ()
    uit: list[_Deel] = []
    for deel in lxml_html.fragments_fromstring(html):
        if isinstance(deel, str):
            if deel.strip():
                element = lxml_html.Element("p")
                element.text = deel
                los = etree.tostring(element, encoding="unicode", method="html")
                uit.append(_Deel("", (), los, deel.strip(), 0, 0, los))
            continue
        staart, deel.tail = deel.tail, None
        for punt in deel.iter("li"):
            if not len(punt) and not punt.text:
                punt.text = ""  # anders schrijft lxml geen eindteken, en is `bron` niet meer dezelfde lijst
        bron = etree.tostring(deel, encoding="unicode", method="html")
        namen: list[str] = []
        for element in deel.iter():
            blok = element.get("data-blok")
            if blok is None:
                continue
            if not namen:
                del element.attrib["data-blok"]  # het anker staat op de passage zelf
            elif not element.get("id"):
                element.set("id", blok)
            if element is not deel and blok in volg:
                element.set("data-nummer", str(volg[blok]))
            namen.append(blok)
        uit.append(
            _Deel(
                namen[0] if namen else "",
                tuple(namen),
                etree.tostring(deel, encoding="unicode", method="html"),
                " ".join("".join(str(stuk) for stuk in deel.itertext()).split()),
                KOPPEN.get(str(deel.tag), 0),
                volg.get(namen[0], 0) if namen else 0,
                bron,
            )
        )
        if staart and staart.strip():
            uit.append(_Deel("", (), staart, staart.strip(), 0, 0, staart))
    return tuple(uit)


# Een versie verandert niet, en wie haar leest vraagt steeds dezelfde: één scherm vraagt haar twee keer.
@lru_cache(maxsize=4)
def _knip(html: str) -> tuple[_Deel, ...]:
    return _knip_vers(html, nummers(html))


def inhoud(delen: list[Passage]) -> list[Passage]:
    """Geef de koppen, voor de inhoudsopgave."""
    return [deel for deel in delen if deel.kop and deel.blok]


def rondom(html: str, blok: str, aantal: int = 2) -> list[tuple[str, str, bool]]:
    """Geef de passage met wat ervoor en erna staat, als (soort, tekst, is de passage zelf); leeg als zij er niet is."""
    alle = [b for b in blokken(html) if b.tekst]
    plaats = next((n for n, b in enumerate(alle) if b.id == blok), None)
    if plaats is None:
        return []
    deel = alle[max(0, plaats - aantal) : plaats + aantal + 1]
    return [(b.soort, b.tekst, b.id == blok) for b in deel]


def citaat(html: str, blok: str, lengte: int = 280) -> str:
    """Geef de tekst van een blok om bij een punt te zetten, afgekapt op `lengte`; "" als het blok er niet (meer) is."""
    return next((kort(b.tekst, lengte) for b in blokken(html) if b.id == blok), "")


def kort(tekst: str, lengte: int = 280) -> str:
    """Geef een tekst, afgekapt op `lengte` tekens met een beletselteken."""
    return tekst if len(tekst) <= lengte else tekst[: lengte - 1].rstrip() + "…"
