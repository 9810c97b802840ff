"""De paginabewaring: snel, maar nooit ouder dan haar sleutel, en nooit iets dat niet openbaar is."""

import gzip
import threading
import time
from datetime import timedelta
from typing import Any

import brotli
import pytest
import time_machine
from django.db import OperationalError, connection, connections, transaction
from django.test import Client
from django.utils import timezone

from publicatie.actions import herroep, publiceer, trek_in
from publicatie.queries import laatste
from publiek.cache import BEWARING, Bewaring, Bladzijde
from tests.hulp import zonder_bewaking
from tests.publiek.wereld import metadata, publiceer_advies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kleine_wereld")]


def test_tweede_keer_komt_uit_de_bewaring(client: Client, django_assert_num_queries: Any) -> None:
    eerste = client.get("/adviezen/2023/04/")
    with django_assert_num_queries(1):  # alleen de stand
        tweede = client.get("/adviezen/2023/04/")
    assert tweede.content == eerste.content
    assert tweede["Content-Security-Policy"] == eerste["Content-Security-Policy"]


def test_alleen_een_advies_dat_er_is_mag_nginx_een_seconde_vasthouden(client: Client) -> None:
    for _ in range(2):  # vers, en uit de bewaring
        begin = int(time.time())
        assert begin <= int(client.get("/adviezen/2023/04/")["X-Accel-Expires"].removeprefix("@")) <= begin + 5
    rij = publiceer_advies("weg-1", "Weg", jaar=2001, nummer="2001/09")
    trek_in(publicatie=rij, reden="Fout.", door=None)
    for adres in (
        "/",
        "/adviezen/",
        "/adviezen/2001/09/",
        "/adviezen/1999/99/",
        "/feeds/adviezen.atom",
        "/sitemap.xml",
    ):
        assert "X-Accel-Expires" not in client.get(adres), adres


def test_binnen_de_versheid_geen_enkele_zoekvraag(
    client: Client, settings: Any, django_assert_num_queries: Any
) -> None:
    settings.PUBLIEK_STAND_SECONDEN = 60
    client.get("/cijfers/")
    with django_assert_num_queries(0):
        assert client.get("/cijfers/").status_code == 200


def test_van_een_vraag_die_er_twee_keer_staat_geldt_de_laatste_ook_uit_de_bewaring(client: Client) -> None:
    for delen in (("nieuwste", "oudste"), ("oudste", "nieuwste")):
        eerste, tweede = (client.get(f"/api/v1/adviezen?sorteer={a}&sorteer={b}") for a, b in (delen, delen))
        los = client.get(f"/api/v1/adviezen?sorteer={delen[1]}").json()["adviezen"]
        assert eerste.json()["adviezen"] == tweede.json()["adviezen"] == los


def test_volgorde_van_de_vraag_maakt_niet_uit(client: Client, django_assert_num_queries: Any) -> None:
    client.get("/adviezen/?q=stad&jaar=2007")
    with django_assert_num_queries(1):
        client.get("/adviezen/?jaar=2007&q=stad")


def test_etag_en_gzip(client: Client) -> None:
    vol = client.get("/adviezen/2023/04/")
    assert client.get("/adviezen/2023/04/", headers={"If-None-Match": vol["ETag"]}).status_code == 304
    klein = client.get("/adviezen/2023/04/", headers={"Accept-Encoding": "gzip, br;q=0"})
    assert klein["Content-Encoding"] == "gzip"
    assert klein["Vary"] == "Accept-Encoding"
    assert gzip.decompress(klein.content) == vol.content
    assert len(klein.content) == int(klein["Content-Length"]) < len(vol.content)


def test_brotli_gaat_voor_gzip_en_wordt_een_keer_gemaakt(client: Client, monkeypatch: Any) -> None:
    vol = client.get("/adviezen/2023/04/")
    klein = client.get("/adviezen/2023/04/", headers={"Accept-Encoding": "gzip;q=1.0, BR"})
    assert klein["Content-Encoding"] == "br"
    assert brotli.decompress(klein.content) == vol.content
    assert len(klein.content) < len(client.get("/adviezen/2023/04/", headers={"Accept-Encoding": "gzip"}).content)
    monkeypatch.setattr("publiek.cache.VORMEN", {"br": lambda *_: 1 / 0, "gzip": lambda *_: 1 / 0})
    assert client.get("/adviezen/2023/04/", headers={"Accept-Encoding": "br"}).content == klein.content
    assert "Content-Encoding" not in client.get("/adviezen/2023/04/", headers={"Accept-Encoding": "zstd"})


