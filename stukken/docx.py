"""Een Word-bestand (.docx) naar schone, gemunte HTML, met meldingen over wat anders overkwam."""

import base64
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lxml import etree

from kern.blokken import munt
from kern.fouten import InvoerFout
from kern.html import platte_tekst, schoon
from stukken.keuring import keur_docx

GROOTSTE_XML = 10_000_000  # per onderdeel; 400 bladzijden tekst blijft daar ruim onder
GROOTSTE_AFBEELDING = 500_000
MEESTE_AFBEELDINGEN = 40
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

OPMAAK = """
p[style-name='Title'] => h2:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='heading 1'] => h2:fresh
p[style-name='Heading 1'] => h2:fresh
p[style-name='heading 2'] => h3:fresh
p[style-name='Heading 2'] => h3:fresh
p[style-name='heading 3'] => h4:fresh
p[style-name='Heading 3'] => h4:fresh
p[style-name='heading 4'] => h4:fresh
p[style-name='Heading 4'] => h4:fresh
p[style-name='heading 5'] => h4:fresh
p[style-name='Heading 5'] => h4:fresh
p[style-name='heading 6'] => h4:fresh
p[style-name='Heading 6'] => h4:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='caption'] => p:fresh
p[style-name='Caption'] => p:fresh
p[style-name='List Paragraph'] => p:fresh
p[style-name='Body Text'] => p:fresh
p[style-name='No Spacing'] => p:fresh
p[style-name='toc 1'] => !
p[style-name='toc 2'] => !
p[style-name='toc 3'] => !
p[style-name='TOC Heading'] => !
r[style-name='Emphasis'] => em
r[style-name='Subtle Emphasis'] => em
"""
ONBEKEND = re.compile(r"Unrecognised (?:paragraph|run|table) style: '?(.+?)'? \(Style ID")
BEELDEN = {
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
    "image/gif": b"GIF8",
    "image/webp": b"RIFF",
}
NOOT_VERWIJZING = re.compile(r'<a href="#(foot|end)note-([\w-]+)" id="(?:foot|end)note-ref-[\w-]+">\[(\d+)\]</a>')
NOOT = re.compile(r'<li id="(foot|end)note-([\w-]+)">')
TERUG = re.compile(r'\s*<a href="#(?:foot|end)note-ref-[\w-]+">↑</a>')
LEEG = re.compile(r"<(p|h2|h3|h4|li)(?: [^>]*)?>(?:\s|<br>|&nbsp;|<a></a>)*</\1>")


@dataclass(frozen=True)
class DocxUitkomst:
    """Wat er van een Word-bestand kwam.

    `html` is schoon en gemunt, `meldingen` zijn zinnen voor de gebruiker; de getallen tellen wat er in het bestand zat.
    """

    html: str
    meldingen: list[str]
    voetnoten: int = 0
    wijzigingen: int = 0
    opmerkingen: int = 0
    afbeeldingen: int = 0


def naar_html(inhoud: bytes, *, vorige: str | None = None, veld: str = "bestand") -> DocxUitkomst:
    """Lees een .docx: koppen (kop 1 wordt h2), lijsten, tabellen, voetnoten en afbeeldingen met een beschrijving.

    Bijgehouden wijzigingen worden overgenomen alsof zij aanvaard zijn, en gemeld; opmerkingen blijven achter en worden
    gemeld. Blok-ids komen uit `vorige` waar de tekst herkenbaar dezelfde is. Er wordt niets van buiten opgehaald.
    Werpt InvoerFout(veld, …) bij een gevaarlijk, beschadigd, te groot of leeg document.
    """
    import mammoth

    keur_docx(inhoud, veld)
    beelden = _Beelden()
    try:
        feiten = _tel(inhoud, veld)
        uitkomst = mammoth.convert_to_html(
            io.BytesIO(inhoud),
            style_map=OPMAAK,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=beelden,
        )
    except InvoerFout:
        raise
    except RecursionError as fout:
        raise InvoerFout(veld, "Dit Word-bestand is te diep genest (lijsten of tabellen in elkaar).") from fout
    except Exception as fout:
        raise InvoerFout(
            veld, "Dit Word-bestand kon niet gelezen worden. Open het in Word, bewaar het opnieuw en probeer het dan."
        ) from fout
    html = _noten(uitkomst.value)
    html = _zonder_leeg(schoon(html))
    if not platte_tekst(html):
        raise InvoerFout(veld, "Dit Word-bestand bevat geen tekst.")
    meldingen = _meldingen(feiten, beelden, [bericht.message for bericht in uitkomst.messages], html)
    return DocxUitkomst(
        html=munt(html, vorige),
        meldingen=meldingen,
        voetnoten=html.count('<li class="voetnoot"') + html.count('<li id="voetnoot-'),
        wijzigingen=feiten["wijzigingen"],
        opmerkingen=feiten["opmerkingen"],
        afbeeldingen=beelden.mee,
    )


