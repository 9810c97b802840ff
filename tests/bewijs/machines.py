"""Meer dan één machine: twee keer web en werker op een eigen netwerkadres, één PostgreSQL, en een replica ernaast.

Als root krijgt elke machine een eigen netwerkruimte, anders een eigen loopback-adres; de tabel zegt welke. PostgreSQL
en Redis zijn bereikbaar over hun socket. Openbaar leest van de replica (`PUBLIEK_DATABASE_URL`), al het andere van de
hoofddatabase. De voorkant hier doet wat nginx doet: om de beurt, en naar de ander als een machine geen verbinding
aanneemt; een GET die halverwege afbreekt vraagt zij nog eens, een POST nooit.
"""

import contextlib
import itertools
import os
import random
import shutil
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse

from adviezen.enums import Stap
from ser_portal.baas import proces, virtueel
from ser_portal.baas.plek import Plek
from ser_portal.baas.postgres import PUBLIEK
from tests.adviezen import bouw
from tests.berichten.smtp import mailserver
from tests.bewijs import inzendingen
from tests.bewijs.dag import Dag
from tests.bewijs.doodslag import WORTEL, beat
from tests.bewijs.hulp import geschaald, meld, regel, servers, wacht_tot
from tests.bewijs.replica import Replica
from tests.bewijs.web import TOKEN, koekjes_van, vraag
from tests.publiek.test_tegelijk import Proef, publiceer_proef
from toegang.models import Gebruiker

POORT, HOST = 8600, "localhost:8600"
KEREN, WEG, WAARSCHUWINGEN = 100, 20, 400


