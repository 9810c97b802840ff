"""De volgorde van /werk/ en /werk/trajecten/: te laat, eigen beurt, dan op dag; en zoeken op woorden en kenmerk."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from adviezen.enums import Stap
from adviezen.models import Adviestraject
from adviezen.queries.beurt import beurten
from kern.tijd import vandaag
from termijnen.actions import open_termijn, pauzeer
from tests.adviezen import bouw
from tests.adviezen.conftest import _stand, _wereld, als, wereld  # noqa: F401 dezelfde wereld als bij de adviezen
from vergaderingen.actions import plan_vergadering
from vergaderingen.enums import Orgaan

pytestmark = pytest.mark.django_db


def _aanvraag(wereld, dagen, **velden):  # noqa: F811
    traject = bouw.nieuw(wereld).traject
    Adviestraject.objects.filter(pk=traject.pk).update(adviestermijn=vandaag() + timedelta(days=dagen), **velden)
    return traject


def _bevestigen(traject, dagen):
    """De ontvangst moest `dagen` dagen geleden bevestigd zijn."""
    basis = vandaag() - timedelta(days=dagen + 7)
    return open_termijn(soort="ontvangstbevestiging", object=traject, basis=basis, door=traject.secretaris)


def test_te_laat_staat_vooraan_dan_de_eigen_beurt_en_dan_de_dag(als, wereld):  # noqa: F811
    plan_vergadering(orgaan=Orgaan.DAGELIJKS_BESTUUR, datum=vandaag() + timedelta(days=3), door=wereld.raadssecretaris)
    bestuur = bouw.traject_op(Stap.TOEWIJZING, wereld).traject
    eigen, laat = _aanvraag(wereld, 90), _aanvraag(wereld, 210)
    vreemd = _aanvraag(wereld, 2, secretaris=wereld.tweede)
    _bevestigen(laat, 34)
    client = als(wereld.secretaris)
    werk, lijst = client.get("/werk/?van=alle"), client.get(reverse("adviezen:lijst"))
    verwacht = [laat.pk, eigen.pk, vreemd.pk, bestuur.pk]
    assert [t.pk for t, _ in werk.context["rijen"]] == verwacht
    assert [t.pk for t in lijst.context["pagina"].object_list] == verwacht, "de lijst achter het beginscherm"
    for blad in (werk, lijst):
        rij = strip_tags(blad.content.decode().partition(f'/werk/trajecten/{laat.slug}/">')[2].partition("</tr>")[0])
        assert "sinds 34 dagen verstreken" in rij
        assert "Ontvangst bevestigen" in rij
    assert [t.pk for t, _ in als(wereld.tweede).get("/werk/?van=alle").context["rijen"]][:2] == [laat.pk, vreemd.pk]


def test_wat_eerder_afloopt_dan_de_stap_is_de_dag_van_de_rij_tenzij_het_stilstaat(wereld):  # noqa: F811
    traject = _aanvraag(wereld, 90)
    Adviestraject.objects.get(pk=traject.pk)
    termijn = _bevestigen(traject, 1)
    ver = open_termijn(
        soort="adviestermijn", object=traject, basis=vandaag(), vervalt_op=vandaag() + timedelta(days=120),
        door=traject.secretaris,
    )  # fmt: skip
    [nu] = beurten([Adviestraject.objects.get(pk=traject.pk)]).values()
    assert (nu.tot, nu.waarvoor, nu.te_laat) == (vandaag() - timedelta(days=1), "Ontvangst bevestigen", True)
    pauzeer(termijn=termijn, reden="De vrager is onbereikbaar.", door=traject.secretaris)
    [nu] = beurten([Adviestraject.objects.get(pk=traject.pk)]).values()
    assert (nu.tot, nu.waarvoor, nu.te_laat) == (vandaag() + timedelta(days=90), "", False), ver


def test_de_algemeen_secretaris_ziet_eerst_wat_hij_aanbiedt(als, wereld):  # noqa: F811
    eerder, aanbieden = _aanvraag(wereld, 1), bouw.traject_op(Stap.AANBIEDING, wereld).traject
    Adviestraject.objects.filter(pk=aanbieden.pk).update(adviestermijn=vandaag() + timedelta(days=60))
    rijen = als(wereld.algemeen_secretaris).get("/werk/?van=alle").context["rijen"]
    assert [t.pk for t, _ in rijen] == [aanbieden.pk, eerder.pk]


@pytest.mark.parametrize("gezocht", ["VT26/052", "vt26", "26/05", "bouw scholing", "scholing 052"])
def test_zoeken_op_kenmerk_en_op_woorden_die_er_allemaal_in_staan(als, wereld, gezocht):  # noqa: F811
    traject = _aanvraag(wereld, 9, kenmerk="VT26/052", titel="Scholing in de bouw (voorbeeld)")
    ander = _aanvraag(wereld, 9, kenmerk="VT25/007", titel="Deeltijdpensioen in de bouw (voorbeeld)")
    client = als(wereld.secretaris)

    def vind(woorden):
        return [t.pk for t in client.get(reverse("adviezen:lijst"), {"q": woorden}).context["pagina"].object_list]

    assert vind(gezocht) == [traject.pk]
    assert (vind("deeltijd pensioen"), vind("scholing pensioen"), vind("\x00 % ")) == ([ander.pk], [], [])
    assert vind("bouw") == [ander.pk, traject.pk], "dezelfde dag: op kenmerk"


def test_wat_klaar_is_staat_de_laatst_gezette_stap_eerst_en_de_lijst_zegt_het(als, wereld):  # noqa: F811
    klaar, loopt = bouw.traject_op(Stap.AANGEBODEN, wereld).traject, _aanvraag(wereld, 9)
    client = als(wereld.secretaris)
    for keuze, verwacht in (("alle", [loopt.pk, klaar.pk]), (Stap.AANGEBODEN, [klaar.pk])):
        blad = client.get(reverse("adviezen:lijst"), {"stap": keuze})
        assert [t.pk for t in blad.context["pagina"].object_list] == verwacht
        assert [t.pk for t, _ in blad.context["rijen"]] == verwacht
        assert "de laatst gezette stap eerst" in blad.content.decode()


def test_bladeren_houdt_de_volgorde_aan(als, wereld, monkeypatch):  # noqa: F811
    monkeypatch.setattr("adviezen.views.trajecten.PER_BLADZIJDE", 2)
    trajecten = [_aanvraag(wereld, dagen).pk for dagen in (3, 1, 2)]
    client, gezien = als(wereld.secretaris), []
    for pagina in (1, 2):
        gezien += [t.pk for t, _ in client.get(reverse("adviezen:lijst"), {"pagina": pagina}).context["rijen"]]
    assert gezien == [trajecten[1], trajecten[2], trajecten[0]]


def test_wat_deze_week_afloopt_is_een_link_naar_die_termijnen(als, wereld):  # noqa: F811
    traject, dag = _aanvraag(wereld, 90), vandaag()
    gewoon = {"soort": "eigen", "object": traject, "basis": dag, "door": traject.secretaris}
    for dagen in (0, 6, 7):
        open_termijn(**gewoon, vervalt_op=dag + timedelta(days=dagen), eigenaar=traject.secretaris)
    pauzeer(
        termijn=open_termijn(**gewoon, vervalt_op=dag + timedelta(days=1), eigenaar=traject.secretaris),
        reden="Ziek.", door=traject.secretaris,
    )  # fmt: skip
    client = als(wereld.secretaris)
    blad = client.get(reverse("termijnen:lijst"), {"soort": "eigen"}).content.decode()
    link = "?wie=mijn&amp;soort=eigen&amp;stand=deze_week"
    assert f'<a href="{link}">2 lopen deze week af</a>' in blad
    achter = client.get(reverse("termijnen:lijst") + link.replace("&amp;", "&"))
    assert [t.vervalt_op for t in achter.context["bladzijde"]] == [dag, dag + timedelta(days=6)]
