"""Regelnummers in de PDF: per bladzijde, om de vijf regels, op de hoogte van de regel zelf.

WeasyPrint kent geen regelnummers. De vormgeving zet daarom een rijtje getallen (5, 10, 15, …) in de linkermarge; hier,
na het zetten en vóór het tekenen, schuift elk getal naar de hoogte van zijn regel en vervalt wat over is. Het zijn dus
de regels zoals zij gezet zijn, en de getallen blijven opmaak: zij horen niet tot de tekst van de PDF.

Geteld wordt wat een lezer als regel ziet: regels van alinea's, koppen, lijsten en tabelrijen (cellen naast elkaar op
dezelfde hoogte zijn één regel), en niet de voetnoten onderaan. Los van Django; gebruikt in stukken.pdfproces.
"""

from collections.abc import Iterator
from typing import Any

STAP = 5
MARGE = "@left-middle"
NAAST = 4.0  # beeldpunten: wat minder scheelt, staat op dezelfde regel
BUITEN = ("::before", "::after", "::marker", "::footnote-call", "::footnote-marker")


def zet_regelnummers(document: Any) -> int:
    """Zet op elke bladzijde met een rijtje getallen in de linkermarge die getallen bij hun regel; geef hoeveel.

    Een bladzijde zonder zo'n marge (voorblad, inhoud, een stuk zonder nummering) blijft zoals zij is.
    """
    gezet = 0
    for bladzijde in document.pages:
        blad = bladzijde._page_box
        getallen = _getallen(blad)
        if getallen:
            gezet += _schuif(getallen, regels(blad))
    return gezet


def regels(blad: Any) -> list[float]:
    """Geef de hoogten (basislijn) van de regels op een bladzijde, van boven naar beneden."""
    hoogten: list[float] = []
    for hoogte in sorted(_basislijnen(blad)):
        if not hoogten or hoogte - hoogten[-1] > NAAST:
            hoogten.append(hoogte)
    return hoogten


def _basislijnen(doos: Any) -> Iterator[float]:
    from weasyprint.formatting_structure import boxes

    for kind in getattr(doos, "children", ()):
        kind = getattr(kind, "_box", kind)  # wat absoluut staat, zit in een plaatshouder
        if isinstance(kind, boxes.MarginBox | boxes.FootnoteAreaBox):
            continue
        if str(getattr(kind, "element_tag", "")).endswith(BUITEN):
            continue
        if not isinstance(kind, boxes.LineBox):
            yield from _basislijnen(kind)
        elif _heeft_tekst(kind):
            yield kind.position_y + kind.baseline


def _heeft_tekst(regel: Any) -> bool:
    from weasyprint.formatting_structure import boxes

    return any(
        isinstance(doos, boxes.ReplacedBox) or (isinstance(doos, boxes.TextBox) and doos.text.strip())
        for doos in regel.descendants()
    )


def _getallen(blad: Any) -> list[tuple[Any, Any]]:
    """Geef de regels van de linkermarge met hun ouder, van boven naar beneden; leeg als daar niets staat."""
    from weasyprint.formatting_structure import boxes

    uit: list[tuple[Any, Any]] = []
    for marge in blad.children:
        if isinstance(marge, boxes.MarginBox) and marge.at_keyword == MARGE:
            for doos in marge.descendants():
                uit += [(doos, kind) for kind in getattr(doos, "children", ()) if isinstance(kind, boxes.LineBox)]
    return uit


def _schuif(getallen: list[tuple[Any, Any]], hoogten: list[float]) -> int:
    gezet = 0
    for nummer, (ouder, getal) in enumerate(getallen, start=1):
        plaats = nummer * STAP - 1
        if plaats < len(hoogten):
            getal.translate(dy=hoogten[plaats] - (getal.position_y + getal.baseline))
            gezet += 1
        else:
            ouder.children = [kind for kind in ouder.children if kind is not getal]
    return gezet
