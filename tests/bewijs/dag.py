"""Eén dag van 2.000 waarschuwingen, en de telling van wat ervan terechtkwam.

Elke mail zegt zelf welk proces haar stuurde en over welke verbinding met de database (tests.bewijs.merk). Een mail die
nog eens komt, hoort zo bij de kill waarin haar verzender of haar verbinding stierf, ook als zij pas daarna aankwam.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import OperationalError, connection

from berichten.enums import Status
from berichten.models import Bericht
from kern.tijd import vandaag
from termijnen.models import Herinnering, Termijn
from tests.berichten.smtp import Server
from tests.bewijs.hulp import meld
from tests.bewijs.merk import KOP
from tests.hulp import zonder_bewaking

VUL = """
INSERT INTO termijnen_termijn (voorbeeld, rijversie, soort, object_soort, object_id, object_naam, eigenaar_id, basis,
  regel, vervalt_op, uitleg, status, herinner_vanaf, volgende_herinnering, fouten, laatste_fout, aangemaakt_op)
SELECT false, 0, 'jaarverslag', %(proef)s, n::text, 'Bewijs', (%(mensen)s::bigint[])[1 + n %% %(aantal)s], %(dag)s,
  'eigen', %(dag)s, 'bewijs', 'open', %(dag)s, %(dag)s, 0, '', now()
