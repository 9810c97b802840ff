"""Vergelijken: wat eruit komt klopt met beide teksten, en leest zoals een jurist het verwacht."""

import re
from html import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from kern.blokken import blokken, munt
from kern.html import platte_tekst
from kern.vergelijk import Regel, Tabel, Vergelijking, pas_toe, teksten, vergelijk
from kern.vergelijk.beeld import beelden, samenvatting

WOORDEN = ["raad", "adviseert", "kabinet", "scholing", "werk", "1.000", "dringend", "niet", "loon", "cao", "&", "<5"]
ZIN = st.lists(st.sampled_from(WOORDEN), min_size=1, max_size=9)
SOORT = st.sampled_from(["p", "h2", "h3", "li", "tr", "vet", "noot", "citaat"])
BLOK = st.tuples(SOORT, ZIN)
OM = {"tr": "table", "li": "ul"}
NOOTVERWIJZING = re.compile(r'<sup><a class="voetnoot"[^>]*>\d+</a></sup>')


def html_van(blokken_: list[tuple[str, list[str]]]) -> str:
    """Bouw HTML; opeenvolgende rijen vormen één tabel, opeenvolgende punten één lijst, noten staan achteraan."""
    uit: list[str] = []
    noten: list[str] = []
    vorige = ""
    for soort, woorden in blokken_:
        tekst = escape(" ".join(woorden))
        if vorige in OM and vorige != soort:
            uit.append(f"</{OM[vorige]}>")
        if soort in OM and vorige != soort:
            uit.append(f"<{OM[soort]}>")
        if soort == "tr":
            uit.append("<tr>" + "".join(f"<td>{escape(w)}</td>" for w in woorden[:3]) + "</tr>")
        elif soort == "vet":
            uit.append(f"<p>voor <strong>{tekst}</strong> na</p>")
        elif soort == "noot":
            nummer = len(noten) + 1
            noten.append(f'<li class="voetnoot" id="voetnoot-{nummer}">{tekst}</li>')
            uit.append(f'<p>{tekst}<sup><a class="voetnoot" href="#voetnoot-{nummer}">{nummer}</a></sup> slot</p>')
        elif soort == "citaat":
            uit.append(f"<blockquote><p>{tekst}</p></blockquote>")
        else:
            uit.append(f"<{soort}>{tekst}</{soort}>")
        vorige = soort
    uit.append(f"</{OM[vorige]}>" if vorige in OM else "")
    return "".join(uit) + (f'<ol class="voetnoten">{"".join(noten)}</ol>' if noten else "")


def woorden(html: str) -> list[str]:
    """Het orakel: de woorden van een tekst zonder hulp van de vergelijker, zonder cellijnen en nootnummers."""
    return platte_tekst(NOOTVERWIJZING.sub("", html)).replace("|", " ").split()


def als_woorden(regels: list[str]) -> list[str]:
    return " ".join(regels).replace("|", " ").split()


