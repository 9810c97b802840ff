"""Geval 25: valt de database weg tijdens een verzoek, dan staat er wat er is en blijft wat getypt is."""

import psycopg
import pytest
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client
from django.urls import path

from toegang.routes import open_route
from toegang.storing import is_storing

TEKST = "Een opmerking <van> een lid & meer.\r\nTweede regel (voorbeeld)."
EIGEN = {"Origin": "http://testserver"}
STAND = {"weg": True}


def view(request):
    if STAND["weg"]:
        raise OperationalError("kanarie: the connection is lost") from psycopg.OperationalError("kanarie")
    return HttpResponse(request.POST.get("tekst", "-"))


handler500 = "toegang.storing.serverfout"
urlpatterns = [path("opmerking/", open_route(view)), path("traag/", open_route(lambda request: traag()))]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def traag():
    raise OperationalError("te traag") from psycopg.errors.QueryCanceled("te traag")


@pytest.fixture
def client():
    STAND["weg"] = True
    return Client(raise_request_exception=False)


def test_wat_getypt_is_staat_er_nog_en_gaat_met_een_knop_opnieuw():
    STAND["weg"] = True
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    client.cookies["csrftoken"] = token = _get_new_csrf_string()
    velden = {"tekst": TEKST, "password": "geheim", "csrfmiddlewaretoken": token}
    antwoord = client.post("/opmerking/?soort=1", velden, headers=EIGEN)
    bladzijde = antwoord.content.decode()
    assert (antwoord.status_code, antwoord["Retry-After"]) == (503, "30")
    assert antwoord["Cache-Control"] == "private, no-store"
    assert 'action="/opmerking/?soort=1"' in bladzijde
    assert "Een opmerking &lt;van&gt; een lid &amp; meer." in bladzijde
    for weg in ("geheim", "kanarie"):
        assert weg not in bladzijde
    STAND["weg"] = False
    nieuw = bladzijde.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    over = client.post("/opmerking/?soort=1", {"tekst": TEKST, "csrfmiddlewaretoken": nieuw}, headers=EIGEN)
    assert over.content.decode() == TEKST


def test_wat_een_ander_stuurt_komt_niet_terug_met_een_knop(client):
    for kop in ({}, {"Origin": "http://elders.test"}):
        antwoord = client.post("/opmerking/", {"tekst": TEKST}, headers=kop)
        assert antwoord.status_code == 503
        assert "mogelijk niet bewaard" in antwoord.content.decode()
        assert "Een opmerking" not in antwoord.content.decode()


def test_lezen_geeft_503_en_een_fout_van_onszelf_blijft_500(client):
    antwoord = client.get("/opmerking/")
    assert antwoord.status_code == 503
    assert "over een minuut opnieuw" in antwoord.content.decode()
    assert "bewaard" not in antwoord.content.decode()
    assert client.get("/traag/").status_code == 500


@pytest.mark.parametrize(
    ("oorzaak", "wel"),
    [
        (psycopg.errors.AdminShutdown("x"), True),
        (psycopg.errors.CannotConnectNow("x"), True),
        (psycopg.errors.TooManyConnections("x"), True),
        (psycopg.OperationalError("server closed the connection unexpectedly"), True),
        (psycopg.errors.LockNotAvailable("x"), True),
        (psycopg.errors.DeadlockDetected("x"), False),
        (psycopg.errors.QueryCanceled("x"), False),
    ],
)
def test_wat_een_storing_is(oorzaak, wel):
    fout = OperationalError("x")
    fout.__cause__ = oorzaak
    assert is_storing(fout) is wel
    assert is_storing(InterfaceError("connection already closed"))
    assert not is_storing(ValueError("x"))
    assert not is_storing(None)
