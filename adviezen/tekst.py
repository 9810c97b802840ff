"""De tekst van een advies afmaken bij de vaststelling. Zuivere functies, geen database."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from kern.blokken import blokken

KOPPEN = {"h2": 2, "h3": 3, "h4": 4}
VOETNOOT = re.compile(r'<li[^>]*class="voetnoot"')
VOETNOTEN = re.compile(r'<ol[^>]*class="voetnoten"[^>]*>')
NOEMT = re.compile(r"\baanbeveling(en)?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Standpunt:
    """Een opvatting zoals zij in het advies komt: de vaste woorden, wat zij vinden, en de voetnoot met wie het zijn."""

    aanduiding: str
    tekst: str
    voetnoot: str


@dataclass(frozen=True)
class Passage:
    """De standpunten over één passage."""

    passage: str
    standpunten: Sequence[Standpunt]


@dataclass(frozen=True)
class Nota:
    """Een minderheidsnota bij het advies; `html` is schoon en mag leeg zijn (dan is zij een los bestand)."""

    titel: str
    namen: str
    html: str


def met_standpunten(html: str, passages: Sequence[Passage], notas: Sequence[Nota] = ()) -> str:
    """Geef de tekst met een hoofdstuk over de standpunten, de voetnoten doorgenummerd, en de nota's als bijlagen.

    Zonder uiteenlopende standpunten en zonder nota's is de uitkomst de tekst zelf.
    """
    verdeeld = [p for p in passages if len(p.standpunten) > 1]
    if not verdeeld and not notas:
        return html
    nummer = len(VOETNOOT.findall(html))
    delen: list[str] = []
    noten: list[str] = []
    if verdeeld:
        delen.append("<h2>Standpunten in de raad</h2>")
    for passage in verdeeld:
        delen.append(f"<blockquote><p>{escape(passage.passage)}</p></blockquote>")
        for punt in passage.standpunten:
            nummer += 1
            verwijzing = (
                f'<sup><a class="voetnoot" href="#voetnoot-{nummer}" id="voetnootref-{nummer}">{nummer}</a></sup>'
            )
            woorden = escape(punt.aanduiding[:1].upper() + punt.aanduiding[1:])
            delen.append(f"<p><strong>{woorden}</strong>{verwijzing}: {escape(punt.tekst)}</p>")
            noot = escape(punt.voetnoot[:1].upper() + punt.voetnoot[1:])
            noten.append(f'<li class="voetnoot" id="voetnoot-{nummer}">{noot}.</li>')
    delen += [f"<h2>Minderheidsnota: {escape(n.titel)}</h2><p>Van {escape(n.namen)}.</p>{n.html}" for n in notas]
    return _voeg_in(html, "".join(delen), "".join(noten))


def _voeg_in(html: str, hoofdstuk: str, noten: str) -> str:
    lijst = VOETNOTEN.search(html)
    if lijst is None:
        return html + hoofdstuk + (f'<ol class="voetnoten">{noten}</ol>' if noten else "")
    einde = html.index("</ol>", lijst.end())
    return html[: lijst.start()] + hoofdstuk + html[lijst.start() : einde] + noten + html[einde:]


@dataclass(frozen=True)
class Gevonden:
    """Een aanbeveling in de tekst, met het blok waar zij staat."""

    tekst: str
    blok: str


def vind_aanbevelingen(html: str) -> list[Gevonden]:
    """Geef wat onder een kop met "aanbeveling(en)" staat: de lijstpunten, of anders de alinea's. Een voorstel."""
    punten: list[Gevonden] = []
    alineas: list[Gevonden] = []
    diepte = 0
    for blok in blokken(html):
        niveau = KOPPEN.get(blok.soort)
        if niveau is not None:
            if diepte and niveau <= diepte:
                diepte = 0
            if not diepte and NOEMT.search(blok.tekst):
                diepte = niveau
        elif diepte and blok.soort == "li":
            punten.append(Gevonden(blok.tekst.strip(), blok.id))
        elif diepte and blok.soort == "p":
            alineas.append(Gevonden(blok.tekst.strip(), blok.id))
    return punten or alineas
