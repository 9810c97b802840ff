"""De wereld waarin de reis begint: een raad, commissies en een secretariaat, en verder nog niets."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections

from adviezen.models import Adviesvrager
from inrichting.voorbeeld_loods import Loods
from inrichting.voorbeeld_mensen import maak_staf
from inrichting.voorbeeld_raad import maak_raad
from inrichting.voorbeeld_vergaderingen import Bouw
from kern.tijd import vandaag
from stukken.enums import PdfStatus
from stukken.models import PdfOpdracht
from stukken.tasks import maak_pdf
from tests.hulp import zonder_bewaking
from tests.reis.mens import Gezelschap, gezelschap
from tests.reis.stappen import Reis
from toegang.voorbeeldaccounts import WACHTWOORD

# Wat tien minuten wacht, per tabel.
WACHTENDEN = (
    ("publicatie_publicatie", ("vanaf", "tot")),
    ("publicatie_zoekrij", ("vanaf", "tot")),  # de trigger die haar bijhoudt staat hier even uit
    ("berichten_bericht", ("niet_voor",)),
    ("vergaderingen_vergadering", ("agenda_vanaf",)),
    ("adviezen_adviestraject", ("herroepbaar_tot",)),
    ("opvolging_kabinetsreactie", ("openbaar_vanaf",)),
)


@pytest.fixture
def loods(transactional_db: None, settings: Any) -> Loods:
    """Geef de voorbeeldraad met haar secretariaat, nog zonder trajecten."""
    settings.VOORBEELD = True
    staf = maak_staf()
    raad = maak_raad(
        dag=vandaag(), wachtwoord=WACHTWOORD, door=staf.raadssecretaris, secretarissen=[staf.secretaris, staf.tweede]
    )
    Adviesvrager.objects.create(naam="Minister van Reizen (voorbeeld)", soort="minister")
    return Loods(raad, staf, vandaag(), Bouw(raad, staf.raadssecretaris, staf.secretaris))


@pytest.fixture
def reizigers(loods: Loods, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gezelschap]:
    """Geef een gezelschap in een echte browser, tegen een echte server met de voorbeeldraad."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright houdt in deze draad een lus open
    with gezelschap(live_server.url, WACHTWOORD) as mensen:
        yield mensen
        connections.close_all()  # onder de lus van Playwright heeft deze draad eigen verbindingen
    for draad in threading.enumerate():
        if "process_request_thread" in draad.name:
            draad.join(10)  # de server laat zijn draden los; hun verbindingen moeten dicht zijn voor het opruimen


@pytest.fixture
def tien_minuten_later() -> Callable[[], None]:
    """Geef een functie die alles wat tien minuten wacht laat ingaan: de database kent alleen haar eigen klok."""

    def doe() -> None:
        with zonder_bewaking() as cursor:
            for tabel, kolommen in WACHTENDEN:
                schuif = ", ".join(f"{kolom} = {kolom} - interval '11 minutes'" for kolom in kolommen)
                cursor.execute(f"UPDATE {tabel} SET {schuif}")

    return doe


@pytest.fixture
def reis(reizigers: Gezelschap, tien_minuten_later: Callable[[], None]) -> Reis:
    """Geef een reis die nog moet beginnen."""

    def werk_af() -> None:
        """Doe wat de werker op de achtergrond doet: wachtende PDF's maken."""
        for opdracht in PdfOpdracht.objects.filter(status=PdfStatus.WACHT):
            maak_pdf.apply(args=[opdracht.pk])

    return Reis(reizigers, tien_minuten_later, werk_af, vandaag())
