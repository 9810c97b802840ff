"""De PDF: gekeurd als PDF/UA-1, altijd dezelfde bytes, en een lezer die niets ophaalt behalve onze eigen vormgeving."""

import http.server
import io
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import page
import pikepdf
import pypdfium2
import pytest
from django.conf import settings as instellingen

from kern.blokken import inhoud_hash, munt
from stukken import opmaak, pdf, pdfproces

NOTEN = (
    '<ol class="voetnoten"><li class="voetnoot" id="voetnoot-1"><p>Eerste noot.</p><p>Vervolg. '
    '<a href="#voetnootref-1">terug'
    '</a></p></li><li class="voetnoot" id="voetnoot-2">Tweede noot.</li></ol>'
)
ADVIES = munt(
    "<h2>Inleiding</h2><p>Verantwoordelijkheidsverdeling"
    '<sup><a class="voetnoot" href="#voetnoot-1">1</a></sup> → ≤ €.</p>'
    "<h3>De vraag</h3><p>Zie <a href='https://www.voorbeeld.test/'>de bron</a>.</p>"
    "<ul><li><p>een</p><p>nog een</p></li><li>twee<ol><li>twee-a</li></ol></li></ul>"
    "<table><caption>Tabel 1</caption><tr><th></th><th>2025</th></tr>"
    '<tr><th>Werk<sup><a class="voetnoot" href="#voetnoot-2">2</a></sup></th><td>1</td></tr></table>'
    "<h2>Advies</h2><blockquote>Citaat</blockquote>"
    '<p>Nogmaals<sup><a class="voetnoot" href="#voetnoot-1">1</a></sup></p>' + NOTEN
)
VELDEN: dict[str, Any] = {
    "html": ADVIES,
    "titel": "Leren & werken <voorbeeld>",
    "nummer": "V26/01",
    "datum": date(2026, 11, 20),
    "feiten": [("Gevraagd door", "de minister (voorbeeld)")],
    "adres": "http://localhost:8000/adviezen/2026/01/",
    "samenvatting": "<h4>Kern</h4><ul><li><p>Leren loont.</p></li></ul>",
}


GEHOORD: list[int] = []


@pytest.fixture(scope="module")
def advies() -> bytes:
    GEHOORD.clear()
    return pdf.maak(**VELDEN, voortgang=GEHOORD.append)


@pytest.fixture(scope="module")
def concept() -> bytes:
    return pdf.maak(**VELDEN | {"merk": "ONTWERP", "lezer": "A. Lid (voorbeeld)", "nummering": True})


def bladen_van(inhoud: bytes) -> list[str]:
    """De tekst per bladzijde, door een andere lezer dan de maker."""
    document = pypdfium2.PdfDocument(inhoud)
    try:
        bladen = []
        for blad in document:
            tekst = blad.get_textpage()
            bladen.append(tekst.get_text_range().replace("\r\n", "\n"))
            tekst.close()
            blad.close()
        return bladen
    finally:
        document.close()


def structuur(inhoud: bytes) -> list[str]:
    soorten: list[str] = []

    def loop(knoop: Any) -> None:
        if isinstance(knoop, pikepdf.Array):
            for kind in knoop:
                loop(kind)
        elif isinstance(knoop, pikepdf.Dictionary) and "/S" in knoop:
            soorten.append(str(knoop.S))
            if "/K" in knoop:
                loop(knoop.K)

    with pikepdf.open(io.BytesIO(inhoud)) as document:
        loop(document.Root.StructTreeRoot.K)
    return soorten


def test_het_advies_voldoet_aan_pdf_ua(advies: bytes) -> None:
    verslag = page.validate_pdf_bytes(advies)
    assert [(f.rule_id, f.message) for f in verslag.failures] == []
    assert str(verslag.profile).endswith("PDF_UA_1")


def test_de_conceptversie_voldoet_aan_pdf_ua(concept: bytes) -> None:
    assert [(f.rule_id, f.message) for f in page.validate_pdf_bytes(concept).failures] == []


