"""Kill -9 op alles tijdens een dag van 2.000 waarschuwingen: niets verloren, elk feit één keer.

Een echte Celery-werker (twee processen, zoals `./portal start`) zoekt de waarschuwingen en verstuurt ze naar een echte
SMTP-server. Voor elke kill komt er een deel van de dag bij; daarna sterft er iets op een willekeurig moment, de ene
helft van de keren precies tussen het aannemen van een mail en het aftekenen (bij de verzender altijd). Beat is hier een
draad die elke 0,2 s wekt wat beat in het echt elke minuut wekt. Na afloop wordt geteld: elk feit, elk bericht, en elke
mail die aankwam. Een mail die nog eens kwam, hoort bij de eerste kill na haar aankomst: die kwam vóór het aftekenen.
"""

import contextlib
import os
import random
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import OperationalError, connection, transaction

from berichten.enums import Status
from berichten.models import Bericht
from kern.tijd import vandaag
from ser_portal.baas import proces
from ser_portal.baas.servers import Servers
from ser_portal.celery import app
from termijnen.models import Herinnering, Termijn
from tests.berichten.smtp import Server, mailserver
from tests.bewijs.hulp import geschaald, meld, servers, wacht_tot
from toegang.models import Gebruiker

DAG, MENSEN, ZAAD = 2_000, 40, int(os.environ.get("BEWIJS_ZAAD") or 20261129)
WORTEL = Path(__file__).resolve().parents[2]
VUL = """
INSERT INTO termijnen_termijn (voorbeeld, rijversie, soort, object_soort, object_id, object_naam, eigenaar_id, basis,
  regel, vervalt_op, uitleg, status, herinner_vanaf, volgende_herinnering, fouten, laatste_fout, aangemaakt_op)
SELECT false, 0, 'jaarverslag', %(proef)s, n::text, 'Bewijs', (%(mensen)s::bigint[])[1 + n %% %(aantal)s], %(dag)s,
  'eigen', %(dag)s, 'bewijs', 'open', %(dag)s, %(dag)s, 0, '', now()
FROM generate_series(%(van)s, %(tot)s) n
"""


@dataclass
class Werker:
    """De Celery-werker als eigen proces, met zijn kinderen."""

    poort: int
    proces: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        env = os.environ | {"EMAIL_URL": f"smtp://127.0.0.1:{self.poort}", "PORTAL_VOORBEELD": "0"}
        regel = ["celery", "-A", "ser_portal.celery", "worker", "--concurrency=2", "--loglevel=ERROR"]
        self.proces = subprocess.Popen(
            [*regel, "--without-gossip", "--without-mingle"],
            env=env, cwd=WORTEL, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def kinderen(self) -> list[int]:
        """De processen die het werk doen."""
        if self.proces is None:
            return []
        with contextlib.suppress(OSError):
            tekst = Path(f"/proc/{self.proces.pid}/task/{self.proces.pid}/children").read_text(encoding="ascii")
            return [int(pid) for pid in tekst.split()]
        return []

    def dood_helemaal(self) -> None:
        """Kill -9 op het hoofdproces en alles eronder."""
        if self.proces is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.proces.pid, signal.SIGKILL)
            self.proces.wait()


def proces_achter(poort: int, pids: list[int]) -> int | None:
    """Geef welk van deze processen vanaf deze poort van 127.0.0.1 verbonden is; None als geen van hen dat is."""
    lokaal = f"0100007F:{poort:04X}"
    for regel in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]:
        delen = regel.split()
        if delen[1] != lokaal:
            continue
        for pid in pids:
            with contextlib.suppress(OSError):
                for bestand in Path(f"/proc/{pid}/fd").iterdir():
                    if str(bestand.readlink()) == f"socket:[{delen[9]}]":
                        return pid
    return None


def wek() -> None:
    """Wek wat beat wekt; is Redis weg, dan gebeurt er niets."""
    for naam in ("termijnen.verwerk", "berichten.verstuur"):
        with contextlib.suppress(Exception):
            app.send_task(naam, expires=3, retry=False)


@contextlib.contextmanager
def beat() -> Iterator[None]:
    """Wek elke 0,2 s, zolang dit blok duurt."""
    stop = threading.Event()

    def loop() -> None:
        while not stop.wait(0.2):
            wek()

    draad = threading.Thread(target=loop, daemon=True)
    draad.start()
    try:
        yield
    finally:
        stop.set()
        draad.join(10)


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


