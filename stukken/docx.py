"""Een Word-bestand (.docx) naar schone, gemunte HTML, met een verslag van wat anders overkwam."""

import base64
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from kern.blokken import munt
from kern.fouten import InvoerFout
from kern.html import platte_tekst, schoon
from stukken.docx_verslag import LosBeeld, Verslag, tel
from stukken.keuring import keur_docx

GROOTSTE_AFBEELDING = 500_000
MEESTE_AFBEELDINGEN = 40

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
p[style-name='caption'] => p.bijschrift:fresh
p[style-name='Caption'] => p.bijschrift:fresh
p[style-name='Bijschrift'] => p.bijschrift:fresh
p[style-name='Rijkop'] => p.rijkop:fresh
p:unordered-list(1) => ul > li:fresh
p:unordered-list(2) => ul|ol > li > ul > li:fresh
p:unordered-list(3) => ul|ol > li > ul|ol > li > ul > li:fresh
p:unordered-list(4) => ul|ol > li > ul|ol > li > ul|ol > li > ul > li:fresh
p:unordered-list(5) => ul|ol > li > ul|ol > li > ul|ol > li > ul|ol > li > ul > li:fresh
p:ordered-list(1) => ol > li:fresh
p:ordered-list(2) => ul|ol > li > ol > li:fresh
p:ordered-list(3) => ul|ol > li > ul|ol > li > ol > li:fresh
p:ordered-list(4) => ul|ol > li > ul|ol > li > ul|ol > li > ol > li:fresh
p:ordered-list(5) => ul|ol > li > ul|ol > li > ul|ol > li > ul|ol > li > ol > li:fresh
p[style-name='List Paragraph'] => p:fresh
p[style-name='Tabeltekst'] => p:fresh
p[style-name='Tabelkop'] => p:fresh
p[style-name='Na tabel'] => p:fresh
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
BIJSCHRIFT_BOVEN = re.compile(r'<p class="bijschrift">((?:(?!</p>).)*)</p>\s*<table>', re.DOTALL)
BIJSCHRIFT_ONDER = re.compile(
    r'<p>\s*(<img(?:[^">]|"[^"]*")*>)\s*</p>\s*<p class="bijschrift">((?:(?!</p>).)*)</p>', re.DOTALL
)
RIJKOP = re.compile(r'<td((?:[^">]|"[^"]*")*)><p class="rijkop">((?:(?!</?p[ >]).)*)</p></td>', re.DOTALL)
ENE_ALINEA = re.compile(
    r'(<(?:t[dh]|li class="voetnoot")(?:[^">]|"[^"]*")*>)<p>((?:(?!</?p[ >]).)*)</p>(?=</(?:t[dh]|li)>)', re.DOTALL
)
LEEG = re.compile(r"<(p|h2|h3|h4|li)(?: [^>]*)?>(?:\s|<br>|&nbsp;|<a></a>)*</\1>")


@dataclass(frozen=True)
class DocxUitkomst:
    """Wat er van een Word-bestand kwam.

    `html` is schoon en gemunt, `meldingen` zijn zinnen voor de gebruiker; de getallen tellen wat er in het bestand zat.
    `verslag` heeft de bijzonderheden: wie wijzigde, welke opmerkingen er stonden, welke beelden onbeschreven waren.
    """

    html: str
    meldingen: list[str]
    voetnoten: int = 0
    wijzigingen: int = 0
    opmerkingen: int = 0
    afbeeldingen: int = 0
    verslag: Verslag = field(default_factory=Verslag)


