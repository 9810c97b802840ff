"""De lijst van trajecten: wie haar ziet, wat zij kost, en elk adres dat iemand typt."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from adviezen.enums import Stap
from tests.adviezen import bouw

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("naam", ["adviezen:lijst", "adviezen:nieuw", "adviezen:eigen_initiatief"])
def test_alleen_het_secretariaat(als, wereld, naam):
    assert als(wereld.buitenstaander).get(reverse(naam)).status_code == 404
    assert als(wereld.beheerder).get(reverse(naam)).status_code == 404


def test_de_lijst_kost_evenveel_zoekvragen_bij_drie_en_bij_negen(als, wereld):
    client, tellingen = als(wereld.secretaris), []
    for _ in range(3):
        for stap in (Stap.TOEWIJZING, Stap.CONCEPT, Stap.ACHTERBANBERAAD):
            bouw.traject_op(stap, wereld)
        client.get(reverse("adviezen:lijst"))
        with CaptureQueriesContext(connection) as gevangen:
            assert client.get(reverse("adviezen:lijst")).status_code == 200
        tellingen.append(len(gevangen))
    assert len(set(tellingen)) == 1
    assert tellingen[0] <= 20


@pytest.mark.parametrize(
    "vraag", ["?stap=onzin", "?stap=alle&van=mij", "?q=%00x", "?pagina=abc", "?commissie=bestaat-niet"]
)
def test_de_lijst_verdraagt_elk_adres(als, wereld, vraag):
    bouw.traject_op(Stap.TOEWIJZING, wereld)
    assert als(wereld.secretaris).get(reverse("adviezen:lijst") + vraag).status_code == 200
