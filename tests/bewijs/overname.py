"""Geval 52, de andere helft: de hoofddatabase komt nooit terug, en de meelopende kopie neemt het over.

Schrijvers leggen vast en onthouden wat bevestigd is, tot de hoofddatabase met kill -9 sterft en haar schijf weg is.
De kopie wordt hoofddatabase. Wat bevestigd was en er niet meer is, is kwijt; hoe oud het oudste daarvan was, is wat
iemand opnieuw moet doen. Van elke schrijver hoort er een aaneengesloten begin te staan. De volgende ronde begint op de
nieuwe hoofddatabase, met een nieuwe kopie. In een ronde ter controle loopt de kopie de laatste seconden niet mee: dan
hoort er wel iets kwijt te zijn.
"""

import os
import random
import shutil
import signal
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

from ser_portal.baas import proces
from ser_portal.baas.plek import Plek
from ser_portal.baas.postgres import BEHEERDER, DATABASE, EIGENAAR, PUBLIEK, Postgres
from tests.adviezen import bouw
from tests.bewijs.hulp import geschaald, meld, regel, servers
from tests.bewijs.replica import Replica
from tests.bewijs.web import haal, koekjes_van, webserver

KEREN, SCHRIJVERS, LOS = 10, 4, 2.0
GRENS, BINNEN = 300.0, 900.0  # seconden: hoogstens vijf minuten kwijt, binnen een kwartier verder
TABEL = "CREATE TABLE overname (schrijver int, n int, PRIMARY KEY (schrijver, n))"


@dataclass
class Uitslag:
    """Wat één overname kostte; tijden in seconden."""

    bevestigd: int = 0
    kwijt: int = 0
    oudste: float = 0.0  # hoe lang voor de dood het oudste bevestigd was dat er niet meer is
    over: float = 0.0  # van de dood tot de kopie schrijft
    gaten: list[int] = field(default_factory=list)


class Schrijver(threading.Thread):
    """Legt vast tot de verbinding breekt; `bevestigd` heeft van elk nummer wanneer het zeker was."""

    def __init__(self, adres: str, nummer: int, begin: int) -> None:
        super().__init__(daemon=True)
        self.adres, self.nummer, self.begin = adres, nummer, begin
        self.bevestigd: dict[int, float] = {}

    def run(self) -> None:
        n = self.begin
        try:
            with psycopg.connect(self.adres, autocommit=True) as lijn:
                while True:
                    lijn.execute("INSERT INTO overname VALUES (%s, %s)", [self.nummer, n])
                    self.bevestigd[n] = time.monotonic()
                    n += 1
        except psycopg.OperationalError:
            return


def bewijs() -> list[dict[str, Any]]:
    """Laat de hoofddatabase telkens voorgoed sterven en werk verder op haar kopie; daarna staat het portaal erop."""
    begin, bron = time.monotonic(), servers().postgres
    assert bron is not None
    var = Path(os.environ["PORTAL_VAR"])
    secretaris = bouw.maak_wereld().secretaris
    koekjes = koekjes_van(secretaris)
    connection.close()
    lopend: list[Postgres] = []

    def kopie(van: Postgres) -> Replica:
        plek = Plek(var / f"overname-{len(lopend)}")
        shutil.rmtree(plek.var, ignore_errors=True)
        nieuw = Replica(plek.maak(), van)
        nieuw.start()
        lopend.append(nieuw)
        return nieuw

    try:
        hoofd: Postgres = kopie(bron)
        hoofd.psql("SELECT pg_promote()")
        hoofd.psql(TABEL, DATABASE)
        uitslagen: list[Uitslag] = []
        for ronde in range(geschaald(KEREN) + 1):
            ander = kopie(hoofd)
            uitslagen.append(_neem_over(hoofd, ander, ronde, los=LOS * (ronde == 0)))
            meld(f"  overname {ronde}: {uitslagen[-1]}")
            shutil.rmtree(hoofd.plek.var)
            hoofd = ander
        controle, *echt = uitslagen
        adressen = {"DATABASE_URL": EIGENAAR, "EIGENAAR_DATABASE_URL": EIGENAAR, "PUBLIEK_DATABASE_URL": PUBLIEK}
        with webserver({naam: hoofd.adres(rol) for naam, rol in adressen.items()}) as poort:
            werkt = [haal(poort, "GET", adres, koekjes=koekjes)[0] for adres in ("/werk/", "/adviezen/")]
    finally:
        for server in lopend:
            server.stop()
            shutil.rmtree(server.plek.var, ignore_errors=True)
    kwijt, oudste = sum(u.kwijt for u in echt), max(u.oudste for u in echt)
    over, gaten = max(u.over for u in echt), sum(len(u.gaten) for u in uitslagen)
    gemeten = f"{kwijt} van {sum(u.bevestigd for u in echt)} kwijt, het oudste {oudste:.2f} s voor de dood bevestigd; "
    gemeten += (
        f"{gaten} gaten; verder na hoogstens {over:.1f} s, en het portaal antwoordt {werkt} op dezelfde zitting; "
    )
    gemeten += f"loopt de kopie {LOS:.0f} s niet mee, dan {controle.kwijt} kwijt, het oudste {controle.oudste:.1f} s"
    goed = oudste <= GRENS and over <= BINNEN and not gaten and werkt == [200, 200] and controle.oudste >= LOS
    naam = f"hoofddatabase {len(echt)} keer voorgoed weg, de kopie neemt over"
    return [regel(naam, gemeten, "wat bevestigd was", "hoogstens 5 minuten kwijt, niets half", goed, begin)]


def _neem_over(hoofd: Postgres, kopie: Replica, ronde: int, *, los: float) -> Uitslag:
    """Schrijf, dood `hoofd` met al haar processen, en laat `kopie` het overnemen, die `los` seconden niet meeliep."""
    schrijvers = [Schrijver(hoofd.adres(BEHEERDER), nummer, ronde * 10**6) for nummer in range(SCHRIJVERS)]
    for schrijver in schrijvers:
        schrijver.start()
    time.sleep(1 + random.Random(ronde).random())  # noqa: S311
    if los:
        kopie.psql("ALTER SYSTEM SET primary_conninfo = ''")
        kopie.psql("SELECT pg_reload_conf()")
        time.sleep(los + 1)
    dood = time.monotonic()
    proces.stuur(proces.in_map(hoofd.gegevens), signal.SIGKILL)
    for schrijver in schrijvers:
        schrijver.join(30)
    kopie.psql("SELECT pg_promote(true, 60)")
    kopie.psql("INSERT INTO overname VALUES (-1, " + str(ronde) + ")", DATABASE)
    uit = Uitslag(over=time.monotonic() - dood)
    with psycopg.connect(kopie.adres(BEHEERDER), autocommit=True) as lijn:
        for schrijver in schrijvers:
            vraag = "SELECT n FROM overname WHERE schrijver = %s AND n >= %s ORDER BY n"
            er = [n for (n,) in lijn.execute(vraag, [schrijver.nummer, schrijver.begin])]
            uit.gaten += [n for n, echt in enumerate(er, schrijver.begin) if n != echt]
            kwijt = schrijver.bevestigd.keys() - set(er)
            uit.bevestigd += len(schrijver.bevestigd)
            uit.kwijt += len(kwijt)
            uit.oudste = max([uit.oudste, *(dood - schrijver.bevestigd[n] for n in kwijt)])
    return uit
