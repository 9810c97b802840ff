"""Het concept van een jaarverslag: van getallen naar hoofdstukken, als HTML en als Word. Zuivere functies."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from docx import Document

from kern.html import BESTURING


@dataclass(frozen=True)
class Hoofdstuk:
    """Een kop met alinea's en eventueel een tabel (eerste rij is de kop)."""

    kop: str
    alineas: Sequence[str]
    tabel: Sequence[Sequence[str]] = field(default_factory=tuple)


def als_html(hoofdstukken: Sequence[Hoofdstuk], *, scherm: bool = False) -> str:
    """Geef de hoofdstukken als schone HTML; op een `scherm` vallen de tabellen op een telefoon in kaartjes uiteen."""
    delen = []
    for h in hoofdstukken:
        delen.append(f"<h2>{escape(h.kop)}</h2>")
        delen += [f"<p>{escape(a)}</p>" for a in h.alineas]
        if len(h.tabel) > 1:
            kop, *rijen = h.tabel
            cellen = "".join(f'<th scope="col">{escape(c)}</th>' for c in kop)
            koppen = [f' data-kop="{escape(c)}"' if scherm else "" for c in kop]
            lijf = "".join(f"<tr>{_rij(rij, koppen)}</tr>" for rij in rijen)
            begin = '<table class="tabel tabel-stapel">' if scherm else "<table>"
            delen.append(f"{begin}<thead><tr>{cellen}</tr></thead><tbody>{lijf}</tbody></table>")
    return "".join(delen)


def _rij(rij: Sequence[str], koppen: Sequence[str]) -> str:
    return "".join(f"<td{kop}>{escape(cel)}</td>" for cel, kop in zip(rij, koppen, strict=True))


def als_docx(titel: str, hoofdstukken: Sequence[Hoofdstuk], *, merk: str = "") -> bytes:
    """Geef dezelfde hoofdstukken als Word-document om in verder te schrijven."""
    document = Document()
    document.core_properties.title, document.core_properties.author = titel, "Sociaal-Economische Raad"
    document.core_properties.language = "nl-NL"
    document.add_heading(titel, level=0)
    if merk:
        document.add_paragraph(merk)
    for h in hoofdstukken:
        document.add_heading(h.kop, level=1)
        for alinea in h.alineas:
            document.add_paragraph(BESTURING.sub("", alinea))
        if len(h.tabel) > 1:
            tabel = document.add_table(rows=0, cols=len(h.tabel[0]), style="Table Grid")
            for rij in h.tabel:
                for cel, tekst in zip(tabel.add_row().cells, rij, strict=True):
                    cel.text = BESTURING.sub("", tekst)
    uit = io.BytesIO()
    document.save(uit)
    return uit.getvalue()
