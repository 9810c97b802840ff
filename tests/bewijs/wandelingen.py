"""Willekeurige wandelingen van dertig stappen door een adviestraject, met na elke stap twaalf dingen die altijd gelden.

De wandelingen vormen een boom: zij delen hun begin, en wat zij delen wordt één keer gelopen. Waar zij uiteengaan zet
een savepoint de database terug. Een tweede keer hetzelfde begin lopen zou hetzelfde opleveren; de regel noemt hoeveel
stappen er werkelijk gezet zijn. Niets wordt vastgelegd: wat uitgesteld is kijkt de database na elke stap na, en na
COMMIT volgt in dit portaal alleen een sein aan een werker.
"""

import os
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection, transaction

from tests.adviezen import bouw
from tests.bewijs.hulp import geschaald, meld, regel, servers
from tests.bewijs.wandelaar import Wandeling
from vergaderingen.enums import Orgaan

WANDELINGEN, PER_BOOM, STAPPEN = 50_000, 500, 30
ZAAD = int(os.environ.get("BEWIJS_ZAAD") or 20261129)
COMMISSIES = ("grensarbeid", "consumenten")  # de tweede mag zelf adviseren
SECONDEN = 1800  # wie alles wil: BEWIJS_SECONDEN=20000 ./portal bewijs wandelingen


@dataclass
class Boom:
    """Wandelingen vanuit één wereld, tot er iets misgaat of `door` nee zegt."""

    wereld: bouw.Wereld
    loterij: random.Random
    door: Callable[[], bool] = lambda: True
    af: int = 0
    gezet: Counter[str] = field(default_factory=Counter)  # per handeling, gelukt
    geweigerd: int = 0
    standen: Counter[str] = field(default_factory=Counter)  # per stand, hoe vaak een gelukte stap er uitkwam
    eind: Counter[str] = field(default_factory=Counter)
    fouten: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        w = self.wereld = replace(self.wereld, zittingen={})
        self.mensen = [w.secretaris, w.buitenstaander, w.beheerder, w.account("FNV 2"), w.raadssecretaris]

    def deel_vergaderingen(self) -> None:
        """Laat elk traject dezelfde vergaderingen van vandaag gebruiken, zoals een commissie er meer behandelt."""
        commissies = [self.wereld.raad.commissies[naam] for naam in COMMISSIES]
        for orgaan, commissie in ((Orgaan.DAGELIJKS_BESTUUR, None), *((Orgaan.COMMISSIE, c) for c in commissies)):
            zitting = bouw.vergadering(self.wereld, orgaan, commissie=commissie)
            self.wereld.zittingen[orgaan, commissie.pk if commissie else None] = zitting

    def groei(self, wandelingen: int, drang: float | None = None) -> None:
        """Loop zoveel wandelingen met één nieuw traject, en draai alles terug; `drang` staat bij Wandeling."""
        kans = self.loterij.random
        with transaction.atomic():
            opties: dict[str, Any] = {soort: kans() < 0.25 for soort in ("verdeeld", "eigen_initiatief", "kamer")}
            opties["commissie"] = self.loterij.choice(COMMISSIES)
            if drang is None:  # het ene traject dwaalt, het andere komt aan het eind
                drang = self.loterij.uniform(0.15, 0.6)
            self._tak(Wandeling(bouw.nieuw(self.wereld, **opties), drang), STAPPEN, wandelingen)
            transaction.set_rollback(True)

    def _tak(self, w: Wandeling, nog: int, wandelingen: int) -> None:
        if not nog:
            self._blad(w, wandelingen)
            return
        takken = verdeel(wandelingen, nog, self.loterij)
        for deel in takken:
            if self.fouten or not self.door():
                return
            if len(takken) == 1:
                self._stap(w, nog, deel)
                return
            with transaction.atomic():
                self._stap(w.kopie(), nog, deel)
                transaction.set_rollback(True)

    def _stap(self, w: Wandeling, nog: int, wandelingen: int) -> None:
        naam, gelukt, mis = w.stap(self.loterij, self.mensen)
        if gelukt:
            self.gezet[naam] += 1
            self.standen[w.stand[0]] += 1
        else:
            self.geweigerd += 1
        if mis:
            self.fouten.append(f"{naam}, {w.stand[0]}: {'; '.join(mis)}")
        else:
            self._tak(w, nog - 1, wandelingen)

    def _blad(self, w: Wandeling, wandelingen: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM logboek_breuken()")
            if cursor.fetchone()[0]:
                self.fouten.append("de keten van het logboek is gebroken")
        self.af += wandelingen
        self.eind[w.stand[0]] += wandelingen


def verdeel(wandelingen: int, nog: int, loterij: random.Random) -> list[int]:
    """Verdeel wandelingen met nog zoveel stappen over takken.

    Naar het eind staan zij dichter: van w wandelingen zijn na stap d ongeveer w tot de macht (d/30)^1,5 uiteengegaan.
    """
    gedaan = STAPPEN - nog
    breed = wandelingen ** (((gedaan + 1) ** 1.5 - gedaan**1.5) / (STAPPEN**1.5 - gedaan**1.5))
    aantal = min(wandelingen, int(breed) + (loterij.random() < breed % 1))
    return [wandelingen // aantal + (n < wandelingen % aantal) for n in range(aantal)]


def bewijs() -> list[dict[str, Any]]:
    """Wandel vijftigduizend keer, of zo vaak als er tijd is."""
    servers()
    connection.close()
    begin, grens = time.monotonic(), float(os.environ.get("BEWIJS_SECONDEN") or SECONDEN)
    wil, klaar = geschaald(WANDELINGEN), False
    with connection.cursor() as cursor:  # met een handvol rijen kost een plan bedenken meer dan uitvoeren
        cursor.execute("SET join_collapse_limit = 1")
    boom = Boom(bouw.maak_wereld(), random.Random(ZAAD), lambda: time.monotonic() - begin < grens)
    boom.deel_vergaderingen()
    while not klaar:
        boom.groei(min(PER_BOOM, wil - boom.af))
        meld(f"  wandelingen: {boom.af} na {time.monotonic() - begin:.0f} s")
        klaar = bool(boom.fouten) or boom.af >= wil or not boom.door()
    gezet = sum(boom.gezet.values())
    gemeten = f"{len(boom.fouten)} fouten, {gezet} gelukt, {boom.geweigerd} geweigerd"
    gemeten += f" ({boom.fouten[0][:200]})" if boom.fouten else ""
    naam = f"{boom.af} wandelingen van {STAPPEN} stappen; {gezet + boom.geweigerd} keer echt gestapt, de rest gedeeld"
    tegen = f"{len(boom.gezet)} handelingen gelukt, {len(boom.standen)} standen bereikt, {len(boom.eind)} als eind"
    gehaald = not boom.fouten and boom.af >= WANDELINGEN
    return [regel(naam, gemeten, tegen, "50.000, 0 fouten", gehaald, begin)]
