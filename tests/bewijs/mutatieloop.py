"""Een plug-in van pytest: laad alles één keer, en splits per verandering een proces af dat de toetsen draait.

Eerst lopen alle toetsen zonder verandering, met bij elke regel van de modules welke toets er komt. Een verandering
draait dan alleen de toetsen die bij haar zin komen, tot de eerste die faalt: wie haar eerder zag en wat weinig kost
eerst. Wat een wereld opbouwt telt voor elke toets van die wereld. Aan het eind lopen de toetsen die iets zagen nog eens
zonder verandering: slaagt er dan een niet, dan telt niets.

BEWIJS_MUTATIES is een JSON-bestand met "modules", "deel", "zaad", "seconden" en "regels" (leeg is alle); de uitslag
komt ernaast, in ".uit".
"""

import ast
import json
import os
import random
import shutil
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import FunctionType
from typing import Any

import coverage
import psycopg
import pytest
from _pytest.runner import runtestprotocol
from django.db import connection, connections
from django.test import TransactionTestCase
from pytest_django.plugin import blocking_manager_key

from tests.bewijs.mutant import alle, bereik, functies_van, wissel
from tests.bewijs.splitsen import Houder, splits
from tests.gedeeld import LENERS, Gedeeld

WORTEL = Path(__file__).resolve().parents[2]
GEDULD = 15  # seconden voor een toets, boven vijf keer wat zij gewoon kost; langer is gezien
TONEEL = "_toneel"  # de vaste hulp van een bestand dat op een geleende wereld zelf nog veel bouwt


class Meter:
    """Onthoudt wat er gebeurde met de toets die nu loopt, en zegt de dekking waar zij is."""

    def __init__(self) -> None:
        self.nummer, self.mis = 0, False
        self.opbouw, self.duur = 0.0, 0.0
        self.dekking: coverage.Coverage | None = None
        self.standen: list[Any] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self) -> None:
        for standen in self.standen:
            standen.begin_toets()
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


@dataclass
class Bereikt:
    """Welke toetsen bij een regel komen, en welke werelden al bij hun bouw."""

    toetsen: set[int] = field(default_factory=set)
    werelden: set[str] = field(default_factory=set)
    standen: set[str] = field(default_factory=set)
    zelf: set[int] = field(default_factory=set)  # toetsen die er met hun eigen stappen komen


