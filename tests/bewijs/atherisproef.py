"""Eén loper van atheris over de inlezers: de takken van onze code sturen welke invoer hij hierna bedenkt.

`python -m tests.bewijs.atherisproef <map> -max_total_time=60`; de eerste byte kiest de inlezer. Word-invoer is de XML
zelf, in een kloppende zip: anders komt niets voorbij de controlesommen. Elke fout anders dan InvoerFout stopt de loper.
"""

import io
import sys
import zipfile

import atheris
import django

with atheris.instrument_imports(include=["stukken.keuring", "stukken.docx", "stukken.docx_delen", "kern.html"]):
    django.setup()
    from kern import html
    from kern.fouten import InvoerFout
    from stukken import docx, keuring

SOORTEN = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
SOORTEN += '<Default Extension="xml" ContentType="application/xml"/></Types>'


def _zip(document: bytes) -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_STORED) as zak:
        zak.writestr("[Content_Types].xml", SOORTEN)
        zak.writestr("word/document.xml", document)
    return uit.getvalue()


def een(invoer: bytes) -> None:
    """Lees één bedachte invoer in zoals het portaal dat doet."""
    soort, lijf = invoer[:1], invoer[1:]
    try:
        if soort < b"\x40":
            keuring.keur(b"%PDF-1.7\n" + lijf + b"\n%%EOF", "a.pdf", ("pdf",), "veld")
        elif soort < b"\x80":
            keuring.keur(lijf, "a.docx", ("docx",), "veld")
        elif soort < b"\xc0":
            docx.naar_html(_zip(lijf))
        else:
            html.schoon(lijf.decode("utf-8", "replace"))
    except InvoerFout:
        return


if __name__ == "__main__":
    atheris.Setup(sys.argv, een)
    atheris.Fuzz()
