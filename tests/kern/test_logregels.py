"""Geval 12: een fout zegt op de bladzijde en in het log alleen een kenmerk, een soort en een plek."""

import io
import json
import logging

import pytest
import yaml
from django.conf import settings
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from kern.logregels import KENMERK, Regel
from toegang.routes import open_route

GEHEIM = "kanarie: de commissie is verdeeld"


def stuk(request):
    """Doe wat een fout in het portaal doet: een rij met de tekst van een concept die niet past."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE proef (id int NOT NULL, tekst text) ON COMMIT DROP")
        cursor.execute("INSERT INTO proef (tekst) VALUES (%s)", [request.POST["tekst"]])
    return HttpResponse("komt hier niet")


@pytest.fixture
def log():
    """Wat het portaal in zijn log schrijft, met een eigen opvang."""
    opvang = logging.StreamHandler(io.StringIO())
    opvang.setFormatter(Regel())
    logging.getLogger().addHandler(opvang)
    yield opvang.stream
    logging.getLogger().removeHandler(opvang)


handler500 = "kern.logregels.serverfout"
urlpatterns = [
    path("stuk/", open_route(stuk)),
    path("los/", open_route(lambda request: int(request.POST["tekst"]))),
]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("pad", "soort"), [("/stuk/", "IntegrityError door psycopg.errors.NotNullViolation"), ("/los/", "ValueError")]
)
def test_een_fout_noemt_alleen_een_kenmerk(log, pad, soort):
    antwoord = Client(raise_request_exception=False).post(pad, {"tekst": GEHEIM})
    bladzijde = antwoord.content.decode()
    (regel,) = (json.loads(r) for r in log.getvalue().splitlines() if "Internal Server Error" in r)
    assert antwoord.status_code == 500
    assert regel["verzoek"] in bladzijde
    assert len(regel["verzoek"]) == 12
    assert regel["fout"].endswith(soort)
    assert regel["plek"][0].startswith("tests/") or any("test_logregels.py" in p for p in regel["plek"])
    for waar in (bladzijde, log.getvalue()):
        assert "kanarie" not in waar
        assert "verdeeld" not in waar
    assert KENMERK.get() == ""


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_het_kenmerk_van_de_proxy_geldt_als_het_een_kenmerk_is(log):
    client = Client(raise_request_exception=False)
    for kop, gelijk in (("0123456789abcdef", True), ("<script>", False), ("a\nb" * 9, False)):
        bladzijde = client.post("/los/", {"tekst": GEHEIM}, headers={"X-Request-ID": kop}).content.decode()
        assert (kop in bladzijde) is gelijk
        assert (json.loads(log.getvalue().splitlines()[-1])["verzoek"] == kop) is gelijk


def record(bericht, *args, fout=None):
    info = (type(fout), fout, None) if fout else None
    return json.loads(Regel().format(logging.LogRecord("x", logging.ERROR, "f.py", 1, bericht, args, info)))


def test_een_taak_en_een_eigen_melding_herhalen_de_fout_niet():
    fout = IntegrityError(f"rij ({GEHEIM})")
    taak = {
        "name": "stukken.maak_pdf",
        "id": "1",
        "description": "raised unexpected",
        "exc": repr(fout),
        "traceback": GEHEIM,
    }
    regel = record("Task %(name)s[%(id)s] %(description)s: %(exc)s\\n%(traceback)s", taak, fout=fout)
    assert regel["bericht"] == "taak stukken.maak_pdf [1] raised unexpected"
    assert record("mislukt: %s", fout, fout=fout)["bericht"] == "mislukt: IntegrityError"
    assert record("gewoon %s", "bericht")["bericht"] == "gewoon bericht"
    assert "fout" not in record("gewoon")


def test_elke_fout_komt_in_het_log_van_het_systeem():
    """Zonder eigen instelling slikt Django buiten DEBUG elke fout in."""
    (eigen,) = (h for h in logging.getLogger().handlers if isinstance(h.formatter, Regel))
    assert type(eigen) is logging.StreamHandler
    for naam in ("django.request", "django.security", "celery", "stukken.tasks"):
        bron = logging.getLogger(naam)
        while bron is not None and bron is not logging.getLogger():
            assert bron.propagate
            assert all(isinstance(h, logging.NullHandler) for h in bron.handlers)
            bron = bron.parent


@pytest.mark.django_db
def test_postgresql_zelf_schrijft_geen_rijen_in_zijn_log():
    with connection.cursor() as cursor:
        gezet = {}
        for naam in ("log_error_verbosity", "log_min_error_statement"):
            cursor.execute(f"SHOW {naam}")
            gezet[naam] = cursor.fetchone()[0]
    assert gezet == {"log_error_verbosity": "terse", "log_min_error_statement": "panic"}
    opdracht = yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text())["services"]["postgres"]["command"]
    assert {f"{naam}={waarde}" for naam, waarde in gezet.items()} <= set(opdracht)