FROM generate_series(%(van)s, %(tot)s) n
"""


def vraag(daad: Callable[[], Any]) -> Any:
    """Doe een vraag aan de database; is zij net gedood, dan opnieuw. Werpt TimeoutError na een minuut."""
    einde = time.monotonic() + 60
    while True:
        try:
            return daad()
        except OperationalError as fout:
            connection.close()
            if time.monotonic() > einde:
                raise TimeoutError("de database antwoordt niet") from fout
            time.sleep(0.05)


@dataclass(frozen=True)
class Kill:
    """Eén kill: wanneer (time.monotonic, begin en eind) en welke processen er stierven."""

    begin: float
    eind: float
    gedood: frozenset[int]


@dataclass(frozen=True)
class Aankomst:
    """Eén mail die binnenkwam: wanneer, van welk proces, en over welke verbinding met de database."""

    message_id: str
    op: float
    verzender: int
    verbinding: int

    def oorzaak(self, kills: list[Kill]) -> int | None:
        """Geef de kill (vanaf 1) waarin de verzender of zijn verbinding stierf; None als dat er geen was.

        Die kan vóór de aankomst liggen: wie zijn database kwijt is, maakt de mail nog af en tekent niet meer af.
        Procesnummers komen terug, dus de kill het dichtst bij de aankomst telt.
        """
        van_mij = [n for n, kill in enumerate(kills, 1) if {self.verzender, self.verbinding} & kill.gedood]
        return min(van_mij, key=lambda n: abs(kills[n - 1].begin - self.op), default=None)

    def eerste_erna(self, kills: list[Kill]) -> int:
        """Geef de eerste kill die na de aankomst nog bezig was of begon; 0 als die er niet is."""
        return next((n for n, kill in enumerate(kills, 1) if kill.eind >= self.op), 0)


def herhaald(aankomsten: list[Aankomst], kills: list[Kill]) -> list[tuple[Aankomst, int]]:
    """Geef elke aankomst van een mail die daarna nog eens kwam, met de kill die dat deed.

    Van elke Message-ID is één aankomst de afgetekende: de laatste van wie niet al vóór de aankomst gedood was. Stierf
    er niemand van deze aankomst (een werker die zelf omviel), dan telt de eerste kill na haar.
    """
    per_id: dict[str, list[Aankomst]] = {}
    for aankomst in aankomsten:
        per_id.setdefault(aankomst.message_id, []).append(aankomst)

    def rang(aankomst: Aankomst) -> tuple[bool, float]:
        oorzaak = aankomst.oorzaak(kills)
        return oorzaak is None or kills[oorzaak - 1].eind > aankomst.op, aankomst.op

    return [
        (een, een.oorzaak(kills) or een.eerste_erna(kills))
        for zelfde in per_id.values()
        for een in sorted(zelfde, key=rang)[:-1]
    ]


@dataclass
class Dag:
    """Eén dag van 2.000 waarschuwingen, en wat ervan terechtkwam."""

    naam: str
    mensen: list[int]
    gevuld: int = 0
    raak: int = 0
    server: Server = field(default_factory=Server)
    kills: list[Kill] = field(default_factory=list)
    aankomsten: list[Aankomst] = field(default_factory=list)

    def noteer(self, bericht: Any) -> None:
        """Onthoud wanneer deze mail aankwam, en van wie."""
        verzender, verbinding = (int(deel) for deel in bericht[KOP].split())
        self.aankomsten.append(Aankomst(bericht["Message-ID"], time.monotonic(), verzender, verbinding))

    def dood(self, daad: Callable[[int], frozenset[int]], poort: int) -> None:
        """Doe de kill en onthoud wie er stierf."""
        begin = time.monotonic()
        gedood = daad(poort)
        self.kills.append(Kill(begin, time.monotonic(), gedood))

    def toon_herhalingen(self) -> Counter[int]:
        """Toon elke mail die nog eens kwam, en geef hoeveel het er per kill waren."""
        dubbel = herhaald(self.aankomsten, self.kills)
        for een, kill in dubbel:
            meld(f"  {een.message_id[1:13]} herhaald door kill {kill}")
        ids = {een.message_id for een, _ in dubbel}
        for aankomst in sorted((a for a in self.aankomsten if a.message_id in ids), key=lambda a: a.message_id):
            meld(f"  {aankomst.message_id[1:13]} kwam van {self._rond(aankomst)}")
        return Counter(kill for _, kill in dubbel)

    def _rond(self, aankomst: Aankomst) -> str:
        """Zeg van wie een aankomst was en welke kills eromheen vielen, met de tijd ertussen."""
        erna = aankomst.eerste_erna(self.kills) or len(self.kills) + 1
        buren = [n for n in (erna - 1, erna, erna + 1) if 0 < n <= len(self.kills)]
        kills = ", ".join(f"kill {n} {self.kills[n - 1].begin - aankomst.op:+.3f} s" for n in buren)
        return f"proces {aankomst.verzender}, verbinding {aankomst.verbinding}; {kills}"

    def vul(self, tot: int) -> None:
        """Laat de dag verdergaan tot `tot` waarschuwingen; tweemaal hetzelfde deel kan niet (uniek per object)."""

        def voeg_toe() -> None:
            al = Termijn.objects.filter(object_soort=self.naam).count()
            if al >= tot:
                return
            with zonder_bewaking() as cursor:
                # Zonder de regel in het logboek die een echte handeling schrijft; het gaat om wat erna komt.
                invoer = {"proef": self.naam, "mensen": self.mensen, "aantal": len(self.mensen), "dag": vandaag()}
                cursor.execute(VUL, invoer | {"van": al + 1, "tot": tot})

        vraag(voeg_toe)
        self.gevuld = tot

    def klaar(self) -> bool:
        """Of elk feit er is en er geen bericht meer wacht."""
        herinnerd = vraag(Herinnering.objects.filter(termijn__object_soort=self.naam).count)
        wacht = vraag(Bericht.objects.filter(pk__in=self._berichten(), status=Status.WACHT).count)
        return bool(herinnerd >= self.gevuld and wacht == 0)

    def _berichten(self) -> Any:
        return Herinnering.objects.filter(termijn__object_soort=self.naam).values("bericht")

    def uitkomst(self, wat: str, extra: str = "") -> dict[str, Any]:
        """Tel, en geef de regel van de tabel."""
        feiten = Herinnering.objects.filter(termijn__object_soort=self.naam)
        dubbel = feiten.count() - feiten.values("termijn").distinct().count()
        berichten = set(Bericht.objects.filter(pk__in=self._berichten()).values_list("message_id", flat=True))
        binnen = Counter(str(b["Message-ID"]) for b in self.server.binnen)
        verloren = self.gevuld - feiten.values("termijn").distinct().count() + len(berichten - set(binnen))
        vreemd = len(set(binnen) - berichten)
        per_kill, kills = self.toon_herhalingen(), len(self.kills)
        nog_eens, meest = per_kill.total(), max(per_kill.values(), default=0)
        mislukt = Bericht.objects.filter(pk__in=self._berichten()).exclude(status=Status.VERSTUURD).count()
        goed = (verloren, dubbel, vreemd, mislukt) == (0, 0, 0, 0) and meest <= 1 and 0 not in per_kill
        return {
            "naam": f"{kills} × {wat}",
            "gemeten": f"{verloren} verloren, {dubbel} dubbel, {vreemd + mislukt} vreemd, "
            f"{nog_eens} herhaald, per kill hoogstens {meest}{extra}",
            "vergeleken_met": f"{feiten.count()} feiten, {len(berichten)} berichten, {sum(binnen.values())} mails",
            "verhouding": round(nog_eens / kills, 2),
            "doel": "0 verloren, 0 dubbel, bij elke kill herhaald <= 1 met dezelfde Message-ID",
            "gehaald": goed,
        }