@dataclass
class Dag:
    """Eén dag van 2.000 waarschuwingen, en wat ervan terechtkwam."""

    naam: str
    mensen: list[int]
    gevuld: int = 0
    kills: int = 0
    raak: int = 0
    server: Server = field(default_factory=Server)
    # Per aangekomen mail (id van het bericht): hoeveel kills er al geweest waren.
    na_kills: dict[int, int] = field(default_factory=dict)

    def noteer(self, bericht: Any) -> None:
        """Onthoud na hoeveel kills deze mail aankwam."""
        self.na_kills[id(bericht)] = self.kills

    def per_kill(self) -> Counter[int]:
        """Geef hoeveel mails elke kill liet herhalen: elke aankomst behalve de laatste van die Message-ID."""
        aankomsten: dict[str, list[int]] = {}
        for bericht in self.server.binnen:
            aankomsten.setdefault(str(bericht["Message-ID"]), []).append(self.na_kills[id(bericht)])
        return Counter(kill for kills in aankomsten.values() for kill in sorted(kills)[:-1])

    def vul(self, tot: int) -> None:
        """Laat de dag verdergaan tot `tot` waarschuwingen; tweemaal hetzelfde deel kan niet (uniek per object)."""

        def voeg_toe() -> None:
            al = Termijn.objects.filter(object_soort=self.naam).count()
            if al >= tot:
                return
            with transaction.atomic(), connection.cursor() as cursor:
                # Zonder de regel in het logboek die een echte handeling schrijft; het gaat om wat erna komt.
                cursor.execute("SET LOCAL session_replication_role = replica")
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
        per_kill = self.per_kill()
        herhaald, meest = per_kill.total(), max(per_kill.values(), default=0)
        mislukt = Bericht.objects.filter(pk__in=self._berichten()).exclude(status=Status.VERSTUURD).count()
        goed = (verloren, dubbel, vreemd, mislukt) == (0, 0, 0, 0) and meest <= 1
        return {
            "naam": f"{self.kills} × {wat}",
            "gemeten": f"{verloren} verloren, {dubbel} dubbel, {vreemd + mislukt} vreemd, "
            f"{herhaald} herhaald, per kill hoogstens {meest}{extra}",
            "vergeleken_met": f"{feiten.count()} feiten, {len(berichten)} berichten, {sum(binnen.values())} mails",
            "verhouding": round(herhaald / self.kills, 2),
            "doel": "0 verloren, 0 dubbel, bij elke kill herhaald <= 1 met dezelfde Message-ID",
            "gehaald": goed,
        }


Dood = Callable[[int], None]  # met de poort van de mail die juist aankwam, of 0
Maak = Callable[[Servers, Werker, random.Random], Dood]
Herstel = Callable[[Servers, Werker], None]


def op_een_moment(dag: Dag, loterij: random.Random, dood: Dood, in_het_gat: float) -> None:
    """Dood op een willekeurig moment: na een wachttijd, of in het gat tussen aannemen en aftekenen van een mail."""
    if loterij.random() >= in_het_gat:
        time.sleep(loterij.uniform(0.0, 0.3))
        dood(0)
        dag.kills += 1
        return
    geschoten = threading.Event()
    slot = threading.Lock()
    na = loterij.randint(1, 3)

    def schiet(bericht: Any) -> None:
        nonlocal na
        with slot:
            dag.noteer(bericht)
            na -= 1
            if na != 0 or geschoten.is_set():
                return
            dood(dag.server.poorten[id(bericht)])
            dag.kills += 1
            dag.raak += 1
            geschoten.set()

    dag.server.bij_binnenkomst = schiet
    geschoten.wait(2.0 if in_het_gat < 1 else 20.0)
    dag.server.bij_binnenkomst = dag.noteer
    with slot:
        if not geschoten.is_set():  # er kwam geen mail: dan nu
            dood(0)
            dag.kills += 1
            geschoten.set()


