"""De ladders: welke dag, welke trede."""

from datetime import date, timedelta

import pytest
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from termijnen import ladders, soorten
from termijnen.ladders import Gepland, Trede, eerstvolgende, geplande, zin_bij

DAG = date(2026, 6, 30)
LADDERS = [ladder for _, _, ladder in soorten.STANDAARD.values()]


def test_de_ladder_van_de_kabinetsreactie_over_een_jaar() -> None:
    jaar = geplande(ladders.KABINETSREACTIE, DAG, van=date(2026, 1, 1), tot_en_met=date(2026, 12, 31))
    assert jaar == [
        Gepland(date(2026, 6, 2), "vier_weken_ervoor"),
        Gepland(date(2026, 6, 23), "week_ervoor"),
        Gepland(date(2026, 6, 30), "op_de_dag"),
        *(Gepland(date(2026, m, 30), "elke_maand_erna") for m in range(7, 13)),
    ]


def test_elke_maand_telt_vanaf_de_vervaldag() -> None:
    vanaf = date(2026, 1, 31)
    dagen = [g.op for g in geplande(ladders.KABINETSREACTIE, vanaf, van=date(2026, 2, 1), tot_en_met=date(2026, 5, 31))]
    assert dagen == [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31)]


@pytest.mark.parametrize(
    ("dagen", "naam", "zin"),
    [(-1, "1_dagen_ervoor", "Let op."), (0, "op_de_dag", ladders.VANDAAG), (1, "1_dagen_erna", ladders.VERSTREKEN)],
)
def test_rond_de_dag_zelf(dagen: int, naam: str, zin: str) -> None:
    """De naam van een gekozen trede, en de zin van die dag: een eigen zin geldt alleen ervoor."""
    assert ladders.van_dagen(dagen).naam == naam
    assert zin_bij(-dagen, "Let op.") == zin
    assert zin_bij(1) == ladders.NADERT


def test_een_ladder_zonder_herhaling_raakt_op() -> None:
    assert eerstvolgende(ladders.EIGEN, DAG, vanaf=DAG + timedelta(days=1)) == DAG + timedelta(days=1)
    assert eerstvolgende(ladders.EIGEN, DAG, vanaf=DAG + timedelta(days=2)) is None
    assert eerstvolgende((), DAG, vanaf=DAG) is None


@given(
    st.sampled_from(LADDERS),
    st.dates(date(2024, 1, 1), date(2040, 12, 31)),
    st.integers(-100, 100),
    st.integers(0, 400),
)
def test_eerstvolgende_is_de_eerste_van_wat_gepland_is(
    ladder: tuple[Trede, ...], vervalt_op: date, begin: int, lengte: int
) -> None:
    van = vervalt_op + timedelta(days=begin)
    tot = van + timedelta(days=lengte)
    alles = geplande(ladder, vervalt_op, van=van, tot_en_met=tot)
    eerste = eerstvolgende(ladder, vervalt_op, vanaf=van)
    assert all(van <= g.op <= tot for g in alles)
    assert len(alles) == len(set(alles))
    assert (alles[0].op if alles else None) == (eerste if eerste is not None and eerste <= tot else None)


@pytest.mark.parametrize("naam", sorted(soorten.STANDAARD))
def test_elke_standaardsoort_is_aan_te_melden(naam: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soorten, "_soorten", {})
    soort = soorten.standaard(naam, ontvangers=lambda t, d: [], adres=lambda t: "/werk/")
    assert soorten.registreer(soort) is soorten.registreer(soort) is soorten.met_naam(naam)
    for trede in soort.ladder:
        assert "{" not in zin_bij(-trede.dagen, trede.zin).format(dag="do 1 januari 2026")
        assert len(trede.naam) <= 40


def test_een_waarneming_meldt_zich_een_keer_aan(monkeypatch: pytest.MonkeyPatch) -> None:
    bron = lambda gebruiker: Q(pk=1)  # noqa: E731
    monkeypatch.setattr(soorten, "_waarnemingen", [])
    soorten.registreer_waarneming(bron)
    soorten.registreer_waarneming(bron)
    assert soorten._waarnemingen == [bron]


def test_aanmelden_weigert_dubbel_en_onzin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soorten, "_soorten", {})

    def soort(**kw: object) -> soorten.SoortTermijn:
        velden = {
            "naam": "proef",
            "omschrijving": "Proef",
            "regel": "eigen",
            "ladder": ladders.EIGEN,
            "ontvangers": lambda t, d: [],
            "adres": lambda t: "/",
        }
        return soorten.SoortTermijn(**(velden | kw))  # type: ignore[arg-type]

    soorten.registreer(soort())
    for fout, tekst in (
        ({"omschrijving": "Anders"}, "Er is al"),
        ({"naam": "b", "regel": "bestaat_niet"}, "onbekende rekenregel"),
        ({"naam": "c", "ladder": (ladders.EIGEN[0], ladders.EIGEN[0])}, "twee treden"),
    ):
        with pytest.raises(ValueError, match=tekst):
            soorten.registreer(soort(**fout))
    assert soorten.omschrijving("proef") == "Proef"
    assert soorten.omschrijving("verdwenen") == "verdwenen"
    assert soorten.omschrijving("kabinetsreactie") == "Reactie van het kabinet"
