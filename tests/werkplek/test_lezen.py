"""/lezen/: de eerstvolgende vergadering bovenaan, en dezelfde telling als bij de tekst."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from adviezen.actions import opmerkingen
from adviezen.enums import Kring, Stap
from adviezen.models import Knelpunt
from kern.tijd import vandaag
from tests.adviezen import bouw
from tests.adviezen.conftest import _stand, _wereld, als, wereld  # noqa: F401 dezelfde wereld als bij de adviezen
from tests.browser import bladzijden
from vergaderingen.actions import meld_af, plan_vergadering, roep_op, voeg_agendapunt_toe
from vergaderingen.enums import Orgaan
from vergaderingen.models import Vergadering
from werkplek import queries, queries_lezen

pytestmark = pytest.mark.django_db


def _raad(wereld, dagen):  # noqa: F811
    door = wereld.raadssecretaris
    rij = plan_vergadering(
        orgaan=Orgaan.RAAD, datum=vandaag() + timedelta(days=dagen), begin=time(10, 15), plaats="Raadzaal", door=door
    )
    voeg_agendapunt_toe(vergadering=rij, onderwerp="Opening", door=door)
    return roep_op(vergadering=rij, versie=None, door=door)


def test_de_vergadering_van_deze_week_staat_bovenaan_met_tijd_plaats_en_de_eigen_afmelding(als, wereld):  # noqa: F811
    lid = wereld.account("FNV 2")
    _raad(wereld, 8)
    assert "Eerstvolgende vergadering" not in als(lid).get("/lezen/").content.decode()
    rij = _raad(wereld, 7)
    blad = als(lid).get("/lezen/").content.decode()
    boven, _, onder = blad.partition('id="te-lezen"')
    assert "Eerstvolgende vergadering" in boven
    assert "10.15 uur, Raadzaal · nog 7 dagen" in " ".join(strip_tags(boven).split())
    assert "afgemeld" not in blad
    meld_af(vergadering=rij, door=lid)
    boven, _, onder = als(lid).get("/lezen/").content.decode().partition('id="te-lezen"')
    assert (">afgemeld<" in boven, onder.count(">afgemeld<")) == (True, 1)
    assert ">afgemeld<" not in als(wereld.account("CNV 1")).get("/lezen/").content.decode(), "alleen de eigen afmelding"


def test_een_vergadering_meer_kost_geen_zoekvraag_meer(als, wereld):  # noqa: F811
    client, tellingen = als(wereld.account("FNV 2")), []
    for dagen in (3, 4):
        _raad(wereld, dagen)
        client.get("/lezen/")
        with CaptureQueriesContext(connection) as vragen:
            assert client.get("/lezen/").status_code == 200
        tellingen.append(len(vragen))
    assert len(set(tellingen)) == 1


def test_de_leeslijst_telt_de_open_opmerkingen_die_bij_de_tekst_staan(als, wereld):  # noqa: F811
    """Wat van een eerdere versie nog open staat loopt mee; wat afgedaan is, telt bij geen van beide."""
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    eerste, lid = bouw.versie(cast), wereld.account("FNV 2")
    gewoon = {"kring": Kring.COMMISSIE, "door": cast.secretaris}
    opmerkingen.plaats_opmerking(versie=eerste, tekst="Nog open.", **gewoon)
    versie = bouw.versie(cast)
    gedaan, _ = (opmerkingen.plaats_opmerking(versie=versie, tekst=t, **gewoon) for t in ("Af.", "Ook open."))
    opmerkingen.doe_opmerking_af(opmerking=gedaan, afdoening="Gedaan.", door=cast.secretaris)
    client = als(lid)
    tekst = client.get(reverse("lezen:versie", args=[versie.pk]))
    assert (tekst.context["aantal_open"], "2 open opmerkingen" in tekst.content.decode()) == (2, True)
    assert "2 open opmerkingen" in client.get("/lezen/").content.decode()


def test_het_beginscherm_zegt_dat_het_nieuwe_knelpunten_telt(wereld):  # noqa: F811
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    gewoon = {"deelname": cast.deelname("FNV"), "gemeld_door": wereld.account("FNV 2")}
    Knelpunt.objects.create(tekst="Gezien.", gezien_op=cast.beraad.geopend_op, **gewoon)
    Knelpunt.objects.create(tekst="Nieuw.", **gewoon)
    teksten = [u.tekst for u in queries.uitzonderingen(wereld.secretaris, "mij", vandaag(), 0, [])]
    assert f"{cast.traject.titel}: 1 nieuw knelpunt" in teksten


def test_de_leeslijst_haalt_de_teksten_zelf_niet_op(als, wereld):  # noqa: F811
    """Een tekst kan een megabyte zijn en een lijst veertig teksten lang; de lijst toont er geen letter van."""
    bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    with CaptureQueriesContext(connection) as vragen:
        assert als(wereld.account("FNV 2")).get("/lezen/").status_code == 200
    assert any('"adviezen_versie"."notitie"' in v["sql"] for v in vragen)
    assert not any('"adviezen_versie"."html"' in v["sql"] for v in vragen)


def test_de_leeslijst_zegt_wie_er_reageert(als, wereld):  # noqa: F811
    """Een kroonlid of ministerie reageert niet in een achterbanberaad; "reageren tot en met" las alsof het moest."""
    bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    blad = als(wereld.account("FNV 2")).get("/lezen/").content.decode()
    assert " · organisaties reageren tot en met " in blad
    assert " · reageren tot en met " not in blad


def test_een_oud_lid_leest_niet_dat_zijn_commissie_iets_maakt(als, wereld):  # noqa: F811
    blad = als(wereld.raad.oud_lid.gebruiker).get("/lezen/").content.decode()
    assert "Als oud-lid leest u hier geen teksten die nog in de maak zijn." in blad
    assert "een commissie van u" not in blad
    assert f'href="{reverse("gegevens")}"' in blad, "wat hij zelf schreef blijft van hem"
    eigen = als(wereld.raad.oud_lid.gebruiker).get(reverse("account")).content.decode()
    assert "oud-lid. U leest hier alleen wat openbaar is" in eigen
    beheer = als(wereld.beheerder).get(reverse("beheer:account", args=[wereld.raad.oud_lid.gebruiker_id]))
    assert "oud-lid. Leest alleen wat openbaar is" in beheer.content.decode()


def test_wie_nog_nooit_lid_was_heet_geen_oud_lid(als, wereld):  # noqa: F811
    blad = als(bouw.maak_gebruiker("Nieuw")).get("/lezen/").content.decode()
    assert "Als oud-lid" not in blad
    assert "U heeft vandaag geen rol in de raad of een commissie." in blad


def test_de_laatst_vastgestelde_staat_bovenaan(als, wereld):  # noqa: F811
    """De lijst volgde wanneer een tekst gemaakt was: 22 oktober boven 6 november, en daaronder 31 juli."""
    eerste, tweede = (bouw.traject_op(Stap.AANBIEDING, wereld).traject for _ in range(2))
    dag = eerste.versies.get(soort="vastgesteld").vastgesteld_in
    Vergadering.objects.filter(pk=dag.pk).update(datum=dag.datum + timedelta(days=3))
    assert [v.traject for v in queries_lezen.vastgesteld(wereld.account("FNV 2"))] == [eerste, tweede]


@pytest.mark.browser
def test_een_knop_die_verborgen_is_is_niet_te_zien(als, wereld):  # noqa: F811
    """Onder "Er is nu niets om op dit apparaat te zetten" stond de knop "Zet deze stukken op dit apparaat"."""
    with bladzijden({"/lezen/": als(bouw.maak_gebruiker("Oud")).get("/lezen/")}) as blad:
        blad.goto("/lezen/")
        blad.evaluate("document.getElementById('op-apparaat').hidden = false")
        knop = blad.locator("#op-apparaat button")
        knop.evaluate("e => { e.hidden = false; }")
        assert knop.is_visible()
        knop.evaluate("e => { e.hidden = true; }")
        assert not knop.is_visible()
