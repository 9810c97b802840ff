"""De eenvoudige opmaak van het verslag gaat heen en terug zonder verlies."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kern.html import schoon
from vergaderingen.opmaak import naar_html, naar_tekst, openbaar_deel, voeg_bijdrage_in

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


@pytest.mark.parametrize(
    ("heel", "openbaar"),
    [
        ("Een.\n\n[vertrouwelijk] Twee\nloopt door.\n\nDrie.\n", "Een.\n\n\nDrie.\n"),
        ("- een\n- [vertrouwelijk] twee\n- drie\n", "- een\n- drie\n"),
        ("## [vertrouwelijk] 2. Persoon\n\nGeheim.\n\n- ook\n\n## 3. Rest\n\nOpen.\n", "## 3. Rest\n\nOpen.\n"),
        ("# [vertrouwelijk] Deel\n\n## Onder\n\nGeheim.\n\n# Open\n\nJa.\n", "# Open\n\nJa.\n"),
        ("Dit is [Vertrouwelijk] midden in een zin.\n", ""),
        ("", ""),
    ],
)
def test_wat_vertrouwelijk_heet_blijft_uit_de_openbare_tekst(heel: str, openbaar: str) -> None:
    assert openbaar_deel(heel) == openbaar


OPEN = ["# kop", "## kop", "- punt", "tekst", ""]
DEEL = st.sampled_from(OPEN + [f"{merk}[vertrouwelijk] geheim" for merk in ("", "# ", "## ", "- ")])


@given(st.lists(DEEL, max_size=12).map("\n".join))
@settings(max_examples=300)
def test_de_openbare_tekst_bevat_nooit_een_merk_en_alleen_regels_van_het_verslag(heel: str) -> None:
    openbaar = openbaar_deel(heel)
    assert "vertrouwelijk" not in openbaar
    assert openbaar_deel(openbaar) == openbaar
    over = iter(heel.splitlines())
    assert all(regel in over for regel in openbaar.splitlines()), "dezelfde regels, op volgorde"


def test_een_bijdrage_bij_een_punt_dat_er_nog_niet_staat_komt_achteraan() -> None:
    tekst = voeg_bijdrage_in("## 1. Opening\n\nWelkom.\n", kop="2. Advies", alinea="Lid 1: ja")
    assert tekst == "## 1. Opening\n\nWelkom.\n\n## 2. Advies\n\nLid 1: ja\n"
    assert voeg_bijdrage_in("## [vertrouwelijk] 2. Advies", kop="2. Advies", alinea="X").endswith("2. Advies\n\nX\n")
