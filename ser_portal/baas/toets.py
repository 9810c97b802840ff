"""`./portal test`, `check` en `bench`: de toetsen van het huis op een eigen database."""

import subprocess
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from . import omgeving, pakketten, virtueel
from .melding import Fout, zeg
from .plek import WORTEL, Plek, ruim_op
from .servers import Servers

# Voor wat geen database aanraakt; wie toch verbindt, krijgt meteen een fout.
GEEN_DATABASE = {"DATABASE_URL": "postgresql://niemand@/niets?host=/bestaat-niet", "REDIS_URL": "memory://"}


@dataclass(frozen=True)
class Stap:
    """Eén toets: een naam en de opdracht binnen `.venv`."""

    naam: str
    opdracht: tuple[str, ...]
    ook: tuple[tuple[str, str], ...] = ()  # variabelen erbij


CONTROLES = (
    Stap("typen", ("mypy", ".")),  # duurt het langst, dus begint het eerst
    Stap("lint", ("ruff", "check", ".")),
    Stap("opmaak", ("ruff", "format", "--check", ".")),
    Stap("verdiepingen", ("lint-imports",)),
    # Zoals in productie: achter https en zonder voorbeeld.
    Stap(
        "instellingen",
        ("python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"),
        (("HTTPS", "1"), ("PORTAL_VOORBEELD", "0")),
    ),
    Stap("migraties", ("python", "-W", "ignore", "manage.py", "makemigrations", "--check", "--dry-run")),
)
# Wacht vooral op het netwerk, dus gaat naast de controles mee; daarna staat het klaar.
GEREEDSCHAP = Stap("gereedschap", ("python", "-m", "ser_portal.baas.gereedschap", str(WORTEL / "var" / "gereedschap")))

# De toetsen delen werelden die van vandaag zijn: wie de nacht in loopt, vergelijkt die met een andere dag. Zo lang
# duurt de hele pytest op een trage machine. (kern.tijd kent Django, en dat is er hier niet.)
AMSTERDAM, HELE_LOOP = ZoneInfo("Europe/Amsterdam"), timedelta(minutes=18)


def wachttijd(nu: datetime) -> float:
    """Geef hoeveel seconden een hele loop die nu begint moet wachten om binnen één Amsterdamse dag te blijven."""
    straks = (nu + HELE_LOOP).astimezone(AMSTERDAM)
    if straks.date() == nu.astimezone(AMSTERDAM).date():
        return 0
    nacht = straks.replace(hour=0, minute=0, second=0, microsecond=0)
    return nacht.timestamp() - nu.timestamp()


def opdracht(stap: Stap) -> list[str]:
    """Geef de opdrachtregel met het programma uit `.venv`."""
    return [str(virtueel.VENV / "bin" / stap.opdracht[0]), *stap.opdracht[1:]]


def controleer(env: Mapping[str, str], *ook: Stap) -> list[str]:
    """Draai alle controles, twee tegelijk, en geef de namen van wat mislukte; hun uitvoer is dan getoond."""
    stappen = (*CONTROLES, *ook)
    mislukt: list[str] = []
    with ThreadPoolExecutor(2) as samen:
        for stap, (code, uitvoer, duur) in zip(stappen, samen.map(lambda s: _draai(s, env), stappen), strict=True):
            zeg(f"{'goed' if code == 0 else 'FOUT'}  {stap.naam} ({duur:.1f} s)")
            if code:
                zeg(uitvoer.rstrip())
                mislukt.append(stap.naam)
    return mislukt


