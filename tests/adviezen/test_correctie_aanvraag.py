"""Een verkeerd vastgelegd feit van de vraag herstellen: de brief, de ontvangst en de adviestermijn."""

from datetime import timedelta

import pytest

from adviezen.actions.correctie import te_corrigeren
from adviezen.enums import Stap
from adviezen.models import Adviesaanvraag, Adviestraject
from kern.fouten import InvoerFout
from kern.tijd import vandaag
from termijnen.actions import open_termijn
from termijnen.models import Termijn
from tests.adviezen import bouw
from tests.adviezen.hulp import herstel

pytestmark = pytest.mark.django_db


GISTEREN = timedelta(days=1)


def test_aanvraag_en_adviestermijn(wereld):
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    termijn = open_termijn(
        soort="adviestermijn",
        object=cast.traject,
        basis=vandaag(),
        vervalt_op=cast.traject.adviestermijn,
        door=cast.secretaris,
    )
    herstel(cast, "aanvraag_datum", vandaag() - GISTEREN)
    with pytest.raises(InvoerFout, match="in de toekomst"):
        herstel(cast, "aanvraag_datum", vandaag() + GISTEREN)
    herstel(cast, "ontvangen_op", vandaag() - GISTEREN)
    with pytest.raises(InvoerFout, match="na de ontvangst"):
        herstel(cast, "aanvraag_datum", vandaag())
    herstel(cast, "kenmerk_vrager", "A-1")
    assert herstel(cast, "kenmerk_vrager", "").nieuw == ""
    nieuw = cast.traject.adviestermijn + timedelta(days=7)
    herstel(cast, "adviestermijn", nieuw)
    termijn.refresh_from_db()
    assert termijn.status == "vervallen"
    loopt = Termijn.objects.van(cast.traject).lopend().get(soort="adviestermijn")
    assert (loopt.basis, loopt.vervalt_op) == (vandaag() - GISTEREN, nieuw)
    assert cast.vers().adviestermijn == nieuw


def test_een_herstelde_brief_en_ontvangst_verzetten_wat_ervan_telt(wereld):
    """Een brief van na de adviestermijn kan niet; een bevestiging die nog moet, telt van de herstelde ontvangst."""
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    dag = vandaag()
    Adviesaanvraag.objects.filter(traject=cast.traject).update(datum=dag - timedelta(days=30), ontvangen_op=dag)
    Adviestraject.objects.filter(pk=cast.traject.pk).update(adviestermijn=dag - timedelta(days=3))
    open_termijn(soort="ontvangstbevestiging", object=cast.traject, basis=dag, door=cast.secretaris)
    with pytest.raises(InvoerFout, match="niet voor de adviestermijn") as fout:
        herstel(cast, "aanvraag_datum", dag - timedelta(days=3))
    assert fout.value.veld == "nieuw"
    herstel(cast, "aanvraag_datum", dag - timedelta(days=4))
    herstel(cast, "ontvangen_op", dag - timedelta(days=2))
    loopt = Termijn.objects.van(cast.traject).lopend().get()
    assert (loopt.soort, loopt.basis) == ("ontvangstbevestiging", dag - timedelta(days=2))


def test_een_adviestermijn_voor_het_begin_van_de_klok_volgt_de_herstelde_brief(wereld):
    """De brief bleek een maand ouder; de termijn erin lag voor de dag waarop de klok hier begon te lopen."""
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    termijn = open_termijn(
        soort="adviestermijn",
        object=cast.traject,
        basis=vandaag() + 5 * GISTEREN,
        vervalt_op=cast.traject.adviestermijn,
        door=cast.secretaris,
    )
    brief = cast.traject.aanvraag.datum
    with pytest.raises(InvoerFout, match="na de datum van de brief") as fout:
        herstel(cast, "adviestermijn", brief)
    assert fout.value.veld == "nieuw"
    herstel(cast, "aanvraag_datum", brief - 30 * GISTEREN)
    herstel(cast, "adviestermijn", brief - 10 * GISTEREN)
    termijn.refresh_from_db()
    assert termijn.status == "vervallen"
    nu_ = Termijn.objects.van(cast.traject).lopend().get(soort="adviestermijn")
    assert (nu_.basis, nu_.vervalt_op) == (brief - 30 * GISTEREN, brief - 10 * GISTEREN)


def test_eigen_initiatief_heeft_geen_aanvraag_te_herstellen(wereld):
    cast = bouw.traject_op(Stap.CONCEPT, wereld, eigen_initiatief=True)
    assert te_corrigeren(cast.traject) == []
