"""Wat er in een Word-bestand zat en anders overkwam: wijzigingen met wie, opmerkingen met tekst, afbeeldingen."""

import io
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from lxml import etree

from kern.fouten import InvoerFout

GROOTSTE_XML = 25_000_000  # per onderdeel; 400 bladzijden met veel bijgehouden wijzigingen blijft daaronder
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
ONBEKEND = "onbekend"
DADEN = {
    f"{W}ins": "erbij",
    f"{W}del": "eraf",
    f"{W}moveTo": "verplaatst",
    f"{W}rPrChange": "opmaak",
    f"{W}pPrChange": "opmaak",
}
LANGSTE_OPMERKING = 4_000
MEESTE_OPMERKINGEN = 500


@dataclass(frozen=True)
class Schrijver:
    """Hoeveel bijgehouden wijzigingen één schrijver in Word had openstaan."""

    naam: str
    erbij: int = 0
    eraf: int = 0
    verplaatst: int = 0
    opmaak: int = 0


@dataclass(frozen=True)
class Wordopmerking:
    """Een opmerking uit de kantlijn van Word: van wie, wat, en bij welke woorden."""

    naam: str
    tekst: str
    bij: str = ""


@dataclass(frozen=True)
class LosBeeld:
    """Een afbeelding zonder beschrijving. `sleutel` is haar kenmerk, `bron` een data-adres om haar te laten zien."""

    sleutel: str
    bron: str = ""


@dataclass
class Verslag:
    """Wat er bij het inlezen opviel. Wordt als JSON bij de versie bewaard (`als_json`), zonder de beelden zelf."""

    schrijvers: list[Schrijver] = field(default_factory=list)
    opmerkingen: list[Wordopmerking] = field(default_factory=list)
    zonder_beschrijving: list[LosBeeld] = field(default_factory=list)
    wijzigingen: int = 0
    aantal_opmerkingen: int = 0
    formules: int = 0
    tekstvakken: int = 0
    meldingen: list[str] = field(default_factory=list)

    def als_json(self) -> dict[str, Any]:
        """Geef wat bewaard wordt."""
        uit = asdict(self)
        uit["zonder_beschrijving"] = [beeld.sleutel for beeld in self.zonder_beschrijving]
        return uit


def tel(inhoud: bytes, veld: str) -> Verslag:
    """Lees wat mammoth stil laat vallen of aanvaardt. Werpt InvoerFout(veld, …) bij een te lang onderdeel."""
    lezer = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
        namen = archief.NameToInfo
        for naam, deel in namen.items():
            if naam.endswith(".xml") and deel.file_size > GROOTSTE_XML:
                raise InvoerFout(veld, "Dit Word-bestand is te lang om in één keer in te lezen. Splits het.")

        def boom(naam: str) -> Any:
            return etree.fromstring(archief.read(naam), lezer) if naam in namen else None

        document = boom("word/document.xml")
        bomen = [b for b in (document, boom("word/footnotes.xml"), boom("word/endnotes.xml")) if b is not None]
        opmerkingen = boom("word/comments.xml")
    uit = Verslag()
    uit.schrijvers = _schrijvers(bomen)
    uit.wijzigingen = _aantal(bomen, f"{W}ins", f"{W}del", f"{W}moveFrom")
    uit.formules = _aantal(bomen, f"{M}oMath")
    uit.tekstvakken = _aantal(bomen, f"{W}txbxContent")
    if opmerkingen is not None:
        rijen = opmerkingen.findall(f"{W}comment")
        uit.aantal_opmerkingen = len(rijen)
        bij = _woorden_bij(document)
        uit.opmerkingen = [
            Wordopmerking(_naam(rij), _tekst(rij)[:LANGSTE_OPMERKING], bij.get(rij.get(f"{W}id", ""), "")[:200].strip())
            for rij in rijen[:MEESTE_OPMERKINGEN]
        ]
    return uit


def _naam(element: Any) -> str:
    return " ".join((element.get(f"{W}author") or "").split())[:200] or ONBEKEND


def _tekst(element: Any) -> str:
    """De woorden van een element, met een spatie tussen alinea's."""
    alineas = ("".join(t.text or "" for t in alinea.iter(f"{W}t")) for alinea in element.iter(f"{W}p"))
    return " ".join(" ".join(alineas).split())


def _aantal(bomen: Iterable[Any], *markeringen: str) -> int:
    return sum(1 for boom in bomen for m in markeringen for _ in boom.iter(m))


def _schrijvers(bomen: Iterable[Any]) -> list[Schrijver]:
    telling: dict[str, Counter[str]] = {}
    for boom in bomen:
        for element in boom.iter(*DADEN):
            telling.setdefault(_naam(element), Counter())[DADEN[element.tag]] += 1
    return [Schrijver(naam, **telling[naam]) for naam in sorted(telling)]


def _woorden_bij(document: Any) -> dict[str, str]:
    """Geef per opmerking de woorden waar zij bij staat."""
    open_: set[str] = set()
    uit: dict[str, list[str]] = {}
    for element in document.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}t", f"{W}p"):
        nummer = element.get(f"{W}id", "")
        if element.tag == f"{W}commentRangeStart":
            open_.add(nummer)
            uit[nummer] = []
        elif element.tag == f"{W}commentRangeEnd":
            open_.discard(nummer)
        else:
            for bezig in open_:
                uit[bezig].append((element.text or "") if element.tag == f"{W}t" else " ")
    return {nummer: " ".join("".join(woorden).split()) for nummer, woorden in uit.items()}