def _draai(stap: Stap, env: Mapping[str, str]) -> tuple[int, str, float]:
    begin = time.monotonic()
    gedaan = subprocess.run(
        opdracht(stap),
        cwd=WORTEL,
        env={**env, **dict(stap.ook)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return gedaan.returncode, gedaan.stdout, time.monotonic() - begin


def check(plek: Plek) -> int:
    """`./portal check`: lint, opmaak, contracten, typen, instellingen en migraties, zonder database."""
    plek.maak()
    virtueel.zorg_voor("dev")
    mislukt = controleer(omgeving.bouw(plek, GEEN_DATABASE))
    zeg("Alles goed." if not mislukt else f"Mislukt: {', '.join(mislukt)}.")
    return 1 if mislukt else 0


@contextmanager
def toetsplek(plek: Plek, naam: str, *, veilig: bool) -> Iterator[tuple[Servers, dict[str, str]]]:
    """Geef servers en omgeving op een eigen plek `var/<naam>`, onder een slot, met een vers cluster."""
    plek.maak()
    eigen = Plek(plek.var / naam).maak()
    with eigen.slot("portaal", f"Er loopt al een `./portal {naam}` in {eigen.var}. Wacht daarop, of kies een --var."):
        virtueel.zorg_voor("dev")
        Servers(eigen, virtueel.site_packages(), ingebouwd=True).stop()
        for map_ in (eigen.pg, eigen.redis, eigen.var / "bestanden", eigen.var / "mail"):
            ruim_op(map_)
        eigen.maak()
        servers = Servers(eigen, virtueel.site_packages(), veilig=veilig, ingebouwd=True)
        with servers.in_gebruik():
            env = omgeving.voor(servers, "beheerder")
            env["TOEGESTANE_HOSTS"] = "localhost,127.0.0.1,testserver"
            env["PORTAL_VOORBEELD"] = "1"
            env["SECRET_KEY"] = "alleen-voor-de-toets-" + "0123456789" * 4
            yield servers, env


def test(plek: Plek, argumenten: list[str]) -> int:
    """`./portal test`: alle controles en de hele pytest; met argumenten alleen pytest daarmee.

    `--dekking` als enige argument: alles, en daarbij gemeten welke regels en takken er liepen. Dat kost een derde van
    de rekentijd erbij en is daarom een aparte vraag.
    """
    dekking = argumenten == ["--dekking"]
    if dekking:
        argumenten = []
    begin = time.monotonic()
    pakketten.eis({"pango", "chromium"})
    with toetsplek(plek, "test", veilig=False) as (_, env):
        mislukt = [] if argumenten else controleer(env, GEREEDSCHAP)
        if not argumenten and (wacht := wachttijd(datetime.now(AMSTERDAM))):
            zeg(f"Om middernacht wordt het voor de toetsen een andere dag; ik begin over {wacht / 60:.0f} minuten.")
            time.sleep(wacht)
        if _pytest(plek, argumenten, env, dekking=dekking):
            mislukt.append("pytest")
    uitkomst = f"MISLUKT: {', '.join(mislukt)}" if mislukt else "GESLAAGD"
    zeg(f"{uitkomst} in {time.monotonic() - begin:.0f} s")
    return 1 if mislukt else 0


def _pytest(plek: Plek, argumenten: list[str], env: Mapping[str, str], *, dekking: bool) -> int:
    # Wat bij één loper blijft en wat het eerst begint, staat in tests/verdeling.py.
    samen = [] if argumenten else ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    meet = ["--cov", "--cov-report="] if dekking else []
    meting = plek.var / "test" / "dekking"
    env = {**env, "COVERAGE_FILE": str(meting)}
    code = subprocess.run(
        [str(virtueel.python()), "-m", "pytest", *samen, *meet, *argumenten],
        cwd=WORTEL,
        env=env,
        stdin=subprocess.DEVNULL,
        check=False,
    ).returncode
    if meet and meting.exists():
        verslag = meting.with_name("dekkingsverslag.txt")  # coverage leest "dekking.*" als metingen
        with open(verslag, "w", encoding="utf-8") as uit:
            rapport = [str(virtueel.VENV / "bin" / "coverage"), "report", "--skip-covered", "--show-missing"]
            subprocess.run(rapport, cwd=WORTEL, env=env, stdout=uit, stderr=uit, check=False)
        regels = verslag.read_text(encoding="utf-8").splitlines()
        totaal = next(
            (regel for regel in regels if regel.startswith("TOTAL")), regels[-1] if regels else "geen verslag"
        )
        zeg(f"Dekking: {totaal}   (per bestand: {verslag})")
    return code


def bench(plek: Plek, argumenten: list[str]) -> int:
    """`./portal bench`: de metingen van `benchmarks/`, op een eigen cluster met fsync aan."""
    return _op_eigen_cluster(plek, "bench", "benchmarks", argumenten)


def bewijs(plek: Plek, argumenten: list[str]) -> int:
    """`./portal bewijs`: de lange bewijzen van `tests/bewijs/`, op een eigen cluster met fsync aan."""
    return _op_eigen_cluster(plek, "bewijs", "tests.bewijs", argumenten)


def _op_eigen_cluster(plek: Plek, naam: str, pakket: str, argumenten: list[str]) -> int:
    if not (WORTEL / pakket.replace(".", "/") / "__main__.py").exists():
        raise Fout(f"Er zijn nog geen metingen: in {pakket} ontbreekt __main__.py.")
    pakketten.eis({"pango"})
    with toetsplek(plek, naam, veilig=True) as (servers, env):
        for opdracht in ("migrate", "collectstatic"):  # een bladzijde noemt haar bestanden bij hun naam met hash
            regel = [str(virtueel.python()), "manage.py", opdracht, "--noinput", "-v0"]
            subprocess.run(regel, cwd=WORTEL, env=omgeving.voor(servers, "eigenaar"), check=True)
        meting = [str(virtueel.python()), "-m", pakket, *argumenten]
        return subprocess.run(meting, cwd=WORTEL, env=env, check=False).returncode
