"""Standpunten, matrix, verhaal, wijziging, opmerking en de kleine onderdelen, ook aan hun randen."""

from datetime import date

import pytest
from django.core.paginator import Paginator
from hypothesis import given
from hypothesis import strategies as st

from kern import beeld
from kern import componenten_voorbeeld as voorbeeld
from kern.componenten import (
    Cel,
    Deel,
    Feit,
    Knop,
    Kop,
    Matrix,
    Oordeel,
    Opmerking,
    Opvatting,
    Rij,
    Standpunten,
    Steun,
    Verhaal,
    tellen,
)
from kern.vergelijk import vergelijk
from kern.verschil import verschil
from tests.gezicht.hulp import teken, tekst

DAG = date(2026, 11, 20)


class TestStandpunten:
    def test_kolommen_tellen_en_noemen(self) -> None:
        html = tekst(teken("{% standpunten s %}", s=voorbeeld.standpunten()))
        assert "Voorstel" in html
        assert "33 leden aanwezig" in html
        assert "6 kroonleden" in html
        assert "12 werknemersleden" in html
        assert "1 kroonlid" in html
        assert "Eén lid" in html

    def test_nul_aanwezig_en_geen_steun(self) -> None:
        html = teken(
            "{% standpunten s %}", s=Standpunten([Opvatting("t", "de raad", knop=Knop("Wijzig", "/"))], aanwezig=0)
        )
        assert "0 leden aanwezig" in html
        assert "Nog geen steun geregistreerd." in html
        assert "Wijzig" in html

    def test_tellen_laat_vreemde_geleding_weg(self) -> None:
        assert tellen(["kroonleden", "anders", "kroonleden"]) == {"ondernemers": 0, "kroonleden": 2, "werknemers": 0}

    def test_hoofdletter(self) -> None:
        assert [beeld.hoofdletter(z) for z in ("één lid", "de raad", "")] == ["Eén lid", "De raad", ""]

    def test_naam_van_een_lid_wordt_ontsnapt(self) -> None:
        soort = Standpunten([Opvatting("<b>x</b>", "de raad", [Steun("kroonleden")])])
        assert "&lt;b&gt;x&lt;/b&gt;" in teken("{% standpunten s %}", s=soort)


class TestMatrix:
    def test_heel_vak_is_link_en_koppen_hebben_scope(self) -> None:
        html = teken("{% matrix m %}", m=voorbeeld.matrix())
        assert '<a class="cel-vlak" href="#">' in html
        assert html.count('<th scope="row">') == 7
        assert html.count('<th scope="col"') == 5
        assert 'tabindex="0" role="region"' in html

    def test_zonder_totalen_en_leeg(self) -> None:
        html = teken("{% matrix m %}", m=Matrix("t", "h", [Kop("k")], [Rij(Kop("r", url="/r/"), [Cel("Geen", "nvt")])]))
        assert "matrix-totaal" not in html
        assert "<tfoot" not in html
        vak = teken(
            "{% matrix m %}", m=Matrix("t", "h", [Kop("k")], [Rij(Kop("FNV"), [Cel("mits", "letop", "/", "1 punt")])])
        )
        assert "mits 1 punt, FNV" in tekst(vak).replace(" ,", ","), "een link van een vak zegt ook van wie"
        assert teken("{% matrix m %}", m=Matrix("t", "h", [], []))


class TestVerhaal:
    def test_datum_onbekend_en_tekst_gaat_voor(self) -> None:
        html = tekst(teken("{% verhaal v %}", v=Verhaal([Feit("a"), Feit("b", DAG, "juni 2023 (dag onbekend)")])))
        assert "datum niet bekend" in html
        assert "juni 2023 (dag onbekend)" in html
        assert "20 november" not in html

    def test_soorten_hebben_een_teken(self) -> None:
        assert [Feit("x", soort=s).teken for s in ("stap", "stuk", "brief", "komt")] == [
            "goed",
            "stuk",
            "brief",
            "klok",
        ]

    def test_brief_opent_ter_plaatse(self) -> None:
        assert "<summary>Lees de brief</summary>" in teken("{% verhaal v %}", v=voorbeeld.verhaal())


class TestWijziging:
    @given(st.text(max_size=60), st.text(max_size=60))
    def test_beide_teksten_komen_terug(self, oud: str, nieuw: str) -> None:
        delen = verschil(oud, nieuw)
        assert "".join(d.tekst for d in delen if d.soort != "erbij") == oud
        assert "".join(d.tekst for d in delen if d.soort != "eraf") == nieuw

    def test_vervangen_zinsdeel_blijft_heel(self) -> None:
        delen = verschil("de raad vindt dit goed", "de raad acht dat goed")
        assert delen == [
            Deel("de raad "),
            Deel("vindt dit", "eraf"),
            Deel("acht dat", "erbij"),
            Deel(" goed"),
        ]

    @pytest.mark.parametrize("naast", [False, True])
    def test_een_verplaatste_alinea_heeft_een_plek(self, naast: bool) -> None:
        """Op de oude plek staat alleen waar zij heen ging; wie naar haar toe springt, komt bij haar tekst."""
        koppen = '<h2 data-blok="h1">Begin</h2>{}<h2 data-blok="h2">Slot</h2><p data-blok="p2">Dit blijft staan.</p>{}'
        alinea = '<p data-blok="p1">Deze alinea gaat in haar geheel naar het slot van het advies van de raad.</p>'
        v = vergelijk(koppen.format(alinea, ""), koppen.format("", alinea))
        html = teken("{% vergelijking v van='oud' naar='nieuw' naast=naast %}", v=v, naast=naast)
        assert "verg-vertrok" in html
        assert html.count('id="p1"') == 1