@dataclass
class Machine:
    """Eén machine: haar netwerkadres, hoe iets daar start, en haar web en werker."""

    naam: str
    adres: str
    gastheer: str  # waar deze machine de mailserver van de proef vindt
    voor: list[str]
    env: dict[str, str] = field(default_factory=dict)
    kinderen: "dict[str, subprocess.Popen[bytes]]" = field(default_factory=dict)

    def start(self, soort: str) -> None:
        bin_ = virtueel.VENV / "bin"
        web = [str(bin_ / "granian"), "--interface", "wsgi", "ser_portal.wsgi:application", "--no-ws"]
        web += ["--host", self.adres, "--port", str(POORT), "--workers", "2", "--workers-kill-timeout", "8"]
        werker = [str(bin_ / "celery"), "-A", "ser_portal.celery", "worker", "--concurrency=1", "--loglevel=ERROR"]
        werker += ["--without-gossip", "--without-mingle", f"--hostname={self.naam}@proef"]
        env = os.environ | self.env
        if soort == "werker":
            env |= {"DJANGO_SETTINGS_MODULE": "tests.bewijs.instellingen", "PORTAL_VOORBEELD": "0"}
        self.kinderen[soort] = subprocess.Popen(
            [*self.voor, *(web if soort == "web" else werker)], env=env, cwd=WORTEL, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        if soort == "web":
            wacht_tot(lambda: self.geeft("/gezond/") == 200, geduld=90, wat=f"web van {self.naam}")

    def stop(self, soort: str, sein: signal.Signals = signal.SIGTERM) -> None:
        """Stop netjes, zoals een herstart dat doet."""
        kind = self.kinderen.pop(soort)
        os.kill(kind.pid, sein)
        kind.wait(60)

    def geeft(self, pad: str, koekjes: str = "") -> int:
        """Geef de status, of 0 als er geen antwoord kwam."""
        try:
            return self.haal("GET", pad, koekjes=koekjes)[0]
        except OSError:
            return 0

    def haal(self, methode: str, pad: str, lijf: str = "", koekjes: str = "") -> tuple[int, str]:
        """Geef status en tekst. Werpt ConnectionRefusedError als er niemand aanneemt, OSError als het afbreekt."""
        return vraag(self.adres, POORT, HOST, methode, pad, lijf, koekjes)


class Voorkant:
    """Verdeelt verzoeken over de machines, zoals nginx ervoor."""

    def __init__(self, machines: list[Machine]) -> None:
        self.machines, self._beurt = machines, itertools.count()
        self.nog_eens = 0

    def haal(self, methode: str, pad: str, lijf: str = "", koekjes: str = "") -> tuple[int, str]:
        """Geef status en tekst; 0 als geen machine antwoordde."""
        begin = next(self._beurt)
        for n in range(len(self.machines)):
            try:
                return self.machines[(begin + n) % len(self.machines)].haal(methode, pad, lijf, koekjes)
            except ConnectionRefusedError:
                continue
            except OSError:
                if methode != "GET":
                    break
                self.nog_eens += 1
        return 0, ""


def _ip(*woorden: str) -> bool:
    return subprocess.run(["ip", *woorden], capture_output=True, check=False).returncode == 0


@contextlib.contextmanager
def netwerk() -> Iterator[tuple[str, list[Machine]]]:
    """Geef hoe de machines gescheiden zijn, en twee machines zonder processen."""
    namen = [f"ser{os.getpid()}{letter}" for letter in "ab"]
    try:
        if os.geteuid() == 0 and shutil.which("ip") and all(_ruimte(naam, n) for n, naam in enumerate(namen)):
            wie = [
                Machine(naam, f"10.213.{n}.2", f"10.213.{n}.1", ["ip", "netns", "exec", naam])
                for n, naam in enumerate(namen)
            ]
            yield "eigen netwerkruimten", wie
        else:
            yield "eigen loopback-adressen", [Machine(naam, f"127.0.0.{n + 11}", "127.0.0.1", [])
                                              for n, naam in enumerate(namen)]  # fmt: skip
    finally:
        for naam in namen:
            if os.geteuid() == 0 and shutil.which("ip"):
                _ip("netns", "del", naam)


def _ruimte(naam: str, n: int) -> bool:
    """Maak een netwerkruimte met een lijntje naar buiten; geeft of dat lukte."""
    lijn = naam[-9:]
    daar = ("netns", "exec", naam, "ip")
    return all((
        _ip("netns", "add", naam),
        _ip("link", "add", lijn, "type", "veth", "peer", "name", "eth0", "netns", naam),
        _ip("addr", "add", f"10.213.{n}.1/30", "dev", lijn),
        _ip("link", "set", lijn, "up"),
        _ip(*daar, "addr", "add", f"10.213.{n}.2/30", "dev", "eth0"),
        _ip(*daar, "link", "set", "eth0", "up"),
        _ip(*daar, "link", "set", "lo", "up"),
    ))  # fmt: skip


@contextlib.contextmanager
def opgesteld() -> Iterator[tuple[str, list[Machine], Dag]]:
    """Zet replica, mailserver en beide machines neer, alles draaiend."""
    hoofd = servers().postgres
    assert hoofd is not None
    plek = Plek(Path(os.environ["PORTAL_VAR"]) / "replica")
    shutil.rmtree(plek.var, ignore_errors=True)
    replica = Replica(plek.maak(), hoofd)
    replica.start()
    mensen = list(Gebruiker.objects.filter(email__startswith="machine-").values_list("pk", flat=True))
    try:
        with mailserver("0.0.0.0") as mail, netwerk() as (hoe, machines):  # noqa: S104
            dag = Dag("bewijs.machines", mensen, server=mail)
            mail.bij_binnenkomst = dag.noteer
            try:
                for machine in machines:
                    machine.env = {
                        "PORTAL_ADRES": f"http://{HOST}", "PORTAL_VOORBEELD": "1",
                        "PUBLIEK_DATABASE_URL": replica.adres(PUBLIEK),
                        "EMAIL_URL": f"smtp://{machine.gastheer}:{mail.poort}",
                    }  # fmt: skip
                    machine.start("web")
                    machine.start("werker")
                yield hoe, machines, dag
            finally:
                for machine in machines:
                    for kind in machine.kinderen.values():
                        with contextlib.suppress(ProcessLookupError):
                            os.killpg(kind.pid, signal.SIGKILL)
                        kind.wait()
    finally:
        replica.stop()


class Druk:
    """Bezoekers tegelijk, zolang het blok duurt; `uitslag` telt per soort en status."""

    def __init__(self, *bezoekers: Callable[[], tuple[str, int]]) -> None:
        self.uitslag: Counter[tuple[str, int]] = Counter()
        self._stop = threading.Event()
        self._draden = [threading.Thread(target=self._loop, args=(bezoeker,), daemon=True) for bezoeker in bezoekers]

    def _loop(self, bezoeker: Callable[[], tuple[str, int]]) -> None:
        while not self._stop.is_set():
            self.uitslag[bezoeker()] += 1
        connection.close()

    def __enter__(self) -> "Druk":
        for draad in self._draden:
            draad.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for draad in self._draden:
            draad.join(90)

    def mis(self) -> dict[tuple[str, int], int]:
        return {wat: n for wat, n in self.uitslag.items() if wat[1] not in (200, 302)}


def _openbaar(voor: Voorkant) -> Callable[[], tuple[str, int]]:
    """Steeds een andere vraag: zo leest elk verzoek echt van de replica."""
    woorden = itertools.count(random.Random(7).randrange(10**6))
    return lambda: ("openbaar", voor.haal("GET", f"/adviezen/?q=advies+woord{next(woorden)}")[0])


def bewijs() -> list[dict[str, Any]]:
    """Zonder kleverige stand, een doorstart zonder mislukt verzoek, en openbaar zonder hoofddatabase."""
    servers()
    connection.close()
    for n in range(20):
        Gebruiker.objects.get_or_create(email=f"machine-{n}@voorbeeld.test", defaults={"naam": f"Machine {n}"})
    wereld = bouw.maak_wereld()
    versie = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld).beraad.versie
    with opgesteld() as (hoe, machines, dag):
        voor = Voorkant(machines)
        return [
            _zonder_kleven(hoe, machines, wereld, versie),
            _doorstart(hoe, machines, voor, wereld, dag),
            _zonder_hoofd(hoe, machines, voor, wereld),
        ]


