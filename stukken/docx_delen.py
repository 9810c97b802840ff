"""De vaste delen van een Word-bestand: stijlen, nummering, kop en voet, eigenschappen."""

from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
PAKKET = "http://schemas.openxmlformats.org/package/2006/relationships"
BEGINREGEL = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMEN = f'xmlns:w="{W}" xmlns:r="{R}"'
MET_BEELD = f'{NAMEN} xmlns:wp="{WP}" xmlns:a="{A}" xmlns:pic="{PIC}"'

TYPEN = (
    f'{BEGINREGEL}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Default Extension="jpeg" ContentType="image/jpeg"/><Default Extension="gif" ContentType="image/gif"/>'
    + "".join(
        f'<Override PartName="/{deel}" ContentType="{soort}"/>'
        for deel, soort in (
            ("word/document.xml", f"{WORD}.document.main+xml"),
            ("word/styles.xml", f"{WORD}.styles+xml"),
            ("word/numbering.xml", f"{WORD}.numbering+xml"),
            ("word/footnotes.xml", f"{WORD}.footnotes+xml"),
            ("word/settings.xml", f"{WORD}.settings+xml"),
            ("word/header1.xml", f"{WORD}.header+xml"),
            ("word/footer1.xml", f"{WORD}.footer+xml"),
            ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
            ("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
        )
    )
    + "</Types>"
)
BEGIN = (
    f'{BEGINREGEL}<Relationships xmlns="{PAKKET}">'
    f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{PAKKET}/metadata/core-properties" Target="docProps/core.xml"/>'
    f'<Relationship Id="rId3" Type="{R}/extended-properties" Target="docProps/app.xml"/></Relationships>'
)
APP = (
    f'{BEGINREGEL}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>SER-portaal</Application></Properties>"
)
INSTELLINGEN = (
    f"{BEGINREGEL}<w:settings {NAMEN}><w:removePersonalInformation/><w:removeDateAndTime/>"
    '<w:defaultTabStop w:val="567"/><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    '<w:themeFontLang w:val="nl-NL"/></w:settings>'
)
TABEL = (
    '<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/><w:tblLook w:val="0420" '
    'w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr>'
)
KOPRIJ = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
# Word wil na een tabel een alinea; zonder haar lopen twee tabellen in elkaar over. Leeg, dus bij inlezen weer weg.
NA_TABEL = '<w:p><w:pPr><w:pStyle w:val="NaTabel"/></w:pPr></w:p>'
VASTE_BANDEN = (
    ("rId1", "styles", "styles.xml"),
    ("rId2", "numbering", "numbering.xml"),
    ("rId3", "footnotes", "footnotes.xml"),
    ("rId4", "settings", "settings.xml"),
    ("rId5", "header", "header1.xml"),
    ("rId6", "footer", "footer1.xml"),
)


def banden(eigen: Sequence[tuple[str, str, str]], vast: Sequence[tuple[str, str, str]] = VASTE_BANDEN) -> str:
    """Geef de verwijzingen van een deel: vaste delen, afbeeldingen en adressen. Elk deel heeft de zijne."""
    regels = []
    for id_, soort, doel in (*vast, *eigen):
        buiten = ' TargetMode="External"' if soort == "hyperlink" else ""
        regels.append(f'<Relationship Id="{id_}" Type="{R}/{soort}" Target="{escape(doel)}"{buiten}/>')
    return f'{BEGINREGEL}<Relationships xmlns="{PAKKET}">{"".join(regels)}</Relationships>'


def eigenschappen(titel: str, ondertitel: str) -> str:
    """Geef de eigenschappen van het bestand: titel en de raad als maker, geen persoon en geen tijd."""
    return (
        f"{BEGINREGEL}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(titel)}</dc:title><dc:subject>{escape(ondertitel)}</dc:subject>"
        "<dc:creator>Sociaal-Economische Raad</dc:creator><dc:language>nl-NL</dc:language></cp:coreProperties>"
    )


def document(lijf: str, *, regelnummers: bool) -> str:
    """Geef het hoofddeel: A4, kop en voet, en zo gewenst regelnummers in de kantlijn (per bladzijde, om de vijf)."""
    regels = '<w:lnNumType w:countBy="5" w:restart="newPage"/>' if regelnummers else ""
    return (
        f"{BEGINREGEL}<w:document {MET_BEELD}><w:body>{lijf}<w:sectPr>"
        '<w:headerReference w:type="default" r:id="rId5"/><w:footerReference w:type="default" r:id="rId6"/>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1531" w:right="1417" w:bottom="1417" w:left="1701" w:header="709" w:footer="709" '
        'w:gutter="0"/>'
        f"{regels}</w:sectPr></w:body></w:document>"
    )


def beeld(band: str, nummer: int, alt: str, breed: int, hoog: int) -> str:
    """Geef een afbeelding in de regel, met haar beschrijving; maten in EMU."""
    omschrijving = escape(alt)
    naam = f"Afbeelding {nummer}"
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{breed}" cy="{hoog}"/>'
        f'<wp:docPr id="{nummer}" name="{naam}" descr="{omschrijving}"/><a:graphic><a:graphicData uri="{PIC}"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{nummer}" name="{naam}" descr="{omschrijving}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{band}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext cx="{breed}" cy="{hoog}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def voetnoten(eigen: str) -> str:
    """Geef het deel met voetnoten, met de twee streepjes die Word verplicht stelt."""
    streep = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
        "</w:footnote>"
    )
    return f"{BEGINREGEL}<w:footnotes {MET_BEELD}>{streep}{eigen}</w:footnotes>"


