"""Van een reactie in Word naar punten: per stuk tekst een voorstel, met een gok bij welke passage het hoort.

De gok is er om na te kijken, niet om te vertrouwen: `waarom` zegt waar hij op rust. Zonder grond blijft een punt bij
het geheel.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import html as lxml_html

from kern.blokken import Blok, blokken, nummers

MEESTE = 200
KORTSTE_CITAAT = 12  # tekens; korter komt te vaak toevallig voor
DREMPEL = 0.5  # deel van de woorden van het punt dat in de passage staat
CITAAT = re.compile(rf"[“„«\"‘']([^“”„«»\"‘’']{{{KORTSTE_CITAAT},}})[”“»\"’']")
KOPNUMMER = re.compile(r"^(\d+(?:\.\d+)*)\.?\s")
VERWIJZING = re.compile(r"(?:hoofdstuk|paragraaf|§|onderdeel)\s*(\d+(?:\.\d+)*)", re.IGNORECASE)
ALINEA = re.compile(r"alinea\s*(\d{1,9})", re.IGNORECASE)
AANBEVELING = re.compile(r"aanbeveling\s*(\d{1,9})", re.IGNORECASE)
WOORD = re.compile(r"\w{4,}")
GEWONE = frozenset(
    {
        *("deze", "voor", "naar", "niet", "meer", "maar", "ook", "door", "over", "zijn", "wordt", "worden", "heeft"),
        *("hebben", "moet", "moeten", "kunnen", "zoals", "omdat", "waar", "hier", "daar", "alle", "onze", "punt"),
        *("tekst", "passage", "commissie", "advies", "voorstel", "graag", "vinden", "noem", "maak"),
    }
)


@dataclass(frozen=True)
class Kandidaat:
    """Een punt uit het bestand: de tekst, de passage waar het bij lijkt te horen ("" is het geheel), en waarom."""

    tekst: str
    blok: str = ""
    voorstel: str = ""
    waarom: str = ""


class Wijzer:
    """Zoekt bij een stuk reactie de passage in de witte versie."""

    def __init__(self, wit: str) -> None:
        self.blokken: list[Blok] = [b for b in blokken(wit) if b.tekst]
        self.plat = {b.id: _plat(b.tekst) for b in self.blokken}
        self.woorden = {b.id: _woorden(b.tekst) for b in self.blokken if b.soort not in ("h2", "h3", "h4")}
        self.koppen = {m[1]: b.id for b in self.blokken if (m := KOPNUMMER.match(b.tekst)) and b.soort[0] == "h"}
        self.alineas = list(nummers(wit))  # zoals de nummers op het scherm en de openbare bladzijde tellen
        self.punten = [b.id for b in self.blokken if b.soort == "li"]

    def wijs(self, tekst: str) -> tuple[str, str]:
        """Geef (blok, waarom); ("", "") als niets erop wijst."""
        for gevonden in CITAAT.finditer(tekst):
            blok = self.citaat(gevonden[1])
            if blok:
                return blok, "u haalt de passage aan"
        for patroon, waar, naam in (
            (ALINEA, self.alineas, "alinea"),
            (AANBEVELING, self.punten, "aanbeveling"),
        ):
            nummer = patroon.search(tekst)
            if nummer and 0 < int(nummer[1]) <= len(waar):
                return waar[int(nummer[1]) - 1], f"u noemt {naam} {nummer[1]}"
        kop = VERWIJZING.search(tekst)
        if kop and kop[1] in self.koppen:
            return self.koppen[kop[1]], f"u noemt hoofdstuk of paragraaf {kop[1]}"
        return self.gelijkend(tekst)

    def citaat(self, tekst: str) -> str:
        """Geef het blok waarin deze woorden letterlijk staan (hoofdletters en leestekens tellen niet)."""
        zoek = _plat(tekst)
        if len(zoek) < KORTSTE_CITAAT:
            return ""
        return next((blok for blok, plat in self.plat.items() if zoek in plat), "")

    def gelijkend(self, tekst: str) -> tuple[str, str]:
        """Geef de passage die de meeste woorden deelt, als dat er genoeg zijn en één passage eruit springt."""
        eigen = _woorden(tekst)
        if len(eigen) < 3:
            return "", ""
        scores = sorted(((len(eigen & w) / len(eigen), blok) for blok, w in self.woorden.items()), reverse=True)
        if not scores or scores[0][0] < DREMPEL or (len(scores) > 1 and scores[1][0] == scores[0][0]):
            return "", ""
        return scores[0][1], "de woorden lijken op deze passage"


def kandidaten(reactie: str, wit: str) -> list[Kandidaat]:
    """Lees schone HTML van een reactie en geef de punten erin, hoogstens 200, in volgorde.

    Een alinea of lijstpunt is een punt. Een kop met een verwijzing geldt voor wat eronder staat; een aangehaalde
    passage (blokcitaat) voor het punt erna, en wat nergens staat is zelf een punt. Van een tabel is een rij een punt:
    passage, punt, voorgestelde tekst.
    """
    wijzer = Wijzer(wit)
    uit: list[Kandidaat] = []
    onder: tuple[str, str] = ("", "")
    aangehaald = ""
    for deel in lxml_html.fragments_fromstring(reactie) if reactie.strip() else []:
        if isinstance(deel, str):
            continue
        naam = str(deel.tag)
        if naam in ("h2", "h3", "h4"):
            onder = wijzer.wijs(_tekst(deel))
            aangehaald = ""
        elif naam == "blockquote" and (passage := wijzer.citaat(_tekst(deel))):
            aangehaald = passage
        elif naam == "table":
            uit += [k for rij in deel.iter("tr") if (k := _uit_rij(rij, wijzer)) is not None]
        else:
            for stuk in deel.iter("li") if naam in ("ol", "ul") else [deel]:
                tekst = _tekst(stuk, zonder=("ol", "ul") if stuk.tag == "li" else ())
                if not tekst:
                    continue
                blok, waarom = (aangehaald, "u haalt de passage aan") if aangehaald else wijzer.wijs(tekst)
                if not blok:
                    blok, waarom = onder
                uit.append(Kandidaat(tekst, blok, "", waarom))
            aangehaald = ""
    return uit[:MEESTE]


def _uit_rij(rij: lxml_html.HtmlElement, wijzer: Wijzer) -> Kandidaat | None:
    cellen = [_tekst(cel) for cel in rij if cel.tag == "td"]
    gevuld = [c for c in cellen if c]
    if not gevuld:
        return None
    if len(cellen) == 1:
        return Kandidaat(gevuld[0], *_om(wijzer.wijs(gevuld[0])))
    waar, punt, *rest = cellen
    blok = wijzer.citaat(waar)
    gok = (blok, "de eerste kolom haalt de passage aan") if blok else wijzer.wijs(waar or punt)
    if re.fullmatch(r"\d+(?:\.\d+)*\.?", waar) and waar.rstrip(".") in wijzer.koppen:
        gok = (wijzer.koppen[waar.rstrip(".")], f"de eerste kolom noemt {waar}")
    return Kandidaat(punt or waar, gok[0], "\n".join(cel for cel in rest if cel), gok[1])


def _om(gok: tuple[str, str]) -> tuple[str, str, str]:
    return gok[0], "", gok[1]


def _tekst(element: lxml_html.HtmlElement, zonder: tuple[str, ...] = ()) -> str:
    return " ".join("".join(_stukken(element, zonder)).split())


def _stukken(element: lxml_html.HtmlElement, zonder: tuple[str, ...]) -> Iterator[str]:
    """De tekst van een element, zonder wat in deze markeringen zit: een punt in een punt staat apart."""
    yield element.text or ""
    for kind in element:
        yield from () if kind.tag in zonder else _stukken(kind, zonder)
        yield kind.tail or ""


def _plat(tekst: str) -> str:
    return " ".join(re.findall(r"\w+", tekst.lower()))


def _woorden(tekst: str) -> frozenset[str]:
    return frozenset(w for w in WOORD.findall(tekst.lower()) if w not in GEWONE)
