"""Een Word-bestand zoals het binnenkomt: met bijgehouden wijzigingen, een opmerking en een onbeschreven afbeelding."""

import base64
import io
import struct
import zipfile
import zlib

from stukken.docx_uit import maak_docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ZIN = "Zij let op uitvoerbaarheid en op kleine bedrijven."
OPMERKINGEN = (
    f'<w:comments xmlns:w="{W}"><w:comment w:id="1" w:author="Lid MKB 1 (voorbeeld)" w:initials="LM"><w:p><w:r>'
    "<w:t>Wat is hier de grens: tien of vijftig medewerkers? (voorbeeld)</w:t></w:r></w:p></w:comment></w:comments>"
)


def staafjes(hoogten: tuple[int, ...] = (30, 55, 80, 64)) -> bytes:
    """Geef een kleine PNG met staafjes, in grijs."""
    breed, hoog = 24 * len(hoogten) + 8, 100
    rijen = []
    for y in range(hoog):
        rij = bytearray(b"\xf2" * breed)
        for nummer, lengte in enumerate(hoogten):
            if hoog - y <= lengte:
                rij[8 + 24 * nummer : 24 + 24 * nummer] = b"\x55" * 16
        rijen.append(b"\0" + bytes(rij))

    def deel(naam: bytes, inhoud: bytes) -> bytes:
        return struct.pack(">I", len(inhoud)) + naam + inhoud + struct.pack(">I", zlib.crc32(naam + inhoud))

    kop = struct.pack(">IIBBBBB", breed, hoog, 8, 0, 0, 0, 0)
    beeld = zlib.compress(b"".join(rijen), 9)
    return b"\x89PNG\r\n\x1a\n" + deel(b"IHDR", kop) + deel(b"IDAT", beeld) + deel(b"IEND", b"")


def _gewijzigd(soort: str, nummer: int, wie: str, tekst: str) -> str:
    naam = "delText" if soort == "del" else "t"
    run = f'<w:r><w:{naam} xml:space="preserve">{tekst}</w:{naam}></w:r>'
    return f'<w:{soort} w:id="{nummer}" {wie}>{run}</w:{soort}>'


def uit_word(html: str, titel: str) -> bytes:
    """Geef de tekst als Word-bestand van drie verzonnen schrijvers; de zin ZIN moet erin staan."""
    adres = f"data:image/png;base64,{base64.b64encode(staafjes()).decode()}"
    inhoud = maak_docx(f'{html}<p><img src="{adres}" alt=""></p>', titel=titel)
    wie = 'w:author="Lid VCP 1 (voorbeeld)" w:date="2026-01-01T09:00:00Z"'
    secretaris = 'w:author="Secretaris Grensarbeid (voorbeeld)"'
    nieuw = (
        'Zij let op </w:t></w:r><w:commentRangeStart w:id="1"/><w:r><w:t>uitvoerbaarheid</w:t></w:r>'
        '<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
        f"{_gewijzigd('del', 900, wie, ' en op kleine bedrijven')}"
        f"{_gewijzigd('ins', 901, wie, ', op kleine bedrijven en op de regio')}"
        f"{_gewijzigd('ins', 902, secretaris, ' (voorbeeld)')}<w:r><w:t>."
    )
    soort = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
    band = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    vervang = {
        "word/document.xml": (ZIN, nieuw),
        "[Content_Types].xml": ("</Types>", f'<Override PartName="/word/comments.xml" ContentType="{soort}"/></Types>'),
        "word/_rels/document.xml.rels": (
            "</Relationships>",
            f'<Relationship Id="rOpm" Type="{band}" Target="comments.xml"/></Relationships>',
        ),
    }
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(inhoud)) as bron, zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as doel:
        for deel in bron.infolist():
            tekst = bron.read(deel)
            if deel.filename in vervang:
                oud, met = vervang[deel.filename]
                tekst = tekst.decode().replace(oud, met).encode()
            doel.writestr(deel, tekst)
        doel.writestr("word/comments.xml", OPMERKINGEN)
    return uit.getvalue()