def nummering(lijsten: Sequence[tuple[str, int]]) -> str:
    """Geef de lijsten; elke genummerde lijst telt op zichzelf vanaf haar eigen begin."""

    def trap(soort: str) -> str:
        uit = []
        for diep in range(9):
            tekst = ("•", "–", "▪")[diep % 3] if soort == "bullet" else f"%{diep + 1}."
            inspringing = 397 * (diep + 1)
            uit.append(
                f'<w:lvl w:ilvl="{diep}"><w:start w:val="1"/><w:numFmt w:val="{soort}"/><w:lvlText w:val="{tekst}"/>'
                f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{inspringing}" w:hanging="397"/></w:pPr></w:lvl>'
            )
        return "".join(uit)

    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{id_}"><w:multiLevelType w:val="multilevel"/>{trap(soort)}</w:abstractNum>'
        for id_, soort in ((0, "bullet"), (1, "decimal"))
    )
    nummers = "".join(
        f'<w:num w:numId="{nummer}"><w:abstractNumId w:val="{1 if soort == "ol" else 0}"/>'
        + "".join(
            f'<w:lvlOverride w:ilvl="{diep}"><w:startOverride w:val="{begin}"/></w:lvlOverride>'
            for diep in range(9)
            if soort == "ol"
        )
        + "</w:num>"
        for nummer, (soort, begin) in enumerate(lijsten, start=1)
    )
    return f"{BEGINREGEL}<w:numbering {NAMEN}>{abstract}{nummers}</w:numbering>"


def _tekst(tekst: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(tekst, quote=False)}</w:t></w:r>'


def kop(titel: str, ondertitel: str) -> str:
    """Geef de kopregel van elke bladzijde."""
    tekst = f"{titel} · {ondertitel}" if ondertitel else titel
    return f'{BEGINREGEL}<w:hdr {NAMEN}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{_tekst(tekst)}</w:p></w:hdr>'


def voet(merk: str, lezer: str) -> str:
    """Geef de voetregel: merk, lezer, en de bladzijde."""
    woorden = " · ".join(deel for deel in (merk, lezer) if deel)
    veld = "".join(
        f"<w:r>{deel}</w:r>"
        for deel in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    return (
        f'{BEGINREGEL}<w:ftr {NAMEN}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f"{_tekst(woorden) if woorden else ''}<w:r><w:tab/></w:r>{veld}</w:p></w:ftr>"
    )


@cache
def stijlen() -> str:
    """Geef de stijlen uit stukken/word/stijlen.xml."""
    return (Path(__file__).parent / "word" / "stijlen.xml").read_text(encoding="utf-8")
