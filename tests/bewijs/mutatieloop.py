"""Een plug-in van pytest: laad alles één keer, en splits per verandering een proces af dat de toetsen draait.

Eerst lopen alle toetsen zonder verandering, met bij elke regel van de modules welke toets er komt. Een verandering
draait dan alleen de toetsen die bij haar zin komen, tot de eerste die faalt: wie haar eerder zag en wat weinig kost
eerst. Wat een wereld opbouwt telt voor elke toets van die wereld. Aan het eind lopen de toetsen die iets zagen nog eens
zonder verandering: slaagt er dan een niet, dan telt niets.

BEWIJS_MUTATIES is een JSON-bestand met "modules", "deel", "zaad" en "seconden"; de uitslag komt ernaast, in ".uit".
"""

import ast
import json
import os
import pickle
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from types import FunctionType
from typing import Any

import coverage
import pytest
from _pytest.runner import runtestprotocol
from django.db import connections
from django.test import TransactionTestCase
from pytest_django.plugin import blocking_manager_key

from tests.bewijs.mutant import alle, bereik, functies_van, wissel
from tests.gedeeld import LENERS

WORTEL = Path(__file__).resolve().parents[2]
GEDULD = 15  # seconden voor een toets, boven vijf keer wat zij gewoon kost; langer is gezien


def splits(doe: Callable[[], Any]) -> Any:
    """Geef wat `doe()` in een afgesplitst proces geeft; None als dat onderweg sterft.

    Werpt RuntimeError met het spoor als het proces zelf stukliep.
    """
    with tempfile.TemporaryFile() as bus:
        if not (pid := os.fork()):
            os.setsid()
            niets = os.open(os.devnull, os.O_RDWR)
            for kanaal in range(3):
                os.dup2(niets, kanaal)
            try:
                uit = (True, doe())
            except BaseException:
                uit = (False, traceback.format_exc())
            pickle.dump(uit, bus)
            bus.flush()
            os._exit(0)
        os.waitpid(pid, 0)
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)  # ook wat een toets zelf startte
        bus.seek(0)
        gelezen = bus.read()
    if not gelezen:
        return None
    goed, wat = pickle.loads(gelezen)
    if not goed:
        raise RuntimeError(wat)
    return wat


class Meter:
    """Onthoudt wat er gebeurde met de toets die nu loopt, en zegt de dekking waar zij is."""

    def __init__(self) -> None:
        self.nummer, self.mis = 0, False
        self.opbouw, self.duur = 0.0, 0.0
        self.dekking: coverage.Coverage | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self) -> None:
        if self.dekking:
            self.dekking.switch_context(f"{self.nummer} opbouw")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(self) -> None:
        if self.dekking:
            self.dekking.switch_context(f"{self.nummer} toets")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.mis |= report.failed
        self.opbouw += report.duration * (report.when == "setup")
        self.duur += report.duration * (report.when != "setup")

    def draai(self, item: pytest.Item, volgende: Any) -> bool:
        """Draai één toets en geef of zij slaagt."""
        self.mis, self.opbouw, self.duur = False, 0.0, 0.0
        runtestprotocol(item, nextitem=volgende)
        return not self.mis


