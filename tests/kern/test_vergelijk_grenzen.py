"""De randen van het vergelijken: tabellen met samengevoegde cellen, teksten die niet passen, en heel lange teksten."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kern import verschil as module
from kern.blokken import munt
from kern.vergelijk import Vergelijking, pas_toe, teksten, vergelijk
from kern.vergelijk.beeld import beelden
from kern.verschil import verschil

CEL = st.tuples(st.sampled_from(["raad", "kabinet", "werk en loon", "5", ""]), st.integers(1, 3))
TABEL = st.lists(st.lists(CEL, min_size=1, max_size=4), min_size=1, max_size=4)


def tabel(rijen: list[list[tuple[str, int]]]) -> str:
    def cel(tekst: str, breed: int) -> str:
        return f'<td colspan="{breed}">{tekst}</td>' if breed > 1 else f"<td>{tekst}</td>"

    return "<table>" + "".join(f"<tr>{''.join(cel(*c) for c in rij)}</tr>" for rij in rijen) + "</table>"


@settings(max_examples=20, deadline=None)
@given(TABEL, TABEL)
def test_ook_bij_rijen_van_ongelijke_breedte_raakt_geen_cel_weg(
    een: list[list[tuple[str, int]]], ander: list[list[tuple[str, int]]]
) -> None:
    oud = munt(tabel(een))
    nieuw = munt(tabel(ander), oud)
    uitkomst = vergelijk(oud, nieuw)
    assert pas_toe(uitkomst, oud) == teksten(nieuw)
    assert list(beelden(uitkomst))


def test_een_cel_erbij_in_een_rij_onder_een_samengevoegde_kop_is_alleen_die_cel() -> None:
    kop = [("cijfers per jaar", 3)]
    oud = munt(tabel([kop, [("2024", 1), ("raad", 1), ("5", 1)]]))
    nieuw = munt(tabel([kop, [("2024", 1), ("CBS", 1), ("raad", 1), ("5", 1)]]), oud)
    (geheel,) = [v for v in vergelijk(oud, nieuw).regels() if v.soort == "gewijzigd"]
    assert [(c.soort, "".join(s.tekst for s in c.stukken)) for c in geheel.cellen] == [
        ("gelijk", "2024"),
        ("erbij", "CBS"),
        ("gelijk", "raad"),
        ("gelijk", "5"),
    ]


# --- het bewijs weigert wat niet klopt ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ander", "reden"),
    [
        ("<p>De raad vindt dit goed.</p>", "niet elk blok"),
        ("<p>De raad vindt dit goed.</p><p>Het kabinet ziet dat nu.</p><p>Los.</p>", "niet elk blok"),
        ("<p>De raad vindt iets anders.</p><p>Het kabinet ziet dat nu.</p>", "staat niet in de oude tekst"),
        ("<p>De raad vindt dit goed. En meer.</p><p>Het kabinet ziet dat nu.</p>", "overgeslagen"),
        ("<table><tr><td>De raad vindt dit goed.</td><td>x</td></tr></table><p>Het kabinet ziet dat nu.</p>", "cel"),
    ],
)
def test_een_vergelijking_past_alleen_op_haar_eigen_oude_tekst(ander: str, reden: str) -> None:
    oud = munt("<p>De raad vindt dit goed.</p><p>Het kabinet ziet dat nu.</p>")
    uitkomst: Vergelijking = vergelijk(
        oud, munt("<p>De raad vindt dit goed.</p><p>Het kabinet ziet dat later.</p>", oud)
    )
    assert pas_toe(uitkomst, oud)
    with pytest.raises(ValueError, match=reden):
        pas_toe(uitkomst, munt(ander))


def test_een_gesplitst_blok_mag_niets_overslaan() -> None:
    een, twee = "De raad vraagt aandacht voor kleine bedrijven.", "Het kabinet weegt dat tegen elkaar af in de wet."
    oud = munt(f"<p>{een} {twee}</p>")
    uitkomst = vergelijk(oud, munt(f"<p>{een}</p><p>{twee}</p>", oud))
    assert [r.deel for r in uitkomst.regels()] == [(1, 2), (2, 2)]
    assert pas_toe(uitkomst, oud) == [een, twee]
    with pytest.raises(ValueError, match="overgeslagen of dubbel gebruikt|niet in de oude tekst"):
        pas_toe(uitkomst, munt(f"<p>{een} Echt waar. {twee}</p>"))


# --- te lang om woord voor woord te zoeken ---------------------------------------------------------------------------

ZIN = st.lists(st.sampled_from(["raad", "wil", "loon", ".", "!", "1.000", "cao"]), max_size=14).map(" ".join)


@pytest.mark.parametrize("meeste", [0, 6, 30])
@given(ZIN, ZIN)
@settings(max_examples=40, deadline=None)
def test_per_zin_of_als_geheel_geeft_aan_elkaar_dezelfde_teksten(meeste: int, oud: str, nieuw: str) -> None:
    vroeger, module.MEESTE = module.MEESTE, meeste
    try:
        delen = verschil(oud, nieuw)
    finally:
        module.MEESTE = vroeger
    assert "".join(d.tekst for d in delen if d.soort != "erbij") == oud
    assert "".join(d.tekst for d in delen if d.soort != "eraf") == nieuw


def test_boven_de_grens_blijft_een_zin_die_gelijk_bleef_gelijk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MEESTE", 100)
    midden = "Deze lange zin over kleine bedrijven in de grensstreek blijft precies zoals zij was."
    oud = f"Eerst de raad met zijn oordeel erbij. {midden} Tot slot het kabinet zelf."
    nieuw = f"Vooraf iets nieuws. {midden} Als laatste de minister met een brief."
    delen = verschil(oud, nieuw)
    assert midden in next(d.tekst for d in delen if d.soort == "gelijk" and "grensstreek" in d.tekst)
    monkeypatch.setattr(module, "MEESTE", 2)  # ook te veel zinnen: alles tussen begin en eind is een wijziging
    assert [d.soort for d in verschil(oud, nieuw)] == ["eraf", "erbij", "gelijk"]
