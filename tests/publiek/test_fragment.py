"""Fragmenten: hier gesneden en gemerkt, en op elk woord gelijk aan wat de database zelf zou merken."""

import json
import re
from pathlib import Path

import pytest
from django.db import connection

from publiek import fragment
from publiek.fragment import fragmenten
from publiek.verbinding import leestransactie
from publiek.woorden import toonvraag
from tests.publiek.wereld import lexemen_van

pytestmark = pytest.mark.django_db
ARCHIEF = json.loads((Path(__file__).parents[2] / "data" / "adviezen.json").read_text(encoding="utf-8"))
TEKSTEN = [tekst for rij in ARCHIEF if len(tekst := f"{rij['titel']}. {rij['samenvatting']}") > 60]
# Met dubbele klinkers, tekens erop, onregelmatige stammen en samenstellingen.
WOORDEN = "pensioen loon lonen prijs stad arbeid adviezen commissie wet wetten werk werken crisis lid kind energie"
WOORDEN += " sociaal raad ondernemingen europese één kwaliteit vraag onderwijs innovatie belasting stelsel beleid leden"
KOPPEL = re.compile(r"[^\W_]+(?:-[^\W_]+)+")


@pytest.mark.parametrize("woord", WOORDEN.split(" "))
def test_hetzelfde_gemerkt_als_door_de_database(woord: str) -> None:
    """De database merkt van een koppelwoord het hele woord, wij het deel: koppelwoorden blijven hier buiten."""
    teksten = [KOPPEL.sub("", tekst) for tekst in TEKSTEN]
    with leestransactie(), connection.cursor() as cursor:
        lexemen = lexemen_van(cursor, woord)
        toon = toonvraag(lexemen)
        ons = [stuk for stuk in fragmenten(cursor, teksten, lexemen) if "<mark>" in stuk]
        ons = [stuk.removeprefix("… ").removesuffix(" …") for stuk in ons]
        kaal = [stuk.replace("<mark>", "").replace("</mark>", "") for stuk in ons]
        cursor.execute(
            "SELECT array_agg(publiek.gemerkt(x.t, %s::tsquery, 'HighlightAll=true') ORDER BY x.n) "
            "FROM unnest(%s::text[]) WITH ORDINALITY x (t, n)",
            [toon, [re.sub("&(amp|lt|gt|quot|#x27);", "", stuk) for stuk in kaal]],
        )
        hun = cursor.fetchone()[0] or []
    assert ons or woord == "één"
    for een, ander in zip(ons, hun, strict=True):
        gemerkt = ander.replace("\x02", "<mark>").replace("\x03", "</mark>").replace("\x1f", "")
        assert re.sub("&(amp|lt|gt|quot|#x27);", "", een) == gemerkt


def test_zonder_de_vraag_aan_de_database_wordt_te_veel_gemerkt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Controle: wie elk woord met hetzelfde begin merkt, merkt "kinderen" ook bij "kin"."""
    with leestransactie(), connection.cursor() as cursor:
        (goed,) = fragmenten(cursor, ["Prijs en prijken en prijzen."], "'prijs':*")
        assert goed == "<mark>Prijs</mark> en prijken en <mark>prijzen</mark>."
        monkeypatch.setattr(fragment._Stuk, "gemerkt", lambda stuk, _: " ".join(stuk.woorden(["pri"])))
        assert fragmenten(cursor, ["Prijs en prijken en prijzen."], "'prijs':*") == ["Prijs prijken prijzen"]


VUL = "De raad ziet dat velen hierover anders zijn gaan denken. " * 12


@pytest.mark.parametrize(
    ("tekst", "lexemen", "gemerkt"),
    [
        ("<b>Loon</b> & prijs", "'lon'", "&lt;b&gt;<mark>Loon</mark>&lt;/b&gt; &amp; prijs"),
        ("lonen en loon", "'lon'", "<mark>lonen</mark> en <mark>loon</mark>"),
        ("Een COÖPERATIE groeit", "'cooperatie':*", "Een <mark>COÖPERATIE</mark> groeit"),
        ("Élite en elite", "'elit'", "<mark>Élite</mark> en <mark>elite</mark>"),
        ("de pensioen\u00adfondsen", "'pensioenfonds':*", "de <mark>pensioenfondsen</mark>"),
        ("", "'lon'", ""),
        ("Een zin zonder het gezochte. " * 12, "'lon'", "Een zin zonder het gezochte. " * 8 + "Een zin zonder het …"),
        ("niets hiervan", "'lon'", "niets hiervan"),
        ("İstanbul en het loon", "'lon'", "İstanbul en het <mark>loon</mark>"),
        ("loon-prijsspiraal", "'lon'", "<mark>loon</mark>-prijsspiraal"),
        ("loon, en de prijs", "'lon' & 'prijs'", "<mark>loon</mark>, en de <mark>prijs</mark>"),
    ],
)
def test_wat_er_bijzonder_is(tekst: str, lexemen: str, gemerkt: str) -> None:
    with leestransactie(), connection.cursor() as cursor:
        assert fragmenten(cursor, [tekst], lexemen) == [gemerkt]


@pytest.mark.parametrize(
    "tekst", [f"Loon. {VUL}", f"{VUL}Het loon telt. {VUL}", f"{VUL}Dan het loon", "x" * 900 + " loon"]
)
def test_een_stuk_begint_en_eindigt_bij_een_heel_woord(tekst: str) -> None:
    with leestransactie(), connection.cursor() as cursor:
        (stuk,) = fragmenten(cursor, [tekst], "'lon'")
    heel = stuk.replace("<mark>", "").replace("</mark>", "")
    kaal = heel.removeprefix("… ").removesuffix(" …")
    assert "<mark>" in stuk
    assert f" {kaal} " in f" {tekst.strip()} " or "xxx" in tekst
    assert heel.startswith("… ") == (not tekst.startswith(kaal))
    assert heel.endswith(" …") == (not tekst.strip().endswith(kaal))
    assert len(kaal) <= fragment.BREED
