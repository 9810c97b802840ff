"""Van tekst naar Word en terug: dezelfde blokken, en niets over wie het schreef."""

import base64
import io
import re
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from inrichting import voorbeeld_leren, voorbeeld_teksten
from kern.blokken import blokken, munt
from kern.html import schoon
from kern.vergelijk import vergelijk
from opvolging import jaartekst
from stukken.beeldmaat import maat
from stukken.docx import naar_html
from stukken.docx_uit import maak_docx
from stukken.keuring import keur
from tests.kern.test_vergelijk import BLOK, html_van
from tests.stukken.conftest import PNG, met_voetnoot, opslaan, wijziging

PNG_ADRES = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
GIF = b"GIF89a\x02\x00\x03\x00\x00\x00\x00;"
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b080005000701011100ffd9")


def terug(html: str, **opties: str) -> str:
    """Naar Word en weer terug; het bestand komt door dezelfde keuring als een opgestuurd bestand."""
    inhoud = maak_docx(html, titel="Proef", **opties)
    assert keur(inhoud, "proef.docx", ("docx",), "bestand") == "docx"
    return naar_html(inhoud, vorige=html).html


def vormen(html: str) -> list[tuple[str, str, str]]:
    return [(blok.id, blok.soort, blok.tekst) for blok in blokken(html)]


@pytest.mark.parametrize(
    "html", [voorbeeld_teksten.THUISWERKEN_3, voorbeeld_leren.LEREN_3, voorbeeld_teksten.kort("water")]
)
def test_de_voorbeelden_komen_heel_terug(html: str) -> None:
    gemunt = munt(html)
    weer = terug(gemunt)
    assert vormen(weer) == vormen(gemunt)
    assert vergelijk(gemunt, weer).gelijk


ALLES = munt(
    "<h2>Kop</h2><h3>Onder</h3><h4>Dieper</h4>"
    "<p>Met <strong>vet</strong>, <em>schuin</em>, H<sub>2</sub>O, m<sup>2</sup> en <a href='https://ser.test/a?b=1&amp;c'>"
    "een verwijzing</a>.</p><blockquote><p>Citaat.</p></blockquote>"
    "<ol start='3'><li>drie<ul><li>dieper<ol><li>diepst</li></ol></li></ul></li><li>vier</li></ol><ul><li>los</li></ul>"
    "<table><caption>Tabel 1</caption><tr><th>A</th><th>B</th></tr><tr><td colspan='2'>breed</td></tr>"
    "<tr><td rowspan='2'>hoog</td><td>1</td></tr><tr><td>2</td></tr></table>"
    f"<figure><img src='{PNG_ADRES}' alt='Een lijn'><figcaption>Figuur 1</figcaption></figure>"
)


def test_alles_wat_een_advies_kent_overleeft_de_reis() -> None:
    weer = terug(ALLES)
    assert vormen(weer) == vormen(ALLES)
    for deel in ("<strong>vet", "<em>schuin", "H<sub>2</sub>O", "m<sup>2</sup>", 'href="https://ser.test/a?b=1&amp;c"'):
        assert deel in weer
    assert 'colspan="2"' in weer
    assert 'rowspan="2"' in weer
    assert 'alt="Een lijn"' in weer
    assert [(r.merk, r.diep) for r in vergelijk(weer, weer).regels() if r.vorm == "li"] == [
        ("1.", 0),
        ("•", 1),
        ("1.", 2),
        ("2.", 0),
        ("•", 0),
    ]


def test_een_vaste_spatie_blijft_staan() -> None:
    html = munt("<p>€&nbsp;5&nbsp;miljoen op 1\u202fjanuari,  en  <strong>art.&nbsp;43</strong></p>")
    assert "€&nbsp;5&nbsp;miljoen op 1\u202fjanuari, en <strong>art.&nbsp;43</strong>" in terug(html)


def test_een_tabel_los_in_een_lijst_verdwijnt_niet() -> None:
    html = munt("<ul><li>punt</li><table><tr><td>cel</td></tr></table></ul>")
    assert [blok.tekst for blok in blokken(terug(html))] == ["punt", "cel"]


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOK, min_size=1, max_size=8))
def test_een_willekeurige_tekst_komt_terug_met_dezelfde_blokken(stand: list[tuple[str, list[str]]]) -> None:
    gemunt = munt(html_van(stand))
    weer = terug(gemunt)
    assert [(b.id, b.tekst) for b in blokken(weer)] == [(b.id, b.tekst) for b in blokken(gemunt)]