class Loop:
    """De toetsen van één gebied, en wat zij van elke verandering zien."""

    def __init__(self, session: pytest.Session) -> None:
        self.session, self.items, self.meter = session, session.items, Meter()
        session.config.pluginmanager.register(self.meter)
        self.wereld = [
            next((n for n in LENERS if n in getattr(i, "fixturenames", ())), str(i.path)) for i in self.items
        ]
        self.kosten: dict[int, float] = {}
        self.opbouw: dict[str, float] = defaultdict(float)
        self.functies: dict[str, list[FunctionType]] = {}
        self.zagen: dict[str, list[int]] = defaultdict(list)

    def maak_database(self) -> None:
        """Draai hier één gewone toets: dan staat de database er voor elk proces dat hierna afsplitst."""
        gewoon = (i for i, w in zip(self.items, self.wereld, strict=True) if w not in LENERS and not _echt(i))
        for item in gewoon:
            if item.get_closest_marker("django_db"):
                runtestprotocol(item, nextitem=self.session)  # type: ignore[arg-type]
                break
        connections.close_all()

    def maak_schoon(self) -> None:
        """Ruim de mappen op die een eerder afgesplitst proces maakte: de telling begint hier weer waar zij was."""
        for map_ in self.session.config._tmp_path_factory.getbasetemp().iterdir():  # type: ignore[attr-defined]
            for deel in map_.iterdir() if map_.is_dir() and not map_.is_symlink() else ():
                shutil.rmtree(deel, ignore_errors=True)

    def maak_leeg(self) -> None:
        """Maak de database leeg na een toets met echte transacties die niet tot haar eind kwam."""
        connections.close_all()
        with self.session.config.stash[blocking_manager_key].unblock():
            TransactionTestCase._fixture_teardown(None)  # type: ignore[arg-type]

    def reeks(self, nummers: Iterable[int]) -> int | None:
        """Draai toetsen achter elkaar tot de eerste die faalt; geef welke dat is, of None als alles slaagt."""
        rij = list(nummers)
        self.maak_schoon()
        for plek, nummer in enumerate(rij):
            volgende = self.items[rij[plek + 1]] if plek + 1 < len(rij) else self.session
            # Wie blijft hangen, sterft: het proces geeft dan niets terug.
            signal.setitimer(signal.ITIMER_REAL, GEDULD + 5 * (self.kosten[nummer] + self.opbouw[self.wereld[nummer]]))
            if not self.meter.draai(self.items[nummer], volgende):
                if _echt(self.items[nummer]):
                    self.maak_leeg()
                return nummer
        return None

    def meet(self, paden: list[Path]) -> dict[str, dict[int, set[int]]]:
        """Draai alles zonder verandering en geef per bestand en regel welke toetsen er komen.

        Werpt RuntimeError als er dan al een faalt.
        """

        def doe() -> Any:
            dekking = coverage.Coverage(data_file=None, config_file=False, include=[str(p) for p in paden])
            dekking.start()
            self.meter.dekking = dekking
            kosten, mis = [], []
            for nummer, item in enumerate(self.items):
                self.meter.nummer = nummer
                volgende = self.items[nummer + 1] if nummer + 1 < len(self.items) else self.session
                if not self.meter.draai(item, volgende):
                    mis.append(item.nodeid)
                kosten.append((self.meter.opbouw, self.meter.duur))
            dekking.stop()
            gegevens = dekking.get_data()
            return mis, kosten, {str(p): dict(gegevens.contexts_by_lineno(str(p))) for p in paden}

        mis, kosten, dekking = splits(doe)
        if mis:
            raise RuntimeError(f"zonder verandering falen al: {', '.join(mis)}")
        for nummer, (opbouw, duur) in enumerate(kosten):
            self.kosten[nummer] = duur
            self.opbouw[self.wereld[nummer]] = max(self.opbouw[self.wereld[nummer]], opbouw)
        per_wereld = defaultdict(set)
        for nummer, wereld in enumerate(self.wereld):
            per_wereld[wereld].add(nummer)
        uit: dict[str, dict[int, set[int]]] = {}
        for pad, regels in dekking.items():
            uit[pad] = {}
            for regel, namen in regels.items():
                wie = uit[pad].setdefault(regel, set())
                for nummer, _, waar in (naam.partition(" ") for naam in namen if naam):
                    wie |= per_wereld[self.wereld[int(nummer)]] if waar == "opbouw" else {int(nummer)}
        return uit

    def volgorde(self, nummers: set[int], functie: str) -> list[int]:
        """Zet vooraan wie hier eerder iets zag, dan de goedkoopste werelden."""
        eerst = [n for n in dict.fromkeys(reversed(self.zagen[functie])) if n in nummers][:4]
        prijs = {w: self.opbouw[w] for w in {self.wereld[n] for n in nummers}}
        for nummer in nummers:
            prijs[self.wereld[nummer]] += self.kosten[nummer]
        rest = sorted(nummers - set(eerst), key=lambda n: (prijs[self.wereld[n]], self.wereld[n], n))
        return eerst + rest

    def probeer(self, pad: str, nummer: int, wie: set[int]) -> tuple[bool, str]:
        """Geef of een toets deze verandering ziet, en welke."""
        if not wie:
            return False, "geen toets komt hier"
        rij = self.volgorde(wie, pad)

        def doe() -> tuple[int | None]:
            wissel(WORTEL / pad, nummer, self.functies[pad])
            return (self.reeks(rij),)

        uit = splits(doe)
        if uit is None:
            splits(self.maak_leeg)
            return True, "bleef hangen"
        if uit[0] is None:
            return False, f"{len(rij)} toetsen"
        self.zagen[pad].append(uit[0])
        return True, self.items[uit[0]].nodeid


def _echt(item: pytest.Item) -> bool:
    merk = item.get_closest_marker("django_db")
    return bool({"live_server", "transactional_db"} & set(getattr(item, "fixturenames", ()))) or bool(
        merk and merk.kwargs.get("transaction")
    )


def _gebied(loop: Loop, vraag: dict[str, Any], schrijf: Callable[[dict[str, Any]], None]) -> None:
    loop.maak_database()
    paden = {pad: WORTEL / pad for pad in vraag["modules"]}
    loop.functies = {pad: functies_van(waar) for pad, waar in paden.items()}
    dekking = loop.meet(list(paden.values()))
    kansen = [(pad, nummer, *wat) for pad, waar in paden.items() for nummer, wat in enumerate(alle(waar))]
    if vraag["deel"] < len(kansen):
        kansen = random.Random(vraag["zaad"]).sample(kansen, vraag["deel"])
    bomen = {pad: ast.parse(waar.read_text(encoding="utf-8")) for pad, waar in paden.items()}
    einde = time.monotonic() + vraag["seconden"]
    for pad, nummer, plek, wat in kansen:
        if time.monotonic() > einde:
            break
        wie: set[int] = set().union(*(dekking[str(paden[pad])].get(regel, set()) for regel in bereik(bomen[pad], plek)))
        gezien, waarom = loop.probeer(pad, nummer, wie)
        schrijf({"pad": pad, "plek": plek, "wat": wat, "gezien": gezien, "waarom": waarom})
    fout = splits(lambda: loop.reeks(sorted({n for rij in loop.zagen.values() for n in rij})))
    schrijf({"controle": None if fout is None else loop.items[fout].nodeid})


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Draai de veranderingen in plaats van de toetsen."""
    vraag = Path(os.environ["BEWIJS_MUTATIES"])
    with open(vraag.with_suffix(".uit"), "w", encoding="utf-8", buffering=1) as uit:

        def schrijf(regel: dict[str, Any]) -> None:
            uit.write(json.dumps(regel, ensure_ascii=False) + "\n")

        try:
            if session.testsfailed:
                raise RuntimeError("de toetsen zijn niet te laden")
            _gebied(Loop(session), json.loads(vraag.read_text(encoding="utf-8")), schrijf)
        except Exception as fout:
            sys.stderr.write(f"{fout}\n")
            schrijf({"mis": str(fout)})
    return True