def test_taal_titel_bladwijzers_en_structuur(advies: bytes) -> None:
    with pikepdf.open(io.BytesIO(advies)) as document:
        assert str(document.Root.Lang) == "nl"
        assert str(document.docinfo["/Title"]) == "Leren & werken <voorbeeld> (V26/01)"
        with document.open_outline() as overzicht:
            assert [regel.title for regel in overzicht.root] == [
                "Inhoud",
                "Samenvatting",
                "Inleiding",
                "Advies",
                "Colofon",
            ]
            assert [regel.title for regel in overzicht.root[2].children] == ["De vraag"]
    soorten = set(structuur(advies))
    assert {"/H1", "/H2", "/H3", "/P", "/L", "/LI", "/LBody", "/Table", "/TH", "/TD", "/Link"} <= soorten


def test_inhoudsopgave_koppen_noten_en_colofon_staan_erin(advies: bytes) -> None:
    bladen = bladen_van(advies)
    assert len(bladen) == 6
    regels = [regel for regel in bladen[1].splitlines() if ". . ." in regel]
    assert [(re.split(r" ?\.", regel)[0], regel.split()[-1]) for regel in regels] == [
        ("Samenvatting", "3"),
        ("Inleiding", "4"),
        ("De vraag", "4"),
        ("Advies", "5"),
    ]
    assert "1. Eerste noot." in bladen[3]
    assert "2. Tweede noot." in bladen[3]
    assert "terug" not in "".join(bladen)
    assert all("V26/01" in blad for blad in bladen[1:])
    assert inhoud_hash(ADVIES) in bladen[5].replace("\n", "")
    assert "http://localhost:8000/adviezen/2026/01/" in bladen[5]
    assert "→ ≤ €" in bladen[3]


def test_de_conceptversie_draagt_merk_lezer_en_nummers(concept: bytes) -> None:
    bladen = bladen_van(concept)
    assert all("ONTWERP" in blad for blad in bladen)
    assert all("Exemplaar van A. Lid (voorbeeld)" in blad for blad in bladen[1:])
    woorden = bladen[3].split()
    assert {"5", "10"} <= set(woorden)
    assert "45" not in woorden, "een regelnummer staat er alleen als de regel er is (test_regelnummers)"
    assert {"1", "2", "3", "4", "5"} <= set(woorden)  # de rijen van de tabel dragen er geen
    assert {"6", "7"} <= set(bladen[4].split())


def test_alleen_onze_letters_alle_ingesloten(advies: bytes) -> None:
    with pikepdf.open(io.BytesIO(advies)) as document:
        letters = [
            o for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]
        assert letters
        assert all("Source" in str(letter.FontName) and "/FontFile2" in letter for letter in letters)


def test_dezelfde_velden_geven_dezelfde_bytes(advies: bytes) -> None:
    assert pdf.uit_invoer(pdf.als_invoer(**VELDEN)) == advies
    with pikepdf.open(io.BytesIO(advies)) as document:
        assert str(document.docinfo["/CreationDate"]).startswith("D:20261120")


class Luisteraar(http.server.BaseHTTPRequestHandler):
    gehoord: list[str]

    def do_GET(self) -> None:
        self.gehoord.append(self.path)
        self.send_response(302)
        self.send_header("Location", "file:///etc/passwd")
        self.end_headers()


@pytest.fixture
def luisteraar() -> Iterator[tuple[str, list[str]]]:
    gehoord: list[str] = []
    soort = type("L", (Luisteraar,), {"gehoord": gehoord})
    server = http.server.HTTPServer(("127.0.0.1", 0), soort)
    draad = threading.Thread(target=server.serve_forever, daemon=True)
    draad.start()
    yield f"http://127.0.0.1:{server.server_port}", gehoord
    server.shutdown()
    server.server_close()
    draad.join()