def test_een_voetnoot_in_een_tabel_komt_heen_en_terug() -> None:
    noot = '<sup><a class="voetnoot" href="#voetnoot-1" id="voetnootref-1">1</a></sup>'
    html = munt(
        f"<table><tr><th>Jaar</th><th>Aantal</th></tr><tr><td>2025</td><td>7{noot}</td></tr></table>"
        '<ol class="voetnoten"><li class="voetnoot" id="voetnoot-1">Voorlopig <em>cijfer</em>.</li></ol>'
    )
    weer = terug(html)
    assert vormen(weer) == vormen(html)
    assert f"7{noot}</td>" in weer


def test_een_adres_en_een_beeld_in_een_voetnoot_overleven_de_reis() -> None:
    """Een deel van een Word-bestand kent alleen zijn eigen verwijzingen; Word noemt het bestand anders beschadigd."""
    adres = '<a href="https://ser.test/a?b=1&amp;c">het rapport</a>'
    html = munt(
        f'<p>Zie {adres} en de noot.<sup><a class="voetnoot" href="#voetnoot-1" id="voetnootref-1">1</a></sup></p>'
        f'<ol class="voetnoten"><li class="voetnoot" id="voetnoot-1">Ook in {adres} en <a href="https://ser.test/b">'
        f"elders</a>. <img src='{PNG_ADRES}' alt='Een lijn'></li></ol>"
    )
    weer = terug(html)
    assert vormen(weer) == vormen(html)
    assert weer.count('href="https://ser.test/a?b=1&amp;c"') == 2
    assert weer.count('href="https://ser.test/b"') == 1
    assert 'alt="Een lijn"' in weer
    with zipfile.ZipFile(io.BytesIO(maak_docx(html, titel="Proef"))) as archief:
        for deel in ("document", "footnotes"):
            kent = set(re.findall(r'Id="(rId\d+)"', archief.read(f"word/_rels/{deel}.xml.rels").decode()))
            assert set(re.findall(r'r:(?:id|embed)="(rId\d+)"', archief.read(f"word/{deel}.xml").decode())) <= kent


def test_gelijke_invoer_geeft_gelijke_bytes_en_niets_over_de_schrijver() -> None:
    een = maak_docx(ALLES, titel="Proef", merk="VERTROUWELIJK", lezer="Lid FNV 2 (voorbeeld)")
    assert een == maak_docx(ALLES, titel="Proef", merk="VERTROUWELIJK", lezer="Lid FNV 2 (voorbeeld)")
    gelezen = docx.Document(io.BytesIO(een))
    assert gelezen.core_properties.author == "Sociaal-Economische Raad"
    assert (gelezen.core_properties.last_modified_by, gelezen.core_properties.created) == ("", None)
    with zipfile.ZipFile(io.BytesIO(een)) as archief:
        alles = b"".join(archief.read(naam) for naam in archief.namelist() if naam.endswith((".xml", ".rels"))).decode()
        assert {deel.date_time[0] for deel in archief.infolist()} == {1980}
    assert not re.search(r"w:(?:author|rsid)|/work|/tmp|data-blok", alles)
    assert (
        gelezen.sections[0].footer.paragraphs[0].text.startswith("VERTROUWELIJK · Exemplaar van Lid FNV 2 (voorbeeld)")
    )
    assert "w:lnNumType" in alles
    assert "w:lnNumType" not in gelezen_zonder_nummers()


def gelezen_zonder_nummers() -> str:
    inhoud = maak_docx("<p>a</p>", titel="t", regelnummers=False)
    with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
        return archief.read("word/document.xml").decode()