def naar_html(
    inhoud: bytes, *, vorige: str | None = None, veld: str = "bestand", beschrijvingen: Mapping[str, str] | None = None
) -> DocxUitkomst:
    """Lees een .docx: koppen (kop 1 wordt h2), lijsten, tabellen, voetnoten en afbeeldingen met een beschrijving.

    Bijgehouden wijzigingen worden overgenomen alsof zij aanvaard zijn, en gemeld; opmerkingen blijven achter en worden
    gemeld. Een afbeelding zonder beschrijving krijgt die uit `beschrijvingen` (sleutel van LosBeeld -> tekst) of
    vervalt. Blok-ids komen uit `vorige` waar de tekst herkenbaar dezelfde is. Er wordt niets van buiten opgehaald.
    Werpt InvoerFout(veld, …) bij een gevaarlijk, beschadigd, te groot of leeg document.
    """
    import mammoth

    keur_docx(inhoud, veld)
    beelden = _Beelden(beschrijvingen or {})
    try:
        verslag = tel(inhoud, veld)
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
    html = _opbouw(_noten(uitkomst.value))
    html = _zonder_leeg(schoon(html))
    if not platte_tekst(html):
        raise InvoerFout(veld, "Dit Word-bestand bevat geen tekst.")
    verslag.zonder_beschrijving = list(beelden.los.values())
    verslag.meldingen = _meldingen(verslag, beelden, [bericht.message for bericht in uitkomst.messages], html)
    return DocxUitkomst(
        html=munt(html, vorige),
        meldingen=verslag.meldingen,
        voetnoten=html.count('<li class="voetnoot"') + html.count('<li id="voetnoot-'),
        wijzigingen=verslag.wijzigingen,
        opmerkingen=verslag.aantal_opmerkingen,
        afbeeldingen=beelden.mee,
        verslag=verslag,
    )


class _Beelden:
    """Zet afbeeldingen om: klein genoeg, van een bekend soort en met een beschrijving; anders vervallen zij."""

    def __init__(self, beschrijvingen: Mapping[str, str]) -> None:
        self.mee = self.zonder_tekst = self.ander = 0
        self.beschrijvingen = beschrijvingen
        self.los: dict[str, LosBeeld] = {}

    def __call__(self, beeld: Any) -> list[Any]:
        from mammoth import html

        ruw = self._bytes(beeld)
        sleutel = sha256(ruw).hexdigest()[:16]
        alt = " ".join((beeld.alt_text or self.beschrijvingen.get(sleutel, "")).split())[:500]
        adres = f"data:{beeld.content_type};base64,{base64.b64encode(ruw).decode('ascii')}"
        if not alt:
            self.zonder_tekst += 1
            if ruw and len(self.los) < MEESTE_AFBEELDINGEN:
                self.los[sleutel] = LosBeeld(sleutel, adres)
            return []
        if not ruw or self.mee >= MEESTE_AFBEELDINGEN:
            self.ander += 1
            return []
        self.mee += 1
        return [html.element("img", {"src": adres, "alt": alt})]

    @staticmethod
    def _bytes(beeld: Any) -> bytes:
        """Geef de afbeelding, of niets als zij te groot is, van een andere soort, of buiten het bestand staat."""
        try:
            with beeld.open() as bron:
                ruw: bytes = bron.read(GROOTSTE_AFBEELDING + 1)
        except Exception:  # mammoth weigert wat buiten het bestand staat
            return b""
        begin = BEELDEN.get(beeld.content_type)
        return ruw if begin is not None and ruw.startswith(begin) and len(ruw) <= GROOTSTE_AFBEELDING else b""


def _opbouw(html: str) -> str:
    """Zet bijschriften bij hun tabel of afbeelding, rijkoppen als kopcel, en haal overbodige alinea's in cellen weg."""
    html = BIJSCHRIFT_BOVEN.sub(r"<table><caption>\1</caption>", html)
    html = BIJSCHRIFT_ONDER.sub(r"<figure>\1<figcaption>\2</figcaption></figure>", html)
    html = RIJKOP.sub(r'<th\1 scope="row">\2</th>', html)
    return ENE_ALINEA.sub(r"\1\2", html)


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


def _meldingen(verslag: Verslag, beelden: _Beelden, berichten: list[str], html: str) -> list[str]:
    uit: list[str] = []

    def meld(aantal: int, een: str, meer: str | Callable[[int], str]) -> None:
        if aantal:
            uit.append(een if aantal == 1 else (meer(aantal) if callable(meer) else f"{aantal} {meer}"))

    meld(
        verslag.wijzigingen,
        "Eén bijgehouden wijziging is overgenomen alsof zij aanvaard is.",
        "bijgehouden wijzigingen zijn overgenomen alsof zij aanvaard zijn.",
    )
    meld(
        verslag.aantal_opmerkingen,
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
    meld(verslag.formules, "Eén formule is niet overgenomen.", "formules zijn niet overgenomen.")
    meld(
        verslag.tekstvakken,
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