def bewerk(data: st.DataObject, stand: list[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """Doe een willekeurige bewerking: invoegen, weghalen, verplaatsen, een woord wijzigen, splitsen, samenvoegen."""
    uit = [(soort, list(zin)) for soort, zin in stand]
    daad = data.draw(st.sampled_from(["erbij", "weg", "verplaats", "wijzig", "splits", "samen"]))
    plaats = data.draw(st.integers(0, max(0, len(uit) - 1)))
    if daad == "erbij" or not uit:
        uit.insert(plaats, data.draw(BLOK))
    elif daad == "weg":
        uit.pop(plaats)
    elif daad == "verplaats":
        uit.insert(data.draw(st.integers(0, len(uit) - 1)), uit.pop(plaats))
    elif daad == "wijzig":
        uit[plaats][1][data.draw(st.integers(0, len(uit[plaats][1]) - 1))] = data.draw(st.sampled_from(WOORDEN))
    elif daad == "samen" and plaats + 1 < len(uit):
        uit[plaats : plaats + 2] = [(uit[plaats][0], uit[plaats][1] + uit[plaats + 1][1])]
    elif len(uit[plaats][1]) > 1:
        soort, zin = uit[plaats]
        knip = data.draw(st.integers(1, len(zin) - 1))
        uit[plaats : plaats + 1] = [(soort, zin[:knip]), (soort, zin[knip:])]
    return uit


def kant(vergelijking: Vergelijking, zonder: str) -> list[str]:
    """De woorden van één kant: gelijk en alles behalve `zonder`, op de volgorde van die kant."""
    plaats = "plaats_oud" if zonder == "erbij" else "plaats_nieuw"
    regels = [r for r in vergelijking.regels() if r.soort != "vertrok" and getattr(r, plaats) >= 0]
    uit = []
    for regel in sorted(regels, key=lambda r: getattr(r, plaats)):
        cellen = [cel.stukken for cel in regel.cellen] if regel.vorm == "tr" else [regel.stukken]
        uit += ["".join(s.tekst for s in stukken if s.soort != zonder and not s.noot) for stukken in cellen]
    return uit


@settings(max_examples=150, deadline=None)
@given(st.lists(BLOK, max_size=10), st.data())
def test_toegepast_op_de_oude_tekst_komt_de_nieuwe_eruit(
    begin: list[tuple[str, list[str]]], data: st.DataObject
) -> None:
    eerste = html = munt(html_van(begin))
    stand = begin
    for _ in range(data.draw(st.integers(0, 6))):
        stand = bewerk(data, stand)
        html = munt(html_van(stand), html)
        ids = [blok.id for blok in blokken(html)]
        assert len(ids) == len(set(ids))
    uitkomst = vergelijk(eerste, html)
    na = pas_toe(uitkomst, eerste)
    assert na == teksten(html)
    assert als_woorden(na) == woorden(html)
    assert als_woorden(kant(uitkomst, "eraf")) == woorden(html)
    assert als_woorden(kant(uitkomst, "erbij")) == woorden(eerste)
    if woorden(eerste) != woorden(html):
        assert uitkomst.aantal > 0


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOK, max_size=8), st.lists(BLOK, max_size=8))
def test_ook_twee_teksten_die_niets_van_elkaar_weten(
    een: list[tuple[str, list[str]]], twee: list[tuple[str, list[str]]]
) -> None:
    oud, nieuw = munt(html_van(een)), munt(html_van(twee))
    assert als_woorden(pas_toe(vergelijk(oud, nieuw), oud)) == woorden(nieuw)


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOK, max_size=10))
def test_gelijke_tekst_geeft_geen_wijziging(stand: list[tuple[str, list[str]]]) -> None:
    html = munt(html_van(stand))
    uitkomst = vergelijk(html, munt(html_van(stand), html))
    assert uitkomst.gelijk
    assert uitkomst.aantal == 0
    assert not any(regel.is_wijziging for regel in uitkomst.regels())


@settings(max_examples=60, deadline=None)
@given(st.lists(ZIN, min_size=2, max_size=10, unique_by=tuple), st.data())
def test_verplaatsen_verliest_geen_woord(zinnen: list[list[str]], data: st.DataObject) -> None:
    oud = munt(html_van([("p", zin) for zin in zinnen]))
    nieuw = munt(html_van([("p", zin) for zin in data.draw(st.permutations(zinnen))]), oud)
    uitkomst = vergelijk(oud, nieuw)
    assert set(uitkomst.tellingen) <= {"verplaatst"}
    assert als_woorden(pas_toe(uitkomst, oud)) == woorden(nieuw)
    weg = [r for r in uitkomst.regels() if r.soort == "vertrok"]
    assert len(weg) == uitkomst.tellingen.get("verplaatst", 0)


# --- uitgewerkte gevallen ---------------------------------------------------------------------------------------------


def alinea(tekst: str) -> str:
    return f"<p>{tekst}</p>"


LANG = "De raad adviseert het kabinet om de scholing van werkenden langjarig te ondersteunen"
OVER = "Een hogere drempel geeft rust maar raakt de opbrengst van premies in de grensstreek"


def paar(oud: str, nieuw: str) -> Vergelijking:
    een = munt(oud)
    twee = munt(nieuw, een)
    uitkomst = vergelijk(een, twee)
    assert pas_toe(uitkomst, een) == teksten(twee)
    return uitkomst


def regels(uitkomst: Vergelijking) -> list[tuple[str, str, bool]]:
    return [(r.soort, r.vorm, r.verplaatst) for r in uitkomst.regels()]


def zichtbaar(regel: Regel) -> str:
    om = {"erbij": "+{}+", "eraf": "-{}-", "gelijk": "{}"}
    return "".join(om[s.soort].format(s.noot or s.tekst) for s in regel.stukken)


