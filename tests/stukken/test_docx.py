"""Van Word naar schone HTML: wat er in zat is er nog, en wat niet meekwam staat in een melding."""

import http.server
import io
import threading
from collections.abc import Callable

import docx
import pytest

from kern.blokken import blokken
from kern.fouten import InvoerFout
from kern.html import schoon
from stukken import docx as word_module
from stukken import docx_verslag as verslag_module
from stukken.docx import naar_html
from tests.stukken.conftest import PNG, herpak, met_voetnoot, opslaan, wijziging


def test_koppen_lijsten_tabellen_en_opmaak() -> None:
    document = docx.Document()
    document.add_heading("Inleiding", 1)
    document.add_heading("Vraag", 2)
    document.add_heading("Detail", 4)
    alinea = document.add_paragraph("Gewoon, ")
    alinea.add_run("vet").bold = True
    alinea.add_run(" en ")
    alinea.add_run("schuin").italic = True
    document.add_paragraph("")
    document.add_paragraph("punt", style="List Bullet")
    document.add_paragraph("genummerd", style="List Number")
    document.add_paragraph("aangehaald", style="Intense Quote")
    tabel = document.add_table(1, 2)
    tabel.cell(0, 0).text, tabel.cell(0, 1).text = "a", "b"
    uit = naar_html(opslaan(document))
    soorten = [(blok.soort, blok.tekst) for blok in blokken(uit.html)]
    assert soorten == [
        ("h2", "Inleiding"),
        ("h3", "Vraag"),
        ("h4", "Detail"),
        ("p", "Gewoon, vet en schuin"),
        ("li", "punt"),
        ("li", "genummerd"),
        ("p", "aangehaald"),
        ("tr", "a | b"),
    ]
    assert "<strong>vet</strong> en <em>schuin</em>" in uit.html
    assert schoon(uit.html) == uit.html
    assert uit.meldingen == ["Eén tabel heeft geen kopregel; voor een schermlezer is die nodig."]


def test_een_voetnoot_verwijst_heen_en_staat_achteraan() -> None:
    document = docx.Document()
    document.add_paragraph("Een zin met een noot.")
    uit = naar_html(met_voetnoot(document))
    assert '<sup><a class="voetnoot" href="#voetnoot-1" id="voetnootref-1">1</a></sup>' in uit.html
    assert uit.html.endswith("</li></ol>")
    assert '<ol class="voetnoten"><li class="voetnoot" id="voetnoot-1"' in uit.html
    assert (blokken(uit.html)[-1].soort, blokken(uit.html)[-1].tekst) == ("voetnoot", "De noot zelf.")
    assert uit.voetnoten == 1
    assert "↑" not in uit.html


def test_bijgehouden_wijzigingen_gelden_als_aanvaard_en_worden_gemeld() -> None:
    document = docx.Document()
    alinea = document.add_paragraph("Blijft.")
    wijziging(alinea, "ins", " Erbij.")
    wijziging(alinea, "del", " Weg.")
    uit = naar_html(opslaan(document))
    assert blokken(uit.html)[0].tekst == "Blijft. Erbij."
    assert uit.wijzigingen == 2
    assert uit.meldingen == ["2 bijgehouden wijzigingen zijn overgenomen alsof zij aanvaard zijn."]


def test_opmerkingen_blijven_achter_en_worden_gemeld() -> None:
    document = docx.Document()
    alinea = document.add_paragraph("Tekst.")
    document.add_comment(alinea.runs, text="geheim overleg", author="A", initials="A")
    uit = naar_html(opslaan(document))
    assert "geheim" not in uit.html
    assert uit.opmerkingen == 1
    assert uit.meldingen == ["Eén opmerking uit Word is niet overgenomen."]


