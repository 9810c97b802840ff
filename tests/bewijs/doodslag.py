"""Kill -9 op alles tijdens een dag van 2.000 waarschuwingen: niets verloren, elk feit één keer.

Een echte Celery-werker (twee processen, zoals `./portal start`) zoekt de waarschuwingen en verstuurt ze naar een echte
SMTP-server. Voor elke kill komt er een deel van de dag bij; daarna sterft er iets op een willekeurig moment, de ene
helft van de keren precies tussen het aannemen van een mail en het aftekenen (bij de verzender altijd). Beat is hier een
draad die elke 0,2 s wekt wat beat in het echt elke minuut wekt. Na afloop wordt geteld (tests.bewijs.dag): elk feit,
elk bericht, elke mail die aankwam, en welke kill haar liet herhalen.
"""

import contextlib
import os
import random
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from ser_portal.baas import proces
from ser_portal.baas.servers import Servers
from ser_portal.celery import app
from tests.berichten.smtp import mailserver
from tests.bewijs.dag import Dag
from tests.bewijs.hulp import geschaald, meld, servers, wacht_tot
from toegang.models import Gebruiker

DAG, MENSEN, ZAAD = 2_000, 40, int(os.environ.get("BEWIJS_ZAAD") or 20261129)
WORTEL = Path(__file__).resolve().parents[2]


@dataclass
class Werker:
    """De Celery-werker als eigen proces, met zijn kinderen."""

    poort: int
    proces: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        env = os.environ | {"EMAIL_URL": f"smtp://127.0.0.1:{self.poort}", "PORTAL_VOORBEELD": "0"}
        env["DJANGO_SETTINGS_MODULE"] = "tests.bewijs.instellingen"
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

    def dood_helemaal(self) -> frozenset[int]:
        """Kill -9 op het hoofdproces en alles eronder; geeft wie er stierf."""
        if self.proces is None:
            return frozenset()
        gedood = frozenset([self.proces.pid, *self.kinderen()])
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.proces.pid, signal.SIGKILL)
        self.proces.wait()
        return gedood


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


Dood = Callable[[int], frozenset[int]]  # met de poort van de mail die juist aankwam, of 0; geeft wie er stierf
Maak = Callable[[Servers, Werker, random.Random], Dood]
Herstel = Callable[[Servers, Werker], None]


def op_een_moment(dag: Dag, loterij: random.Random, dood: Dood, in_het_gat: float) -> None:
    """Dood op een willekeurig moment: na een wachttijd, of in het gat tussen aannemen en aftekenen van een mail."""
    if loterij.random() >= in_het_gat:
        time.sleep(loterij.uniform(0.0, 0.3))
        dag.dood(dood, 0)
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
            dag.dood(dood, dag.server.poorten[id(bericht)])
            dag.raak += 1
            geschoten.set()

    dag.server.bij_binnenkomst = schiet
    geschoten.wait(2.0 if in_het_gat < 1 else 20.0)
    dag.server.bij_binnenkomst = dag.noteer
    with slot:
        if not geschoten.is_set():  # er kwam geen mail: dan nu
            dag.dood(dood, 0)
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


def dood_pids(pids: list[int]) -> frozenset[int]:
    """Kill -9; geeft wie er stierf."""
    proces.stuur(pids, signal.SIGKILL)
    return frozenset(pids)


def _dood_verzender(_: Servers, werker: Werker, loterij: random.Random) -> Dood:
    """Precies het proces dat deze mail verstuurt; is het niet te vinden, dan een van de twee."""

    def dood(poort: int) -> frozenset[int]:
        kinderen = werker.kinderen()
        pid = proces_achter(poort, kinderen) if poort else None
        doel = pid or (loterij.choice(kinderen) if kinderen else None)
        return dood_pids([doel] if doel else [])

    return dood


def _dood_werker(_: Servers, werker: Werker, loterij: random.Random) -> Dood:
    """Een van de twee processen die werken, en één op de 25 keer alles tegelijk."""

    def dood(_: int) -> frozenset[int]:
        kinderen = werker.kinderen()
        if loterij.random() < 0.04 or not kinderen:
            return werker.dood_helemaal()
        return dood_pids([loterij.choice(kinderen)])

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
    return lambda _: dood_pids([pid for pid in [redis.pid()] if pid])


def _herstel_redis(plek: Servers, werker: Werker) -> None:
    assert plek.redis is not None
    proces.wacht_tot_weg([pid for pid in [plek.redis.pid()] if pid], 0.2)
    plek.redis.start()
    _herstel_werker(plek, werker)


def _dood_postgres(plek: Servers, _: Werker, __: random.Random) -> Dood:
    postgres = plek.postgres
    assert postgres is not None
    return lambda _: dood_pids(proces.in_map(postgres.gegevens))


def _herstel_postgres(plek: Servers, werker: Werker) -> None:
    assert plek.postgres is not None
    proces.wacht_tot_weg(proces.in_map(plek.postgres.gegevens), 2)
    plek.postgres.start()
    connection.close()
    _herstel_werker(plek, werker)


def _leeg_redis(plek: Servers, _: Werker, __: random.Random) -> Dood:
    redis = plek.redis
    assert redis is not None
    return lambda _: (redis.vraag("FLUSHALL"), frozenset[int]())[1]


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
