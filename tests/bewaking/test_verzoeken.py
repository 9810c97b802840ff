"""De tellers van het web: alles telt één keer mee, en geen verzoek wacht op Redis."""

import re
import threading

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client, RequestFactory

from bewaking import verzoeken


@pytest.fixture(autouse=True)
def _leeg():
    cache.delete_many([f"http:{naam}" for naam in verzoeken.NAMEN])
    verzoeken._geteld.clear()


def getallen(tekst):
    return {m[1]: float(m[2]) for m in re.finditer(r"^(ser_\S+) (\S+)$", tekst, re.M)}


def test_elk_antwoord_telt_een_keer_in_zijn_soort_en_in_elke_grens_erboven():
    for status, duur in ((200, 0.01), (200, 0.2), (302, 0.05), (404, 0.5), (503, 60.0)):
        verzoeken.tel(status, duur)
    verzoeken.breng_weg()
    verzoeken.breng_weg()  # wat weg is, telt niet nog eens
    gelezen = getallen(verzoeken.tekst(verzoeken.stand()))
    soorten = [gelezen[f'ser_http_responses_total{{status="{soort}"}}'] for soort in verzoeken.SOORTEN]
    assert soorten == [0, 2, 1, 1, 1]
    vakken = [gelezen[f'ser_http_duration_seconds_bucket{{le="{le}"}}'] for le in ("0.05", "0.1", "0.3", "1", "10")]
    assert vakken == [2, 2, 3, 4, 4]
    assert gelezen['ser_http_duration_seconds_bucket{le="+Inf"}'] == gelezen["ser_http_duration_seconds_count"] == 5
    assert gelezen["ser_http_duration_seconds_sum"] == pytest.approx(60.76)


def test_twee_processen_tellen_samen_en_een_redis_die_weg_is_verliest_niets(monkeypatch):
    verzoeken.tel(200, 0.01)
    verzoeken.breng_weg()
    verzoeken.tel(200, 0.01)  # een ander proces

    def weg(*_, **__):
        raise ConnectionError("weg")

    with monkeypatch.context() as tijdelijk:
        tijdelijk.setattr(verzoeken.cache, "incr", weg)
        verzoeken.breng_weg()
        tijdelijk.setattr(verzoeken.cache, "get_many", weg)
        assert verzoeken.tekst(verzoeken.stand()) == ""
    verzoeken.breng_weg()
    assert verzoeken.stand()["2xx"] == 2


@pytest.mark.django_db
def test_het_portaal_telt_zijn_antwoorden_zonder_op_redis_te_wachten(monkeypatch):
    monkeypatch.setattr(verzoeken, "cache", None)  # wie hier tijdens een verzoek aan komt, valt
    assert Client().get("/bestaat-niet/").status_code == 404
    assert verzoeken._geteld["4xx"] == 1
    assert verzoeken.Teller(lambda _: HttpResponse(status=204))(RequestFactory().get("/")).status_code == 204
    assert verzoeken._geteld["2xx"] == 1


def test_elk_webproces_brengt_zelf_weg_vanaf_zijn_eerste_verzoek(monkeypatch, settings):
    settings.TEL_VERZOEKEN = True
    begonnen = []
    monkeypatch.setattr(verzoeken, "_breng_weg", lambda: begonnen.append(threading.current_thread().daemon))
    teller = verzoeken.Teller(lambda _: HttpResponse())
    assert teller._draad is None, "een draad van voor het splitsen leeft in het kind niet"
    for _ in range(3):
        teller(RequestFactory().get("/"))
    teller._draad.join(10)
    assert begonnen == [True], "een draad per proces, en die houdt het stoppen niet op"


def test_een_fout_bij_het_wegbrengen_houdt_het_tellen_niet_op(monkeypatch):
    class Klaar(BaseException):
        """Alleen hier: de draad leeft anders zo lang als het proces."""

    rondes = [ConnectionError("Redis is weg"), ValueError("iets anders"), Klaar()]

    def breng():
        raise rondes.pop(0)

    monkeypatch.setattr(verzoeken, "ELKE", 0)
    monkeypatch.setattr(verzoeken, "breng_weg", breng)
    with pytest.raises(Klaar):
        verzoeken._breng_weg()
    assert rondes == []
