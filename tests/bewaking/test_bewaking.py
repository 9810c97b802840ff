"""De bewaking: wat zij meet, wanneer het een alarm is, en dat het alarm niet hangt aan wat stilstaat."""

import json
import logging
import re
import smtplib
import ssl
import threading
import urllib.error
import urllib.request
from collections import namedtuple
from datetime import datetime, timedelta
from http.server import ThreadingHTTPServer
from io import StringIO
from typing import Any

import pytest
import time_machine
from celery.signals import before_task_publish
from django.conf import settings
from django.contrib.auth.models import Group
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client

from berichten.actions import stuur, verstuur_gereed
from bewaking import hartslag, mails, metrics, queries
from bewaking.alarm import OPNIEUW, Melding, Wacht
from bewaking.management.commands import bewaak
from bewaking.planning import hartslag as tik
from bewaking.queries import FOUT, GOED, ONBEKEND, Meting
from kern.tijd import nu
from publiek.verbinding import ALIAS
from stukken.models import PdfOpdracht
from toegang.enums import Rol

pytestmark = pytest.mark.django_db
ZES_MINUTEN = timedelta(minutes=6)


@pytest.fixture(autouse=True)
def lege_tekens() -> None:
    cache.delete_many([hartslag.KLOK, hartslag.WERKER])


@pytest.fixture
def alles_leeft() -> None:
    """Een tik zoals de klok haar verstuurt en een werker haar uitvoert."""
    lijf: Any = ((), {}, {})
    before_task_publish.send(sender=hartslag.TAAK, body=lijf)
    tik(**lijf[1])


def delen(moment: datetime) -> dict[str, str]:
    return queries.gezond(queries.meet(moment))[1]


@pytest.mark.usefixtures("alles_leeft")
def test_alles_goed_en_zes_minuten_later_staan_klok_en_wachtrij_stil() -> None:
    assert queries.gezond(queries.meet(nu())) == (GOED, dict.fromkeys(delen(nu()), GOED))
    assert set(delen(nu())) == {
        *("database", "openbaar", "redis", "klok", "wachtrij", "post", "pdf", "schijf", "klokverschil"),
    }
    later = delen(nu() + ZES_MINUTEN)
    assert {naam for naam, stand in later.items() if stand != GOED} == {"klok", "wachtrij"}


def test_een_werker_die_een_achterstand_wegwerkt_telt_de_leeftijd_van_zijn_werk(alles_leeft: None) -> None:
    """De klok tikt door, maar wat een werker nu uitvoert lag al zes minuten in de rij."""
    hartslag.klok_tikte()
    tik(gestuurd=(nu() - ZES_MINUTEN).timestamp())
    assert {naam for naam, stand in delen(nu()).items() if stand != GOED} == {"wachtrij"}


def test_zonder_redis_en_zonder_database_valt_er_nog_te_meten(monkeypatch: pytest.MonkeyPatch) -> None:
    def weg(*_: Any) -> Any:
        raise ConnectionError("weg")

    monkeypatch.setattr(hartslag.cache, "get_many", weg)
    zonder_redis = delen(nu())
    assert (zonder_redis["redis"], zonder_redis["klok"], zonder_redis["post"]) == (FOUT, ONBEKEND, GOED)
    monkeypatch.setattr(queries, "_database", weg)
    monkeypatch.setattr(queries, "_post", weg)
    assert queries.gezond(queries.meet(nu()))[0] == "database onbereikbaar"
    assert delen(nu())["post"] == ONBEKEND


@pytest.mark.usefixtures("alles_leeft")
def test_een_replica_die_weg_is_of_niet_meer_volgt_is_een_alarm(monkeypatch: pytest.MonkeyPatch) -> None:
    """De hoofddatabase antwoordt dan gewoon, en toch leest niemand de site, of staat er nog wat ingetrokken is."""
    gewoon = queries._stand
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)  # die sluit ook de lijn van de toets

    def replica(antwoord: Any) -> None:
        monkeypatch.setattr(queries, "_stand", lambda alias: antwoord() if alias == ALIAS else gewoon(alias))

    def weg() -> str:
        raise OperationalError("weg")

    for antwoord in (weg, lambda: "van gisteren"):
        replica(antwoord)
        assert {naam for naam, stand in delen(nu()).items() if stand != GOED} == {"openbaar"}
        [meting] = [m for m in queries.meet(nu()) if m.naam == "openbaar"]
        assert (meting.waarde, meting.geduld) == (0.0, 60), "een ogenblik achterlopen mag"
    monkeypatch.setattr(queries, "_stand", lambda alias: weg() if alias != ALIAS else "stand")
    assert delen(nu())["openbaar"] == GOED, "zonder hoofddatabase is er niets om mee te vergelijken"