def test_er_wordt_niets_opgehaald_en_de_rest_wordt_gezet(luisteraar: tuple[str, list[str]], tmp_path: Path) -> None:
    """Ook HTML die langs `schoon` zou zijn gekomen, krijgt niets te pakken: de ophaler weigert zelf."""
    adres, gehoord = luisteraar
    kanarie = tmp_path / "kanarie.css"
    kanarie.write_text("body::before { content: 'GEHEIM' }")
    html = (
        f"<html lang=nl><head><title>t</title><link rel=stylesheet href='/static/css/pdf.css'>"
        f"<link rel=stylesheet href='{adres}/a.css'>"
        f"<link rel=stylesheet href='file://{kanarie}'><link rel=attachment href='file:///etc/passwd'>"
        f"<style>@import url('{adres}/b.css'); @import url('file://{kanarie}');"
        f"@font-face {{ font-family: x; src: url('{adres}/f.woff2') }} "
        f"body {{ background: url('{adres}/bg.png'); font-family: x }}"
        "</style></head><body><h1>Kop</h1>"
        f"<p>Blijft</p><img alt=x src='{adres}/i.png'>"
        f"<img alt=x src='file:///etc/passwd'><img alt=x src='ftp://127.0.0.1/x'>"
        f"<img alt=x src='/static/../../../../etc/passwd'>"
        f"<img alt=x src='{instellingen.PORTAL_ADRES}/static/../manage.py'>"
        f"<object data='{adres}/o'></object><embed src='{adres}/e'>"
        "<img alt=x src='data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4='>"
        "</body></html>"
    )
    inhoud = pdf.zet(html)
    assert gehoord == []
    tekst = "".join(bladen_van(inhoud))
    assert "Blijft" in tekst
    assert "GEHEIM" not in tekst
    with pikepdf.open(io.BytesIO(inhoud)) as document:
        assert not document.attachments
        assert b"root:" not in b"".join(s.read_bytes() for s in document.objects if isinstance(s, pikepdf.Stream))


def test_de_ophaler_geeft_alleen_wat_van_ons_is() -> None:
    wortel = Path(instellingen.STATICFILES_DIRS[0])
    basis = "http://localhost:8000"
    assert pdfproces.eigen_bestand(f"{basis}/static/css/pdf.css", basis, wortel) == wortel / "css" / "pdf.css"
    for fout in (
        f"{basis}/static/css/bestaat-niet.css",
        f"{basis}/static/css/../../manage.py",
        f"{basis}/static/css/%2e%2e/x.css",
        f"{basis}/werk/",
        f"{basis}.kwaad.test/static/css/pdf.css",
        "file:///etc/passwd",
    ):
        assert pdfproces.eigen_bestand(fout, basis, wortel) is None
    ophaler = pdfproces.maak_ophaler(basis, wortel)
    assert ophaler.fetch(f"{basis}/static/css/pdf.css").content_type == "text/css"
    assert ophaler.fetch("data:image/png;base64,AAAA").read() == b"\0\0\0"
    for fout in (
        "data:text/html,x",
        "data:image/png;base64," + "A" * 1_000_000,
        "https://x.test/",
        "file:///etc/passwd",
    ):
        with pytest.raises(ValueError, match="geweigerd"):
            ophaler.fetch(fout)


