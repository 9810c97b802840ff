"""De onderdelen doen ook aan hun randen wat zij beloven."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kern import beeld, svg
from kern import componenten_voorbeeld as voorbeeld
from kern.componenten import (
    AchtStappen,
    Beurt,
    Halfrond,
    Klok,
    Knop,
    Stap,
    Teruggang,
    Zetelplek,
)
from kern.tekort import Tekort
from tests.gezicht.hulp import teken, tekst

DAG = date(2026, 11, 20)


def over(dagen: int) -> date:
    """Geef de dag `dagen` na de vaste dag."""
    return DAG + timedelta(days=dagen)


class TestStappen:
    def test_openbaar_toont_geen_eigenaar_reden_of_dagen(self) -> None:
        weg = AchtStappen(
            [
                Stap(1, "Aangevraagd", "klaar", over(-9), "Geheim Persoon"),
                Stap(2, "Bij de raad", "nu", over(-3), "Geheim Persoon"),
            ],
            [Teruggang(2, 1, over(-5), "geheime reden")],
            openbaar=True,
            vandaag=DAG,
        )
        html = teken("{% acht_stappen w %}", w=weg)
        assert "Geheim" not in html
        assert "geheime" not in html
        assert "3 dagen" not in html
        assert "stappen-lus" not in html
        assert "sinds di 17 november 2026" in html

    def test_binnen_toont_eigenaar_dagen_en_reden(self) -> None:
        html = teken("{% acht_stappen w %}", w=voorbeeld.stappen(6))
        assert 'aria-current="step"' in html
        assert "Secretaris 2 (voorbeeld)" in html
        assert "12 dagen" in html
        assert "Terug van stap 4 naar 3 op za 3 oktober 2026: de rekenbijlage klopte niet" in tekst(html)
        assert html.count('class="stappen-lus"') == 2

    def test_een_dag_en_vandaag(self) -> None:
        for dagen, woord in ((1, "1 dag"), (0, "")):
            weg = AchtStappen([Stap(1, "Aanvraag", "nu", over(-dagen))], vandaag=DAG)
            regels = beeld.van_stappen(weg)["haltes"][0]["regels"]
            assert regels[1:] == ([woord] if woord else [])

    def test_teruggang_naar_onbekende_stap_tekent_geen_lus_maar_zegt_het_wel(self) -> None:
        weg = AchtStappen([Stap(1, "Aanvraag", "nu")], [Teruggang(9, 8, DAG, "oud")], vandaag=DAG)
        html = teken("{% acht_stappen w %}", w=weg)
        assert "stappen-lus" not in html
        assert "oud" in html

    def test_overgeslagen_en_verwacht(self) -> None:
        weg = AchtStappen(
            [Stap(1, "A", "overgeslagen", DAG), Stap(2, "B", verwacht="verwacht in mei")],
            slot="Ingetrokken",
            vandaag=DAG,
        )
        html = tekst(teken("{% acht_stappen w %}", w=weg))
        assert "overgeslagen" in html
        assert "verwacht in mei" in html
        assert html.endswith("Ingetrokken")

    def test_lange_samenstelling_breekt_netjes_af(self) -> None:
        assert beeld.breekbaar("Achterbanberaad") == "Achterban\u00adberaad"
        assert beeld.breekbaar("Beraad") == "Beraad"


class TestKlok:
    @pytest.mark.parametrize(
        ("klok", "toestand", "zin"),
        [
            (Klok("k", over(92), DAG, vandaag=DAG), "ruim", "nog 92 dagen"),
            (Klok("k", over(8), DAG, vandaag=DAG), "ruim", "nog 8 dagen"),
            (Klok("k", over(7), DAG, vandaag=DAG), "kort", "nog 7 dagen"),
            (Klok("k", DAG, over(-9), vandaag=DAG), "kort", "vandaag"),
            (Klok("k", over(-1), over(-9), vandaag=DAG), "over", "sinds 1 dag verstreken"),
            (
                Klok("k", over(-1), vandaag=DAG, verstreken_zin="nog geen reactie ontvangen"),
                "over",
                "nog geen reactie ontvangen",
            ),
            (
                Klok("k", DAG, status="voldaan", voldaan_op=DAG, vandaag=DAG),
                "voldaan",
                "voldaan op vr 20 november 2026",
            ),
            (
                Klok("k", over(-1), status="voldaan", voldaan_op=DAG, vandaag=DAG),
                "laat",
                "voldaan op vr 20 november 2026, 1 dag na de datum",
            ),
            (
                Klok("k", over(-2), status="voldaan", voldaan_op=DAG, vandaag=DAG),
                "laat",
                "voldaan op vr 20 november 2026, 2 dagen na de datum",
            ),
            (Klok("k", over(3), status="voldaan", vandaag=DAG), "voldaan", "voldaan"),
            (
                Klok("k", None, status="voldaan", voldaan_op=DAG, vandaag=DAG),
                "voldaan",
                "voldaan op vr 20 november 2026",
            ),
            (Klok("k", over(-9), status="gepauzeerd", vandaag=DAG), "gepauzeerd", "staat stil"),
            (Klok("k", over(-9), status="vervallen", vandaag=DAG), "vervallen", "vervallen"),
            (Klok("k", None, vandaag=DAG), "onbekend", "Niet bekend"),
            (Klok("k", over(-9), status="onbekend", vandaag=DAG), "onbekend", "Niet bekend"),
        ],
    )
    def test_toestand_en_zin(self, klok: Klok, toestand: str, zin: str) -> None:
        assert (klok.toestand, klok.zin) == (toestand, zin)
        assert zin in tekst(teken("{% klok k %}", k=klok))

    def test_onbekend_is_nooit_te_laat(self) -> None:
        html = teken("{% klok k %}", k=Klok("Kabinetsreactie", over(-900), over(-990), status="onbekend", vandaag=DAG))
        assert "klok-over" not in html
        assert "verstreken" not in html
        assert "klok-balk" not in html

    def test_balk(self) -> None:
        assert Klok("k", over(10), over(-10), vandaag=DAG).balk == (50, 100)
        assert Klok("k", over(-10), over(-20), vandaag=DAG).balk == (100, 50)
        assert Klok("k", DAG, DAG, vandaag=DAG).balk == (0, 100)
        assert Klok("k", over(10), over(5), vandaag=DAG).balk == (0, 100)
        assert Klok("k", over(10), vandaag=DAG).balk is None
        stil = Klok("k", over(-10), over(-20), status="gepauzeerd", stil_sinds=over(-15), vandaag=DAG)
        assert stil.balk == (50, 100), "wie stilstaat, is niet over de dag heen"
        html = teken("{% klok k %}", k=Klok("k", over(-10), over(-20), vandaag=DAG))
        assert '<rect class="klok-over" x="100" y="2" width="100"' in html
        assert "<span>vandaag</span>" in html, "het eind van de balk is niet de vervaldag"
        laat = teken("{% klok k %}", k=Klok("k", over(-10), over(-20), "begin", "voldaan", over(-2), vandaag=DAG))
        assert f'<time datetime="{over(-2).isoformat()}">' in laat
        assert "vandaag" not in laat
        assert "vandaag" not in teken("{% klok k %}", k=Klok("k", over(5), over(-20), vandaag=DAG))

    def test_waarom_opent_de_rekening(self) -> None:
        html = teken("{% klok k %}", k=Klok("k", DAG, waarom=["3 maanden na", "vr 20 november 2026"], vandaag=DAG))
        assert "<summary>Waarom deze datum</summary>" in html
        assert html.count("<li>") == 2
        assert "uiterlijk" in html


class TestBeurt:
    def test_tekorten_zetten_de_knop_uit_en_wijzen_de_weg(self) -> None:
        html = teken("{% beurt b %}", b=voorbeeld.beurten()[0])
        assert "disabled>Sluit achterbanberaad</button>" in html
        assert html.count("<li>") == 2
        assert "Nog nodig voor “Sluit achterbanberaad”:" in html

    def test_tekort_zonder_link_of_knop(self) -> None:
        html = teken("{% beurt b %}", b=Beurt("DB", "Besluit", tekorten=[Tekort("geen quorum")]))
        assert "Nog nodig:" in html
        assert "<li>geen quorum</li>" in html
        assert "<button" not in html

    def test_post_knop_is_een_formulier_met_token(self) -> None:
        knop = Knop("Stel vast", "/x/", post=True, velden={"rijversie": "7"}, soort="hoofd")
        html = teken("{% beurt b %}", b=Beurt("raad", "Stel vast", knop=knop, bent_u=True), csrf_token="geheim")
        assert '<form method="post" action="/x/">' in html
        assert 'name="csrfmiddlewaretoken" value="geheim"' in html
        assert '<input type="hidden" name="rijversie" value="7">' in html
        assert "utrecht-button--primary-action" in html
        assert "U bent aan zet" in html

    @pytest.mark.parametrize(
        ("dagen", "zin"),
        [(None, ""), (0, "sinds vandaag"), (1, "sinds gisteren"), (12, "sinds zo 8 november 2026, 12 dagen")],
    )
    def test_sinds(self, dagen: int | None, zin: str) -> None:
        sinds = None if dagen is None else over(-dagen)
        assert Beurt("x", "y", sinds, vandaag=DAG).sinds_zin == zin

    @pytest.mark.parametrize(
        ("soort", "post", "klasse"),
        [
            ("gewoon", False, "utrecht-button-link"),
            ("licht", True, "utrecht-button utrecht-button--subtle"),
            ("gevaar", True, "utrecht-button knop-gevaar"),
            ("hoofd", False, "utrecht-button-link utrecht-button-link--primary-action"),
        ],
    )
    def test_klasse_van_een_knop(self, soort: str, post: bool, klasse: str) -> None:
        assert Knop("x", "/", post, soort=soort).klasse == klasse


class TestHalfrond:
    def test_elke_zetel_is_te_bereiken_en_heeft_een_naam(self) -> None:
        html = teken("{% halfrond h %}", h=voorbeeld.halfronden()[0])
        namen = re.findall(r'<a class="zetel[^>]*href="#raad-zetel-(\d+)" aria-label="([^"]+)"', html)
        assert sorted(int(n) for n, _ in namen) == list(range(1, 37))
        assert len({naam for _, naam in namen}) == 36
        rijen = {int(n) for n in re.findall(r'<tr id="raad-zetel-(\d+)">', html)}
        assert rijen == set(range(1, 37))
        assert "Zetel 7, Niet bezet, VNO-NCW (voorbeeld), niet bezet" in html
        assert "Naam niet bekend" in html
        assert "omlijnd: niet bezet" in html

    def test_standpunten_staan_ook_in_de_tabel(self) -> None:
        html = teken("{% halfrond h %}", h=voorbeeld.halfronden()[2])
        assert html.count("<td>2. voor een landelijke lijst</td>") == 12
        assert '<li value="3">eerst een proef</li>' in html
        kaal = Zetelplek(1, "werknemers", "FNV", "x", standpunt=4, toelichting="schriftelijk")
        assert "4. standpunt; schriftelijk" in teken("{% halfrond h %}", h=Halfrond([kaal]))

    def test_gewone_stand_toont_geen_kolom_stand(self) -> None:
        html = teken("{% halfrond h True %}", h=Halfrond([Zetelplek(1, "kroonleden", "", "Lid 1", url="/raad/lid-1/")]))
        assert '<th scope="col">Stand</th>' not in html
        assert 'href="/raad/lid-1/"' in html
        assert "<details" in html
        assert " open>" in html

    def test_legenda_telt_op_tot_het_geheel(self) -> None:
        plekken = [Zetelplek(n, "kroonleden", "DNB" if n == 1 else "", f"Lid {n}") for n in (1, 2, 3)]
        groep = beeld.van_halfrond(Halfrond(plekken))["groepen"][0]
        assert groep["organisaties"] == [("DNB", 1), ("overige", 2)]

    def test_leeg_halfrond(self) -> None:
        html = teken("{% halfrond h %}", h=Halfrond([]))
        assert "0 zetels" in html

    def test_geledingen_staan_links_midden_rechts(self) -> None:
        groepen = svg.halfrond([12, 12, 12])
        randen = [(min(p.hoek for p in g), max(p.hoek for p in g)) for g in groepen]
        assert randen[0][1] < randen[1][0] < randen[1][1] < randen[2][0]
        assert [sum(p.rij == r for g in groepen for p in g) for r in (0, 1, 2)] == [9, 12, 15]

    @given(st.lists(st.integers(0, 25), min_size=3, max_size=3))
    def test_iedereen_krijgt_een_eigen_plaats(self, aantallen: list[int]) -> None:
        groepen = svg.halfrond(aantallen)
        assert [len(g) for g in groepen] == aantallen
        plaatsen = [(round(p.x, 3), round(p.y, 3)) for g in groepen for p in g]
        assert len(set(plaatsen)) == sum(aantallen)
        assert all(0 <= x <= 640 and 0 <= y <= 334 for x, y in plaatsen)

    def test_doelen_overlappen_niet(self) -> None:
        plaatsen = [p for g in svg.halfrond([12, 12, 12]) for p in g]
        kleinste = min(
            ((a.x - b.x) ** 2 + (a.y - b.y) ** 2) ** 0.5 for i, a in enumerate(plaatsen) for b in plaatsen[i + 1 :]
        )
        assert kleinste * 328 / 640 >= 24, "op 360 px breed moet elk doel 24 px hebben (WCAG 2.5.8)"


class TestSvg:
    @given(st.integers(0, 200), st.lists(st.floats(0.1, 1000), min_size=1, max_size=8))
    def test_verdeel_geeft_alles_uit(self, aantal: int, gewichten: list[float]) -> None:
        delen = svg.verdeel(aantal, gewichten)
        assert sum(delen) == aantal
        assert min(delen) >= 0

    def test_verdeel_zonder_gewicht(self) -> None:
        assert svg.verdeel(5, [0, 0]) == [0, 0]

    def test_vormen_verschillen(self) -> None:
        assert len({svg.vorm(g, 8, 8, 6) for g in (*svg.GELEDINGEN, "iets anders")}) == 4

    def test_lus_wijst_naar_links_en_naar_rechts(self) -> None:
        assert "H58" in svg.lus(150, 50, 20)
        assert "H142" in svg.lus(50, 150, 20)

    def test_onbekend_teken_geeft_een_streepje(self) -> None:
        assert svg.TEKENS["leeg"][0] in teken('{% teken "bestaat-niet" %}')
