"""De eenvoudige opmaak van het verslag gaat heen en terug zonder verlies."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kern.html import schoon
from vergaderingen.opmaak import naar_html, naar_tekst

TEKST = (
    "# Aanwezig\n\nRaad, vr 17 juli.\n\n- Ondernemers: Lid 1\n- Werknemers: Lid 2\n\n## 1. Opening\n\n"
    "De voorzitter opent.\n"
)


def test_heen_en_terug() -> None:
    html = naar_html(TEKST)
    assert html == (
        "<h2>Aanwezig</h2>\n<p>Raad, vr 17 juli.</p>\n<ul><li>Ondernemers: Lid 1</li><li>Werknemers: Lid 2</li></ul>\n"
        "<h3>1. Opening</h3>\n<p>De voorzitter opent.</p>"
    )
    assert naar_tekst(html) == TEKST
    assert schoon(html) == html


@pytest.mark.parametrize(
    ("tekst", "html"),
    [
        ("", ""),
        ("een\ntwee", "<p>een twee</p>"),
        ("tekst\n- punt\ntekst", "<p>tekst</p>\n<ul><li>punt</li></ul>\n<p>tekst</p>"),
        ("<script>x</script> & co", "<p>&lt;script&gt;x&lt;/script&gt; &amp; co</p>"),
        ("#geen kop", "<p>#geen kop</p>"),
    ],
)
def test_naar_html(tekst: str, html: str) -> None:
    assert naar_html(tekst) == html


def test_onbekende_html_wordt_gewone_tekst() -> None:
    assert naar_tekst("los <p><strong>Vet</strong> en <em>schuin</em></p><h2></h2>") == "los\n\nVet en schuin\n"
    assert naar_tekst("  ") == ""


@given(st.text(alphabet=st.sampled_from("ab <>&#-\n"), max_size=60))
@settings(max_examples=300)
def test_wat_bewaard_is_blijft_bij_opnieuw_openen_gelijk(tekst: str) -> None:
    html = naar_html(tekst)
    assert naar_html(naar_tekst(html)) == html