def proef(naam: str, wat: str, kills: int, maak: Maak, herstel: Herstel) -> dict[str, Any]:
    """Doe één dag met `kills` kills en geef de regel; `maak` geeft de daad, `herstel` zet daarna alles weer aan."""
    in_het_gat = 1.0 if naam == "verzender" else 0.5
    loterij, plek = random.Random(ZAAD), servers()
    mensen = list(Gebruiker.objects.filter(email__startswith="bewijs-").values_list("pk", flat=True))
    begin = time.monotonic()
    with mailserver() as server:
        dag, werker = Dag(f"bewijs.{naam}", mensen, server=server), Werker(server.poort)
        server.bij_binnenkomst = dag.noteer
        werker.start()
        try:
            with beat():
                dood = maak(plek, werker, loterij)
                wacht_tot(lambda: len(werker.kinderen()) >= 2, geduld=240, wat="werker")
                for beurt in range(1, kills + 1):
                    dag.vul(geschaald(DAG) * beurt // kills)
                    op_een_moment(dag, loterij, dood, in_het_gat)
                    herstel(plek, werker)
                    if beurt % 50 == 0:
                        meld(f"  {naam}: {beurt} van {kills} na {time.monotonic() - begin:.0f} s")
                wacht_tot(lambda: _overeind(werker) and dag.klaar(), geduld=900, wat=f"de dag van {naam} afmaken")
        finally:
            werker.dood_helemaal()
        duur = time.monotonic() - begin
        return dag.uitkomst(wat, f"; {dag.raak} raak in het gat, {duur:.0f} s")


def _dood_verzender(_: Servers, werker: Werker, loterij: random.Random) -> Dood:
    """Precies het proces dat deze mail verstuurt; is het niet te vinden, dan een van de twee."""

    def dood(poort: int) -> None:
        kinderen = werker.kinderen()
        pid = proces_achter(poort, kinderen) if poort else None
        doel = pid or (loterij.choice(kinderen) if kinderen else None)
        proces.stuur([doel] if doel else [], signal.SIGKILL)

    return dood


def _dood_werker(_: Servers, werker: Werker, loterij: random.Random) -> Dood:
    """Een van de twee processen die werken, en één op de 25 keer alles tegelijk."""

    def dood(_: int) -> None:
        kinderen = werker.kinderen()
        if loterij.random() < 0.04 or not kinderen:
            werker.dood_helemaal()
        else:
            proces.stuur([loterij.choice(kinderen)], signal.SIGKILL)

    return dood


def _overeind(werker: Werker) -> bool:
    """Start een werker die zelf omviel opnieuw, zoals de opzichter doet; geef of hij er al stond."""
    if werker.proces is not None and werker.proces.poll() is None:
        return True
    werker.start()
    return False


def _herstel_werker(_: Servers, werker: Werker) -> None:
    if werker.proces is None or werker.proces.poll() is not None:
        werker.start()
        wacht_tot(lambda: len(werker.kinderen()) >= 2, geduld=240, wat="werker")


def _dood_redis(plek: Servers, _: Werker, __: random.Random) -> Dood:
    redis = plek.redis
    assert redis is not None
    return lambda _: proces.stuur([pid for pid in [redis.pid()] if pid], signal.SIGKILL)


def _herstel_redis(plek: Servers, werker: Werker) -> None:
    assert plek.redis is not None
    proces.wacht_tot_weg([pid for pid in [plek.redis.pid()] if pid], 0.2)
    plek.redis.start()
    _herstel_werker(plek, werker)


def _dood_postgres(plek: Servers, _: Werker, __: random.Random) -> Dood:
    postgres = plek.postgres
    assert postgres is not None
    return lambda _: proces.stuur(proces.in_map(postgres.gegevens), signal.SIGKILL)


def _herstel_postgres(plek: Servers, werker: Werker) -> None:
    assert plek.postgres is not None
    proces.wacht_tot_weg(proces.in_map(plek.postgres.gegevens), 2)
    plek.postgres.start()
    connection.close()
    _herstel_werker(plek, werker)


def _leeg_redis(plek: Servers, _: Werker, __: random.Random) -> Dood:
    redis = plek.redis
    assert redis is not None
    return lambda _: (redis.vraag("FLUSHALL"), None)[1]


def bewijs() -> list[dict[str, Any]]:
    """Dood verzender en werker, Redis en PostgreSQL, en leeg Redis, elk op een eigen dag van 2.000 waarschuwingen."""
    servers()
    connection.close()
    for n in range(MENSEN):
        Gebruiker.objects.get_or_create(email=f"bewijs-{n}@voorbeeld.test", defaults={"naam": f"Bewijs {n}"})
    proeven = (
        ("verzender", "kill -9 van de verzender", 500, _dood_verzender, _herstel_werker),
        ("werker", "kill -9 van een werker", 500, _dood_werker, _herstel_werker),
        ("flushall", "FLUSHALL in Redis", 50, _leeg_redis, _herstel_werker),
        ("redis", "kill -9 van Redis", 100, _dood_redis, _herstel_redis),
        ("postgres", "kill -9 van PostgreSQL", 100, _dood_postgres, _herstel_postgres),
    )
    gevraagd = os.environ.get("BEWIJS_DOODSLAG", "")
    return [
        proef(naam, wat, geschaald(kills), maak, herstel)
        for naam, wat, kills, maak, herstel in proeven
        if not gevraagd or naam in gevraagd.split(",")
    ]