def test_een_alinea_die_een_kop_kruist_is_verplaatst_en_de_kop_niet() -> None:
    uitkomst = paar(
        f"<h2>1. Een</h2>{alinea(LANG)}<h2>2. Twee</h2>{alinea(OVER)}",
        f"<h2>1. Een</h2>{alinea(LANG)}{alinea(OVER)}<h2>2. Twee</h2>",
    )
    assert regels(uitkomst) == [
        ("gelijk", "h2", False),
        ("gelijk", "p", False),
        ("gelijk", "p", True),
        ("gelijk", "h2", False),
        ("vertrok", "p", True),
    ]
    verhuisd, weg = list(uitkomst.delen)[2], list(uitkomst.delen)[4]
    assert isinstance(verhuisd, Regel)
    assert isinstance(weg, Regel)
    assert (verhuisd.elders, weg.elders) == ("2. Twee", "1. Een")
    assert weg.elders_blok == verhuisd.nieuw
    assert uitkomst.aantal == 1
    assert [(k.tekst, k.aantal) for k in uitkomst.inhoud] == [("1. Een", 1), ("2. Twee", 0)]


def test_een_verplaatste_en_gewijzigde_alinea_toont_beide() -> None:
    uitkomst = paar(
        f"<h2>1. Een</h2>{alinea(LANG)}<h2>2. Twee</h2>{alinea(OVER)}",
        f"<h2>1. Een</h2>{alinea(OVER + ' en daarbuiten')}{alinea(LANG)}<h2>2. Twee</h2>",
    )
    verhuisd = next(r for r in uitkomst.regels() if r.verplaatst and r.soort != "vertrok")
    assert verhuisd.soort == "gewijzigd"
    assert zichtbaar(verhuisd).endswith("+ en daarbuiten+")


def test_een_heel_hoofdstuk_dat_verhuist_is_een_wijziging() -> None:
    een = f"<h2>1. Een</h2>{alinea(LANG)}{alinea(LANG + ' nog eens met andere woorden en een slot')}"
    twee = f"<h2>2. Twee</h2>{alinea(OVER)}"
    uitkomst = paar(een + twee, twee + een)
    assert uitkomst.aantal == 1
    assert uitkomst.tellingen == {"verplaatst": 2}


def test_een_verwijderde_alinea_staat_op_haar_oude_plek() -> None:
    uitkomst = paar(f"<h2>Een</h2>{alinea(LANG)}{alinea(OVER)}<p>Slot.</p>", f"<h2>Een</h2>{alinea(LANG)}<p>Slot.</p>")
    assert regels(uitkomst)[2] == ("eraf", "p", False)
    assert uitkomst.tellingen == {"eraf": 1}


def test_een_ingevoegde_noot_hernummert_zonder_dat_het_een_wijziging_is() -> None:
    def tekst(*noten: str) -> str:
        lijst = "".join(f'<li class="voetnoot" id="voetnoot-{n}">{t}</li>' for n, t in enumerate(noten, 1))
        alineas = "".join(
            f'<p>Zin over {t}<sup><a class="voetnoot" href="#voetnoot-{n}">{n}</a></sup>.</p>'
            for n, t in enumerate(noten, 1)
        )
        return f'{alineas}<ol class="voetnoten">{lijst}</ol>'

    uitkomst = paar(tekst("premies en belasting"), tekst("loon bij ziekte", "premies en belasting"))
    assert uitkomst.tellingen == {"erbij": 2}
    gelijk = [r for r in uitkomst.regels() if r.soort == "gelijk"]
    assert [zichtbaar(r) for r in gelijk] == ["Zin over premies en belasting2.", "premies en belasting"]
    assert gelijk[1].merk == "2"


def test_een_verwijzing_naar_een_andere_noot_is_wel_een_wijziging() -> None:
    noten = (
        '<ol class="voetnoten"><li class="voetnoot" id="voetnoot-1">Bron een.</li>'
        '<li class="voetnoot" id="voetnoot-2">Heel andere bron.</li></ol>'
    )
    zin = f'<p>{LANG}<sup><a class="voetnoot" href="#voetnoot-{{}}">{{}}</a></sup>.</p>'
    uitkomst = paar(zin.format(1, 1) + noten, zin.format(2, 2) + noten)
    assert uitkomst.tellingen == {"gewijzigd": 1}