def test_het_proces_stopt_bij_een_grens(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(pdf.PdfFout, match="te groot"):
        pdf.zet("x" * (pdf.GROOTSTE_HTML + 1))
    with pytest.raises(pdf.PdfFout, match="langer dan 0 seconden"):
        pdf.zet("<p>x</p>" * 2000, wachttijd=0.05)
    monkeypatch.setattr(pdf, "GEHEUGEN", 260_000_000)
    veel = "<title>t</title>" + "<p>woord " * 20_000
    with pytest.raises(pdf.PdfFout, match="geheugen"):
        pdf.zet(veel)


def test_zonder_pango_blijft_het_portaal_heel_en_zegt_de_knop_wat_er_mist(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')")
    nagebootst = (
        f"import runpy, sys; sys.path.insert(0, {str(tmp_path)!r}); sys.argv = ['x', *sys.argv[1:]]; "
        "runpy.run_module('stukken.pdfproces', run_name='__main__')"
    )
    echt = subprocess.Popen

    def zonder_pango(opdracht: list[str], **meer: Any) -> Any:
        return echt([opdracht[0], "-c", nagebootst, *opdracht[3:]], **meer)

    monkeypatch.setattr(subprocess, "Popen", zonder_pango)
    with pytest.raises(pdf.PdfNietBeschikbaar, match="apt-get install .*libpango"):
        pdf.zet("<p>x</p>")


def test_een_vastgelopen_proces_geeft_een_zin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(pdf.PdfFout, match="vastgelopen"):
        pdf.zet("<p>x</p>")


def test_de_voortgang_loopt_op(advies: bytes) -> None:
    assert sorted(GEHOORD) == GEHOORD
    assert GEHOORD[0] == 5
    assert GEHOORD[-1] == 95


def test_het_proces_geeft_levenstekens(capsys: pytest.CaptureFixture[str]) -> None:
    class Twee(threading.Event):
        keren = 0

        def wait(self, timeout: float | None = None) -> bool:
            self.keren += 1
            return self.keren > 2

    pdfproces.leef(Twee())
    assert capsys.readouterr().err == "VOORTGANG 0\n" * 2


def test_zetten_geeft_koppen_noten_en_nummers() -> None:
    lijf = opmaak.zet_op(ADVIES, nummering=True)
    assert [(kop.tekst, [onder.tekst for onder in kop.onder]) for kop in lijf.koppen] == [
        ("Inleiding", ["De vraag"]),
        ("Advies", []),
    ]
    assert lijf.html.count('class="voetnoot-tekst"') == 2
    assert "<sup>1</sup>" in lijf.html
    assert "voetnoten" not in lijf.html
    assert [deel.split('"')[0] for deel in lijf.html.split('data-nummer="')[1:]] == [str(n) for n in range(1, 8)]
    assert "data-blok" not in lijf.html
    assert '<th scope="col">2025</th>' in lijf.html


def test_een_nooit_genoemde_noot_en_een_lege_kop_gaan_niet_verloren() -> None:
    lijf = opmaak.zet_op("<h3>Losse paragraaf</h3><h2> </h2><p>x</p>" + NOTEN)
    assert [kop.tekst for kop in lijf.koppen] == ["Losse paragraaf"]
    assert lijf.html.startswith('<h2 id="kop-0">')
    assert "Tweede noot." in lijf.html


def test_een_kop_slaat_geen_niveau_over() -> None:
    lijf = opmaak.zet_op("<h4>a</h4><h4>b</h4><h2>c</h2><h4>d</h4><h4>e</h4>", anker="s")
    assert re.findall(r"<(h\d)", lijf.html) == ["h2", "h3", "h2", "h3", "h4"]
    assert [(kop.id, [onder.id for onder in kop.onder]) for kop in lijf.koppen] == [("s-0", ["s-1"]), ("s-2", ["s-3"])]


def test_een_kopregel_herhaalt_op_elke_bladzijde() -> None:
    tabel = "<table><tr><th></th><th>2025</th></tr><tr><th>Rij</th><td>1</td></tr></table>"
    html = opmaak.zet_op(tabel).html
    assert '<thead><tr><td></td><th scope="col">2025</th></tr></thead>' in html
    assert '<th scope="row">Rij</th>' in html
    assert "<thead>" not in opmaak.zet_op("<table><tr><td>1</td></tr><tr><td>2</td></tr></table>").html


def test_een_onbekend_veld_is_een_fout_van_de_programmeur() -> None:
    with pytest.raises(TypeError):
        pdf.als_invoer(html="", titel="", kleur="rood")


def test_de_hulp_voor_de_lezer_zit_niet_in_het_portaal_zelf() -> None:
    """Het portaal laadt WeasyPrint nooit zelf: dat kost geheugen en kan ontbreken."""
    uit = subprocess.run(
        [
            sys.executable,
            "-c",
            "import stukken.pdfproces, sys; print('weasyprint' in sys.modules, 'django' in sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
        cwd=instellingen.BASE_DIR,
    )
    assert uit.stdout.split() == ["False", "False"]
