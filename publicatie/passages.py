"""Een tekst in passages delen, en de woorden eruit halen."""

import re
from typing import NamedTuple

from lxml import html as lxml_html

KOPPEN = {"h1", "h2", "h3", "h4", "h5", "h6"}
BLOKKEN = ("h1", "h2", "h3", "h4", "p", "li", "td", "th", "caption", "blockquote", "figcaption", "br")
WOORD = re.compile(r"[a-zà-ÿ]{4,60}")


class Stuk(NamedTuple):
    """Een alinea met haar vaste plaatsnaam en de kop waaronder zij staat."""

    blok: str
    kop: str
    tekst: str


def in_passages(html: str) -> list[Stuk]:
    """Geef elke alinea van `html` die een `data-blok` draagt, in leesvolgorde.

    Een blok dat zelf blokken bevat (een lijst met punten) telt niet mee: zijn delen wel. Koppen worden geen
    passage, maar staan bij de alinea's eronder. Een plaatsnaam die twee keer voorkomt, telt alleen de eerste keer.
    """
    if not html.strip():
        return []
    uit: list[Stuk] = []
    gezien: set[str] = set()
    kop = ""
    for element in lxml_html.fragment_fromstring(html, create_parent="div").iter():
        if not isinstance(element.tag, str):
            continue
        tekst = " ".join(element.text_content().split())
        if element.tag in KOPPEN:
            kop = tekst
            continue
        blok = element.get("data-blok") or ""
        if not blok or not tekst or blok in gezien or element.find(".//*[@data-blok]") is not None:
            continue
        gezien.add(blok)
        uit.append(Stuk(blok[:40], kop, tekst))
    return uit


def tekst_van(html: str) -> str:
    """Geef de lopende tekst van `html`, één regel per blok (alinea, kop, cel, punt)."""
    if not html.strip():
        return ""
    boom = lxml_html.fragment_fromstring(html, create_parent="div")
    for element in boom.iter(*BLOKKEN):
        element.tail = "\n" + (element.tail or "")
    regels = (" ".join(regel.split()) for regel in boom.text_content().split("\n"))
    return "\n".join(regel for regel in regels if regel)


def woorden(*teksten: str) -> list[str]:
    """Geef de verschillende woorden van vier letters of meer, in kleine letters en op volgorde."""
    return sorted({w for tekst in teksten for w in WOORD.findall(tekst.lower())})
