"""Blok-ids blijven bij hun tekst, wat er ook omheen gebeurt."""

from html import escape

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kern.blokken import Blok, blokken, inhoud_hash, munt, nummers
from kern.html import platte_tekst, schoon
from tests.kern.test_html import stukje as STUKJE

SOORTEN = st.sampled_from(["p", "h2", "h3", "li", "tr"])
TEKST = st.text(alphabet="abcdefghij ", min_size=3, max_size=40).filter(lambda t: len(t.strip()) > 2)
STUK = st.tuples(SOORTEN, TEKST)


def html_van(stukken: list[tuple[str, str]]) -> str:
    vorm = {"li": "<ul><li>{}</li></ul>", "tr": "<table><tr><td>{}</td></tr></table>"}
    return "".join(vorm.get(soort, f"<{soort}>{{}}</{soort}>").format(escape(tekst)) for soort, tekst in stukken)


def ids(html: str) -> dict[str, str]:
    return {blok.tekst: blok.id for blok in blokken(html)}


@settings(max_examples=150, deadline=None)
@given(st.lists(STUK, max_size=12))
def test_elk_blok_heeft_een_eigen_id_en_munten_is_vast(stukken: list[tuple[str, str]]) -> None:
    gemunt = munt(html_van(stukken))
    alle = [blok.id for blok in blokken(gemunt)]
    assert len(alle) == len(set(alle)) == len(stukken)
    assert all(alle)
    assert munt(gemunt) == gemunt
    assert munt(gemunt, gemunt) == gemunt
    assert munt(html_van(stukken), gemunt) == gemunt
    assert schoon(gemunt) == gemunt
    assert munt(html_van(stukken)) == gemunt


@settings(max_examples=200, deadline=None)
@given(st.lists(STUK, min_size=1, max_size=10, unique_by=lambda s: " ".join(s[1].split())), st.data())
def test_wat_gelijk_blijft_houdt_zijn_id_bij_invoegen_weghalen_en_verplaatsen(
    stukken: list[tuple[str, str]], data: st.DataObject
) -> None:
    gemunt = munt(html_van(stukken))
    voor = ids(gemunt)
    blijft = data.draw(st.permutations(data.draw(st.lists(st.sampled_from(stukken), unique=True, min_size=1))))
    erbij = data.draw(st.lists(st.tuples(SOORTEN, TEKST.map(lambda t: f"nieuw {t}")), max_size=5))
    volgende = list(blijft)
    for stuk in erbij:
        volgende.insert(data.draw(st.integers(0, len(volgende))), stuk)
    assume(not {" ".join(s[1].split()) for s in erbij} & {" ".join(s[1].split()) for s in stukken})
    na_html = munt(html_van(volgende), gemunt)
    na = [(blok.tekst, blok.id) for blok in blokken(na_html)]
    for _, tekst in blijft:
        kaal = " ".join(tekst.split())
        assert voor[kaal] in [id_ for t, id_ in na if t == kaal]
    assert len({id_ for _, id_ in na}) == len(na)


def test_een_gewijzigde_alinea_houdt_haar_id_en_een_nieuwe_krijgt_een_nieuw() -> None:
    een = munt(
        "<h2>Inleiding</h2><p>De raad adviseert het kabinet om de ontwikkeling van werkenden te ondersteunen.</p>"
        "<p>Slot.</p>"
    )
    twee = munt(
        "<h2>Inleiding</h2><p>Geheel andere woorden vooraf.</p>"
        "<p>De raad adviseert het kabinet dringend om de ontwikkeling van alle werkenden te ondersteunen.</p>"
        "<p>Slot.</p>",
        een,
    )
    oud, nieuw = blokken(een), blokken(twee)
    assert [nieuw[0].id, nieuw[2].id, nieuw[3].id] == [blok.id for blok in oud]
    assert nieuw[1].id not in {blok.id for blok in oud}


def test_een_gesplitste_alinea_houdt_het_id_op_het_langste_deel() -> None:
    lang = "De raad vindt dat werkgevers en werknemers samen verantwoordelijk zijn voor scholing tijdens de loopbaan."
    kort = "Het kabinet draagt daaraan bij met een regeling."
    een = munt(f"<p>{lang} {kort}</p>")
    twee = blokken(munt(f"<p>{lang}</p><p>{kort}</p>", een))
    assert twee[0].id == blokken(een)[0].id != twee[1].id


def test_een_korte_kop_met_een_kleine_wijziging_houdt_zijn_id() -> None:
    een = munt("<h2>Conclusie</h2><p>Eerste tekst hier.</p>")
    twee = munt("<h2>Conclusies</h2><p>Eerste tekst hier.</p>", een)
    assert [b.id for b in blokken(een)] == [b.id for b in blokken(twee)]


def test_een_id_van_een_verdwenen_blok_krijgt_nooit_een_ander_blok() -> None:
    een = munt("<p>aap noot mies</p>")
    twee = munt("<p>wim zus jet</p>", een)
    assert blokken(een)[0].id != blokken(twee)[0].id