TABEL = "<table><caption>Uitkomsten</caption><tr><th>Jaar</th><th>Aantal</th></tr>{}</table>"


def rij(*cellen: str) -> str:
    return "<tr>" + "".join(f"<td>{cel}</td>" for cel in cellen) + "</tr>"


def tabel(uitkomst: Vergelijking) -> Tabel:
    gevonden = [deel for deel in uitkomst.delen if isinstance(deel, Tabel)]
    assert len(gevonden) == 1, "een gewijzigde tabel staat er één keer"
    return gevonden[0]


def test_een_tabel_wijzigt_per_cel_en_staat_er_een_keer() -> None:
    uitkomst = paar(
        TABEL.format(rij("2024", "5") + rij("2025", "7")), TABEL.format(rij("2024", "6") + rij("2025", "7"))
    )
    rijen = tabel(uitkomst).rijen
    assert [r.soort for r in rijen] == ["gelijk", "gelijk", "gewijzigd", "gelijk"]
    assert [c.soort for c in rijen[2].cellen] == ["gelijk", "gewijzigd"]
    assert uitkomst.aantal == 1


def test_een_kolom_erbij_is_per_rij_een_cel_erbij() -> None:
    uitkomst = paar(
        TABEL.format(rij("2024", "5") + rij("2025", "7")),
        TABEL.replace("<th>Aantal", "<th>Bron</th><th>Aantal").format(
            rij("2024", "CBS", "6") + rij("2025", "CBS", "7") + rij("2026", "CPB", "9")
        ),
    )
    rijen = tabel(uitkomst).rijen
    assert [r.soort for r in rijen] == ["gelijk", "gewijzigd", "gewijzigd", "gewijzigd", "erbij"]
    assert [[c.soort for c in r.cellen] for r in rijen[1:4]] == [
        ["gelijk", "erbij", "gelijk"],
        ["gelijk", "erbij", "gewijzigd"],
        ["gelijk", "erbij", "gelijk"],
    ]


def test_een_rij_erbij_en_een_rij_eraf() -> None:
    uitkomst = paar(
        TABEL.format(rij("Limburg", "5") + rij("Twente", "7") + rij("Zeeland", "11")),
        TABEL.format(rij("Limburg", "5") + rij("Achterhoek", "31") + rij("Zeeland", "11")),
    )
    assert [r.soort for r in tabel(uitkomst).rijen] == ["gelijk", "gelijk", "gelijk", "eraf", "erbij", "gelijk"]


def test_een_voetnoot_in_een_tabel_telt_niet_als_celtekst() -> None:
    noot = '<sup><a class="voetnoot" href="#voetnoot-1">1</a></sup>'
    slot = '<ol class="voetnoten"><li class="voetnoot" id="voetnoot-1">Voorlopig cijfer.</li></ol>'
    uitkomst = paar(TABEL.format(rij("2024", "5")), TABEL.format(rij("2024", f"5{noot}")) + slot)
    cel = tabel(uitkomst).rijen[2].cellen[1]
    assert [(s.tekst if not s.noot else f"noot {s.noot}", s.soort) for s in cel.stukken] == [
        ("5", "gelijk"),
        ("noot 1", "erbij"),
    ]
    assert uitkomst.tellingen == {"gewijzigd": 1, "erbij": 1}


def test_alleen_opmaak_is_geen_wijziging_van_de_tekst_maar_staat_er_wel_bij() -> None:
    uitkomst = paar(
        f"<p>{LANG}.</p><p>Zie <a href='https://a.test/'>hier</a> voor de bron.</p><p>Slot van het stuk.</p>",
        f"<p><strong>{LANG}</strong>.</p><p>Zie <a href='https://b.test/'>hier</a> voor de bron.</p>"
        "<h3>Slot van het stuk.</h3>",
    )
    assert uitkomst.aantal == 0
    assert not uitkomst.gelijk
    assert uitkomst.tellingen == {"opmaak": 3}
    eerste, tweede, derde = uitkomst.regels()
    assert (eerste.opmaak, tweede.opmaak, derde.was) == (("vet",), ("verwijzing",), "alinea, nu kop")
    assert eerste.stukken[0].merken == ("strong",)