class Loop:
    """De toetsen van één gebied, en wat zij van elke verandering zien."""

    def __init__(self, session: pytest.Session) -> None:
        self.session, self.items, self.meter = session, session.items, Meter()
        session.config.pluginmanager.register(self.meter)
        self.strook = _stroken(session.items)
        self.kosten: dict[int, float] = {}
        self.opbouw: dict[str, float] = defaultdict(float)  # van een bestand
        self.bouw: dict[str, float] = defaultdict(float)  # van een wereld
        self.bronnen: dict[str, str] = {}
        self.functies: dict[str, list[FunctionType]] = {}
        self.zagen: dict[str, list[int]] = defaultdict(list)
        self.houders: dict[str, Houder] = {}
        self.toneel_open = False
        self.zelf: dict[int, bool] = {}  # of een toets slaagt als zij haar stand zelf bouwt

    def maak_database(self) -> None:
        """Draai hier één toets met een database, liefst zonder wereld: dan staat zij er voor elk proces hierna."""
        from tests.conftest import _GEDEELD  # pas nu: een plug-in laadt voordat Django klaar is

        met = [
            (self.houdbaar(s), n) for n, s in enumerate(self.strook) if self.items[n].get_closest_marker("django_db")
        ]
        if met:
            runtestprotocol(self.items[min(met)[1]], nextitem=self.session)  # type: ignore[arg-type]
        for gedeeld in _GEDEELD:
            gedeeld.sluit()
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
            volgende = self.items[rij[plek + 1]] if plek + 1 < len(rij) else self.slot(nummer)
            # Wie blijft hangen, sterft: het proces geeft dan niets terug.
            duur = self.kosten[nummer] + self.opbouw[str(self.items[nummer].path)] + self.bouw[self.strook[nummer]]
            signal.setitimer(signal.ITIMER_REAL, GEDULD + 5 * duur)
            if not self.meter.draai(self.items[nummer], volgende):
                if _echt(self.items[nummer]):
                    self.maak_leeg()
                return nummer
        return None

    def houdbaar(self, strook: str) -> bool:
        """Geef of wat deze toetsen delen in een eigen proces open kan blijven."""
        return strook.removesuffix(TONEEL) in LENERS

    def slot(self, nummer: int) -> Any:
        """Geef wat na de laatste toets komt: een ander van haar strook laat staan wat het bestand bouwde."""
        ander = (n for n, strook in enumerate(self.strook) if strook == self.strook[nummer] and n != nummer)
        return self.items[next(ander)] if self.toneel_open else self.session

    def meet(self, paden: dict[str, Path]) -> dict[str, dict[int, Bereikt]]:
        """Draai alles zonder verandering en geef per bestand en regel wie er komt.

        Werpt RuntimeError als er dan al een faalt.
        """
        mis, kosten, bouw, dekking = splits(lambda: self._meet([str(p) for p in paden.values()]))
        if mis:
            raise RuntimeError(f"zonder verandering falen al: {', '.join(mis)}")
        self.bouw.update(bouw)
        per_bestand, per_strook = defaultdict(set), defaultdict(set)
        for nummer, (opbouw, duur) in enumerate(kosten):
            bestand = str(self.items[nummer].path)
            self.kosten[nummer] = duur
            self.opbouw[bestand] = max(self.opbouw[bestand], opbouw)
            per_bestand[bestand].add(nummer)
            per_strook[self.strook[nummer]].add(nummer)
        uit: dict[str, dict[int, Bereikt]] = {}
        for pad, waar in paden.items():
            uit[pad] = defaultdict(Bereikt)
            for regel, namen in dekking[str(waar)].items():
                for nummer, _, soort in (naam.partition(" ") for naam in namen if naam):
                    rij = uit[pad][regel]
                    strook = self.strook[int(nummer)]
                    if soort in ("wereld", "stand"):
                        gewoon = strook.removesuffix(TONEEL)
                        (rij.werelden if soort == "wereld" else rij.standen).add(gewoon)
                        rij.werelden.add(gewoon + TONEEL)
                        rij.toetsen.update(per_strook[gewoon] | per_strook[gewoon + TONEEL])
                    elif soort == "opbouw":
                        rij.toetsen.update(per_bestand[str(self.items[int(nummer)].path)])
                        rij.werelden.update([strook] if strook.endswith(TONEEL) else [])
                    else:
                        rij.toetsen.add(int(nummer))
                        rij.zelf.add(int(nummer))
        return uit

    def _meet(self, paden: list[str]) -> Any:
        dekking = coverage.Coverage(data_file=None, config_file=False, include=paden)
        bouw: dict[str, float] = {}
        leen = Gedeeld.leen

        def leen_gemeten(gedeeld: Gedeeld, naam: str, maak: Callable[[], Any]) -> Any:
            def meet_bouw() -> Any:
                begin = time.monotonic()
                dekking.switch_context(f"{self.meter.nummer} wereld")
                wereld = maak()
                dekking.switch_context(f"{self.meter.nummer} opbouw")
                bouw[self.strook[self.meter.nummer]] = time.monotonic() - begin
                return wereld

            return leen(gedeeld, naam, meet_bouw)

        Gedeeld.leen = leen_gemeten  # type: ignore[method-assign]
        dekking.start()
        self.meter.dekking = dekking
        kosten, mis = [], []
        for nummer, item in enumerate(self.items):
            self.meter.nummer = nummer
            volgende = self.items[nummer + 1] if nummer + 1 < len(self.items) else self.session
            gebouwd = len(bouw)
            if not self.meter.draai(item, volgende):
                mis.append(item.nodeid)
            nieuw = bouw[self.strook[nummer]] if len(bouw) > gebouwd else 0.0
            kosten.append((self.meter.opbouw - nieuw, self.meter.duur))
        dekking.stop()
        gegevens = dekking.get_data()
        return mis, kosten, bouw, {pad: dict(gegevens.contexts_by_lineno(pad)) for pad in paden}

    def volgorde(self, pad: str, wie: Bereikt) -> list[tuple[str, list[int]]]:
        """Geef de stroken met hun toetsen: vooraan wie in dit bestand eerder iets zag, dan wat weinig kost."""
        eerder = [n for n in dict.fromkeys(reversed(self.zagen[pad])) if n in wie.toetsen][:4]
        stroken: dict[str, list[int]] = defaultdict(list)
        for nummer in eerder + sorted(wie.toetsen - set(eerder), key=lambda n: (str(self.items[n].path), n)):
            stroken[self.strook[nummer]].append(nummer)
        voorop = list(dict.fromkeys(self.strook[n] for n in eerder))

        def prijs(strook: str) -> float:
            bestanden = {str(self.items[n].path) for n in stroken[strook]}
            bouw = self.bouw[strook] if strook in wie.werelden else 0.0
            return bouw + sum(self.kosten[n] for n in stroken[strook]) + sum(self.opbouw[b] for b in bestanden)

        rest = sorted(stroken.keys() - set(voorop), key=prijs)
        return [(strook, stroken[strook]) for strook in [*voorop, *rest]]

    def probeer(self, pad: str, nummer: int, wie: Bereikt) -> tuple[bool, str]:
        """Geef of een toets deze verandering ziet, en welke."""
        if not wie.toetsen:
            return False, "geen toets komt hier"
        for strook, rij in self.volgorde(pad, wie):
            if self.houdbaar(strook) and strook not in wie.werelden:
                if strook in wie.standen:
                    uit = self.met_eigen_stand(strook, (pad, nummer, rij), wie.zelf | set(self.zagen[pad][-4:]))
                else:
                    uit = self.houder(strook).vraag((pad, nummer, rij, False))
            else:
                uit = splits(lambda rij=rij: self.verander((pad, nummer, rij, False)))
            if uit is None:
                self.houders.pop(strook, None)
                splits(self.maak_leeg)
                return True, "bleef hangen"
            if uit[0] is not None:
                self.zagen[pad].append(uit[0])
                return True, self.items[uit[0]].nodeid
        return False, f"{len(wie.toetsen)} toetsen"

    def met_eigen_stand(self, strook: str, vraag: tuple[str, int, list[int]], kansrijk: set[int]) -> Any:
        """Geef de eerste toets die faalt; wie de meeste kans heeft, bouwt eerst alleen haar eigen stand.

        Ziet niemand van hen iets, dan draait alles met de hele wereld. Wie zo ook zonder verandering faalt, telt niet.
        """
        pad, nummer, rij = vraag
        while over := [n for n in rij if n in kansrijk and self.zelf.get(n, True)]:
            uit = self.houder(strook).vraag((pad, nummer, over, True))
            if uit is None or uit[0] is None:
                break
            if uit[0] not in self.zelf:
                goed = self.houder(strook).vraag(("", 0, [uit[0]], True))
                self.zelf[uit[0]] = goed == (None,)
                if goed is None:
                    self.houders.pop(strook)
            if self.zelf[uit[0]]:
                return uit
        if over and uit is None:
            return uit
        return splits(lambda: self.verander((pad, nummer, rij, False)))

    def verander(self, vraag: tuple[str, int, list[int], bool]) -> tuple[int | None]:
        """Doe de verandering in dit proces (zonder `pad` geen) en geef de eerste van de toetsen die faalt.

        Met het laatste bouwt elke toets haar stand zelf.
        """
        pad, nummer, rij, zelf = vraag
        for standen in self.meter.standen if zelf else ():
            standen.clear()
        if pad:
            wissel(self.bronnen[pad], nummer, self.functies[pad])
        return (self.reeks(rij),)

    def controle(self) -> str:
        """Geef welke toets die iets zag ook zonder verandering faalt, op de plek waar zij het zag; leeg als geen."""
        zagen = Bereikt({n for rij in self.zagen.values() for n in rij}, set(self.strook) - self.houders.keys())
        for strook, rij in self.volgorde("", zagen):
            alleen = ("", 0, rij, False)
            open_ = strook in self.houders
            uit = self.houder(strook).vraag(alleen) if open_ else splits(lambda a=alleen: self.verander(a))
            if uit is None or uit[0] is not None:
                return self.items[uit[0]].nodeid if uit else f"bleef hangen in {strook}"
        return ""

    def houder(self, strook: str) -> Houder:
        """Geef het proces waarin de wereld van deze toetsen open staat, gebouwd zonder verandering.

        Het heeft een eigen kopie van de database: op de rijen van een open wereld zou een ander wachten. Wat een
        afgesplitst proces over dezelfde verbinding aan de wereld verandert, draait daarna terug.
        """

        def sql(opdracht: str) -> None:
            with self.session.config.stash[blocking_manager_key].unblock(), connection.cursor() as cursor:
                cursor.execute(opdracht)

        def bouw() -> None:
            kopie = f"{connection.settings_dict['NAME']}{strook}"
            with psycopg.connect(
                **connection.get_connection_params() | {"dbname": "postgres"}, autocommit=True
            ) as beheer:
                beheer.execute(f'DROP DATABASE IF EXISTS "{kopie}"')
                beheer.execute(f'CREATE DATABASE "{kopie}" TEMPLATE "{connection.settings_dict["NAME"]}"')
            connection.settings_dict["NAME"] = kopie
            self.maak_schoon()
            nummer = self.strook.index(strook)
            self.toneel_open = strook.endswith(TONEEL)
            self.meter.draai(self.items[nummer], self.slot(nummer))
            assert connection.in_atomic_block, strook
            sql("SAVEPOINT mutaties")

        if strook not in self.houders:
            self.houders[strook] = Houder(bouw, self.verander, lambda: sql("ROLLBACK TO SAVEPOINT mutaties"))
        return self.houders[strook]


