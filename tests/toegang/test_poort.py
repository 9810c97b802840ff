"""De poort laat alleen door wat de route zelf toestaat."""

import pytest
from django.test import Client
from django.urls import include, path

from toegang import controle
from toegang.enums import Rol
from toegang.routes import PUBLIEK, alle_routes, omhul

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.toegang.routes_proef")]


def als(gebruiker=None):
    client = Client()
    if gebruiker:
        client.force_login(gebruiker, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize(
    ("pad", "anoniem", "buiten", "secretaris"),
    [
        ("/publiek/", 200, 200, 200),
        ("/open/", 200, 200, 200),
        ("/ingelogd/", 302, 200, 200),
        ("/secretariaat/", 302, 404, 200),
        ("/vergeten/", 404, 404, 404),
        ("/bestaat-niet/", 404, 404, 404),
    ],
)
def test_wie_komt_waar_binnen(pad, anoniem, buiten, secretaris, maak_gebruiker):
    assert als().get(pad).status_code == anoniem
    assert als(maak_gebruiker("B")).get(pad).status_code == buiten
    assert als(maak_gebruiker("S", Rol.SECRETARIAAT)).get(pad).status_code == secretaris


def test_verboden_en_niet_bestaand_zijn_hetzelfde_antwoord(buitenstaander):
    client = als(buitenstaander)
    verboden, niets = client.get("/secretariaat/"), client.get("/bestaat-niet/")
    assert (verboden.status_code, verboden.content) == (niets.status_code, niets.content)


@pytest.mark.parametrize("methode", ["post", "put", "patch", "delete", "options", "trace"])
def test_een_openbare_route_leest_alleen(methode):
    assert getattr(als(), methode)("/publiek/").status_code == 405


def test_een_adres_dat_bij_een_knop_hoort_zegt_dat():
    antwoord = als().post("/publiek/")
    assert antwoord.status_code == 405
    assert antwoord["Allow"] == "GET, HEAD"
    assert "Op dit adres is niets te lezen" in antwoord.content.decode()


def test_een_openbare_route_raakt_sessie_en_database_niet(secretaris, settings, django_assert_num_queries):
    settings.PUBLIEK_STAND_SECONDEN = 60
    client = als(secretaris)
    als().get("/publiek/")  # leest de stand van de openbare bladzijden; die geldt hierna een minuut
    with django_assert_num_queries(0):
        antwoord = client.get("/publiek/")
    assert "Cookie" not in antwoord.get("Vary", "")
    assert antwoord.content == als().get("/publiek/").content


def test_wat_achter_de_poort_ligt_wordt_nergens_bewaard(secretaris):
    assert als(secretaris).get("/secretariaat/")["Cache-Control"] == "private, no-store"
    assert als().get("/publiek/")["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_een_ingetrokken_recht_geldt_bij_het_volgende_verzoek(secretaris):
    client = als(secretaris)
    assert client.get("/secretariaat/").status_code == 200
    secretaris.groups.clear()
    assert client.get("/secretariaat/").status_code == 404
    secretaris.is_active = False
    secretaris.save()
    assert client.get("/secretariaat/").status_code == 302


def test_de_systeemcontrole_meldt_een_route_zonder_eis():
    assert [fout.msg for fout in controle.controleer(None)] == ["De route 'vergeten/' zegt niet wie er binnen mag"]


@pytest.mark.urls("ser_portal.urls")
def test_elke_route_van_het_portaal_zegt_wie_er_binnen_mag():
    assert controle.controleer(None) == []
    assert len(alle_routes()) > 10


def test_omhullen_laat_een_eigen_eis_staan():
    from tests.toegang.routes_proef import urlpatterns

    omhuld = {str(r.pattern): r for r in omhul(list(urlpatterns), PUBLIEK)}
    try:
        assert omhuld["vergeten/"].callback.toegang == PUBLIEK
        assert omhuld["ingelogd/"].callback.toegang.soort == "ingelogd"
    finally:
        omhuld["vergeten/"].callback = omhuld["vergeten/"].callback.__wrapped__


def test_omhullen_gaat_ook_naar_binnen():
    dieper = path("binnen/", lambda request: None)
    omhul([path("buiten/", include([dieper]))], PUBLIEK)
    assert dieper.callback.toegang == PUBLIEK


def test_wat_er_niet_is_heeft_ook_dezelfde_kopregels(buitenstaander):
    client = als(buitenstaander)
    verboden, niets = client.get("/secretariaat/"), client.get("/bestaat-niet/")
    assert dict(verboden.items()) == dict(niets.items())
    assert "Cookie" in niets["Vary"]
    assert "Cookie" in als().get("/bestaat-niet/")["Vary"]
