"""Een tekst in passages: wat op het scherm een regel vormt, met de blokken die erin zitten."""

from dataclasses import dataclass, field

from lxml import etree
from lxml import html as lxml_html

from kern.blokken import blokken
from kern.componenten_opmerking import Opmerking

KOPPEN = {"h2": 1, "h3": 2, "h4": 3}


@dataclass
class Passage:
    """Eén kop, alinea, lijst of tabel op het hoogste niveau.

    `blok` is het eerste blok erin ("" als er geen is) en het anker op de bladzijde; `blokken` zijn alle blokken erin.
    `kop` is 1 tot en met 3 voor een kop en 0 voor het overige; `tekst` is de platte tekst. Het leesscherm vult `nummer`
    (0: geen), `gewijzigd`, en hoeveel opmerkingen er behalve de getoonde nog zijn (`meer`).
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


def passages(html: str) -> list[Passage]:
    """Knip schone, gemunte adviestekst in passages. Elk blok krijgt zijn naam als `id`, zodat `#b…` erheen wijst."""
    if not html.strip():
        return []
    uit: list[Passage] = []
    for deel in lxml_html.fragments_fromstring(html):
        if isinstance(deel, str):
            if deel.strip():
                element = lxml_html.Element("p")
                element.text = deel
                uit.append(Passage("", (), etree.tostring(element, encoding="unicode", method="html"), deel.strip()))
            continue
        namen: list[str] = []
        for element in deel.iter():
            blok = element.get("data-blok")
            if blok is None:
                continue
            if not namen:
                del element.attrib["data-blok"]  # het anker staat op de passage zelf
            elif not element.get("id"):
                element.set("id", blok)
            namen.append(blok)
        staart, deel.tail = deel.tail, None
        uit.append(
            Passage(
                namen[0] if namen else "",
                tuple(namen),
                etree.tostring(deel, encoding="unicode", method="html"),
                " ".join("".join(str(stuk) for stuk in deel.itertext()).split()),
                KOPPEN.get(str(deel.tag), 0),
            )
        )
        if staart and staart.strip():
            uit.append(Passage("", (), staart, staart.strip()))
    return uit


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
