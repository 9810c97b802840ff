"""HTML van adviezen schoonmaken, en er platte tekst van maken.

Alles wat van buiten komt (Word, de schrijver in de browser, een formulier) gaat door `schoon` voordat het
bewaard wordt. Wat erdoor komt is een klein, vast deel van HTML: koppen, alinea's, lijsten, tabellen,
voetnoten, verwijzingen en afbeeldingen met een tekst erbij.
"""

import re
from html import escape, unescape

import nh3

MARKERINGEN = {
    "h2", "h3", "h4", "p", "ul", "ol", "li", "table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption",
    "blockquote", "strong", "em", "sup", "sub", "a", "br", "figure", "figcaption", "img",
}  # fmt: skip
# Uit Word en uit oude teksten: zelfde betekenis, andere naam. Wordt na het schoonmaken hernoemd.
HERNOEMD = {"h1": "h2", "h5": "h4", "h6": "h4", "b": "strong", "i": "em"}
GROOTSTE_AFBEELDING = 700_000

ADRES = re.compile(r"(?:https?://|mailto:)[^\s]+|#[A-Za-z][\w.:-]*|/(?![/\\])[^\s\\]*", re.IGNORECASE)
BEELD = re.compile(r"/(?![/\\])[^\s\\]*|data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2}")
# Alleen eigen namen: een vrij gekozen id zou een naam van het venster of van de pagina kunnen overnemen.
ANKER = re.compile(r"(?:voetnoot|voetnootref|kop|tabel|figuur)-[\w.-]{1,60}|b[0-9a-z]{4,20}", re.ASCII)
BLOK_ID = re.compile(r"b[0-9a-z]{4,20}", re.ASCII)
GETAL = re.compile(r"[1-9]\d{0,2}", re.ASCII)
HERNOEM = re.compile(r"<(/?)(h1|h5|h6|b|i)(?=[ >])")
# Deze besturingstekens zijn geen tekst; PostgreSQL weigert NUL en XML weigert de rest.
BESTURING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
BLOKEINDE = re.compile(r"</(?:h[2-4]|p|li|tr|table|caption|figcaption|figure|blockquote|ul|ol)>|<br>")
RIJ = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
IN_CEL = re.compile(r"</(?:p|li|h[2-4]|blockquote)>|<br>")
CELEINDE = re.compile(r"</t[hd]>")
MARKERING = re.compile(r'<(?:[^">]|"[^"]*")*>')
AFBEELDING = re.compile(r'<img((?:[^">]|"[^"]*")*)>')


def _filter(markering: str, naam: str, waarde: str) -> str | None:
    """Geef de waarde van een attribuut terug als zij mag, anders None (het attribuut vervalt)."""
    match naam:
        case "data-blok":
            return waarde if BLOK_ID.fullmatch(waarde) else None
        case "id":
            return waarde if ANKER.fullmatch(waarde) else None
        case "href":
            return waarde.strip() if ADRES.fullmatch(waarde.strip()) else None
        case "src":
            return waarde if len(waarde) <= GROOTSTE_AFBEELDING and BEELD.fullmatch(waarde) else None
        case "colspan" | "rowspan" | "start":
            return waarde if GETAL.fullmatch(waarde) else None
        case "scope":
            return waarde if waarde in {"row", "col"} else None
        case _:
            return waarde


def _afbeelding(gevonden: re.Match[str]) -> str:
    """Een afbeelding zonder toegestaan adres vervalt; zonder tekst krijgt zij een lege (versiering)."""
    if ' src="' not in gevonden[1]:
        return ""
    return gevonden[0] if ' alt="' in gevonden[1] else f'<img{gevonden[1]} alt="">'


_schoonmaker = nh3.Cleaner(
    tags=MARKERINGEN | HERNOEMD.keys(),
    clean_content_tags={"script", "style", "title", "noscript", "template", "iframe", "object", "svg", "math"},
    attributes={
        "*": {"data-blok", "id"},
        "a": {"href"},
        "img": {"src", "alt"},
        "th": {"colspan", "rowspan", "scope"},
        "td": {"colspan", "rowspan"},
        "ol": {"start"},
    },
    allowed_classes={
        naam: {"voetnoot", "voetnoten", "noot", "bron"} for naam in ("a", "p", "li", "ol", "sup", "table", "figure")
    },
    attribute_filter=_filter,
    url_schemes={"http", "https", "mailto", "data"},
    link_rel=None,
)  # fmt: skip


def schoon(html: str) -> str:
    """Geef `html` terug met alleen de toegestane markeringen en attributen; de tekst zelf blijft staan.

    Het antwoord is vast: `schoon(schoon(x)) == schoon(x)`. Scripts, stijlen, formulieren, vreemde adressen
    (javascript:, file:, data: buiten een afbeelding) en vrije id's vervallen.
    """
    tekst = BESTURING.sub("", html.replace("\r\n", "\n").replace("\r", "\n"))
    for _ in range(8):
        # Uitgepakte markeringen kunnen de nesting veranderen; herhaal tot er niets meer verschuift.
        volgende = HERNOEM.sub(lambda m: f"<{m[1]}{HERNOEMD[m[2]]}", _schoonmaker.clean(tekst))
        if "<img" in volgende:
            volgende = AFBEELDING.sub(_afbeelding, volgende)
        if volgende == tekst:
            return tekst
        tekst = volgende
    return nh3.clean_text(platte_tekst(tekst))  # wat na acht keer nog schuift is geen advies maar een aanval


def platte_tekst(html: str) -> str:
    """Geef de leesbare tekst van (schone) HTML: één regel per alinea, cellen gescheiden door ` | `.

    Voor zoeken, samenvatten en vergelijken; de uitkomst is tekst en geen HTML, dus nog te ontsnappen.
    """
    tekst = RIJ.sub(lambda rij: CELEINDE.sub(" | ", IN_CEL.sub(" ", rij[0])), html.replace("\n", " "))
    tekst = BLOKEINDE.sub("\n", tekst)
    tekst = unescape(MARKERING.sub("", tekst))
    regels = (" ".join(regel.split()).rstrip("| ") for regel in tekst.split("\n"))
    return "\n".join(regel for regel in regels if regel)


def alineas(tekst: str) -> list[str]:
    """Geef de alinea's van gewone tekst: een witregel scheidt ze, ook zoals de browser hem stuurt (CRLF)."""
    delen = re.split(r"\n[ \t]*\n", tekst.replace("\r\n", "\n").replace("\r", "\n"))
    return [deel.strip() for deel in delen if deel.strip()]


def als_alineas(tekst: str) -> str:
    """Geef gewone tekst als HTML: elke alinea een `p`, elke regel daarbinnen op een eigen regel."""
    return "".join(f"<p>{escape(alinea).replace(chr(10), '<br>')}</p>" for alinea in alineas(tekst))