class TestOpmerking:
    def test_kring_soort_en_antwoordvak(self) -> None:
        eerste, eigen, afgedaan = voorbeeld.opmerkingen()
        html = teken("{% opmerking o %}", o=eerste, csrf_token="geheim")
        assert "Blokkerend" in html
        assert "de commissie" in html
        assert 'name="tekst"' in html
        assert 'value="geheim"' in html
        assert "Bijlage 2 wordt aangevuld." in html
        assert "teken-slot" in teken("{% opmerking o %}", o=eigen)
        assert "<summary>Afgedaan: overgenomen in versie 4</summary>" in teken("{% opmerking o %}", o=afgedaan)

    def test_zonder_daden_geen_formulier(self) -> None:
        html = teken("{% opmerking o %}", o=Opmerking("1", "A", "<script>", "commissie", "de commissie"))
        assert "<form" not in html
        assert "&lt;script&gt;" in html


class TestKlein:
    @pytest.mark.parametrize("soort", [*beeld.OORDELEN])
    def test_oordeel_heeft_woord_en_teken(self, soort: str) -> None:
        html = teken("{% oordeel s 'Uitleg' %}", s=soort)
        assert beeld.OORDELEN[soort][0] in html
        assert "<svg" in html
        assert "Uitleg" in html

    def test_oordeel_met_eigen_woord_of_onbekende_soort(self) -> None:
        assert "Eigen woord" in teken("{% oordeel o %}", o=Oordeel("unaniem", woord="Eigen woord"))
        assert "Heel nieuw" in teken("{% oordeel 'heel_nieuw' %}")

    def test_voorbeeldmerk_alleen_waar_het_hoort(self) -> None:
        class Ding:
            voorbeeld = True

        assert "VOORBEELD" in teken("{% voorbeeldmerk d %}", d=Ding())
        assert "VOORBEELD" in teken("{% voorbeeldmerk True %}")
        for geen in (False, None, object()):
            assert "VOORBEELD" not in teken("{% voorbeeldmerk d %}", d=geen)

    @pytest.mark.parametrize("soort", ["success", "warning", "error", "info", "debug", ""])
    def test_melding_zegt_haar_soort(self, soort: str) -> None:
        html = tekst(teken("{% melding s t %}", s=soort, t="<b>"))
        assert html.startswith({"success": "Gelukt", "warning": "Let op", "error": "Fout"}.get(soort, "Uitleg"))
        assert "&lt;b&gt;" in html

    def test_kruimelpad(self) -> None:
        html = teken('{% kruimelpad "Werk" "/werk/" "Hier" %}')
        assert '<a href="/werk/">Werk</a>' in html
        assert '<span aria-current="page">Hier</span>' in html

    def test_paginering_houdt_de_vraag_vast(self) -> None:
        pagina = Paginator(range(300), 10).page(4)
        html = teken("{% paginering p %}", "/adviezen/?q=loon&thema=a&thema=b&pagina=4", p=pagina)
        assert 'href="?q=loon&amp;thema=a&amp;thema=b&amp;pagina=5"' in html
        assert 'rel="prev"' in html
        assert '<span aria-current="page">' in html
        assert "…" in html

    def test_paginering_zonder_vraag_en_met_een_bladzijde(self) -> None:
        assert 'href="?pagina=2"' in teken("{% paginering p %}", p=Paginator(range(20), 10).page(1))
        assert teken("{% paginering p %}", p=Paginator([1], 10).page(1)).strip() == ""

    def test_voortgang_vraagt_alleen_zolang_het_loopt(self) -> None:
        assert 'hx-get="/pdf/1/"' in teken("{% voortgang 'p' 'Bezig' 140 '/pdf/1/' %}")
        assert 'value="100"' in teken("{% voortgang 'p' 'Bezig' 140 '/pdf/1/' %}")
        klaar = teken("{% voortgang 'p' 'Klaar' 100 '/pdf/1/' bezig=False klaar_url='/pdf/1.pdf' %}")
        assert "hx-get" not in klaar
        assert 'href="/pdf/1.pdf"' in klaar

    def test_bevestiging_en_lege_staat(self) -> None:
        assert "<li>één gevolg</li>" in teken("{% bevestiging 'Kop' 'één gevolg' %}")
        assert teken("{% bevestiging 'Kop' g %}", g=["a", "", "b"]).count("<li>") == 2
        assert "<ul>" not in teken("{% bevestiging 'Kop' %}")
        assert '<a href="/x/">Begin</a>' in teken("{% lege_staat 'Niets' 'Wie dan' '/x/' 'Begin' %}")
