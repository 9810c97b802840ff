"""Woorden in de HTML aanwijzen en vervangen: de rest van de tekst verandert niet."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kern.blokken import blokken, munt
from kern.html import schoon
from kern.markeer import Merk, Vervangfout, markeer, vervang

HTML = munt(
    "<h2>Kop</h2><p>De  raad <strong>adviseert</strong> het\n kabinet, met één loket"
    '<sup><a class="voetnoot" href="#voetnoot-1" id="voetnootref-1">1</a></sup> voor vragen.</p>'
    "<table><tbody><tr><td>a</td><td>b c</td></tr></tbody></table>"
    "<ul><li>een twee<ul><li>diep</li></ul></li></ul><p>regel<br>einde</p>"
    '<ol class="voetnoten"><li class="voetnoot" id="voetnoot-1">De noot.</li></ol>'
)
BLOKKEN = {b.tekst[:8]: b for b in blokken(HTML)}
ALINEA = next(b for b in blokken(HTML) if b.soort == "p")


def merk(begin, einde, anker="1"):
    return Merk(begin, einde, anker, f"#opmerking-{anker}", f"opmerking {anker}", int(anker))


def gemerkt(html, anker="1"):
    """De gemerkte woorden aan elkaar, en de tekst zonder markeringen."""
    stukken = re.findall(rf'<mark class="aanhaling" data-opmerking="[^"]*\b{anker}\b[^"]*">([^<]*)</mark>', html)
    return "".join(stukken)


def kaal(html):
    return re.sub(r'<a class="aanhaling-wijzer"[^>]*></a>|</?mark[^>]*>', "", html)


def test_een_aanhaling_over_opmaak_heen_met_een_wijzer_erachter():
    begin = ALINEA.tekst.index("raad adviseert het")
    uit = markeer(HTML, {ALINEA.id: [merk(begin, begin + 18)]})
    assert gemerkt(uit) == "raad adviseert het"
    assert uit.count('id="aanhaling-1"') == 1
    assert [b.tekst for b in blokken(kaal(uit))] == [b.tekst for b in blokken(HTML)]
    assert 'aria-label="opmerking 1"' in uit


def test_overlappende_aanhalingen_houden_elk_hun_woorden():
    uit = markeer(HTML, {ALINEA.id: [merk(3, 17, "1"), merk(8, 25, "2")]})
    assert gemerkt(uit, "1") == ALINEA.tekst[3:17]
    assert gemerkt(uit, "2") == ALINEA.tekst[8:25]


def test_een_lijstpunt_zonder_wat_eronder_hangt_en_een_rij_per_cel():
    punt, rij = BLOKKEN["een twee"], BLOKKEN["a | b c"]
    uit = markeer(HTML, {punt.id: [merk(4, 8)], rij.id: [merk(0, len(rij.tekst), "2")]})
    assert gemerkt(uit, "1") == "twee"
    assert gemerkt(uit, "2") == "ab c"


def test_zonder_merken_en_met_een_onbekend_blok_blijft_de_tekst():
    assert markeer(HTML, {}) == HTML
    assert [b.tekst for b in blokken(markeer(HTML, {"bbestaatniet": [merk(0, 1)]}))] == [b.tekst for b in blokken(HTML)]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(blokken(HTML)), st.lists(st.tuples(st.integers(0, 70), st.integers(1, 70)), max_size=5))
def test_aanwijzen_verandert_geen_letter(blok, bereiken):
    merken = [merk(b, b + n, str(i)) for i, (b, n) in enumerate(bereiken, start=1)]
    uit = markeer(HTML, {blok.id: merken})
    assert [(b.id, b.tekst) for b in blokken(kaal(uit))] == [(b.id, b.tekst) for b in blokken(HTML)]
    for m in merken:
        wil = blok.tekst[m.begin : m.einde]
        assert gemerkt(uit, m.anker).replace(" ", "") == re.sub(r"[\s|]" if blok.soort == "tr" else r"\s", "", wil)


def vers(html):
    return {b.id: b.tekst for b in blokken(html)}


def test_vervangen_houdt_opmaak_en_voetnoot():
    nieuw = ALINEA.tekst.replace("het kabinet", "de regering").replace("voor vragen", "voor alle vragen")
    uit = vervang(HTML, ALINEA.id, 0, len(ALINEA.tekst), nieuw)
    assert vers(uit)[ALINEA.id] == nieuw
    assert "<strong>adviseert</strong>" in uit
    assert 'id="voetnootref-1"' in uit
    assert {k: v for k, v in vers(uit).items() if k != ALINEA.id} == {
        k: v for k, v in vers(HTML).items() if k != ALINEA.id
    }


def test_een_stuk_vervangen_of_invoegen():
    begin = ALINEA.tekst.index("adviseert het")
    assert (
        "adviseert nu het kabinet" in vers(vervang(HTML, ALINEA.id, begin, begin + 13, "adviseert nu het"))[ALINEA.id]
    )
    weg = vervang(HTML, ALINEA.id, begin, begin + 13, "vraagt")
    assert vers(weg)[ALINEA.id].startswith("De raad vraagt kabinet")


@pytest.mark.parametrize(
    ("blok", "nieuw", "reden"),
    [
        (ALINEA.id, "De raad adviseert het kabinet, met één loket voor vragen.", "voetnoot"),
        (BLOKKEN["a | b c"].id, "iets anders", "cel"),
        (BLOKKEN["regel\nei"].id, "iets geheel anders", "regeleinde"),
        ("bbestaatniet", "x", "niet meer"),
    ],
)
def test_wat_niet_veilig_vervangen_kan_wordt_geweigerd(blok, nieuw, reden):
    tekst = vers(HTML).get(blok, "")
    with pytest.raises(Vervangfout, match=reden):
        vervang(HTML, blok, 0, len(tekst), nieuw)


ZINNEN = st.lists(
    st.sampled_from(["de", "raad", "wil", "één", "loket,", "geen", "<b>", "&", "twee."]), min_size=1, max_size=9
)


@settings(max_examples=200, deadline=None)
@given(ZINNEN, ZINNEN)
def test_vervangen_geeft_precies_de_nieuwe_woorden(oud, nieuw):
    from html import escape

    midden = len(oud) // 2
    bron = f"<p>{escape(' '.join(oud[:midden]))} <em>{escape(' '.join(oud[midden:]))}</em></p>"
    html = munt(schoon(bron))
    blok = blokken(html)[0]
    uit = vervang(html, blok.id, 0, len(blok.tekst), " ".join(nieuw))
    assert " ".join(vers(uit)[blok.id].split()) == " ".join(nieuw)
    assert schoon(uit) == uit


CEL = munt("<table><tr><td><p>Eerste zin.</p><p>Tweede zin.</p></td><td>rest</td></tr></table>")


def test_woorden_in_een_cel_met_alineas_zijn_aan_te_wijzen_en_te_vervangen():
    """Zo komt een cel uit Word; zonder dit staat een opmerking daar nooit bij haar woorden."""
    (blok,) = blokken(CEL)
    assert blok.tekst == "Eerste zin. Tweede zin. | rest"
    assert gemerkt(markeer(CEL, {blok.id: [merk(12, 18)]})) == "Tweede"
    assert gemerkt(markeer(CEL, {blok.id: [merk(0, len(blok.tekst))]})) == "Eerste zin.Tweede zin.rest"
    assert "<p>Andere zin.</p>" in vervang(CEL, blok.id, 12, 18, "Andere")
    with pytest.raises(Vervangfout, match="regeleinde"):
        vervang(CEL, blok.id, 0, 23, "Samen één.")


def test_een_punt_over_een_lijst_in_een_cel_blijft_ongemerkt_en_wordt_niet_vervangen():
    html = munt("<table><tr><td>kop<ul><li>punt</li></ul></td></tr></table>")
    (blok,) = blokken(html)
    assert gemerkt(markeer(html, {blok.id: [merk(0, 3)]})) == ""
    with pytest.raises(Vervangfout, match="te ingewikkeld"):
        vervang(html, blok.id, 0, 3, "begin")


def test_een_leeg_lijstpunt_slokt_niet_op_wat_erna_komt():
    html = munt("<ul><li></li>los<li>punt</li></ul><p>Een alinea.</p>")
    uit = vervang(html, blokken(html)[-1].id, 0, 3, "Een andere")
    assert [(b.id, b.tekst) for b in blokken(uit)][:-1] == [(b.id, b.tekst) for b in blokken(html)][:-1]
    assert "<li data-blok=" in uit
    assert schoon(uit) == uit


def test_invoegen_komt_achter_het_vorige_woord_en_niet_in_een_voetnoot_of_cel():
    begin = vervang(HTML, ALINEA.id, 0, 2, "Dat de")
    assert vers(begin)[ALINEA.id].startswith("Dat de raad")
    rij = BLOKKEN["a | b c"]
    plek = rij.tekst.index("|")
    with pytest.raises(Vervangfout, match="celgrens"):
        vervang(HTML, rij.id, plek, plek, "x")
