"""Geen script, handeling of vreemd adres overleeft `schoon`, en twee keer schoonmaken verandert niets."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kern.html import MARKERINGEN, platte_tekst, schoon

AANVALLEN = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=\"javascript:alert(1)\" alt='x'>",
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href=" JaVaScRiPt:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:x">x</a>',
    '<img src="//kwaad.test/x.png" alt="x">',
    '<img src="https://kwaad.test/x.png" alt="x">',
    '<img src="file:///etc/passwd" alt="x">',
    '<img src="data:image/svg+xml;base64,PHN2Zz4=" alt="x">',
    "<svg><p><style><img src=x onerror=alert(1)></style></p></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<iframe src=//kwaad.test></iframe><object data=x></object><embed src=x>",
    "<form action=//kwaad.test><input name=q></form>",
    "<p style='position:fixed' onclick=alert(1) class='kwaad voetnoot'>x</p>",
    "<p id=location>x</p><a name=__proto__>y</a>",
    "<base href=//kwaad.test><meta http-equiv=refresh content=0><link rel=stylesheet href=x>",
    '<p data-blok="b1&quot; onmouseover=x">x</p>',
    "<a>1<a>2</a></a><p><p><table><a>x<td><table>",
    "<button><p>a<button><p>b",
    "</p><plaintext>x",
    "<!--><script>alert(1)</script>-->",
    "<p>a\x00b\x0bc</p>",
]


class Nalezer(HTMLParser):
    """Leest het antwoord na, los van de schoonmaker."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in MARKERINGEN, tag
        for naam, waarde in attrs:
            waarde = waarde or ""
            assert naam in {"data-blok", "id", "class", "href", "src", "alt", "colspan", "rowspan", "scope", "start"}
            if naam == "href":
                assert re.match(r"(https?://|mailto:|#|/(?![/\\]))", waarde, re.I), waarde
            if naam == "src":
                assert re.match(r"(/(?![/\\])|data:image/(png|jpeg|gif|webp);base64,)", waarde), waarde
            if naam == "id":
                assert re.match(r"(voetnoot|voetnootref|kop|tabel|figuur)-|b[0-9a-z]{4}", waarde), waarde

    def handle_comment(self, data: str) -> None:
        raise AssertionError("commentaar")


def _kijk_na(html: str) -> None:
    uit = schoon(html)
    Nalezer(convert_charrefs=True).feed(uit)
    assert schoon(uit) == uit
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", uit)


@pytest.mark.parametrize("aanval", AANVALLEN)
def test_een_aanval_blijft_buiten(aanval: str) -> None:
    _kijk_na(f"<p>voor</p>{aanval}<p>na</p>")
    assert "alert(1)" not in re.sub(r"&lt;.*", "", schoon(aanval)) or "<" not in schoon(aanval)


stukje = st.one_of(
    st.sampled_from(AANVALLEN),
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<table>",
            "<tr>",
            "<td>",
            "</table>",
            "<li>",
            "<ul>",
            "<a href='/x'>",
            "<h1>",
            "<b>",
            "<select>",
        ]
        + [
            "<svg>",
            "<math>",
            "<style>",
            "<title>",
            "<template>",
            "<blockquote>",
            "<ol start=3>",
            "<button>",
            "&lt;p",
            '"',
        ]
    ),
    st.text(max_size=12),
    st.text(alphabet="<>/=\"' &;!-abpsvgimx:", max_size=25),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(stukje, max_size=12).map("".join))
def test_wat_er_ook_komt_het_antwoord_is_veilig_en_vast(html: str) -> None:
    _kijk_na(html)


def test_wat_mag_blijft_staan() -> None:
    html = (
        '<h2 id="kop-1">Kop</h2><p data-blok="b12345">Tekst <strong>vet</strong> <em>schuin</em>'
        '<sup><a href="#voetnoot-1" class="voetnoot" id="voetnootref-1">1</a></sup> <a href="https://x.test/a?b=1&amp;c">l</a></p>'
        '<table><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><td colspan="2">b</td></tr></tbody></table>'
        '<figure><img src="/bestand/1" alt="Een grafiek"><figcaption>Bijschrift</figcaption></figure>'
        '<ol class="voetnoten"><li class="voetnoot" id="voetnoot-1">Noot</li></ol>'
    )
    uit = schoon(html)
    for deel in re.findall(r"<[^>]+>", html):
        assert set(deel.strip("<>/").split()) <= set(
            re.sub(r"[<>/]", " ", uit.replace("/bestand/1", "@")).split()
        ) | set(re.findall(r'\S+="[^"]*"|\w+', uit)), deel
    assert platte_tekst(uit) == "Kop\nTekst vet schuin1 l\na\nb\nBijschrift\nNoot"


def test_oude_namen_worden_de_onze_en_een_afbeelding_zonder_bron_vervalt() -> None:
    assert schoon("<h1>A</h1><h6>B</h6><b>c</b><i>d</i>") == "<h2>A</h2><h4>B</h4><strong>c</strong><em>d</em>"
    assert schoon('<p><img alt="weg"><img src="/x.png"></p>') == '<p><img src="/x.png" alt=""></p>'


def test_een_te_grote_ingebedde_afbeelding_vervalt() -> None:
    assert "img" not in schoon(f'<img alt="x" src="data:image/png;base64,{"A" * 700_001}">')


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_platte_tekst_geeft_de_woorden_van_gewone_tekst(tekst: str) -> None:
    from html import escape

    kaal = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]", "", tekst)
    woorden = platte_tekst(schoon(f"<p>{escape(tekst)}</p>")).split()
    assert woorden == kaal.split() or "|" in tekst


def test_cellen_en_regels_blijven_gescheiden() -> None:
    assert platte_tekst("<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table><p>a<br>b</p>") == "1 | 2\na\nb"
