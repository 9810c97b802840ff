"""Een termijn stilzetten en hervatten: de vervaldag schuift op, en een hersteld gegeven laat haar niet weer lopen."""

from datetime import date, timedelta
from typing import Any

import pytest

from termijnen import actions, queries
from termijnen.enums import Status

pytestmark = pytest.mark.django_db
BASIS = date(2026, 3, 16)


def test_stilzetten_en_hervatten_schuift_de_vervaldag(open_proef: Any, reis: Any, secretaris: Any) -> None:
    reis(date(2026, 4, 1))
    termijn = open_proef(BASIS)
    stil = actions.pauzeer(termijn=termijn, reden="Kabinet demissionair", door=secretaris)
    assert stil.gepauzeerd_op == date(2026, 4, 1)
    assert not stil.is_te_laat(date(2027, 1, 1))
    reis(date(2026, 7, 1))
    assert actions.verwerk().herinneringen == 0, "wie stilstaat, waarschuwt niet"
    loopt = actions.hervat(termijn=stil, reden="Nieuw kabinet", door=secretaris)
    assert loopt.vervalt_op == date(2026, 6, 16) + timedelta(days=91)
    assert loopt.uitleg.endswith("; stond 91 dagen stil, dus di 15 september 2026")
    assert (loopt.gepauzeerd_op, loopt.volgende_herinnering) == (None, date(2026, 8, 18))


@pytest.mark.parametrize("dag", [date(2026, 5, 1), date(2026, 7, 1)])
def test_wat_stilstaat_blijft_stilstaan_bij_een_herstelde_dag(
    open_proef: Any, reis: Any, secretaris: Any, dag: date
) -> None:
    reis(date(2026, 4, 1))
    stil = actions.pauzeer(termijn=open_proef(BASIS), reden="Kabinet demissionair", door=secretaris)
    reis(date(2026, 4, 5))
    nieuw = actions.verzet(termijn=stil, vervalt_op=dag, reden="Brief noemde een andere dag", door=secretaris)
    assert (nieuw.status, nieuw.gepauzeerd_op) == (Status.GEPAUZEERD, date(2026, 4, 1))
    reis(date(2026, 4, 11))
    assert actions.verwerk().herinneringen == 0
    loopt = actions.hervat(termijn=nieuw, reden="Nieuw kabinet", door=secretaris)
    assert loopt.vervalt_op == dag + timedelta(days=10)
    assert list(queries.open_termijnen()) == [loopt]


def test_wat_stilstaat_blijft_stilstaan_bij_een_herstelde_begindag(
    open_proef: Any, reis: Any, secretaris: Any, maak_gebruiker: Any
) -> None:
    reis(date(2026, 4, 1))
    dossier = maak_gebruiker("Dossier")
    termijn = open_proef(BASIS, object=dossier)
    stil = actions.pauzeer(termijn=termijn, reden="Kabinet demissionair", door=secretaris)
    nieuw = actions.begin_opnieuw(
        termijn=stil, object=dossier, basis=BASIS - timedelta(days=1), reden="Brief van een dag eerder", door=secretaris
    )
    assert (nieuw.basis, nieuw.vervalt_op) == (BASIS - timedelta(days=1), date(2026, 6, 15))
    assert (nieuw.status, nieuw.gepauzeerd_op) == (Status.GEPAUZEERD, date(2026, 4, 1))


def test_wat_stilstond_staat_na_heropenen_weer_stil_sinds_dezelfde_dag(
    open_proef: Any, reis: Any, secretaris: Any
) -> None:
    """Een reactie die per ongeluk was vastgelegd, of een einde dat is herroepen, kost de termijn geen dagen."""
    reis(date(2026, 4, 1))
    termijn = actions.pauzeer(termijn=open_proef(BASIS), reden="Kabinet demissionair", door=secretaris)
    for dag, sluit in ((5, actions.voldoe), (8, actions.laat_vervallen)):
        reis(date(2026, 4, dag))
        sluit(termijn=termijn, reden="Vergissing", door=secretaris)
        termijn = actions.heropen(termijn=termijn, reden="Het was een vergissing", door=secretaris)
        assert (termijn.status, termijn.gepauzeerd_op) == (Status.GEPAUZEERD, date(2026, 4, 1))
    assert actions.verwerk(reis(date(2026, 7, 1))).herinneringen == 0
    loopt = actions.hervat(termijn=termijn, reden="Nieuw kabinet", door=secretaris)
    assert loopt.vervalt_op == date(2026, 6, 16) + timedelta(days=91)
    actions.voldoe(termijn=loopt, door=secretaris)
    assert actions.heropen(termijn=loopt, reden="Toch niet", door=secretaris).status == Status.OPEN


@pytest.mark.parametrize(
    ("dagen", "staart"), [(0, "= di 16 juni 2026"), (1, "; stond 1 dag stil, dus wo 17 juni 2026")]
)
def test_kort_stilstaan(open_proef: Any, reis: Any, secretaris: Any, dagen: int, staart: str) -> None:
    reis(date(2026, 4, 1))
    stil = actions.pauzeer(termijn=open_proef(BASIS), reden="x", door=secretaris)
    reis(date(2026, 4, 1) + timedelta(days=dagen))
    assert actions.hervat(termijn=stil, reden="x", door=secretaris).uitleg.endswith(staart)


@pytest.mark.parametrize(("op", "vervalt_op"), [(date(2026, 7, 1), date(2026, 9, 15)), (date(2026, 3, 20), None)])
def test_voldaan_terwijl_zij_stilstond_rekent_die_dagen_niet_als_te_laat(
    open_proef: Any, reis: Any, secretaris: Any, op: date, vervalt_op: date | None
) -> None:
    """Een reactie die komt terwijl de klok stilstaat, is niet te laat om de dagen dat zij stilstond."""
    reis(date(2026, 4, 1))
    stil = actions.pauzeer(termijn=open_proef(BASIS), reden="Kabinet demissionair", door=secretaris)
    reis(date(2026, 7, 1))
    klaar = actions.voldoe(termijn=stil, op=op, door=secretaris)
    assert (klaar.voldaan_op, klaar.vervalt_op) == (op, vervalt_op or stil.vervalt_op)
    assert not klaar.is_te_laat(op)
    assert klaar.uitleg.endswith("; stond 91 dagen stil, dus di 15 september 2026" if vervalt_op else "di 16 juni 2026")
    weer = actions.heropen(termijn=klaar, reden="De brief is ingetrokken", door=secretaris)
    assert (weer.status, weer.gepauzeerd_op) == (Status.GEPAUZEERD, date(2026, 4, 1))
    assert (weer.vervalt_op, weer.uitleg) == (stil.vervalt_op, stil.uitleg)
    loopt = actions.hervat(termijn=weer, reden="Nieuw kabinet", door=secretaris)
    assert loopt.vervalt_op == date(2026, 9, 15), "de dagen tellen één keer"
