"""Twee klokken, vier werkers, een lege Redis: elk feit eenmaal, met de proef die zonder slot misgaat."""

import threading
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import redis
from celery.contrib.testing.worker import start_worker
from django.conf import settings
from django.core import mail
from django.db import connection, transaction

from berichten.models import Bericht
from kern.tijd import vandaag
from ser_portal.celery import app
from termijnen import actions, ladders, queries, soorten
from termijnen.actions.herinneren import maak_overzichten
from termijnen.models import Herinnering, Termijn
from termijnen.planning import verwerk_taak
from tests.hulp import in_draad, wacht_tot_iemand_wacht
from tests.termijnen.conftest import om

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.wedloop]
DAG = date(2026, 5, 19)


@pytest.fixture
def gereed(open_proef: Any, reis: Any) -> Any:
    """Geef een functie die een aantal termijnen opent die op DAG een waarschuwing te goed hebben."""

    def maak(aantal: int) -> list[Termijn]:
        reis(date(2026, 3, 16))
        uit = [open_proef(date(2026, 3, 16)) for _ in range(aantal)]
        reis(DAG)
        return uit

    return maak


def test_vier_werkers_en_zestig_termijnen(gereed: Any) -> None:
    gereed(60)
    start, uitkomsten = threading.Barrier(4), []

    def werk() -> None:
        try:
            start.wait()
            uitkomsten.append(actions.verwerk(om(DAG), limiet=7))
        finally:
            connection.close()

    draden = [threading.Thread(target=werk) for _ in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sum(u.herinneringen for u in uitkomsten) == 60
    assert sum(u.fouten for u in uitkomsten) == 0
    actions.verwerk(om(DAG))
    assert Herinnering.objects.count() == Bericht.objects.count() == len(mail.outbox) == 60


def _tweede_midden_in_de_eerste(gereed: Any, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, Any]:
    """De eerste werker zoekt juist ontvangers; dan komt de tweede langs en doet een hele ronde."""
    gereed(1)
    soort, ander = soorten.met_naam("proef"), []

    def ontvangers(termijn: Termijn, dag: date) -> Any:
        if not ander:
            ander.append(None)
            ander.extend(in_draad(lambda: actions.herinner_bundel(moment=om(DAG))))
        return soort.ontvangers(termijn, dag)

    monkeypatch.setitem(soorten._soorten, "proef", soorten.SoortTermijn(**vars(soort) | {"ontvangers": ontvangers}))
    return actions.herinner_bundel(moment=om(DAG)), ander[1]


def test_met_slot_slaat_de_tweede_over(gereed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    eerste, tweede = _tweede_midden_in_de_eerste(gereed, monkeypatch)
    assert (eerste.herinneringen, eerste.fouten) == (1, 0)
    assert (tweede.herinneringen, tweede.fouten) == (0, 0)
    assert Herinnering.objects.count() == Bericht.objects.count() == 1


def test_zonder_slot_doen_beide_het_en_houdt_alleen_de_database_stand(
    gereed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    zonder = queries.TE_HERINNEREN.replace("FOR NO KEY UPDATE SKIP LOCKED", "")
    assert zonder != queries.TE_HERINNEREN
    monkeypatch.setattr(queries, "TE_HERINNEREN", zonder)
    eerste, tweede = _tweede_midden_in_de_eerste(gereed, monkeypatch)
    assert tweede.herinneringen == 1
    assert eerste.fouten == 1, "de proef laat de wedloop zien die het slot voorkomt"
    assert Herinnering.objects.count() == Bericht.objects.count() == 1, "de uniekheid vangt ook dit"


def test_een_reactie_tijdens_het_waarschuwen_haalt_haar_terug(
    gereed: Any, monkeypatch: pytest.MonkeyPatch, secretaris: Any
) -> None:
    [termijn] = gereed(1)
    soort = soorten.met_naam("proef")

    def voldoe() -> None:
        try:
            actions.voldoe(termijn=termijn, door=secretaris, op=DAG)
        finally:
            connection.close()

    draad = threading.Thread(target=voldoe)

    def ontvangers(t: Termijn, dag: date) -> Any:
        draad.start()
        wacht_tot_iemand_wacht(draad)
        return soort.ontvangers(t, dag)

    monkeypatch.setitem(soorten._soorten, "proef", soorten.SoortTermijn(**vars(soort) | {"ontvangers": ontvangers}))
    assert actions.herinner_bundel(moment=om(DAG)).herinneringen == 1
    draad.join()
    assert Bericht.objects.get().status == "herroepen"
    assert actions.verwerk(om(DAG)) == actions.Verwerkt(0, 0, 0)


def test_tweemaal_tegelijk_openen_geeft_een_termijn(open_proef: Any, maak_gebruiker: Any, secretaris: Any) -> None:
    dossier, start, gevonden = maak_gebruiker(), threading.Barrier(4), []

    def werk() -> None:
        try:
            start.wait()
            gevonden.append(
                actions.open_termijn(soort="proef", object=dossier, basis=date(2026, 3, 16), door=secretaris).pk
            )
        finally:
            connection.close()

    draden = [threading.Thread(target=werk) for _ in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert len(gevonden) == 4
    assert len(set(gevonden)) == Termijn.objects.count() == 1


def _intussen(slot: str, werk: Any) -> None:
    """Doe `werk` op een andere verbinding terwijl deze het slot houdt; wachten is daar hoogstens twee tellen."""

    def doe() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        werk()

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(slot)
        in_draad(doe)


def test_een_overzicht_wacht_op_niemand_en_wordt_niet_gewijzigd_terwijl_het_vertrekt(
    open_proef: Any, reis: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    zonder_haast = replace(soorten.met_naam("proef"), ladder=ladders.KABINETSREACTIE)
    monkeypatch.setitem(soorten._soorten, "proef", zonder_haast)
    begin = date(2026, 3, 16)
    reis(begin)
    open_proef(begin)
    actions.verwerk(reis(DAG, 1))
    open_proef(begin)
    actions.herinner_bundel(moment=reis(DAG, 2))
    een = Bericht.objects.get().onderwerp
    for slot, onderwerp in (
        ("SELECT 1 FROM toegang_gebruiker FOR UPDATE", een),  # een ander maakt juist zijn overzicht
        ("SELECT 1 FROM berichten_bericht FOR UPDATE", een),  # het wordt juist verstuurd
        ("SELECT 1 FROM toegang_gebruiker FOR KEY SHARE", "Uw termijnen van vandaag: 2"),  # er wordt naar hem verwezen
    ):
        _intussen(slot, lambda: maak_overzichten(moment=om(DAG, 2)))
        assert Bericht.objects.get().onderwerp == onderwerp


def test_openen_wacht_niet_op_wie_naar_het_object_verwijst(
    open_proef: Any, maak_gebruiker: Any, secretaris: Any
) -> None:
    dossier = maak_gebruiker()
    _intussen("SELECT 1 FROM toegang_gebruiker FOR KEY SHARE", lambda: open_proef(vandaag(), object=dossier))
    assert Termijn.objects.count() == 1


@pytest.fixture
def wachtrij() -> Iterator[str]:
    """Een eigen wachtrij op de echte Redis."""
    naam = f"toets-{uuid.uuid4()}"
    yield naam
    redis.Redis.from_url(_redis_adres()).delete(naam)


def _redis_adres() -> str:
    """Geef het adres zoals de kale client het wil: kombu schrijft een socket anders."""
    adres = str(settings.CELERY_BROKER_URL)
    return adres.replace("redis+socket://", "unix://").replace("virtual_host=", "db=")


def test_een_echte_werker_wordt_gewekt_en_een_lege_redis_verliest_niets(
    open_proef: Any, secretaris: Any, wachtrij: str
) -> None:
    termijn = open_proef(vandaag(), vervalt_op=vandaag())
    verwerk_taak.apply_async(queue=wachtrij)
    assert redis.Redis.from_url(_redis_adres()).delete(wachtrij) == 1, "de wekker stond in Redis en is nu weg"
    for _ in range(3):  # de volgende tikken van de klok, ook dubbel
        verwerk_taak.apply_async(queue=wachtrij)
    klaar = threading.Event()
    gedaan: list[str] = []

    def na_taak(sender: Any = None, **kw: Any) -> None:
        gedaan.append(sender.name)
        connection.close()
        if len(gedaan) == 3:
            klaar.set()

    from celery.signals import task_postrun

    task_postrun.connect(na_taak, weak=False)
    try:
        with start_worker(app, pool="solo", perform_ping_check=False, queues=[wachtrij], shutdown_timeout=30):
            assert klaar.wait(30)
    finally:
        task_postrun.disconnect(na_taak)
    assert gedaan == ["termijnen.verwerk"] * 3
    assert [h.ontvanger for h in termijn.herinneringen.all()] == [secretaris]
    assert Bericht.objects.get().status == "verstuurd"


def test_de_klok_wekt_beide_taken_en_oude_tikken_verlopen() -> None:
    app.loader.import_default_modules()
    for punt in app.conf.beat_schedule.values():
        assert punt["task"] in app.tasks
        if punt["task"] != "bewaking.hartslag":  # een oude hartslag vertelt juist hoe oud de wachtrij is
            assert punt["options"]["expires"] < punt["schedule"]
        assert app.tasks[punt["task"]].acks_late
