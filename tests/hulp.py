"""Hulp voor toetsen die een wereld delen, en voor toetsen met meer verbindingen tegelijk."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction


def voer_uitgesteld_uit() -> None:
    """Voer uit wat de database tot het eind van de transactie uitstelde.

    Doe dit na het bouwen van een wereld die meer toetsen delen. Anders gaan al die controles na elke toets opnieuw: het
    terugdraaien van een toets zet ook de stapel uitgestelde controles terug. Dat kostte meer dan de toetsen zelf.
    """
    connection.check_constraints()


@contextmanager
def zonder_bewaking() -> Iterator[Any]:
    """Geef een cursor die langs de triggers schrijft, zoals alleen wie de database bezit dat kan.

    Voor wat een toets niet op een gewone manier kan maken: een moment dat voorbij is, of een rij waarmee geknoeid is.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor
        cursor.execute("SET LOCAL session_replication_role = origin")


def in_draad(werk: Callable[[], Any]) -> list[Any]:
    """Doe `werk` in een eigen draad met een eigen verbinding en wacht erop."""
    uit: list[Any] = []

    def doe() -> None:
        try:
            uit.append(werk())
        finally:
            connection.close()

    draad = threading.Thread(target=doe)
    draad.start()
    draad.join()
    return uit


def wacht_tot_de_database_het_weet() -> None:
    """Wacht tot de verbinding van een gedood proces weg is; tot dan houdt zij haar bericht en haar beurt vast."""
    vraag = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in trans%'"
    einde = time.monotonic() + 60
    with connection.cursor() as cursor:
        cursor.execute(vraag)
        while cursor.fetchone()[0]:
            assert time.monotonic() < einde, "de verbinding blijft open"
            time.sleep(0.02)
            cursor.execute(vraag)


def wacht_tot_iemand_wacht(draad: threading.Thread) -> None:
    """Blijf kijken tot een andere verbinding met deze database op een slot wacht, of de draad al klaar is."""
    vraag = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with connection.cursor() as cursor:
        while draad.is_alive():
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(vraag)
            if cursor.fetchone()[0]:
                return


def midden_in(monkeypatch: pytest.MonkeyPatch, bij: Any, naam: str, daad: Callable[[], Any]) -> list[threading.Thread]:
    """Laat `daad` in een eigen verbinding beginnen vlak voordat `naam` van `bij` gebeurt; geeft haar draad."""
    echt, draden = getattr(bij, naam), list[threading.Thread]()

    def doe() -> None:
        try:
            daad()
        finally:
            connection.close()

    def dan(*args: Any, **kwargs: Any) -> Any:
        if not draden:
            draden.append(threading.Thread(target=doe))
            draden[0].start()
            wacht_tot_iemand_wacht(draden[0])
        return echt(*args, **kwargs)

    monkeypatch.setattr(bij, naam, dan)
    return draden