class _Beelden:
    """Zet afbeeldingen om: klein genoeg, van een bekend soort en met een beschrijving; anders vervallen zij."""

    def __init__(self) -> None:
        self.mee = self.zonder_tekst = self.ander = 0

    def __call__(self, beeld: Any) -> list[Any]:
        from mammoth import html

        if not (beeld.alt_text or "").strip():
            self.zonder_tekst += 1
            return []
        try:
            with beeld.open() as bron:
                ruw = bron.read(GROOTSTE_AFBEELDING + 1)
        except Exception:  # een afbeelding buiten het bestand: mammoth weigert haar te openen
            self.ander += 1
            return []
        begin = BEELDEN.get(beeld.content_type)
        if (
            begin is None
            or not ruw.startswith(begin)
            or len(ruw) > GROOTSTE_AFBEELDING
            or self.mee >= MEESTE_AFBEELDINGEN
        ):
            self.ander += 1
            return []
        self.mee += 1
        adres = f"data:{beeld.content_type};base64,{base64.b64encode(ruw).decode('ascii')}"
        return [html.element("img", {"src": adres, "alt": beeld.alt_text.strip()[:500]})]


def _tel(inhoud: bytes, veld: str) -> dict[str, int]:
    """Tel wat mammoth stil laat vallen of aanvaardt: wijzigingen, opmerkingen, formules, tekstvakken."""
    lezer = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
        namen = archief.NameToInfo
        for naam, deel in namen.items():
            if naam.endswith(".xml") and deel.file_size > GROOTSTE_XML:
                raise InvoerFout(veld, "Dit Word-bestand is te lang om in één keer in te lezen. Splits het.")
        bomen = [
            etree.fromstring(archief.read(naam), lezer)
            for naam in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
            if naam in namen
        ]
        opmerkingen = 0
        if "word/comments.xml" in namen:
            opmerkingen = len(etree.fromstring(archief.read("word/comments.xml"), lezer).findall(f"{W}comment"))

    def aantal(*markeringen: str) -> int:
        return sum(1 for boom in bomen for m in markeringen for _ in boom.iter(m))

    return {
        "wijzigingen": aantal(f"{W}ins", f"{W}del", f"{W}moveFrom"),
        "opmerkingen": opmerkingen,
        "formules": aantal(f"{M}oMath"),
        "tekstvakken": aantal(f"{W}txbxContent"),
    }


def _noten(html: str) -> str:
    """Geef voet- en eindnoten onze namen, en haal het pijltje terug weg (dat hoort niet bij de tekst)."""

    def naam(soort: str, nummer: str) -> str:
        return f"e{nummer}" if soort == "end" else nummer

    html = NOOT_VERWIJZING.sub(
        lambda m: (
            f'<a class="voetnoot" href="#voetnoot-{naam(m[1], m[2])}" id="voetnootref-{naam(m[1], m[2])}">{m[3]}</a>'
        ),
        TERUG.sub("", html),
    )
    plaats = NOOT.search(html)
    if plaats:
        begin = html.rfind("<ol>", 0, plaats.start())
        html = f'{html[:begin]}<ol class="voetnoten">{html[begin + 4 :]}'
    return NOOT.sub(lambda m: f'<li class="voetnoot" id="voetnoot-{naam(m[1], m[2])}">', html)


def _zonder_leeg(html: str) -> str:
    """Haal lege alinea's, koppen en lijstpunten weg; Word zit er vol mee."""
    for _ in range(5):
        kaal = LEEG.sub("", html)
        if kaal == html:
            break
        html = kaal
    return html


def _meldingen(feiten: dict[str, int], beelden: _Beelden, berichten: list[str], html: str) -> list[str]:
    uit: list[str] = []

    def meld(aantal: int, een: str, meer: str | Callable[[int], str]) -> None:
        if aantal:
            uit.append(een if aantal == 1 else (meer(aantal) if callable(meer) else f"{aantal} {meer}"))

    meld(
        feiten["wijzigingen"],
        "Eén bijgehouden wijziging is overgenomen alsof zij aanvaard is.",
        "bijgehouden wijzigingen zijn overgenomen alsof zij aanvaard zijn.",
    )
    meld(
        feiten["opmerkingen"],
        "Eén opmerking uit Word is niet overgenomen.",
        "opmerkingen uit Word zijn niet overgenomen.",
    )
    meld(
        beelden.zonder_tekst,
        "Eén afbeelding is weggelaten: zij heeft geen beschrijving (alternatieve tekst).",
        "afbeeldingen zijn weggelaten: zij hebben geen beschrijving (alternatieve tekst).",
    )
    meld(
        beelden.ander,
        "Eén afbeelding is weggelaten: te groot, buiten het bestand, of geen PNG, JPEG, GIF of WebP.",
        "afbeeldingen zijn weggelaten: te groot, buiten het bestand, of geen PNG, JPEG, GIF of WebP.",
    )
    meld(feiten["formules"], "Eén formule is niet overgenomen.", "formules zijn niet overgenomen.")
    meld(
        feiten["tekstvakken"],
        "De tekst van één tekstvak staat nu gewoon in de tekst; kijk na of de plaats klopt.",
        "tekstvakken staan nu gewoon in de tekst; kijk na of de plaats klopt.",
    )
    tabellen = re.findall(r"<table.*?</table>", html, re.DOTALL)
    meld(
        sum("<th" not in tabel for tabel in tabellen),
        "Eén tabel heeft geen kopregel; voor een schermlezer is die nodig.",
        "tabellen hebben geen kopregel; voor een schermlezer is die nodig.",
    )
    stijlen = sorted({gevonden[1] for bericht in berichten if (gevonden := ONBEKEND.search(bericht))} - {"None"})
    if stijlen:
        uit.append(f"Onbekende opmaakprofielen zijn gewone tekst geworden: {', '.join(stijlen[:8])}.")
    return uit
