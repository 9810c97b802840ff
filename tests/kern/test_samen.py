"""Twee bewerkingen samenvoegen: alles van beiden, of een botsing; nooit een zin die niemand schreef."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kern.blokken import blokken, munt
from kern.vergelijk import voeg_samen

BASIS = [f"Alinea {n} gaat over onderwerp {n} en niets anders." for n in range(6)]


def tekst(alineas: list[str], vorige: str | None = None) -> str:
    return munt("".join(f"<p>{a}</p>" for a in alineas), vorige)


def bewerkt(data: st.DataObject, wie: str, plaatsen: list[int]) -> dict[int, str]:
    """Kies per plaats: wijzigen, schrappen of iets erachter zetten."""
    return {p: data.draw(st.sampled_from(["wijzig", "weg", "erbij"]), label=f"{wie}{p}") for p in plaatsen}


def pas_toe(daden: dict[int, str], wie: str, alineas: list[str]) -> list[str]:
    uit: list[str] = []
    for p, alinea in enumerate(alineas):
        daad = daden.get(p)
        uit += [] if daad == "weg" else [f"{alinea} Zegt {wie}." if daad == "wijzig" else alinea]
        uit += [f"Achter “{alinea}” voegt {wie} iets toe."] if daad == "erbij" else []
    return uit


@settings(max_examples=80, deadline=None)
@given(st.data(), st.lists(st.integers(0, 5), unique=True, max_size=3))
def test_wie_elkaar_niet_raakt_krijgt_beider_werk(data: st.DataObject, van_een: list[int]) -> None:
    """Het orakel past beide bewerkingen gewoon na elkaar toe; tussen twee bewerkte plaatsen blijft er een staan."""
    verboden = {p + d for p in van_een for d in (-1, 0, 1)}
    vrij = [p for p in range(6) if p not in verboden]
    van_ander = data.draw(st.lists(st.sampled_from(vrij), unique=True, max_size=2)) if vrij else []
    een, ander = bewerkt(data, "een", van_een), bewerkt(data, "ander", van_ander)
    basis = tekst(BASIS)
    hunne, mijne = (tekst(pas_toe(d, wie, BASIS), basis) for d, wie in ((een, "een"), (ander, "ander")))
    uit = voeg_samen(basis, hunne, mijne)
    assert uit.botsingen == ()
    verwacht: list[str] = []
    for p, alinea in enumerate(BASIS):
        verwacht += pas_toe({0: een[p]} if p in een else {}, "een", [alinea]) if p not in ander else []
        verwacht += pas_toe({0: ander[p]}, "ander", [alinea]) if p in ander else []
    assert [b.tekst for b in blokken(uit.html)] == verwacht


def test_dezelfde_alinea_is_een_botsing_en_een_buur_niet() -> None:
    basis = tekst(BASIS)
    hunne = tekst([*BASIS[:2], "Hun tweede.", *BASIS[3:]], basis)
    uit = voeg_samen(basis, hunne, tekst([*BASIS[:2], "Mijn tweede.", *BASIS[3:]], basis))
    assert [(b.hunne, b.mijne) for b in uit.botsingen] == [("Hun tweede.", "Mijn tweede.")]
    buur = voeg_samen(basis, hunne, tekst([*BASIS[:3], "Mijn derde.", *BASIS[4:]], basis))
    assert buur.botsingen == ()
    assert [b.tekst for b in blokken(buur.html)] == [*BASIS[:2], "Hun tweede.", "Mijn derde.", *BASIS[4:]]


def test_dezelfde_wijziging_van_beiden_staat_er_een_keer_en_schrappen_tegen_wijzigen_botst() -> None:
    basis = tekst(BASIS)
    zelfde = tekst(["Samen bedacht.", *BASIS[1:]], basis)
    assert voeg_samen(basis, zelfde, zelfde).html == zelfde
    weg = voeg_samen(basis, tekst(BASIS[1:], basis), tekst(["Anders.", *BASIS[1:]], basis))
    assert [(b.hunne, b.mijne) for b in weg.botsingen] == [("", "Anders.")]


def test_een_lijst_een_tabel_en_de_noten_zijn_elk_een_geheel() -> None:
    html = "<p>Vooraf.</p><ul><li>a</li><li>b</li></ul><table><tr><td>1</td></tr></table>"
    basis = munt(html)
    hunne = munt(html.replace("<li>b</li>", "<li>b2</li>"), basis)
    mijne = munt(html.replace("<td>1</td>", "<td>2</td>").replace("<li>a</li>", "<li><p>a</p></li>"), basis)
    uit = voeg_samen(basis, hunne, mijne)
    assert uit.botsingen == ()
    assert [b.tekst for b in blokken(uit.html)] == ["Vooraf.", "a", "b2", "2"]
    assert len(voeg_samen(basis, hunne, munt(html.replace("<li>a</li>", "<li>a2</li>"), basis)).botsingen) == 1