def test_de_eerste_keer_vlug_gedrukt_en_daarna_goed_behalve_wat_nginx_houdt(client: Client) -> None:
    vol = client.get("/adviezen/?q=stad", headers={"Accept-Encoding": ""}).content
    for pad, gelijk in (("/adviezen/?q=stad", False), ("/adviezen/2023/04/", True)):
        BEWARING.wis()
        eerst, daarna, dan = (client.get(pad, headers={"Accept-Encoding": "br"}).content for _ in range(3))
        assert daarna == dan
        assert (eerst == daarna) is gelijk, pad
        assert len(daarna) <= len(eerst)
        assert brotli.decompress(eerst) == brotli.decompress(daarna)
        assert gelijk or brotli.decompress(eerst) == vol


def test_etag_is_een_heel_merk_en_gaat_voor_de_datum(client: Client) -> None:
    etag = client.get("/adviezen/2023/04/")["ETag"]
    goed = (etag, f'"x", {etag}', "*")
    assert [client.get("/adviezen/2023/04/", headers={"If-None-Match": m}).status_code for m in goed] == [304] * 3
    anders = {"If-None-Match": f"{etag}x", "If-Modified-Since": "Fri, 31 Dec 2100 23:59:59 GMT"}
    assert client.get("/adviezen/2023/04/", headers=anders).status_code == 200


def test_last_modified_is_nooit_gelijk_voor_twee_vormen(client: Client) -> None:
    """Ook niet als een bladzijde twee keer in dezelfde seconde verandert."""
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False) as klok:
        assert "Last-Modified" not in client.get("/cijfers/")  # de seconde is nog niet om
        klok.shift(1)
        datum = client.get("/cijfers/")["Last-Modified"]
        niets = client.get("/cijfers/", headers={"If-Modified-Since": datum})
        assert niets.status_code == 304
        assert niets["Last-Modified"] == datum
        publiceer_advies("adv-8", "Vers advies", jaar=2025)
        assert client.get("/cijfers/", headers={"If-Modified-Since": datum}).status_code == 200
        klok.shift(2)
        assert client.get("/cijfers/")["Last-Modified"] > datum
        assert client.get("/cijfers/", headers={"If-Modified-Since": "onzin"}).status_code == 200


def test_ook_304_noemt_de_versie_van_de_api(client: Client) -> None:
    eerst = client.get("/api/v1/themas")
    weer = client.get("/api/v1/themas", headers={"If-None-Match": eerst["ETag"]})
    assert (weer.status_code, weer["API-Version"]) == (304, eerst["API-Version"])


def test_nieuwe_publicatie_is_meteen_te_zien(client: Client) -> None:
    assert "Vers advies" not in client.get("/").content.decode()
    publiceer_advies("adv-8", "Vers advies", jaar=2025)
    assert "Vers advies" in client.get("/").content.decode()


def test_intrekken_geeft_410_met_de_reden_en_daarna_weer_200(client: Client) -> None:
    assert client.get("/adviezen/2007/04/").status_code == 200
    trek_in(publicatie=laatste("advies:adv-1"), reden="Verkeerd document.", door=None)
    weg = client.get("/adviezen/2007/04/")
    assert weg.status_code == 410
    assert "Verkeerd document." in weg.content.decode()
    assert client.get("/adviezen/2007/adv-1/").status_code == 410
    assert client.get("/adviezen/2007/04/advies.pdf").status_code == 410
    assert client.get("/api/v1/adviezen/adv-1").status_code == 410
    publiceer_advies("adv-1", "Brieven, verbeterd", jaar=2007, nummer="2007/04", vanaf=timezone.now())
    assert "verbeterd" in client.get("/adviezen/2007/04/").content.decode()