def test_gelijke_alineas_houden_hun_volgorde() -> None:
    een = munt("<p>a b c</p><p>zelfde</p><p>d e f</p><p>zelfde</p>")
    eerste, tweede = [b.id for b in blokken(een) if b.tekst == "zelfde"]
    assert eerste != tweede
    zonder = blokken(munt("<p>a b c</p><p>d e f</p><p>zelfde</p>", een))
    assert [b.id for b in zonder if b.tekst == "zelfde"] == [tweede]


def test_een_verzonnen_of_dubbel_id_wordt_vervangen() -> None:
    uit = munt('<p data-blok="b12345">a</p><p data-blok="b12345">b</p><td data-blok="b99999">x</td>')
    alle = [blok.id for blok in blokken(uit)]
    assert alle[0] == "b12345"
    assert len(set(alle)) == len(alle)
    assert uit.count("data-blok") == len(alle)


def test_geneste_lijsten_voetnoten_en_losse_tekst_zijn_alle_aan_te_wijzen() -> None:
    html = (
        "los<ul><li><p>een</p><ol><li>een-a</li></ol></li></ul><blockquote>citaat</blockquote>"
        "<table><caption>T</caption><tr><th>k</th><td><p>w</p></td></tr></table>"
        '<figure><img src="/x" alt="g"><figcaption>f'
        '</figcaption></figure><ol class="voetnoten"><li class="voetnoot" id="voetnoot-1"><p>noot</p></li></ol>slot'
    )
    lijst = blokken(munt(html))
    assert [(b.soort, b.tekst) for b in lijst] == [
        ("p", "los"),
        ("li", "een"),
        ("li", "een-a"),
        ("p", "citaat"),
        ("caption", "T"),
        ("tr", "k | w"),
        ("figure", "f"),
        ("voetnoot", "noot"),
        ("p", "slot"),
    ]
    assert lijst[1].html.startswith("<li ")
    assert "een-a" in lijst[1].html
    genummerd = nummers(munt(html))
    assert [genummerd.get(b.id) for b in lijst] == [1, 2, 3, 4, None, None, None, None, 5]


@settings(max_examples=100, deadline=None)
@given(st.lists(STUK, max_size=8))
def test_alle_tekst_zit_in_een_blok(stukken: list[tuple[str, str]]) -> None:
    gemunt = munt(html_van(stukken))
    assert "\n".join(blok.tekst for blok in blokken(gemunt)).split() == platte_tekst(gemunt).split()


def _kijk_na(html: str) -> None:
    gemunt = munt(html)
    assert schoon(gemunt) == gemunt
    assert munt(gemunt) == gemunt == munt(gemunt, gemunt)
    alle = [blok.id for blok in blokken(gemunt)]
    assert all(alle)
    assert len(alle) == len(set(alle))
    in_blokken = sorted("".join(blok.tekst for blok in blokken(gemunt)).replace("|", ""))
    assert [t for t in in_blokken if not t.isspace()] == [
        t for t in sorted(platte_tekst(gemunt).replace("|", "")) if not t.isspace()
    ]


@settings(max_examples=250, deadline=None)
@given(st.lists(STUKJE, max_size=12).map("".join))
def test_ook_uit_rommel_komt_een_vaste_geheel_aanwijsbare_tekst(html: str) -> None:
    _kijk_na(html)


@pytest.mark.parametrize(
    "html", ["<sup src=/x></p></br><font></li>", "<figcaption>-->", "<ul>los in een lijst</ul>", "<td>los", ""]
)
def test_rommel_die_ooit_misging(html: str) -> None:
    _kijk_na(html)


def test_de_hash_ziet_tekst_en_opmaak_maar_geen_ids_of_wit() -> None:
    html = "<p>Een  <strong>tekst</strong></p>"
    assert inhoud_hash(html) == inhoud_hash(munt(html)) == inhoud_hash("<p>Een\n<b>tekst</b></p>")
    assert inhoud_hash(html) != inhoud_hash("<p>Een tekst</p>")


def test_niet_gemunte_html_geeft_blokken_zonder_id() -> None:
    assert blokken("<p>a</p></div>") == [Blok("", "p", "a", "<p>a</p>")]


def test_een_lang_stuk_met_overal_een_wijziging_houdt_alle_ids() -> None:
    zinnen = [
        f"Alinea {i} gaat over onderwerp{i} en maatregel{i} met gevolgen{i} voor regio{i} en sector{i}."
        for i in range(300)
    ]
    een = munt("".join(f"<p>{zin}</p>" for zin in zinnen))
    twee = munt("".join(f"<p>{zin.replace('gevolgen', 'uitkomsten')}</p>" for zin in zinnen), een)
    assert [b.id for b in blokken(een)] == [b.id for b in blokken(twee)]


def test_wie_de_lijst_van_blokken_wijzigt_raakt_niet_die_van_een_ander() -> None:
    html = munt("<p>Een.</p><p>Twee.</p>", "")
    blokken(html).clear()
    assert [b.tekst for b in blokken(html)] == ["Een.", "Twee."]
