"""Van schone adviestekst naar de opbouw van de PDF: inhoudsopgave, voetnoten onder aan de bladzijde, nummers."""

from dataclasses import dataclass, field

import lxml.html
from lxml.html import HtmlElement

from kern.blokken import nummers
from kern.html import schoon


@dataclass(frozen=True)
class Kop:
    """Een regel van de inhoudsopgave; `onder` zijn de paragrafen van een hoofdstuk."""

    id: str
    tekst: str
    onder: list["Kop"] = field(default_factory=list)


@dataclass(frozen=True)
class Lijf:
    """De tekst zoals de PDF haar zet, met haar inhoudsopgave."""

    html: str
    koppen: list[Kop]


def zet_op(html: str, *, nummering: bool = False, anker: str = "kop", onder: int = 1) -> Lijf:
    """Maak adviestekst klaar voor de PDF.

    Koppen krijgen een anker, elke voetnoot verhuist naar de plaats waar zij het eerst genoemd wordt (WeasyPrint zet
    haar dan onder aan die bladzijde) en met `nummering` draagt elk blok het nummer dat het op het scherm ook heeft.
    `anker` begint de ankers van deze tekst, `onder` is het niveau van de kop waar zij onder staat.
    """
    tekst = schoon(html)
    wortel = lxml.html.fragment_fromstring(tekst, create_parent="div")
    koppen = _koppen(wortel, anker, onder)
    _voetnoten(wortel)
    if nummering:
        volg = nummers(tekst)
        for element in list(wortel.iter("p", "li", "tr", "figure")):
            if nummer := volg.get(element.get("data-blok", "")):
                _drager(element).set("data-nummer", str(nummer))
    for punt in list(wortel.iter("li")):
        if any(kind.tag in {"p", "blockquote", "table", "figure"} for kind in punt):
            _lijstinhoud(punt)
    _tabellen(wortel)
    for element in wortel.iter():
        element.attrib.pop("data-blok", None)
    binnen = (wortel.text or "") + "".join(lxml.html.tostring(kind, encoding="unicode") for kind in wortel)
    return Lijf(binnen, koppen)


def _drager(element: HtmlElement) -> HtmlElement:
    """Waar het nummer aan hangt: bij een rij de eerste cel, bij een lijstpunt zijn inhoud."""
    if element.tag == "tr":
        return next(iter(element), element)
    return _lijstinhoud(element) if element.tag == "li" else element


def _lijstinhoud(punt: HtmlElement) -> HtmlElement:
    """Zet de inhoud van een lijstpunt in één vak en geef dat vak.

    PDF/UA wil onder een lijstpunt (LI) alleen een merk en een inhoud (LBody). WeasyPrint maakt van een `dd` binnen een
    `li` die LBody; een kale alinea zou rechtstreeks onder LI komen en de keuring laten zakken.
    """
    if len(punt) and punt[0].tag == "dd":
        return punt[0]
    vak = lxml.html.Element("dd")
    vak.text, punt.text = punt.text, None
    for kind in list(punt):
        vak.append(kind)
    punt.append(vak)
    return vak


def _koppen(wortel: HtmlElement, anker: str, niveau: int) -> list[Kop]:
    """Geef koppen een anker, en sla geen niveau over: PDF/UA wil na een h2 een h3, geen h4."""
    uit: list[Kop] = []
    for teller, element in enumerate(list(wortel.iter("h2", "h3", "h4"))):
        tekst = " ".join(element.text_content().split())
        if not tekst:
            element.drop_tree()
            continue
        niveau = min(int(element.tag[1]), niveau + 1)
        element.tag = f"h{niveau}"
        if niveau > 3:
            continue
        element.set("id", f"{anker}-{teller}")
        kop = Kop(f"{anker}-{teller}", tekst)
        if niveau == 2 or not uit:
            uit.append(kop)
        else:
            uit[-1].onder.append(kop)
    return uit


def _voetnoten(wortel: HtmlElement) -> None:
    """Verplaats elke genoemde voetnoot naar haar verwijzing; een nooit genoemde noot blijft achteraan staan."""
    noten = {e.get("id", ""): e for e in wortel.iter("li", "p") if e.get("id", "").startswith("voetnoot-")}
    gezet: dict[str, int] = {}
    for verwijzing in list(wortel.iter("a")):
        doel = verwijzing.get("href", "").removeprefix("#")
        if doel not in noten or _binnen(verwijzing, noten[doel]):
            continue
        drager = verwijzing.getparent() if verwijzing.getparent().tag == "sup" else verwijzing
        if doel in gezet:
            nieuw = lxml.html.Element("sup")
            nieuw.text = str(gezet[doel])
        else:
            gezet[doel] = len(gezet) + 1
            nieuw = _noot(noten[doel])
        nieuw.tail = drager.tail
        drager.getparent().replace(drager, nieuw)
    for doel in gezet:
        lijst = noten[doel].getparent()
        noten[doel].drop_tree()
        if lijst.tag == "ol" and not len(lijst):
            lijst.drop_tree()


def _noot(element: HtmlElement) -> HtmlElement:
    """Maak van een voetnoot een `span`: alinea's op één rij, zonder de verwijzing terug."""
    span = lxml.html.Element("span")
    span.set("class", "voetnoot-tekst")
    span.text = element.text
    for terug in list(element.iter("a")):
        if terug.get("href", "").startswith("#voetnootref-"):
            terug.drop_tree()
    for kind in list(element):
        alinea = kind.tag in {"p", "blockquote"}
        if alinea and (len(span) or (span.text or "").strip()):
            span.append(lxml.html.Element("br"))
        span.append(kind)
        if alinea:
            kind.drop_tag()
    return span


def _binnen(element: HtmlElement, buiten: HtmlElement) -> bool:
    return any(voorouder is buiten for voorouder in element.iterancestors())


def _tabellen(wortel: HtmlElement) -> None:
    """Geef elke tabel een kop (herhaald op elke bladzijde) als de eerste rij uit kopcellen bestaat.

    Een lege kopcel linksboven is geen kop: een schermlezer zou haar bij elke rij voorlezen.
    """
    for tabel in wortel.iter("table"):
        rijen = list(tabel.iter("tr"))
        if rijen and len(rijen[0]) and rijen[0][0].tag == "th" and not rijen[0][0].text_content().strip():
            rijen[0][0].tag = "td"
        if rijen and tabel.find(".//thead") is None and len(rijen) > 1 and _is_kopregel(rijen[0]):
            kop = lxml.html.Element("thead")
            groep = rijen[0].getparent()
            (rijen[0] if groep is tabel else groep).addprevious(kop)
            kop.append(rijen[0])
        for rij in rijen:
            for cel in rij:
                if cel.tag == "th" and not cel.get("scope"):
                    cel.set("scope", "col" if rij is rijen[0] else "row")


def _is_kopregel(rij: HtmlElement) -> bool:
    return all(cel.tag == "th" or (nummer == 0 and not cel.text_content().strip()) for nummer, cel in enumerate(rij))
