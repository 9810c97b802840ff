"""Wat het webproces zelf van een zoekvraag vindt, is wat PostgreSQL vindt."""

import json

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from commissies.models import Commissie
from publiek.elders import zoek_elders
from publiek.kaart import KAARTEN
from publiek.verbinding import leestransactie
from publiek.vindplaatsen import Vindplaatsen, _delen

pytestmark = pytest.mark.django_db
WOORDEN = ("loon", "loonstrook", "lood", "werk", "werkgever", "o'er", "back\\slag", "één", "1999/07", "a & b")


def gezet(woord: str) -> str:
    return "'" + woord.replace("\\", "\\\\").replace("'", "''") + "'"


LEXEEM = st.builds(lambda woord, begin: gezet(woord) + begin, st.sampled_from(WOORDEN), st.sampled_from(("", ":*")))
VRAAG = st.recursive(
    LEXEEM | st.builds(lambda begin: f"'{begin}':*", st.sampled_from(("l", "lo", "loons", "w", "z", "é"))),
    lambda deel: (
        st.builds(lambda a, teken, b: f"( {a} {teken} {b} )", deel, st.sampled_from("&|"), deel)
        | st.builds(lambda a: f"!( {a} )", deel)
    ),
    max_leaves=6,
)
TEKSTEN = st.lists(st.sets(st.sampled_from(WOORDEN), max_size=4), max_size=6)


def volgens_postgresql(teksten: list[set[str]], vraag: str) -> tuple[str, list[str]]:
    """Geef de vraag zoals PostgreSQL haar opschrijft, en de nummers van de teksten die eraan voldoen."""
    vectoren = [" ".join(gezet(woord) for woord in tekst) for tekst in teksten]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT %s::tsquery::text, ARRAY(SELECT n::text FROM unnest(%s::text[]) WITH ORDINALITY AS x (v, n) "
            "WHERE v::tsvector @@ %s::tsquery ORDER BY x.n)",
            [vraag, vectoren, vraag],
        )
        geschreven, wie = cursor.fetchone()
    return geschreven, wie


@settings(max_examples=150, deadline=None)
@given(TEKSTEN, VRAAG)
def test_dezelfde_als_postgresql(teksten: list[set[str]], vraag: str) -> None:
    geschreven, wie = volgens_postgresql(teksten, vraag)
    ons = Vindplaatsen(("soort", str(n), sorted(tekst)) for n, tekst in enumerate(teksten, 1))
    assert ons.met(None, geschreven) == ({"soort": wie} if wie else {})


@pytest.mark.parametrize("vraag", ["'a' <-> 'b'", "'a' & ( 'b' <2> 'c' )", "'a':A", "'a':*B", ""])
def test_wie_iets_over_volgorde_of_gewicht_zegt_gaat_naar_de_database(vraag: str) -> None:
    assert _delen(vraag) is None


@pytest.mark.parametrize(
    "q", ["arbeid", "stad -arbeid", '"commissie arbeid"', "arbeid or stad", "innovatie", "zoekniets"]
)
def test_wat_erop_staat_is_wat_de_view_vindt(kleine_wereld: None, q: str) -> None:
    """Ook samen met wat een index heeft, en met elke sleutel als bladzijde."""
    for slug, naam in (("een", "Commissie Arbeid"), ("twee", "Commissie Stad en loon"), ("drie", "Arbeid, commissie")):
        Commissie.objects.create(naam=naam, slug=slug, soort="ad_hoc")
    with leestransactie() as lezing:
        gevonden = KAARTEN.geef(lezing.cursor).treffers(lezing.cursor, q)
        vraag = "SELECT soort, count(*) FROM publiek.vindbaar WHERE zoek @@ %s::tsquery GROUP BY 1"
        lezing.cursor.execute(vraag, [gevonden.lexemen])
        aantallen = dict(lezing.cursor.fetchall())
        assert gevonden.elders == aantallen
        # Wat een webproces van voor deze kaart nog vraagt, geeft hetzelfde.
        beide = "publiek.treffers(%s::tsquery) t, publiek.gevonden(%s::tsquery) g"
        vraag = f"SELECT t.elders::text, t.bits IS NOT DISTINCT FROM g.bits FROM {beide}"
        lezing.cursor.execute(vraag, [gevonden.lexemen] * 2)
        elders, zelfde = lezing.cursor.fetchone()
        assert (json.loads(elders), zelfde) == (aantallen, True)
        per_soort = {v.soort: len(v.treffers) for v in zoek_elders(q, gevonden.elders)}
        assert per_soort == aantallen
    assert bool(aantallen) is (q != "zoekniets")
