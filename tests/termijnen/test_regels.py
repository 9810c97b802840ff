"""De rekenregels, tegen PostgreSQL en tegen de kalender."""

import calendar
from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from kern.fouten import InvoerFout
from termijnen.regels import REGELS, dagen_over, is_te_laat, uitleg, vervaldatum

DAGEN = st.dates(date(2024, 1, 1), date(2040, 12, 31))
IN_SQL = {
    "jaarverslag": "+ (make_date(extract(year FROM d)::int + 1, 3, 31) - d::date)",
    "kabinetsreactie": "+ interval '3 months'",
    "publicatie": "+ interval '4 weeks'",
    "aanbieding": "+ interval '14 days'",
    "vergaderstukken": "- interval '10 days'",
    "acceptatie_benoeming": "+ interval '3 weeks'",
    "ontvangstbevestiging": "+ interval '7 days'",
    **{f"evaluatie_{n}": f"+ interval '{n} years'" for n in (1, 3, 5)},
    "eigen": "+ interval '0 days'",
}


@pytest.mark.parametrize(
    ("regel", "basis", "verwacht"),
    [
        ("kabinetsreactie", date(2023, 3, 16), date(2023, 6, 16)),
        ("kabinetsreactie", date(2026, 11, 30), date(2027, 2, 28)),
        ("kabinetsreactie", date(2027, 11, 30), date(2028, 2, 29)),
        ("kabinetsreactie", date(2027, 11, 29), date(2028, 2, 29)),
        ("kabinetsreactie", date(2028, 2, 29), date(2028, 5, 29)),
        ("kabinetsreactie", date(2026, 12, 31), date(2027, 3, 31)),
        ("publicatie", date(2026, 3, 10), date(2026, 4, 7)),
        ("vergaderstukken", date(2026, 3, 9), date(2026, 2, 27)),
        ("acceptatie_benoeming", date(2026, 12, 20), date(2027, 1, 10)),
        ("ontvangstbevestiging", date(2026, 12, 28), date(2027, 1, 4)),
        ("evaluatie_1", date(2028, 2, 29), date(2029, 2, 28)),
        ("evaluatie_5", date(2026, 3, 16), date(2031, 3, 16)),
        ("eigen", date(2026, 5, 1), date(2026, 5, 1)),
    ],
)
def test_tabel(regel: str, basis: date, verwacht: date) -> None:
    assert vervaldatum(regel, basis) == verwacht


@pytest.mark.django_db
@pytest.mark.parametrize("regel", sorted(REGELS))
def test_elke_dag_van_2024_tot_en_met_2040_als_postgresql(regel: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT d::date, (d::date {IN_SQL[regel]})::date "
            "FROM generate_series('2024-01-01'::date, '2040-12-31'::date, interval '1 day') d"
        )
        rijen = cursor.fetchall()
    assert len(rijen) == 6210
    assert [(dag, vervaldatum(regel, dag)) for dag, _ in rijen] == rijen


@given(DAGEN)
def test_drie_maanden_is_dezelfde_dag_of_de_laatste_van_de_maand(basis: date) -> None:
    """Regel 44."""
    dag = vervaldatum("kabinetsreactie", basis)
    assert (dag.year * 12 + dag.month) - (basis.year * 12 + basis.month) == 3
    assert dag.day == min(basis.day, calendar.monthrange(dag.year, dag.month)[1])


@given(st.sampled_from(sorted(REGELS)), DAGEN, DAGEN)
def test_later_begonnen_is_nooit_eerder_klaar(regel: str, een: date, twee: date) -> None:
    vroeg, laat = sorted((een, twee))
    assert vervaldatum(regel, vroeg) <= vervaldatum(regel, laat)


@given(st.sampled_from(sorted(REGELS)), DAGEN)
def test_weekend_wijkt_alleen_uit_als_het_gevraagd_is(regel: str, basis: date) -> None:
    gewoon, verschoven = vervaldatum(regel, basis), vervaldatum(regel, basis, weekend_verschuiven=True)
    assert verschoven.weekday() < 5
    if gewoon.weekday() < 5:
        assert verschoven == gewoon
    elif gewoon < basis:
        assert (verschoven.weekday(), 0 < (gewoon - verschoven).days <= 2) == (4, True)
    else:
        assert (verschoven.weekday(), 0 < (verschoven - gewoon).days <= 2) == (0, True)


def test_een_op_de_drie_vervaldagen_valt_in_het_weekend_en_blijft_staan() -> None:
    assert vervaldatum("kabinetsreactie", date(2026, 2, 14)) == date(2026, 5, 14)
    assert vervaldatum("kabinetsreactie", date(2026, 2, 16)).weekday() == 5


@pytest.mark.parametrize(
    ("regel", "basis", "weekend", "tekst"),
    [
        ("kabinetsreactie", date(2023, 3, 16), False, "3 maanden na uitbrengen op do 16 maart 2023 = vr 16 juni 2023"),
        ("publicatie", date(2026, 3, 10), False, "4 weken na vaststelling op di 10 maart 2026 = di 7 april 2026"),
        (
            "vergaderstukken",
            date(2026, 3, 9),
            False,
            "10 dagen voor de vergadering op ma 9 maart 2026 = vr 27 februari 2026",
        ),
        ("eigen", date(2026, 5, 1), False, "zelf gekozen dag: vr 1 mei 2026"),
        (
            "kabinetsreactie",
            date(2026, 2, 16),
            True,
            "3 maanden na uitbrengen op ma 16 februari 2026 = za 16 mei 2026, in het weekend, dus ma 18 mei 2026",
        ),
        (
            "vergaderstukken",
            date(2026, 3, 11),
            True,
            "10 dagen voor de vergadering op wo 11 maart 2026 = zo 1 maart 2026, in het weekend, "
            "dus vr 27 februari 2026",
        ),
    ],
)
def test_uitleg(regel: str, basis: date, weekend: bool, tekst: str) -> None:
    assert uitleg(regel, basis, weekend_verschuiven=weekend) == tekst


def test_de_vervaldag_zelf_is_op_tijd() -> None:
    dag = date(2023, 6, 16)
    assert not is_te_laat(dag, dag)
    assert is_te_laat(dag, dag + timedelta(days=1))
    assert [dagen_over(dag, dag + timedelta(days=n)) for n in (-1, 0, 1)] == [1, 0, -1]


@pytest.mark.parametrize(("regel", "basis"), [("bestaat_niet", date(2026, 1, 1)), ("kabinetsreactie", date.max)])
def test_onbekende_regel_en_buiten_de_kalender(regel: str, basis: date) -> None:
    for vraag in (vervaldatum, uitleg):
        with pytest.raises(InvoerFout):
            vraag(regel, basis)


def test_weekend_aan_het_eind_van_de_kalender() -> None:
    with pytest.raises(InvoerFout):
        vervaldatum("vergaderstukken", date.min, weekend_verschuiven=True)