@pytest.mark.usefixtures("alles_leeft")
def test_post_pdf_en_schijf(monkeypatch: pytest.MonkeyPatch) -> None:
    stuur(email="lid@voorbeeld.test", onderwerp="Proef", pad="/", feit="proef.bewaking:1:1", wacht=False)
    assert delen(nu())["post"] == GOED
    with time_machine.travel(nu() + ZES_MINUTEN):
        assert delen(nu())["post"] == FOUT
        verstuur_gereed()
        assert delen(nu())["post"] == GOED
    PdfOpdracht.objects.create(sleutel="x", soort="advies", onderwerp="proef", naam="x.pdf")
    assert delen(nu() + timedelta(minutes=29))["pdf"] == GOED
    assert delen(nu() + timedelta(minutes=31))["pdf"] == FOUT
    Ruimte = namedtuple("Ruimte", "total used free")  # noqa: PYI024 - zoals shutil haar geeft
    monkeypatch.setattr(queries.shutil, "disk_usage", lambda _: Ruimte(100, 96, 4))
    assert delen(nu())["schijf"] == FOUT


@pytest.mark.usefixtures("alles_leeft")
@pytest.mark.parametrize(
    ("fout", "stand"),
    [
        (ConnectionRefusedError(111, "Connection refused"), FOUT),
        (smtplib.SMTPServerDisconnected("weg"), FOUT),
        (ssl.SSLCertVerificationError("verlopen"), FOUT),
        (smtplib.SMTPRecipientsRefused({"lid@voorbeeld.test": (550, b"onbekend")}), GOED),
    ],
)
def test_een_mailserver_die_weg_is_is_een_alarm(fout: Exception, stand: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Elke poging verzet de volgende, dus geen bericht leek ooit te laat; een adres dat er niet is, is geen storing."""
    stuur(email="lid@voorbeeld.test", onderwerp="Proef", pad="/", feit="proef.bewaking:1:1", wacht=False)
    begin = nu()
    with monkeypatch.context() as even:
        even.setattr("berichten.mails.verstuur", lambda *_: (_ for _ in ()).throw(fout))
        for minuten in (0, 2):
            verstuur_gereed(nu=begin + timedelta(minutes=minuten))
    assert delen(begin + timedelta(minutes=4))["post"] == GOED
    assert delen(begin + timedelta(minutes=6))["post"] == stand
    stuur(email="ander@voorbeeld.test", onderwerp="Proef", pad="/", feit="proef.bewaking:2:1", wacht=False)
    verstuur_gereed(nu=begin + timedelta(minutes=6))
    assert delen(begin + timedelta(minutes=7))["post"] == GOED, "er ging weer iets uit"
    verstuur_gereed(nu=begin + timedelta(minutes=8))
    assert delen(begin + timedelta(minutes=60))["post"] == GOED


def test_een_alarm_komt_een_keer_dan_elke_dag_en_zegt_wanneer_het_voorbij_is() -> None:
    begin = nu()

    def gemeld(stand: str, na: timedelta, geduld: float = 0) -> list[bool]:
        return [m.voorbij for m in wacht.kijk([Meting("klok", "m", "u", 400, stand, geduld)], begin + na)]

    wacht, uur = Wacht(), timedelta(hours=1)
    assert gemeld(GOED, -uur) == []
    assert [gemeld(FOUT, na) for na in (timedelta(0), uur, OPNIEUW, OPNIEUW + uur)] == [[False], [], [False], []]
    assert [gemeld(GOED, OPNIEUW + na) for na in (2 * uur, 3 * uur)] == [[True], []]
    assert gemeld(ONBEKEND, timedelta(0), 300) == [], "net gestart: nog geen teken is nog geen alarm"
    assert gemeld(ONBEKEND, timedelta(seconds=301), 300) == [False]
    wacht = Wacht()
    assert gemeld(FOUT, timedelta(0), 60) == gemeld(GOED, timedelta(seconds=30)) == [], "een hapering is geen alarm"


def test_het_alarm_gaat_buiten_de_postbus_om_en_wordt_bewaard_tot_het_weg_is(
    maak_gebruiker: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    beheerder, ander = maak_gebruiker(), maak_gebruiker()
    beheerder.groups.add(Group.objects.get_or_create(name=Rol.BEHEERDER)[0])
    assert bewaak.beheerders() == [beheerder.email]
    assert ander.email not in bewaak.beheerders()
    fout = Melding(Meting("klok", "m", "tijd sinds de laatste tik", 412.6, FOUT), nu())
    with monkeypatch.context() as tijdelijk, caplog.at_level(logging.INFO, "bewaking"):
        tijdelijk.setattr(mails, "verstuur", lambda *_: (_ for _ in ()).throw(OSError("geen post")))
        over = bewaak.meld([fout], nieuw=[fout], adressen=[beheerder.email])
    assert over == [fout]
    assert [r.levelname for r in caplog.records] == ["ERROR", "ERROR"]
    assert caplog.messages[0] == "alarm klok: fout (tijd sinds de laatste tik; nu 412.6)"
    goed = Melding(Meting("klok", "m", "u", 3, GOED), nu(), voorbij=True)
    assert bewaak.meld([*over, goed], nieuw=[goed], adressen=[beheerder.email]) == []
    [brief] = mail.outbox
    assert (brief.to, brief.subject) == ([beheerder.email], "SER-portaal, alarm: klok")
    assert "klok: weer goed" in brief.body
    assert bewaak.meld([goed], nieuw=[], adressen=[]) == []
    assert len(mail.outbox) == 1, "zonder beheerder gaat er niets, en blijft er niets hangen"


@pytest.mark.usefixtures("alles_leeft")
def test_metingen_in_het_formaat_van_prometheus_op_een_eigen_poort(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bewaak.Antwoord, "_metingen", staticmethod(lambda: vast))
    vast = queries.meet(nu())
    server = bewaak.bedien("127.0.0.1", 0)
    assert isinstance(server, ThreadingHTTPServer)
    basis = f"http://127.0.0.1:{server.server_address[1]}"
    assert bewaak.bedien("127.0.0.1", server.server_address[1]) is None, "een bezette poort houdt het alarm niet tegen"
    try:
        with urllib.request.urlopen(f"{basis}/metrics", timeout=5) as antwoord:
            assert antwoord.headers["Content-Type"] == metrics.SOORT
            tekst = antwoord.read().decode()
        with urllib.request.urlopen(f"{basis}/gezond/", timeout=5) as antwoord:
            assert json.loads(antwoord.read())["status"] == GOED
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{basis}/", timeout=5)
    finally:
        threading.Thread(target=server.shutdown).start()
        server.server_close()
    etiket = r'\{(part="[a-z ]+"|status="[1-5]xx"|le="([\d.]+|\+Inf)")\}'
    getal = r"-?\d+(\.\d+)?(e-?\d+)?"
    kop = r"# HELP [a-z_]+ .+|# TYPE [a-z_]+ (gauge|counter|histogram)"
    regel = re.compile(rf"({kop}|[a-z_]+({etiket})? {getal})")
    assert [r for r in tekst.splitlines() if not regel.fullmatch(r)] == []
    assert {"ser_beat_age_seconds", "ser_queue_age_seconds", "ser_outbox_age_seconds"} <= set(re.findall(r"\w+", tekst))
    assert 'ser_problem{part="klok"} 0' in tekst
    assert 'ser_http_responses_total{status="5xx"} ' in tekst


def test_eens_kijken_geeft_een_exitcode(alles_leeft: None) -> None:
    uit = StringIO()
    call_command("bewaak", "--eens", stdout=uit)
    assert "ser_database_up 1.0" in uit.getvalue()
    cache.delete(hartslag.KLOK)
    with pytest.raises(SystemExit):
        call_command("bewaak", "--eens", stdout=uit)


def test_gezond_van_buiten_noemt_geen_getallen(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    antwoord = client.get("/gezond/")
    assert (antwoord.status_code, antwoord.json()["status"]) == (200, "let op"), "de klok gaf nog geen teken"
    assert set(antwoord.json()["delen"].values()) <= {GOED, FOUT, ONBEKEND}
    monkeypatch.setattr(connection, "cursor", lambda: (_ for _ in ()).throw(ConnectionError("weg")))
    assert client.get("/gezond/").status_code == 503


def test_de_klok_tikt_elke_minuut() -> None:
    rooster = settings.CELERY_BEAT_SCHEDULE["hartslag"]
    assert (rooster["task"], rooster["schedule"]) == (tik.name, 60.0)
    assert rooster["options"]["expires"] > queries.STIL, "een oude tik vertelt hoe oud de wachtrij is"