def _zonder_kleven(hoe: str, machines: list[Machine], wereld: Any, versie: Any) -> dict[str, Any]:
    """Schrijf op de ene machine en lees op de andere, met dezelfde zitting; en publiceer voor beide tegelijk."""
    begin, mis, traagst = time.monotonic(), [], 0.0
    for beurt in range(geschaald(KEREN)):
        schrijft, leest = machines[beurt % 2], machines[1 - beurt % 2]
        wie, adres, velden, telling = inzendingen.opmerking(versie, wereld.account("FNV 2"))
        velden["tekst"] = f"Opmerking {beurt} op de andere machine (voorbeeld)."
        koekjes = koekjes_van(wie)
        status, _ = schrijft.haal("POST", adres, urlencode(velden | {"csrfmiddlewaretoken": TOKEN}), koekjes)
        laatste = reverse("lezen:alinea", args=[versie.pk, velden["blok"]]) + "?p=999"  # het nieuwste staat achteraan
        gezien, tekst = leest.haal("GET", laatste, koekjes=koekjes)
        if (status, gezien, telling()) != (302, 200, 1) or velden["tekst"] not in tekst:
            mis.append(f"beurt {beurt}: {status}, {gezien}, {telling()}")
        proef = Proef(50_000 + beurt)
        publiceer_proef(proef)
        sinds = time.monotonic()
        for machine in machines:
            wacht_tot(lambda m=machine, p=proef: m.geeft(p.adres("bladzijde")) == 200, geduld=10, wat="lezen")
        traagst = max(traagst, time.monotonic() - sinds)
    gemeten = f"{hoe}: {len(mis)} mis; een publicatie op beide te lezen na hoogstens {traagst:.2f} s"
    gemeten += f" ({mis[0]})" if mis else ""
    naam = f"{geschaald(KEREN)} × op de ene machine schrijven, op de andere lezen"
    return regel(naam, gemeten, "dezelfde zitting", "0 mis, openbaar binnen 1 s", not mis and traagst <= 1, begin)


