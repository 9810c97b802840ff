"""Word-bestanden, PDF's en zips voor de toetsen van stukken."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)
VOETNOTEN = (
    f"<w:footnotes {nsdecls('w')}>"
    '<w:footnote w:id="1"><w:p><w:r><w:t>De noot zelf.</w:t></w:r></w:p></w:footnote></w:footnotes>'
)
KLEINE_PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def opslaan(document: Document) -> bytes:
    uit = io.BytesIO()
    document.save(uit)
    return uit.getvalue()


def herpak(inhoud: bytes, erbij: dict[str, bytes | None]) -> bytes:
    """Geef dezelfde zip met onderdelen vervangen, toegevoegd, of (None) weggelaten."""
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(inhoud)) as bron, zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as doel:
        for naam in bron.namelist():
            if naam not in erbij:
                doel.writestr(naam, bron.read(naam))
        for naam, deel in erbij.items():
            if deel is not None:
                doel.writestr(naam, deel)
    return uit.getvalue()


def met_voetnoot(document: Document) -> bytes:
    """Geef het document met één voetnoot in de laatste alinea."""
    verwijzing = parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="1"/></w:r>')
    document.paragraphs[-1]._p.append(verwijzing)
    inhoud = opslaan(document)
    with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
        typen = archief.read("[Content_Types].xml").decode()
        banden = archief.read("word/_rels/document.xml.rels").decode()
    soort = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    band = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    return herpak(
        inhoud,
        {
            "word/footnotes.xml": VOETNOTEN.encode(),
            "[Content_Types].xml": typen.replace(
                "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{soort}"/></Types>'
            ).encode(),
            "word/_rels/document.xml.rels": banden.replace(
                "</Relationships>", f'<Relationship Id="rNoot" Type="{band}" Target="footnotes.xml"/></Relationships>'
            ).encode(),
        },
    )


def wijziging(alinea: Any, soort: str, tekst: str) -> None:
    """Zet een bijgehouden invoeging ("ins") of verwijdering ("del") achter een alinea."""
    merk, run = OxmlElement(f"w:{soort}"), OxmlElement("w:r")
    inhoud = OxmlElement("w:t" if soort == "ins" else "w:delText")
    inhoud.text = tekst
    run.append(inhoud)
    merk.append(run)
    alinea._p.append(merk)


@pytest.fixture
def word() -> Callable[..., bytes]:
    """Geef een functie die een klein Word-bestand maakt met één alinea."""

    def maak(tekst: str = "Een alinea.") -> bytes:
        document = docx.Document()
        document.add_paragraph(tekst)
        return opslaan(document)

    return maak
