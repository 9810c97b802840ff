"""Waarschuwen: elk feit eenmaal, ook na stilstand, dubbele tikken, middernacht en de zomertijd."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from berichten.actions import verstuur_gereed
from berichten.enums import Status as BerichtStatus
from berichten.models import Bericht
from kern.tijd import AMSTERDAM, dag_van
from termijnen import actions, ladders, planning, soorten
from termijnen.models import MAX_FOUTEN, Herinnering, Termijn
from tests.termijnen.conftest import om
from toegang.enums import Rol

pytestmark = pytest.mark.django_db
BASIS = date(2026, 3, 16)  # vervalt op di 16 juni 2026


def feiten(termijn: Termijn) -> list[tuple[str, str]]:
    return [(h.gepland_op.isoformat(), h.trede) for h in termijn.herinneringen.all()]


def test_een_jaar_lang_elke_dag(open_proef: Any, reis: Any) -> None:
    reis(BASIS)
    termijn, dag = open_proef(BASIS), BASIS
    while dag < date(2026, 12, 31):
        planning.verwerk(reis(dag))
        dag += timedelta(days=1)
    assert feiten(termijn) == [
        ("2026-05-19", "vier_weken_ervoor"),
        ("2026-06-09", "week_ervoor"),
        ("2026-06-16", "op_de_dag"),
        *((f"2026-{maand:02d}-16", "elke_maand_erna") for maand in range(7, 13)),
    ]
    assert len(mail.outbox) == len({m.extra_headers["Message-ID"] for m in mail.outbox}) == 9
    assert mail.outbox[0].subject.endswith("Proeftermijn: di 16 juni 2026")
    assert "De termijn loopt af op di 16 juni 2026." in mail.outbox[0].body
    assert "De termijn loopt vandaag af" in mail.outbox[2].body
    assert "De termijn is verstreken sinds di 16 juni 2026." in mail.outbox[3].body
    assert "Dossier" not in "".join(m.subject + m.body for m in mail.outbox), "geen naam van een dossier in de post"


def test_drie_dagen_stilstand_verliest_en_verdubbelt_niets(open_proef: Any, reis: Any) -> None:
    reis(BASIS)
    termijnen = [open_proef(BASIS + timedelta(days=n)) for n in range(3)]
    uitkomst = actions.verwerk(reis(date(2026, 5, 22)))  # de treden van 19, 20 en 21 mei zijn gemist
    assert (uitkomst.herinneringen, uitkomst.verstuurd, uitkomst.fouten) == (3, 3, 0)
    assert [feiten(t) for t in termijnen] == [[(f"2026-05-{19 + n}", "vier_weken_ervoor")] for n in range(3)]
    assert actions.verwerk() == actions.Verwerkt(0, 0, 0)


def test_wie_het_langst_wacht_gaat_voor_en_niemand_valt_tussen_twee_bundels(open_proef: Any, reis: Any) -> None:
    reis(BASIS)
    for n in (2, 1, 0):
        open_proef(BASIS + timedelta(days=n))
    assert actions.verwerk(reis(date(2026, 5, 22)), limiet=1).herinneringen == 3


def test_na_lange_stilstand_alleen_de_laatste_trede(open_proef: Any, reis: Any) -> None:
    reis(BASIS)
    termijn = open_proef(BASIS)
    Termijn.objects.update(fouten=3, laatste_fout="eerder")
    assert actions.verwerk(reis(date(2026, 6, 20))).verstuurd == 1
    termijn.refresh_from_db()
    assert (termijn.fouten, termijn.laatste_fout) == (0, ""), "het ging weer goed"
    assert [(h.trede, h.overgeslagen, h.ontvanger_id is None) for h in termijn.herinneringen.all()] == [
        ("vier_weken_ervoor", True, True),
        ("week_ervoor", True, True),
        ("op_de_dag", False, False),
    ]
    assert str(termijn.herinneringen.last()) == "op_de_dag op 2026-06-16"
    assert "is verstreken sinds di 16 juni 2026" in mail.outbox[0].body, "niet vandaag: die dag is geweest"
    termijn.refresh_from_db()
    assert termijn.volgende_herinnering == date(2026, 7, 16)


def test_een_soort_doet_zelf_iets_bij_de_trede_die_telt(
    open_proef: Any, reis: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    gedaan: list[tuple[Termijn, str]] = []
    soort = soorten.met_naam("proef")

    def bij_trede(termijn: Termijn, gepland: ladders.Gepland) -> None:
        gedaan.append((termijn, gepland.trede))

    monkeypatch.setitem(soorten._soorten, "proef", replace(soort, bij_trede=bij_trede))
    reis(BASIS)
    termijn = open_proef(BASIS)
    actions.verwerk(reis(date(2026, 6, 20)))
    actions.verwerk()
    assert gedaan == [(termijn, "op_de_dag")]


def test_een_termijn_uit_het_verleden_geeft_geen_stapel(open_proef: Any, reis: Any) -> None:
    reis(date(2026, 11, 20))
    termijn = open_proef(date(2023, 3, 16))
    assert actions.verwerk().herinneringen == 0
    assert termijn.volgende_herinnering == date(2026, 12, 16)


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 28, 23, tzinfo=UTC),
        datetime(2026, 10, 24, 22, tzinfo=UTC),
        datetime(2026, 5, 18, 22, tzinfo=UTC),
    ],
)
def test_de_dag_begint_in_amsterdam_ook_rond_de_zomertijd(open_proef: Any, moment: datetime) -> None:
    """Een minuut voor middernacht in Amsterdam nog niet, op middernacht wel (UTC loopt een of twee uur achter)."""
    dag = moment.astimezone(AMSTERDAM).date()
    assert moment.astimezone(AMSTERDAM).strftime("%H:%M") == "00:00"
    with time_machine.travel(moment - timedelta(days=60)):
        open_proef(dag - timedelta(days=60), vervalt_op=dag + timedelta(days=28))
    with time_machine.travel(moment - timedelta(minutes=1), tick=False):
        assert actions.verwerk().herinneringen == 0
    with time_machine.travel(moment, tick=False):
        assert actions.verwerk().herinneringen == 1


@pytest.mark.parametrize("dag", [date(2026, 3, 29), date(2026, 10, 25)])
def test_elke_minuut_van_een_dag_met_een_ander_aantal_uren(open_proef: Any, reis: Any, dag: date) -> None:
    reis(dag - timedelta(days=60))
    open_proef(dag - timedelta(days=60), vervalt_op=dag + timedelta(days=7))
    begin = om(dag, 0).timestamp()
    eind = om(dag + timedelta(days=1), 0).timestamp()
    assert (eind - begin) / 3600 in {23, 25}
    actions.verwerk(datetime.fromtimestamp(begin - 60, AMSTERDAM))
    minuten = [datetime.fromtimestamp(begin + 60 * minuut, AMSTERDAM) for minuut in range(int(eind - begin) // 60)]
    assert {dag_van(minuut.astimezone(UTC)) for minuut in minuten} == {dag}
    gemaakt = sum(actions.herinner_bundel(moment=minuut).herinneringen for minuut in minuten[::10])
    assert gemaakt == 1


@given(
    tikken=st.lists(st.integers(0, 400), min_size=1, max_size=12), basis=st.dates(date(2025, 1, 1), date(2030, 1, 1))
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_wanneer_de_klok_ook_tikt_elk_feit_eenmaal(open_proef: Any, tikken: list[int], basis: date) -> None:
    """Welke dagen de klok ook slaat of mist: na de laatste tik staat elke trede tot die dag er precies één keer."""
    with time_machine.travel(om(basis), tick=False):
        termijn = open_proef(basis)
    for tik in tikken:
        actions.herinner_bundel(moment=om(basis + timedelta(days=tik)))
    eind = basis + timedelta(days=max(tikken))
    verwacht = ladders.geplande(ladders.KABINETSREACTIE, termijn.vervalt_op, van=basis, tot_en_met=eind)
    assert feiten(termijn) == [(g.op.isoformat(), g.trede) for g in verwacht]
    assert termijn.herinneringen.filter(overgeslagen=False).count() <= len(set(tikken))


def test_twee_ontvangers_een_weg_en_een_dubbel(
    open_proef: Any, reis: Any, proefsoort: Any, maak_gebruiker: Any
) -> None:
    reis(BASIS)
    ander = maak_gebruiker()
    proefsoort += [ander, ander, maak_gebruiker(is_active=False)]
    termijn = open_proef(BASIS)
    assert actions.verwerk(reis(date(2026, 5, 19))).verstuurd == 2
    assert {h.ontvanger for h in termijn.herinneringen.all()} == {proefsoort[0], ander}
    assert {h.bericht.status for h in termijn.herinneringen.all()} == {BerichtStatus.VERSTUURD}


def test_de_ontvanger_wordt_gezocht_als_het_zover_is(
    open_proef: Any, reis: Any, proefsoort: Any, maak_gebruiker: Any
) -> None:
    reis(BASIS)
    termijn = open_proef(BASIS)
    opvolger = maak_gebruiker("Opvolger")
    proefsoort[:] = [opvolger]
    actions.verwerk(reis(date(2026, 5, 19)))
    assert [h.ontvanger for h in termijn.herinneringen.all()] == [opvolger]


def test_zonder_ontvanger_de_algemeen_secretaris_en_anders_niemand(
    open_proef: Any, reis: Any, proefsoort: Any, maak_gebruiker: Any
) -> None:
    reis(BASIS)
    termijn = open_proef(BASIS)
    proefsoort.clear()
    assert actions.verwerk(reis(date(2026, 5, 19))).herinneringen == 1
    [feit] = termijn.herinneringen.all()
    assert (feit.ontvanger, feit.bericht, feit.overgeslagen) == (None, None, False)
    algemeen = maak_gebruiker("Algemeen secretaris", Rol.ALGEMEEN_SECRETARIS)
    actions.verwerk(reis(date(2026, 6, 9)))
    assert [h.ontvanger for h in termijn.herinneringen.all()] == [None, algemeen]


@pytest.mark.parametrize("naam", ["voldoe", "laat_vervallen", "verleng", "pauzeer"])
def test_wat_de_termijn_verandert_haalt_de_wachtende_waarschuwing_terug(
    open_proef: Any, reis: Any, secretaris: Any, naam: str
) -> None:
    reis(BASIS)
    termijn = open_proef(BASIS)
    actions.herinner_bundel(moment=reis(date(2026, 5, 19)))
    kw = {"voldoe": {}, "verleng": {"vervalt_op": date(2026, 9, 1), "reden": "x"}}.get(naam, {"reden": "x"})
    getattr(actions, naam)(termijn=termijn, door=secretaris, **kw)
    assert verstuur_gereed() == 0
    assert Bericht.objects.get().status == BerichtStatus.HERROEPEN
    if naam in {"voldoe", "laat_vervallen"}:
        assert actions.verwerk(reis(date(2027, 6, 1))).herinneringen == 0


def test_na_verlengen_begint_de_ladder_niet_in_het_verleden(open_proef: Any, reis: Any, secretaris: Any) -> None:
    reis(BASIS)
    termijn = open_proef(BASIS)
    actions.verwerk(reis(date(2026, 6, 10)))
    actions.verleng(termijn=termijn, vervalt_op=date(2026, 6, 20), reden="x", door=secretaris)
    assert actions.verwerk().herinneringen == 0
    assert actions.verwerk(reis(date(2026, 6, 13))).herinneringen == 1
    assert feiten(termijn)[-1] == ("2026-06-13", "week_ervoor")


def test_een_verloren_feit_komt_terug_en_een_bestaand_feit_verdubbelt_niet(open_proef: Any, reis: Any) -> None:
    """Ook als de geheugensteun `volgende_herinnering` achterloopt, telt alleen wat in Herinnering staat."""
    reis(BASIS)
    termijn = open_proef(BASIS)
    actions.verwerk(reis(date(2026, 5, 19)))
    Termijn.objects.update(volgende_herinnering=BASIS)
    assert actions.verwerk() == actions.Verwerkt(0, 0, 0)
    termijn.refresh_from_db()
    assert termijn.volgende_herinnering == date(2026, 6, 9)


def test_gif_gaat_na_acht_rondes_apart_en_de_rest_gaat_door(
    open_proef: Any, reis: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    reis(BASIS)
    gif, goed = open_proef(BASIS), open_proef(BASIS)
    soort = soorten.met_naam("proef")

    def ontvangers(termijn: Termijn, dag: date) -> Any:
        if termijn == gif:
            raise RuntimeError("gif" * 200)
        return soort.ontvangers(termijn, dag)

    monkeypatch.setitem(soorten._soorten, "proef", soorten.SoortTermijn(**vars(soort) | {"ontvangers": ontvangers}))
    reis(date(2026, 5, 19))
    uitkomsten = [actions.verwerk(limiet=1) for _ in range(MAX_FOUTEN + 2)]
    assert [u.fouten for u in uitkomsten] == [1] * MAX_FOUTEN + [0, 0]
    assert sum(u.verstuurd for u in uitkomsten) == 1
    assert feiten(goed) == [("2026-05-19", "vier_weken_ervoor")]
    gif.refresh_from_db()
    assert (gif.fouten, gif.laatste_fout) == (MAX_FOUTEN, f"RuntimeError: {'gif' * 200}"[:300])
    assert f"Waarschuwen over termijn {gif.pk} mislukt" in caplog.text
    assert not gif.herinneringen.exists()

    monkeypatch.setitem(soorten._soorten, "proef", soort)
    assert actions.herplan(dag=date(2026, 5, 19)) == 2
    gif.refresh_from_db()
    assert (gif.fouten, gif.laatste_fout) == (0, "")
    assert actions.verwerk().verstuurd == 1
    assert feiten(gif) == [("2026-05-19", "vier_weken_ervoor")]


def test_een_soort_die_niemand_meer_aanmeldt_houdt_niets_op(
    open_proef: Any, reis: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    reis(BASIS)
    open_proef(BASIS)
    monkeypatch.delitem(soorten._soorten, "proef")
    assert actions.verwerk(reis(date(2026, 5, 19))).fouten == 1


def test_bundels_lopen_alles_af(open_proef: Any, reis: Any) -> None:
    reis(BASIS)
    for _ in range(7):
        open_proef(BASIS)
    reis(date(2026, 5, 19))
    assert actions.verwerk(limiet=3) == actions.Verwerkt(7, 7, 0)
    assert Herinnering.objects.count() == len(mail.outbox) == 7


def test_het_commando_doet_hetzelfde_zonder_celery(open_proef: Any, reis: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    reis(BASIS)
    open_proef(BASIS)
    reis(date(2026, 5, 19))
    uit = StringIO()
    call_command("verwerk_termijnen", "--herplan", stdout=uit)
    assert uit.getvalue().splitlines() == [
        "Opnieuw gepland: 1 termijnen.",
        "Waarschuwingen: 1. Verstuurd: 1. Mislukt: 0.",
    ]
    monkeypatch.delitem(soorten._soorten, "proef")
    reis(date(2026, 6, 9))
    with pytest.raises(SystemExit):
        call_command("verwerk_termijnen", stdout=uit)


def test_eigen_termijn_waarschuwt_wie_haar_bewaakt(reis: Any, secretaris: Any, buitenstaander: Any) -> None:
    reis(BASIS)
    kw: dict[str, Any] = {"soort": "eigen", "object": buitenstaander, "basis": BASIS, "vervalt_op": BASIS}
    bewaakt = actions.open_termijn(door=secretaris, **kw)
    van_niemand = actions.open_termijn(door=None, **kw)
    assert actions.verwerk().verstuurd == 1
    assert [h.ontvanger for h in bewaakt.herinneringen.all()] == [secretaris]
    assert [h.ontvanger for h in van_niemand.herinneringen.all()] == [None]
    assert Bericht.objects.get().pad == f"/werk/termijnen/{bewaakt.pk}/"


def test_kost_per_termijn_een_vast_aantal_zoekvragen(
    open_proef: Any, reis: Any, django_assert_max_num_queries: Any
) -> None:
    reis(BASIS)
    for _ in range(20):
        open_proef(BASIS)
    with django_assert_max_num_queries(20 * 11 + 10):
        actions.herinner_bundel(moment=reis(date(2026, 5, 19)))
    with django_assert_max_num_queries(4):
        actions.herinner_bundel(moment=reis(date(2026, 5, 20)))