def test_verstreken_embargo_verandert_de_stand(client: Client) -> None:
    straks = publiceer_advies("adv-8", "Straks openbaar", jaar=2025, vanaf=timezone.now() + timedelta(hours=1))
    assert "Straks openbaar" not in client.get("/").content.decode()
    voor = BEWARING.stand()
    with zonder_bewaking() as cursor:  # de klok van de database is niet te verzetten: verzet het begin
        cursor.execute("UPDATE publicatie_publicatie SET vanaf = now() WHERE id = %s", [straks.pk])
    assert BEWARING.stand() != voor
    assert "Straks openbaar" in client.get("/").content.decode()


def test_herroepen_is_nooit_te_zien_geweest(client: Client) -> None:
    straks = publiceer_advies("adv-8", "Nooit openbaar", jaar=2025, vanaf=timezone.now() + timedelta(minutes=10))
    herroep(publicatie=straks, door=None)
    assert client.get("/adviezen/2025/adv-8/").status_code == 404


def test_elke_brontabel_hoogt_de_stand_op(secretaris: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname = 'publiek_stand'"
        )
        met = {naam for (naam,) in cursor.fetchall()}
        cursor.execute(
            "SELECT DISTINCT table_name FROM information_schema.view_table_usage "
            "WHERE view_schema = 'publiek' AND table_schema = 'public'"
        )
        bronnen = {naam for (naam,) in cursor.fetchall()}
    assert bronnen - met == {"publiek_stand", "stukken_bestand", "stukken_pdfopdracht"}


def test_onbereikbare_database_laat_bewaarde_bladzijden_staan(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    eerste = client.get("/cijfers/")

    def stuk(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("weg")

    monkeypatch.setattr(connections["publiek"], "cursor", stuk)
    assert client.get("/cijfers/").content == eerste.content


def test_bewaring_is_begrensd() -> None:
    bewaring = Bewaring(grens=1000)
    for n in range(10):
        bewaring.zet(f"s{n}", Bladzijde({}, b"x" * 100, f"e{n}"))
    bewaring.zet("s9", Bladzijde({}, b"y" * 100, "e"))
    assert bewaring.bytes <= 1000
    assert bewaring.geef("s0") is None
    assert bewaring.geef("s9").inhoud == b"y" * 100  # type: ignore[union-attr]


def test_adres_komt_nooit_uit_de_aanvraag(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    tekst = client.get("/adviezen/2023/04/", headers={"Host": "kwaad.example"}).content.decode()
    assert "kwaad.example" not in tekst


@pytest.mark.django_db(transaction=True)
@pytest.mark.wedloop
def test_stand_wacht_niet_en_verliest_niets() -> None:
    """Twee transacties die elkaar overlappen hogen allebei op; de stand springt pas als er iets te zien is."""
    stappen = [threading.Event() for _ in range(2)]

    def schrijver() -> None:
        try:
            with transaction.atomic():
                publiceer(
                    soort="advies", sleutel="advies:a", titel="A", metadata=metadata(), vanaf=timezone.now(), door=None
                )
                stappen[0].set()
                stappen[1].wait(10)
        finally:
            connection.close()

    draad = threading.Thread(target=schrijver)
    begin = BEWARING.stand()
    draad.start()
    stappen[0].wait(10)
    assert BEWARING.stand() == begin, "nog niet vastgelegd, dus nog niets te zien"
    publiceer(soort="advies", sleutel="advies:b", titel="B", metadata=metadata(), vanaf=timezone.now(), door=None)
    midden = BEWARING.stand()
    assert midden != begin
    stappen[1].set()
    draad.join()
    assert BEWARING.stand() != midden


def test_stand_blijft_klein() -> None:
    with connection.cursor() as cursor:
        for _ in range(250):
            cursor.execute("SELECT set_config('ser.stand', '', true)")
            cursor.execute("UPDATE publicatie_woord SET woord = woord WHERE false")
        cursor.execute("SELECT count(*), sum(aantal) FROM publiek_stand")
        rijen, som = cursor.fetchone()
    assert rijen < 220
    assert som >= 250


def test_dag_hoort_bij_de_stand() -> None:
    with time_machine.travel("2031-01-01 12:00", tick=False):
        assert BEWARING.stand().count("|") >= 1