def test_een_stuurteken_in_een_naam_bederft_het_bestand_niet() -> None:
    """Zo'n teken komt mee met plakken uit een presentatie; XML kent het niet en Word noemt het bestand beschadigd."""
    inhoud = maak_docx("<p>a</p>", titel="Een\x0btitel", ondertitel="\x02", merk="ONT\x1fWERP", lezer="A.\x0b Lid")
    gelezen = docx.Document(io.BytesIO(inhoud))
    assert gelezen.core_properties.title == "Eentitel"
    assert gelezen.sections[0].footer.paragraphs[0].text.startswith("ONTWERP · Exemplaar van A. Lid")
    jaar = jaartekst.als_docx("Jaarverslag", [jaartekst.Hoofdstuk("Kop", ["Een\x0balinea"], [["a"], ["b\x0b"]])])
    assert [alinea.text for alinea in docx.Document(io.BytesIO(jaar)).paragraphs][-1] == "Eenalinea"


def test_wat_word_niet_kan_tonen_staat_er_als_woorden() -> None:
    html = munt('<p>Zie <img src="/static/x.webp" alt="de grafiek"> en <a href="#kop-1">hierboven</a>.</p>')
    assert blokken(terug(html))[0].tekst == "Zie [afbeelding: de grafiek] en hierboven."
    los = munt('<p>Tekst.</p><ol class="voetnoten"><li class="voetnoot" id="voetnoot-9">Niemand noemt mij.</li></ol>')
    assert "Niemand noemt mij." in terug(los)


@pytest.mark.parametrize(
    ("inhoud", "uit"),
    [(PNG, (1, 1)), (GIF, (2, 3)), (JPEG, (7, 5)), (b"", None), (b"\xff\xd8\xff", None), (PNG[:20], None)],
)
def test_de_maat_van_een_afbeelding(inhoud: bytes, uit: tuple[int, int] | None) -> None:
    assert maat(inhoud) == uit


# --- uit Word --------------------------------------------------------------------------------------------------------


def test_een_lijst_met_het_profiel_lijstalinea_blijft_een_lijst() -> None:
    """Word zet opsommingen in "List Paragraph" met een nummering; het profiel alleen zegt niets."""
    weer = naar_html(maak_docx("<ul><li>een</li><li>twee</li></ul>", titel="t")).html
    assert [blok.soort for blok in blokken(weer)] == ["li", "li"]


def test_wie_wat_wijzigde_staat_in_het_verslag() -> None:
    document = docx.Document()
    for naam, soorten in (("A. de Vries", ("ins", "del")), ("B. Jansen", ("ins",))):
        alinea = document.add_paragraph("Blijft.")
        for soort in soorten:
            wijziging(alinea, soort, f" {soort}")
            alinea._p[-1].set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}author", naam)
    verslag = naar_html(opslaan(document)).verslag
    assert [(s.naam, s.erbij, s.eraf) for s in verslag.schrijvers] == [("A. de Vries", 1, 1), ("B. Jansen", 1, 0)]


def test_een_verplaatste_alinea_in_word_staat_er_een_keer() -> None:
    document = docx.Document()
    for soort, tekst in (("moveFrom", "Verhuist."), ("moveTo", "Verhuist.")):
        alinea = document.add_paragraph()
        alinea._p.append(parse_xml(f'<w:{soort} {nsdecls("w")} w:author="C"><w:r><w:t>{tekst}</w:t></w:r></w:{soort}>'))
    document.add_paragraph("Blijft.")
    uit = naar_html(opslaan(document))
    assert [b.tekst for b in blokken(uit.html)] == ["Verhuist.", "Blijft."]
    assert (uit.verslag.schrijvers[0].naam, uit.verslag.schrijvers[0].verplaatst) == ("C", 1)


def test_een_opmerking_uit_word_staat_met_schrijver_en_woorden_in_het_verslag() -> None:
    document = docx.Document()
    alinea = document.add_paragraph("Een drempel van ")
    run = alinea.add_run("vijftig procent")
    document.add_comment(run, text="Waarom geen veertig?", author="D. Bakker", initials="DB")
    uit = naar_html(opslaan(document))
    assert "veertig" not in uit.html
    (opmerking,) = uit.verslag.opmerkingen
    assert (opmerking.naam, opmerking.tekst, opmerking.bij) == ("D. Bakker", "Waarom geen veertig?", "vijftig procent")
    assert uit.verslag.als_json()["opmerkingen"][0]["naam"] == "D. Bakker"


