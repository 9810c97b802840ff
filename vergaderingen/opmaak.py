"""Eenvoudige opmaak voor het verslag: gewone tekst met "# kop", "## tussenkop" en "- punt", heen en terug.

Een alinea, punt of kop die begint met "[vertrouwelijk]" blijft weg uit de openbare tekst; bij een kop geldt dat tot de
volgende kop. Zo hoeft niemand HTML te schrijven en werkt het schrijven ook zonder JavaScript. Wat de opmaak niet kent
(vet, tabellen) wordt bij het terugzetten gewone tekst; een verslag begint en blijft in deze opmaak.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from django.utils.html import escape
from lxml import html as lxml_html

LOSSE_TEKENS = ("#", "##", "-")
KOPPEN = {"h2": "# ", "h3": "## ", "h4": "## "}


def naar_tekst(html: str) -> str:
    """Geef de tekst van eenvoudige HTML: een lege regel tussen blokken, een streepje voor elk punt van een lijst."""
    if not html.strip():
        return ""
    blokken: list[str] = []
    for element in lxml_html.fragments_fromstring(html):
        if isinstance(element, str):
            blokken.append(" ".join(element.split()))
            continue
        tag = str(element.tag)
        if tag in ("ul", "ol"):
            blokken.append("\n".join(f"- {_plat(li)}" for li in element.iterfind("li")))
        else:
            plat = _plat(element)
            blokken.append(f"{KOPPEN.get(tag, '')}{plat}" if plat else "")
    return "\n\n".join(blok for blok in blokken if blok) + "\n"


def _plat(element: lxml_html.HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


def naar_html(tekst: str) -> str:
    """Geef de HTML van een tekst in deze opmaak; alles wat de schrijver typt wordt tekst, nooit markering."""
    uit: list[str] = []
    alinea: list[str] = []
    punten: list[str] = []

    def sluit_af() -> None:
        if punten:
            uit.append("<ul>" + "".join(f"<li>{p}</li>" for p in punten) + "</ul>")
        if alinea:
            uit.append(f"<p>{' '.join(alinea)}</p>")
        punten.clear()
        alinea.clear()

    for ruwe_regel in tekst.splitlines():
        regel = str(escape(" ".join(ruwe_regel.split())))
        if regel in LOSSE_TEKENS:  # een kop of punt zonder tekst
            regel = ""
        if regel.startswith("- "):
            if alinea:
                sluit_af()
            punten.append(regel[2:].strip())
        elif regel.startswith(("## ", "# ")) or not regel:
            sluit_af()
            if regel:
                tag = "h3" if regel.startswith("## ") else "h2"
                uit.append(f"<{tag}>{regel.lstrip('#').strip()}</{tag}>")
        else:
            if punten:
                sluit_af()
            alinea.append(regel)
    sluit_af()
    return "\n".join(uit)


VERTROUWELIJK = "[vertrouwelijk]"
HAAKJES = re.compile(r"[\[({<]\s*([\w-]{9,20})\s*[\])}>]?")
LIJKT = 0.85  # "vertrouwlijk" en "vertouwelijk" lijken; "vertrouwen" en "verantwoordelijk" niet


def lijkt_op_merk(regel: str) -> str:
    """Geef wat in deze regel het merk [vertrouwelijk] had moeten zijn, zoals "[vertrouwlijk]" of "(vertrouwelijk)".

    Leeg als er niets op lijkt, of als het merk er gewoon staat.
    """
    for gevonden in HAAKJES.finditer(regel):
        woord = gevonden[1].lower()
        if gevonden[0].lower() != VERTROUWELIJK and SequenceMatcher(None, woord, "vertrouwelijk").ratio() >= LIJKT:
            return gevonden[0].strip()
    return ""


def twijfel_over_merken(tekst: str) -> list[str]:
    """Geef in zinnen welke merken [vertrouwelijk] verkeerd gespeld zijn of midden in een alinea staan.

    Zo'n alinea blijft uit de openbare tekst (`openbaar_deel`); de schrijver hoort dat te weten.
    """
    uit = []
    for ruw in tekst.splitlines():
        regel = " ".join(ruw.split())
        begin = regel.lstrip("#- ")
        kort = begin if len(begin) <= 60 else f"{begin[:60]}…"
        if merk := lijkt_op_merk(regel):
            uit.append(f"“{merk}” lijkt op {VERTROUWELIJK}. Dit blijft uit de openbare tekst: “{kort}”")
        elif VERTROUWELIJK in regel.lower() and not begin.lower().startswith(VERTROUWELIJK):
            uit.append(f"Het merk staat midden in een alinea. De hele alinea blijft uit de openbare tekst: “{kort}”")
    return uit


def openbaar_deel(tekst: str) -> str:
    """Geef de tekst zonder wat vertrouwelijk is: gemerkte alinea's en punten, en alles onder een gemerkte kop.

    Het merk staat aan het begin van een alinea, van een punt of van een kop; een tussenkop hoort bij haar kop.
    """
    uit: list[str] = []
    stil_tot = 0  # het niveau van de kop die alles eronder vertrouwelijk maakt; 0 is geen
    alinea_weg = False
    for ruw in tekst.splitlines():
        regel = " ".join(ruw.split())
        niveau = 2 if regel.startswith("## ") else 1 if regel.startswith("# ") else 0
        # Ook midden in een regel, en ook met een tikfout: bij twijfel blijft zij weg.
        gemerkt = VERTROUWELIJK in regel.lower() or bool(lijkt_op_merk(regel))
        if niveau:
            if not stil_tot or niveau <= stil_tot:
                stil_tot = niveau if gemerkt else 0
            alinea_weg = False
        elif not regel:
            alinea_weg = False
        elif regel.startswith("- "):
            alinea_weg = gemerkt
        elif gemerkt:
            alinea_weg = True
        if not stil_tot and not alinea_weg:
            uit.append(ruw)
    return "\n".join(uit).strip() + "\n" if any(r.strip() for r in uit) else ""


def voeg_bijdrage_in(tekst: str, *, kop: str, alinea: str) -> str:
    """Zet een alinea onder een kop, achter wat daar al staat; is de kop er niet, dan komt zij met de kop achteraan."""
    regels = tekst.rstrip().splitlines()

    def kaal(regel: str) -> str:
        return regel.lstrip("# ").removeprefix(VERTROUWELIJK).strip().lower()

    begin = next((n for n, r in enumerate(regels) if r.startswith("#") and kaal(r) == kop.strip().lower()), None)
    if begin is None:
        return "\n".join([*regels, "", f"## {kop}", "", alinea]).strip() + "\n"
    eind = next((n for n in range(begin + 1, len(regels)) if regels[n].startswith("#")), len(regels))
    while eind > begin + 1 and not regels[eind - 1].strip():
        eind -= 1
    return "\n".join([*regels[:eind], "", alinea, "", *regels[eind:]]).strip() + "\n"
