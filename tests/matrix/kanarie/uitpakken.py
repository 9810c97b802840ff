"""Wat er in een bestand te lezen is: de tekst van een PDF, wat in een zip zit, een agenda zonder gebroken regels."""

import io
import zipfile
from collections.abc import Iterator

import pikepdf
import pypdfium2

DIEP = 3


def leesbaar(inhoud: bytes, diep: int = DIEP) -> Iterator[bytes]:
    """Geef de bytes zelf en alles wat erin verpakt is (Word, rekenblad, bundel, PDF met bijlagen)."""
    yield inhoud
    if inhoud.startswith(b"BEGIN:VCALENDAR"):
        yield inhoud.replace(b"\r\n ", b"")
    if diep and inhoud.startswith(b"PK\x03\x04") and zipfile.is_zipfile(io.BytesIO(inhoud)):
        with zipfile.ZipFile(io.BytesIO(inhoud)) as zak:
            for naam in zak.namelist():
                yield naam.encode()
                yield from leesbaar(zak.read(naam), diep - 1)
    if inhoud.startswith(b"%PDF-"):
        yield from _pdf(inhoud, diep)


def _pdf(inhoud: bytes, diep: int) -> Iterator[bytes]:
    try:
        document = pypdfium2.PdfDocument(inhoud)
    except pypdfium2.PdfiumError:  # een nagemaakte PDF van een toets: daarin staat alles gewoon in de bytes
        return
    try:
        for blad in document:
            # Een woord dat over een regel breekt is hier weer één woord.
            yield blad.get_textpage().get_text_range().replace("\r\n", "").replace("\ufffe", "").encode()
    finally:
        document.close()
    with pikepdf.open(io.BytesIO(inhoud)) as pdf:
        yield str(dict(pdf.docinfo)).encode()
        if "/Metadata" in pdf.Root:
            yield pdf.Root.Metadata.read_bytes()
        for naam, bijlage in pdf.attachments.items():
            yield naam.encode()
            if diep:
                yield from leesbaar(bijlage.get_file().read_bytes(), diep - 1)