def _stroken(items: list[pytest.Item]) -> list[str]:
    """Geef van elke toets de wereld die zij leent (zoals tests/conftest.py die kiest), of anders haar bestand.

    Een bestand met een eigen toneel op die wereld is een strook apart.
    """
    leent = [next((n for n in LENERS if n in getattr(i, "fixturenames", ())), "") for i in items]
    van_bestand: dict[Path, str] = {}
    for naam in reversed(LENERS):
        van_bestand.update({i.path: naam for i, n in zip(items, leent, strict=True) if n == naam})
    toneel = {i.path for i in items if TONEEL in getattr(i, "fixturenames", ())}
    return [
        van_bestand[i.path] + TONEEL * (i.path in toneel) if n else str(i.path)
        for i, n in zip(items, leent, strict=True)
    ]


def _echt(item: pytest.Item) -> bool:
    merk = item.get_closest_marker("django_db")
    return bool({"live_server", "transactional_db"} & set(getattr(item, "fixturenames", ()))) or bool(
        merk and merk.kwargs.get("transaction")
    )


def _gebied(loop: Loop, vraag: dict[str, Any], schrijf: Callable[[dict[str, Any]], None]) -> None:
    from tests.bewijs.standen import gebruik  # pas nu, als maak_database

    gebruik(loop.meter)
    loop.maak_database()
    paden = {pad: WORTEL / pad for pad in vraag["modules"]}
    loop.bronnen = {pad: waar.read_text(encoding="utf-8") for pad, waar in paden.items()}
    loop.functies = {pad: functies_van(waar) for pad, waar in paden.items()}
    dekking = loop.meet(paden)
    kansen = [(pad, nummer, *wat) for pad, bron in loop.bronnen.items() for nummer, wat in enumerate(alle(bron))]
    if vraag["regels"]:
        kansen = [kans for kans in kansen if f"{kans[0]}:{kans[2]}" in vraag["regels"]]
    kansen = random.Random(vraag["zaad"]).sample(kansen, min(vraag["deel"], len(kansen)))
    bomen = {pad: ast.parse(bron) for pad, bron in loop.bronnen.items()}
    einde = time.monotonic() + vraag["seconden"]
    for pad, nummer, plek, wat in kansen:
        if time.monotonic() > einde:
            break
        komt = [dekking[pad][regel] for regel in bereik(bomen[pad], plek)]
        wie = Bereikt(*(set().union(*(getattr(k, naam) for k in komt)) for naam in Bereikt.__dataclass_fields__))
        gezien, waarom = loop.probeer(pad, nummer, wie)
        tekst = loop.bronnen[pad].splitlines()[plek - 1].strip()
        schrijf({"pad": pad, "plek": plek, "wat": wat, "tekst": tekst, "gezien": gezien, "waarom": waarom})
    schrijf({"controle": loop.controle()})
    for houder in loop.houders.values():
        houder.stop()


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