def _doorstart(hoe: str, machines: list[Machine], voor: Voorkant, wereld: Any, dag: Dag) -> dict[str, Any]:
    """Start web en werker van elke machine opnieuw terwijl er gelezen, geschreven en gemaild wordt."""
    begin = time.monotonic()
    koekjes = koekjes_van(wereld.secretaris)
    half: list[str] = []

    def schrijf() -> tuple[str, int]:
        wie, adres, velden, telling = inzendingen.stap(wereld)
        lijf = urlencode(velden | {"csrfmiddlewaretoken": TOKEN})
        status = voor.haal("POST", adres, lijf, koekjes_van(wie))[0]
        if telling() != 1:
            half.append(adres)
        return "schrijven", status

    with beat():
        with Druk(
            _openbaar(voor), lambda: ("besloten", voor.haal("GET", "/werk/", koekjes=koekjes)[0]), schrijf
        ) as druk:
            for beurt in range(2):
                for machine in machines:
                    dag.vul(geschaald(WAARSCHUWINGEN) * (2 * beurt + machines.index(machine) + 1) // 4)
                    time.sleep(2)
                    for soort in ("web", "werker"):
                        machine.stop(soort)
                        time.sleep(1)
                        machine.start(soort)
                    meld(f"  {machine.naam} opnieuw gestart, {sum(druk.uitslag.values())} verzoeken")
        wacht_tot(dag.klaar, geduld=300, wat="alle waarschuwingen verstuurd")
    post = _post(dag)
    gedaan = ", ".join(f"{n} {wat}" for (wat, _), n in sorted(druk.uitslag.items()) if n)
    gemeten = f"{hoe}: {sum(druk.mis().values())} van {sum(druk.uitslag.values())} verzoeken mislukt ({gedaan}), "
    gemeten += f"{voor.nog_eens} GET nog eens gevraagd, {len(half)} formulieren niet precies één keer; post: {post}"
    gehaald = not druk.mis() and not half and post == "0 verloren, 0 dubbel"
    doel = "0 mislukt, elk formulier één keer, post één keer"
    return regel(
        "vier keer web en werker opnieuw gestart onder druk", gemeten, "één machine draait door", doel, gehaald, begin
    )


def _post(dag: Dag) -> str:
    """Tel de waarschuwingen van deze dag (elke stap mailt ook): elk feit één keer aangekomen."""
    uit = Counter(str(b["Message-ID"]) for b in dag.server.binnen if "machine-" in str(b["To"]))
    return f"{dag.gevuld - len(uit)} verloren, {sum(uit.values()) - len(uit)} dubbel"


def _zonder_hoofd(hoe: str, machines: list[Machine], voor: Voorkant, wereld: Any) -> dict[str, Any]:
    """Dood de hoofddatabase: openbaar leest door van de replica, de rest zegt 503; daarna is alles er weer."""
    begin, hoofd = time.monotonic(), servers().postgres
    assert hoofd is not None
    koekjes = koekjes_van(wereld.secretaris)
    connection.close()
    proces.stuur(proces.in_map(hoofd.gegevens), signal.SIGKILL)
    proces.wacht_tot_weg(proces.in_map(hoofd.gegevens), 5)
    besloten: Counter[int] = Counter()
    with Druk(_openbaar(voor), lambda: ("openbaar", voor.haal("GET", "/")[0])) as druk:
        einde = time.monotonic() + geschaald(WEG)
        while time.monotonic() < einde:
            besloten[voor.haal("GET", "/werk/", koekjes=koekjes)[0]] += 1
            time.sleep(0.2)
    hoofd.start()
    connection.close()
    for machine in machines:
        wacht_tot(lambda m=machine: m.geeft("/werk/", koekjes) == 200, geduld=30, wat="weer werken")
    proef = Proef(60_000)
    publiceer_proef(proef)
    for machine in machines:
        wacht_tot(lambda m=machine: m.geeft(proef.adres("bladzijde")) == 200, geduld=30, wat="weer publiceren")
    goed = sum(druk.uitslag.values()) - sum(druk.mis().values())
    gemeten = f"{hoe}: {goed} van {sum(druk.uitslag.values())} openbare bladzijden gegeven, besloten {dict(besloten)}; "
    gemeten += "daarna zonder herstart weer inloggen, schrijven en publiceren"
    gehaald = not druk.mis() and goed > 0 and set(besloten) == {503}
    doel = "openbaar blijft te lezen, besloten 503, herstel vanzelf"
    return regel(
        f"{geschaald(WEG)} s zonder hoofddatabase", gemeten, "openbaar leest van de replica", doel, gehaald, begin
    )
