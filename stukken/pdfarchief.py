"""De archiefkopie: één bestand dat zowel PDF/A-3a (bewaren) als PDF/UA-1 (toegankelijk) is, met de gegevens erin.

WeasyPrint zet hoogstens één variant tegelijk en perst de XMP-metadata, wat PDF/A verbiedt. Deze nabewerking schrijft
haar ongeperst en voegt de kenmerken van PDF/UA-1 toe, met het uitbreidingsschema dat PDF/A voor een vreemde
naamruimte eist.
"""

from io import BytesIO

UA = """<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates which part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""


def werk_na(inhoud: bytes) -> bytes:
    """Geef de PDF/A-3a ook als PDF/UA-1. Gelijke invoer geeft gelijke bytes."""
    import pikepdf

    uit = BytesIO()
    with pikepdf.open(BytesIO(inhoud)) as pdf:
        xmp = pdf.Root.Metadata.read_bytes().decode("utf-8")
        if "pdfuaid:part" not in xmp:
            xmp = xmp.replace("</rdf:RDF>", UA, 1)
        pdf.Root.Metadata = pdf.make_stream(xmp.encode("utf-8"), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        pdf.save(
            uit,
            deterministic_id=True,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )
    return uit.getvalue()
