"""De inlezers zoals atheris ze voert: bytes erin, en erbij of dat een goed bestand was.

Elke andere fout dan waarmee het portaal weigert, valt erdoor. Van elke inlezer is er een zaad dat erdoor komt: wie
alleen de eerste deur ziet, bewijst niets over wat erachter ligt.
"""

import functools
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

from inrichting import archief_adviezen
from kern import html
from kern.fouten import InvoerFout
from stukken import docx, keuring
from stukken.docx_uit import maak_docx

SOORTEN = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{keuring.HOOFDTYPE}"/></Types>'
)
PDF = (
    b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] >>\nendobj\n"
    b"3 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\nx\x9c\x03\x00\x00\x00\x00\x01\nendstream\nendobj\n"
    b"%%EOF\n"
)
BLADZIJDE = b"<p>Tekst <a href='https://x.nl/'>y</a></p><table><tr><td>1</td></tr></table>"
RECORD: dict[str, Any] = {
    "id": "adv-001", "soort": "advies", "titel": "Proef (voorbeeld)", "datum": "1950-03", "datum_precisie": "maand",
    "jaar": 1950, "aanvraagdatum": "1949-12-31", "oordeel": "unaniem", "adviesnummer_norm": "1950/01", "themas": [],
    "commissie": "Proef", "adviesvragers": ["de minister"], "datum_soort": "vaststelling; de brief is later",
}  # fmt: skip


def word() -> bytes:
    """Geef een klein Word-bestand met wat ons schrijven kent."""
    tekst = "<h2>Kop</h2><p>Tekst <strong>vet</strong></p><ul><li>een</li></ul>"
    tekst += "<table><tbody><tr><td>a</td></tr></tbody></table>"
    return maak_docx(tekst, titel="Proef", merk="", lezer="")


def hoofddeel() -> bytes:
    """Geef de XML van het document in dat bestand."""
    with zipfile.ZipFile(io.BytesIO(word())) as zak:
        return zak.read("word/document.xml")


def _zip(document: bytes) -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_STORED) as zak:
        zak.writestr("[Content_Types].xml", SOORTEN)
        zak.writestr("word/document.xml", document)
    return uit.getvalue()


class _Bestand:
    """Wat het laden van het archief van een bestand vraagt."""

    name = "adviezen.json"

    def __init__(self, inhoud: bytes) -> None:
        self.inhoud = inhoud

    def read_text(self, encoding: str) -> str:
        return self.inhoud.decode(encoding)


def _archief(lijf: bytes) -> bool:
    """Lees de records tot waar de database begint; `laad` meldt deze fouten met het id van het record."""
    records = archief_adviezen._lees_json(_Bestand(lijf), list, lambda *_: None) or []
    gezien: dict[str, set[str]] = {"kenmerk": set(), "nummer": set()}
    goed = False
    for record in records:
        try:
            archief_adviezen._weiger_dubbel(record, gezien)
            archief_adviezen._velden(record, {})
            goed = True
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
    return goed


def _pdf(lijf: bytes) -> bool:
    return bool(keuring.keur(b"%PDF-1.7\n" + lijf + b"\n%%EOF", "a.pdf", ("pdf",), "veld"))


def _keur_word(lijf: bytes) -> bool:
    return bool(keuring.keur(lijf, "a.docx", ("docx",), "veld"))


@functools.cache
def _onthoud_opmaak() -> None:
    """De opmaakregels zijn elke keer dezelfde; ze lezen kost de helft van de tijd van een klein document."""
    import mammoth.options

    mammoth.options.read_style_mapping = functools.cache(mammoth.options.read_style_mapping)


def _lees_word(lijf: bytes) -> bool:
    """De invoer is de XML zelf, in een kloppende zip: anders komt niets voorbij de controlesommen."""
    _onthoud_opmaak()
    return bool(docx.naar_html(_zip(lijf)).html)


def _schoon(lijf: bytes) -> bool:
    return bool(html.schoon(lijf.decode("utf-8", "replace")))


# Per inlezer: hoe, en een zaad waarmee het lukt.
INLEZERS: dict[str, tuple[Callable[[bytes], bool], Callable[[], bytes]]] = {
    "pdf": (_pdf, lambda: PDF[9:-6]),
    "zip": (_keur_word, word),
    "word": (_lees_word, hoofddeel),
    "json": (_archief, lambda: json.dumps([RECORD]).encode()),
    "html": (_schoon, lambda: BLADZIJDE),
}


def lees(soort: str, lijf: bytes) -> bool:
    """Lees één invoer; geef of het een goed bestand was. Werpt wat het portaal niet als weigering kent."""
    try:
        return INLEZERS[soort][0](lijf)
    except InvoerFout:
        return False
