"""Wie een eigen laatste dag heeft, wordt aan die dag herinnerd: de ladder van de ronde is dan al voorbij."""

from datetime import datetime

import pytest
import time_machine

from adviezen.actions import eigendag
from adviezen.actions.eigendag import herinner_op_eigen_dag
from adviezen.models import Achterbanberaad
from berichten.models import Bericht
from kern.fouten import PortaalFout
from kern.tijd import AMSTERDAM, datum_nl, nu, vandaag
from tests.adviezen import bouw
from tests.adviezen.test_meer_tijd import DAG, begin, geef, stuur_weg

__all__ = ["begin"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def fnv(cast):
    """FNV kan drie weken langer reageren dan de ronde duurt."""
    geef(cast, cast.deelname("FNV"), cast.beraad.uiterlijk_op + 21 * DAG)
    return cast.deelname("FNV")


def op(dag, uur=9):
    """Doe alsof het dan is."""
    return time_machine.travel(datetime(dag.year, dag.month, dag.day, uur, tzinfo=AMSTERDAM), tick=False)


def gekregen(wie):
    rijen = Bericht.objects.filter(feit__startswith="adviezen.eigen_dag", ontvanger=wie).order_by("pk")
    return [b.feit.split(":")[3] for b in rijen]


def test_elke_trede_een_keer_en_de_dag_erna_ook_het_secretariaat(cast, fnv):
    dag = fnv.uiterlijk_op
    for over in range(-25, 4):
        with op(dag + over * DAG):
            herinner_op_eigen_dag()
            assert herinner_op_eigen_dag() == 0, "nog eens wekken doet niets"
    assert gekregen(fnv.contact) == ["week_ervoor", "twee_dagen_ervoor", "op_de_dag", "dag_erna"]
    assert gekregen(cast.secretaris) == ["dag_erna"]
    rijen = Bericht.objects.filter(feit__startswith="adviezen.eigen_dag", ontvanger=fnv.contact).order_by("pk")
    assert [b.tekst for b in rijen] == [
        f"De termijn loopt af op {datum_nl(dag)}.",
        f"De termijn loopt af op {datum_nl(dag)}.",
        f"De termijn loopt vandaag af, op {datum_nl(dag)}.",
        f"De termijn is verstreken sinds {datum_nl(dag)}.",
    ]
    assert {b.pad for b in rijen} == {f"/organisatie/beraad/{fnv.pk}/"}
    assert Bericht.objects.filter(feit__startswith="adviezen.eigen_dag").count() == 5, "en niemand anders iets"


def test_na_stilstand_gaat_alleen_de_laatste(fnv):
    with op(fnv.uiterlijk_op - DAG):
        assert herinner_op_eigen_dag() == 1
    assert gekregen(fnv.contact) == ["twee_dagen_ervoor"]


def test_een_trede_van_voor_het_geven_gaat_niet_meer(cast):
    """Wie vandaag hoort dat er vijf dagen bij komen, hoeft niet ook nog te horen dat het over een week is."""
    deelname = cast.deelname("FNV")
    Achterbanberaad.objects.filter(pk=cast.beraad.pk).update(uiterlijk_op=vandaag() + DAG)
    geef(cast, deelname, vandaag() + 5 * DAG)
    assert herinner_op_eigen_dag() == 0
    with op(vandaag() + 3 * DAG):
        assert herinner_op_eigen_dag() == 1


def test_wie_reageerde_of_bij_de_ronde_hoort_krijgt_niets_extra(cast, fnv):
    week = fnv.uiterlijk_op - 7 * DAG
    Achterbanberaad.objects.filter(pk=cast.beraad.pk).update(uiterlijk_op=fnv.uiterlijk_op)
    with op(week):
        assert herinner_op_eigen_dag() == 0, "dan herinnert de ladder van de ronde"
    Achterbanberaad.objects.filter(pk=cast.beraad.pk).update(uiterlijk_op=week - 14 * DAG)
    bouw.dien_in(fnv)
    with op(week):
        assert herinner_op_eigen_dag() == 0


def test_na_het_sluiten_gaat_er_niets_meer(cast, fnv):
    Achterbanberaad.objects.filter(pk=cast.beraad.pk).update(gesloten_op=nu())
    with op(fnv.uiterlijk_op - 7 * DAG):
        assert herinner_op_eigen_dag() == 0


def test_een_verzette_dag_begint_opnieuw(cast, fnv):
    dag = fnv.uiterlijk_op
    with op(dag - 7 * DAG):
        herinner_op_eigen_dag()
    stuur_weg("verleng_deelname")
    with op(dag - 6 * DAG):
        geef(cast, fnv, dag + 14 * DAG)
    with op(dag + 7 * DAG):
        assert herinner_op_eigen_dag() == 1
    assert gekregen(fnv.contact) == ["week_ervoor", "week_ervoor"]


def test_een_die_niet_wil_houdt_de_volgende_niet_op(cast, fnv, monkeypatch, caplog):
    geef(cast, cast.deelname("CNV"), fnv.uiterlijk_op)
    echt = eigendag.bericht_organisatie

    def stuk(deelname, **kw):
        if deelname.pk == min(fnv.pk, cast.deelname("CNV").pk):
            raise RuntimeError("stuk")
        echt(deelname, **kw)

    monkeypatch.setattr(eigendag, "bericht_organisatie", stuk)
    with op(fnv.uiterlijk_op - 7 * DAG), pytest.raises(PortaalFout, match="1 keer"):
        herinner_op_eigen_dag()
    assert "Herinneren aan een eigen dag mislukt" in caplog.text
    assert Bericht.objects.filter(feit__startswith="adviezen.eigen_dag").count() == 1