def test_een_andere_afbeelding_en_een_andere_beschrijving() -> None:
    beeld = '<figure><img src="data:image/png;base64,{}" alt="{}"><figcaption>Figuur één</figcaption></figure>'
    ander = paar(beeld.format("AAAA", "een lijn"), beeld.format("BBBB", "een lijn"))
    assert next(ander.regels()).opmaak == ("afbeelding",)
    alt = paar(beeld.format("AAAA", "een lijn"), beeld.format("AAAA", "een stijgende lijn"))
    assert zichtbaar(next(alt.regels())) == "[afbeelding: een +stijgende +lijn] Figuur één"


def test_een_herschreven_zin_is_geen_confetti() -> None:
    uitkomst = paar(
        "<p>De commissie denkt aan een drempel van vijfentwintig procent van de werktijd.</p>",
        "<p>De commissie stelt nu een drempel voor van vijftig procent van de werktijd.</p>",
    )
    assert zichtbaar(next(uitkomst.regels())).count("+") <= 6


def test_een_opsomming_houdt_haar_diepte_en_haar_nummers() -> None:
    uitkomst = paar(
        "<ol><li>eerste punt hier</li><li>tweede punt hier<ul><li>dieper punt</li></ul></li></ol>",
        "<ol start='3'><li>eerste punt hier</li><li>tweede punt hier<ul><li>dieper punt</li></ul></li></ol>",
    )
    assert [(r.merk, r.diep) for r in uitkomst.regels()] == [("3.", 0), ("4.", 0), ("•", 1)]


def test_een_gesplitste_alinea_is_een_wijziging_en_geen_woord_erbij() -> None:
    uitkomst = paar(
        alinea("Vooraf.") + alinea(f"{LANG}. {OVER}."),
        alinea("Vooraf.") + alinea(f"{LANG}.") + alinea(f"{OVER.replace('hogere', 'lagere')}."),
    )
    een, twee = list(uitkomst.regels())[1:]
    assert (een.deel, een.soort, een.nummer) == ((1, 2), "gelijk", 1)
    assert (twee.deel, twee.soort, twee.nummer) == ((2, 2), "gewijzigd", 2)
    assert [s.tekst for s in twee.stukken if s.soort != "gelijk"] == ["hogere", "lagere"]
    assert een.oud == twee.oud != ""
    assert dict(uitkomst.tellingen) == {"gesplitst": 1, "gewijzigd": 1}
    assert "1 gesplitst" in samenvatting(uitkomst)


def test_een_alinea_die_een_opsomming_werd_houdt_haar_woorden() -> None:
    uitkomst = paar(alinea(f"{LANG}. {OVER}."), f"<ul><li>{LANG}.</li><li>{OVER}.</li></ul>")
    assert [(r.deel, r.soort) for r in uitkomst.regels()] == [((1, 2), "gelijk"), ((2, 2), "gelijk")]


def test_samengevoegde_alineas_tonen_waar_de_tweede_begon() -> None:
    uitkomst = paar(alinea(f"{LANG}.") + alinea(f"{OVER}."), alinea(f"{LANG}. {OVER}."))
    (regel,) = uitkomst.regels()
    assert (regel.soort, regel.samen, len(set(regel.oude))) == ("gelijk", (0, 1), 2)
    assert [s.soort for s in regel.stukken] == ["gelijk", "naad", "gelijk"]
    assert uitkomst.aantal == 1
    (rij,) = beelden(uitkomst)
    assert "hier begon een nieuwe alinea" in rij.was
    assert "hier begon een nieuwe alinea" not in rij.wordt


def test_een_alinea_ernaast_die_er_niets_van_heeft_is_gewoon_nieuw() -> None:
    uitkomst = paar(
        alinea(f"{LANG}. {OVER}."),
        alinea(f"{LANG}. {OVER}, en dat telt.") + alinea("Het kabinet raakt de drempel kwijt."),
    )
    assert [(r.deel, r.soort) for r in uitkomst.regels()] == [(None, "gewijzigd"), (None, "erbij")]


def test_een_lege_tekst_en_een_enorme_alinea() -> None:
    assert vergelijk("", "").gelijk
    oud = munt("<p>" + " ".join(f"woord{n}" for n in range(6000)) + "</p>")
    nieuw = munt("<p>" + " ".join(f"woord{n * 7919 % 6000}" for n in range(6000)) + "</p>", oud)
    assert pas_toe(vergelijk(oud, nieuw), oud) == teksten(nieuw)