def test_een_beeld_zonder_beschrijving_kan_er_een_krijgen() -> None:
    document = docx.Document()
    document.add_picture(io.BytesIO(PNG))
    document.add_paragraph("Tekst.")
    inhoud = opslaan(document)
    (los,) = naar_html(inhoud).verslag.zonder_beschrijving
    assert los.bron == PNG_ADRES
    weer = naar_html(inhoud, beschrijvingen={los.sleutel: " Een  stip "})
    assert 'alt="Een stip"' in weer.html
    assert not weer.verslag.zonder_beschrijving
    assert weer.meldingen == []


def test_een_voetnoot_uit_word_in_een_tabelcel() -> None:
    document = docx.Document()
    tabel = document.add_table(1, 2)
    tabel.cell(0, 0).text, tabel.cell(0, 1).text = "Aantal", "7"
    noot = OxmlElement("w:r")
    noot.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="1"/>'))
    tabel.cell(0, 1).paragraphs[0]._p.append(noot)
    document.add_paragraph("Slot")
    uit = naar_html(met_voetnoot(document))
    assert '7<sup><a class="voetnoot" href="#voetnoot-1"' in uit.html
    assert schoon(uit.html) == uit.html
    assert blokken(uit.html)[-1].tekst == "De noot zelf."


# --- wat tussen de blokken staat ------------------------------------------------------------------------------------


def woorden(html: str) -> list[str]:
    """De tekst van elke alinea in het Word-bestand zelf."""
    with zipfile.ZipFile(io.BytesIO(maak_docx(html, titel="Proef"))) as archief:
        lijf = archief.read("word/document.xml").decode()
    alineas = re.findall(r"<w:p>.*?</w:p>|<w:p/>", lijf, re.S)
    return [tekst for a in alineas if (tekst := "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", a)))]


@pytest.mark.parametrize(
    ("html", "verwacht"),
    [
        ("<table><tr><td>voor<p>een</p>tussen<p>twee</p>na</td></tr></table>", ["voor", "een", "tussen", "twee", "na"]),
        ("<table><tr><td><ul><li>punt</li></ul>los <em>en</em> schuin</td></tr></table>", ["punt", "los en schuin"]),
        ("<blockquote>los <strong>citaat</strong></blockquote><p>a</p>", ["los citaat", "a"]),
        ("vooraf<p>a</p>na <strong>vet</strong>", ["vooraf", "a", "na vet"]),
        ("<ul>kop<li>punt</li>slot</ul>", ["kop", "punt", "slot"]),
    ],
)
def test_losse_tekst_tussen_blokken_gaat_mee(html: str, verwacht: list[str]) -> None:
    """Wie het bestand bewerkt en terugstuurt, zou anders woorden wissen die hij nooit zag."""
    assert woorden(html) == verwacht


def test_een_tabel_in_een_figuur_blijft_een_tabel() -> None:
    html = "<figure><table><tr><td>links</td><td>rechts</td></tr></table><figcaption>Figuur 2</figcaption></figure>"
    assert woorden(html) == ["links", "rechts", "Figuur 2"]
    assert "<td>links</td><td>rechts</td>" in re.sub(r' data-blok="[^"]*"', "", terug(munt(html)))


def test_een_cel_met_blokken_overleeft_de_reis() -> None:
    html = munt(
        "<table><tr><th>Voorstel</th><th>Reden</th></tr>"
        "<tr><td><p>Eerste alinea.</p><p>Tweede alinea.</p></td>"
        "<td><ul><li>een</li><li>twee</li></ul></td></tr></table>"
    )
    weer = terug(html)
    for deel in ("<p>Eerste alinea.</p><p>Tweede alinea.</p>", "<ul><li>een</li><li>twee</li></ul>"):
        assert deel in weer
    assert [b.id for b in blokken(weer)] == [b.id for b in blokken(html)]


def test_een_beeld_dat_word_niet_kent_wordt_zijn_beschrijving() -> None:
    for adres, alt, verwacht in (
        ("data:image/webp;base64,AAAA", "Een lijn", "[afbeelding: Een lijn]"),
        ("data:image/png;base64,AAA", "Kapot", "[afbeelding: Kapot]"),
        ("/media/x.png", "", "[afbeelding: zonder beschrijving]"),
    ):
        assert woorden(f"<p><img src='{adres}' alt='{alt}'></p>") == [verwacht]