def test_een_afbeelding_gaat_mee_met_beschrijving_en_anders_niet(monkeypatch: pytest.MonkeyPatch) -> None:
    document = docx.Document()
    for tekst in ("Grafiek van de groei", "", "Nog een"):
        document.add_picture(io.BytesIO(PNG))
        document.inline_shapes[-1]._inline.docPr.set("descr", tekst)
    document.add_paragraph("Tekst.")
    uit = naar_html(opslaan(document))
    assert uit.afbeeldingen == 2
    assert 'alt="Grafiek van de groei"' in uit.html
    assert 'src="data:image/png;base64,' in uit.html
    assert uit.meldingen == ["Eén afbeelding is weggelaten: zij heeft geen beschrijving (alternatieve tekst)."]
    monkeypatch.setattr(word_module, "GROOTSTE_AFBEELDING", 10)
    assert naar_html(opslaan(document)).meldingen[1].startswith("2 afbeeldingen zijn weggelaten: te groot")


def test_een_onbekend_profiel_wordt_gewone_tekst_en_gemeld() -> None:
    document = docx.Document()
    document.styles.add_style("Kaderstuk", 1)
    document.add_paragraph("Tekst in een kader.", style="Kaderstuk")
    uit = naar_html(opslaan(document))
    assert uit.meldingen == ["Onbekende opmaakprofielen zijn gewone tekst geworden: Kaderstuk."]


def test_een_nieuwe_versie_houdt_de_ids_van_de_vorige(word: Callable[..., bytes]) -> None:
    een = naar_html(word("De raad adviseert het kabinet om scholing te steunen."))
    twee = naar_html(word("De raad adviseert het kabinet dringend om scholing te steunen."), vorige=een.html)
    assert blokken(een.html)[0].id == blokken(twee.html)[0].id


def test_een_leeg_of_te_lang_document_wordt_geweigerd(
    word: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InvoerFout, match="geen tekst"):
        naar_html(word(""))
    monkeypatch.setattr(verslag_module, "GROOTSTE_XML", 100)
    with pytest.raises(InvoerFout, match="te lang"):
        naar_html(word("x"))


@pytest.mark.parametrize(
    "xml",
    [b"<w:document", b"<x/>", b'<w:document xmlns:w="urn:x"><w:body/></w:document>', b"<a>" * 3000 + b"</a>" * 3000],
)
def test_kapotte_xml_geeft_een_zin(word: Callable[..., bytes], xml: bytes) -> None:
    with pytest.raises(InvoerFout) as fout:
        naar_html(herpak(word(), {"word/document.xml": xml}), veld="stuk")
    assert fout.value.veld == "stuk"


def test_er_wordt_niets_opgehaald(word: Callable[..., bytes]) -> None:
    """Een afbeelding en een sjabloon op een adres buiten het bestand: de luisteraar hoort niets."""
    gehoord: list[str] = []

    class Luisteraar(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            gehoord.append(self.path)
            self.send_error(404)

    server = http.server.HTTPServer(("127.0.0.1", 0), Luisteraar)
    draad = threading.Thread(target=server.serve_forever, daemon=True)
    draad.start()
    try:
        document = docx.Document()
        document.add_picture(io.BytesIO(PNG))
        document.inline_shapes[0]._inline.docPr.set("descr", "beschreven")
        document.add_paragraph("Tekst.")
        inhoud = opslaan(document)
        adres = f"http://127.0.0.1:{server.server_port}/kanarie.png"
        import re
        import zipfile

        with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
            banden = archief.read("word/_rels/document.xml.rels").decode()
            tekst = archief.read("word/document.xml").decode()
        for doel in (adres, "file:///etc/hostname"):
            kwaad = re.sub(r'Target="media/image1.png"', f'Target="{doel}" TargetMode="External"', banden)
            uit = naar_html(
                herpak(
                    inhoud,
                    {
                        "word/_rels/document.xml.rels": kwaad.encode(),
                        "word/document.xml": tekst.replace("r:embed=", "r:link=").encode(),
                    },
                )
            )
            assert uit.afbeeldingen == 0
            assert any("weggelaten" in melding for melding in uit.meldingen)
    finally:
        server.shutdown()
        server.server_close()
        draad.join()
    assert gehoord == []
