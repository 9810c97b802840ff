"""Het werk zelf: een overgang tegen dezelfde SQL met de hand, en /werk/ met 10 en met 1.000 trajecten.

De overgang is `wijs_opnieuw_toe` (stap 3 terug naar 2): vergrendelen, versie, recht en beleid nakijken, rij, logboek
met keten en verloop schrijven, vers teruglezen, COMMIT. Met de hand zijn het dezelfde schrijvende opdrachten op
dezelfde verbinding, om en om in dezelfde run; de triggers van de database doen in beide gevallen hun werk.
"""

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from adviezen.models import Adviestraject
from benchmarks._lezen import leesscherm
from inrichting.voorbeeld import maak_wereld
from inrichting.voorbeeld_loods import Loods
from inrichting.voorbeeld_teksten import kort
from kern.tijd import nu, vandaag
from overgangen import voer_uit
from toegang.models import Gebruiker

PAREN = 30
DOEL_OVERGANG = 4.0
DOEL_ZOEKVRAGEN = 20


def _duur(daad: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    daad()
    return (time.perf_counter() - begin) * 1000


def _trajecten(loods: Loods, aantal: int) -> list[Adviestraject]:
    minister = loods.vrager("minister van Metingen", "minister")
    uit = []
    for nummer in range(aantal):
        traject = loods.aanvraag(
            f"Meting {nummer} (voorbeeld)", kort("meten"), dagen=-30, vragers=[minister], termijn=90,
            secretaris=loods.staf.secretaris,
        )  # fmt: skip
        uit.append(loods.wijs_toe(loods.leg_voor(traject, -28), "digitalisering", dagen=-20))
    return uit


@transaction.atomic
def _met_de_hand(traject: Adviestraject, door: Gebruiker) -> None:
    moment = nu()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM adviezen_adviestraject WHERE id = %s FOR UPDATE", [traject.pk])
        cursor.execute(
            "UPDATE adviezen_adviestraject SET stap = 'toewijzing', vorige_stap_sinds = stap_sinds, stap_sinds = %s,"
            " laatste_overgang = 'wijs_opnieuw_toe', herroepbaar_tot = NULL, rijversie = rijversie + 1 WHERE id = %s",
            [moment, traject.pk],
        )
        cursor.execute(
            "INSERT INTO logboek_gebeurtenis (soort, actor_id, actor_naam, object_soort, object_id, object_naam, reden,"
            " gegevens, voorbeeld) VALUES ('adviezen.wijs_opnieuw_toe', %s, %s, 'adviezen.adviestraject', %s, %s,"
            " 'meting', '{}', true)",
            [door.pk, door.naam, str(traject.pk), traject.titel],
        )
        cursor.execute(
            "INSERT INTO adviezen_stapgang (traject_id, overgang, van, naar, op, reden, door_naam)"
            " VALUES (%s, 'wijs_opnieuw_toe', 'concept', 'toewijzing', %s, 'meting', %s)",
            [traject.pk, moment, door.naam],
        )
        cursor.execute("SELECT * FROM adviezen_adviestraject WHERE id = %s", [traject.pk])
        cursor.fetchone()


def _overgang(loods: Loods) -> list[dict[str, Any]]:
    trajecten = _trajecten(loods, 2 * PAREN + 4)
    door = Gebruiker.objects.get(pk=loods.staf.raadssecretaris.pk)
    for warm in trajecten[:2]:
        voer_uit(Adviestraject, warm.pk, None, "wijs_opnieuw_toe", door=door, reden="meting")
    for warm in trajecten[2:4]:
        _met_de_hand(warm, door)
    portaal, hand = [], []
    for een, ander in zip(trajecten[4::2], trajecten[5::2], strict=True):
        portaal.append(
            _duur(lambda pk=een.pk: voer_uit(Adviestraject, pk, None, "wijs_opnieuw_toe", door=door, reden="meting"))
        )
        hand.append(_duur(lambda t=ander: _met_de_hand(t, door)))
    ons, sql = statistics.median(portaal), statistics.median(hand)
    return [
        {
            "naam": "een overgang in het proces",
            "gemeten": f"{ons:.2f} ms",
            "vergeleken_met": f"dezelfde SQL met de hand {sql:.2f} ms",
            "verhouding": round(ons / sql, 2),
            "doel": f"≤ {DOEL_OVERGANG:g} ×",
            "gehaald": ons / sql <= DOEL_OVERGANG,
        }
    ]


@transaction.atomic
def _vermeerder(tot: int) -> None:
    """Maak het aantal lopende trajecten in één opdracht groot; elke rij met haar gebeurtenis in het logboek."""
    with connection.cursor() as cursor:
        kolommen = [v.column for v in Adviestraject._meta.concrete_fields if v.column not in ("id", "slug", "kenmerk")]
        lijst = ", ".join(f'"{kolom}"' for kolom in kolommen)
        erbij = tot - Adviestraject.objects.count()
        cursor.execute(
            f"WITH bron AS (SELECT * FROM adviezen_adviestraject WHERE stap IN ('toewijzing') ORDER BY id LIMIT 1),"
            f" nieuw AS (INSERT INTO adviezen_adviestraject ({lijst}, slug, kenmerk)"
            f" SELECT {lijst}, 'meting-' || n, 'M' || n FROM bron, generate_series(1, %s) n RETURNING id)"
            " INSERT INTO logboek_gebeurtenis"
            " (soort, actor_naam, object_soort, object_id, object_naam, reden, gegevens, voorbeeld)"
            " SELECT 'benchmarks.vermeerder', 'meting', 'adviezen.adviestraject', id::text, 'meting', '', '{}', true"
            " FROM nieuw",
            [max(0, erbij)],
        )


def _scherm(client: Client) -> tuple[float, int]:
    client.get("/werk/?van=alle")
    with CaptureQueriesContext(connection) as vragen:
        client.get("/werk/?van=alle")
    aantal = len(vragen)  # nu tellen: het volgende verzoek wist de lijst
    return statistics.median(_duur(lambda: client.get("/werk/?van=alle")) for _ in range(5)), aantal


def _werkscherm(loods: Loods) -> list[dict[str, Any]]:
    client = Client(HTTP_HOST="localhost")
    client.force_login(loods.staf.secretaris, backend="django.contrib.auth.backends.ModelBackend")
    klein, vragen_klein = _scherm(client)
    aantal = Adviestraject.objects.count()
    _vermeerder(1000)
    groot, vragen_groot = _scherm(client)
    return [
        {
            "naam": "/werk/ met 1.000 trajecten: zoekvragen",
            "gemeten": str(vragen_groot),
            "vergeleken_met": f"{vragen_klein} met {aantal} trajecten",
            "verhouding": round(vragen_groot / vragen_klein, 2),
            "doel": f"gelijk, ≤ {DOEL_ZOEKVRAGEN}",
            "gehaald": vragen_groot == vragen_klein and vragen_groot <= DOEL_ZOEKVRAGEN,
        },
        {
            "naam": "/werk/ met 1.000 trajecten: tijd",
            "gemeten": f"{groot:.0f} ms",
            "vergeleken_met": f"{klein:.0f} ms met {aantal} trajecten",
            "verhouding": round(groot / klein, 2),
            "doel": "≤ 3 ×",
            "gehaald": groot / klein <= 3,
        },
    ]


def meet() -> list[dict[str, Any]]:
    """Geef de regels voor de tabel. Schrijft in de database: alleen op een eigen, lege meetdatabase."""
    loods = maak_wereld(vandaag(), veertig=False)
    if loods is None:
        raise RuntimeError("De meetdatabase is niet leeg.")
    return [*_overgang(loods), *leesscherm(loods), *_werkscherm(loods)]
