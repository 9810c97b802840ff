"""Metagegevens volgens MDTO 1.0.1 (Nationaal Archief). Zuivere functies: feiten erin, XML eruit.

Een dossier en elk stuk daarin is een `informatieobject`; elk bestand op schijf is een `bestand` dat een stuk weergeeft.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree

RUIMTE = "https://www.nationaalarchief.nl/mdto"
SER = ("Sociaal-Economische Raad", "oorg10223", "TOOI register overige overheidsorganisaties")
# PRONOM-codes van de vormen die het portaal bewaart.
FORMATEN = {
    "text/html": ("Hypertext Markup Language 5", "fmt/471"),
    "application/json": ("JSON Data Interchange Format", "fmt/817"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("Microsoft Word OOXML", "fmt/412"),
}
PDF = {b"1.4": "fmt/18", b"1.5": "fmt/19", b"1.6": "fmt/20", b"1.7": "fmt/276", b"2.0": "fmt/1129"}


@dataclass(frozen=True)
class Verwijzing:
    """Een ander object: naam en kenmerk."""

    naam: str
    kenmerk: str


@dataclass(frozen=True)
class Gebeurtenis:
    """Iets wat met het object gebeurde."""

    soort: str
    moment: datetime
    door: str
    uitkomst: str = ""


@dataclass(frozen=True)
class Informatieobject:
    """Een dossier of een stuk. `openbaar`: of ieder het mag lezen; `waardering` is (code, woord) of leeg."""

    kenmerk: str
    naam: str
    niveau: str
    openbaar: bool
    beperking: str = ""
    omschrijving: str = ""
    trefwoorden: Sequence[str] = ()
    gebeurtenissen: Sequence[Gebeurtenis] = ()
    waardering: tuple[str, str] | None = None
    onderdeel_van: Verwijzing | None = None
    bevat: Sequence[Verwijzing] = ()
    weergaven: Sequence[Verwijzing] = ()


@dataclass(frozen=True)
class Bestandsgegevens:
    """Een bestand op schijf met zijn controlegetal en het stuk dat het weergeeft."""

    kenmerk: str
    naam: str
    omvang: int
    soort: str
    begin: bytes
    sha256: str
    gemeten: datetime
    geeft_weer: Verwijzing


def informatieobject(wat: Informatieobject) -> bytes:
    """Geef de XML van een informatieobject, in de volgorde die het schema eist."""
    wortel, kern = _begin("informatieobject", wat.kenmerk, wat.naam)
    _begrip(kern, "aggregatieniveau", wat.niveau, "Begrippenlijst Aggregatieniveaus MDTO")
    for woord in wat.trefwoorden:
        _tekst(kern, "trefwoord", woord)
    if wat.omschrijving:
        _tekst(kern, "omschrijving", wat.omschrijving)
    _tekst(kern, "taal", "nl")
    for feit in wat.gebeurtenissen:
        event = _deel(kern, "event")
        _begrip(event, "eventType", feit.soort, "Handelingen van het SER-portaal")
        _tekst(event, "eventTijd", feit.moment.isoformat(timespec="seconds"))
        if feit.door:
            _tekst(_deel(event, "eventVerantwoordelijkeActor"), "verwijzingNaam", feit.door)
        if feit.uitkomst:
            _tekst(event, "eventResultaat", feit.uitkomst)
    if wat.waardering:
        _begrip(kern, "waardering", wat.waardering[1], "Begrippenlijst Waarderingen MDTO", wat.waardering[0])
    else:
        # De selectielijst van de SER bepaalt dit; raden zou later vernietigen of bewaren wat niet moet.
        _begrip(kern, "waardering", "nog niet bepaald", "Waarderingen van het SER-portaal")
    if wat.onderdeel_van:
        _verwijs(kern, "isOnderdeelVan", wat.onderdeel_van)
    for stuk in wat.bevat:
        _verwijs(kern, "bevatOnderdeel", stuk)
    for weergave in wat.weergaven:
        _verwijs(kern, "heeftRepresentatie", weergave)
    vormer = _deel(kern, "archiefvormer")
    _tekst(vormer, "verwijzingNaam", SER[0])
    _identificatie(_deel(vormer, "verwijzingIdentificatie"), SER[1], SER[2])
    beperking = _deel(kern, "beperkingGebruik")
    _begrip(
        beperking,
        "beperkingGebruikType",
        "openbaar" if wat.openbaar else "niet openbaar",
        "Openbaarheid volgens het SER-portaal",
    )
    if wat.beperking:
        _tekst(beperking, "beperkingGebruikNadereBeschrijving", wat.beperking)
    return _uit(wortel)


def bestand(wat: Bestandsgegevens) -> bytes:
    """Geef de XML van een bestand."""
    wortel, kern = _begin("bestand", wat.kenmerk, wat.naam)
    _tekst(kern, "omvang", str(wat.omvang))
    woord, code = formaat(wat.soort, wat.begin)
    _begrip(kern, "bestandsformaat", woord, "PRONOM-register", code)
    controle = _deel(kern, "checksum")
    _begrip(controle, "checksumAlgoritme", "SHA-256", "Begrippenlijst ChecksumAlgoritmes MDTO")
    _tekst(controle, "checksumWaarde", wat.sha256)
    _tekst(controle, "checksumDatum", wat.gemeten.isoformat(timespec="seconds"))
    _verwijs(kern, "isRepresentatieVan", wat.geeft_weer)
    return _uit(wortel)


def formaat(soort: str, begin: bytes) -> tuple[str, str]:
    """Geef (naam, PRONOM-code) bij een mediatype; de code is leeg als zij niet zeker is."""
    if soort == "application/pdf":
        versie = begin[5:8]
        return f"PDF {versie.decode('ascii', 'replace')}", PDF.get(versie, "")
    return FORMATEN.get(soort, (soort, ""))


def _begin(soort: str, kenmerk: str, naam: str) -> tuple[Any, Any]:
    wortel = etree.Element(f"{{{RUIMTE}}}MDTO", nsmap={None: RUIMTE})  # type: ignore[dict-item]
    kern = _deel(wortel, soort)
    _identificatie(_deel(kern, "identificatie"), kenmerk, "SER-portaal")
    _tekst(kern, "naam", naam)
    return wortel, kern


def _deel(ouder: Any, naam: str) -> Any:
    return etree.SubElement(ouder, f"{{{RUIMTE}}}{naam}")


def _tekst(ouder: Any, naam: str, tekst: str) -> None:
    schoon = "".join(c for c in tekst if c >= " " or c in "\n\t")
    _deel(ouder, naam).text = schoon or "niet bekend"


def _identificatie(ouder: Any, kenmerk: str, bron: str) -> None:
    _tekst(ouder, "identificatieKenmerk", kenmerk)
    _tekst(ouder, "identificatieBron", bron)


def _verwijs(ouder: Any, naam: str, waar: Verwijzing) -> None:
    deel = _deel(ouder, naam)
    _tekst(deel, "verwijzingNaam", waar.naam)
    _identificatie(_deel(deel, "verwijzingIdentificatie"), waar.kenmerk, "SER-portaal")


def _begrip(ouder: Any, naam: str, woord: str, lijst: str, code: str = "") -> None:
    deel = _deel(ouder, naam)
    _tekst(deel, "begripLabel", woord)
    if code:
        _tekst(deel, "begripCode", code)
    _tekst(_deel(deel, "begripBegrippenlijst"), "verwijzingNaam", lijst)


def _uit(wortel: Any) -> bytes:
    inhoud: bytes = etree.tostring(wortel, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return inhoud
