"""Waar alles staat: de map `var/` met gegevens, sockets, logboeken, sleutel en sloten."""

import contextlib
import fcntl
import hashlib
import os
import re
import secrets
import shutil
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .melding import Fout, zeg

WORTEL = Path(__file__).resolve().parents[2]
# Een socketnaam mag 107 tekens lang zijn; `.s.PGSQL.5432` en een map vragen er twintig van.
LANGSTE_SOCKETMAP = 80
NODIG_MB = 300
GROOT_LOGBOEK = 10_000_000
GEWOON = 65534  # nobody


@dataclass(frozen=True)
class Plek:
    """Een map `var/` en de vaste plaatsen daarin. `maak()` legt haar aan."""

    var: Path

    @property
    def pg(self) -> Path:
        """Map van de ingebouwde PostgreSQL; als root eigendom van de gewone gebruiker die hem draait."""
        return self.var / "pg"

    @property
    def redis(self) -> Path:
        """Map van de ingebouwde Redis."""
        return self.var / "redis"

    @property
    def log(self) -> Path:
        """Map van de logboeken."""
        return self.var / "log"

    def maak(self, nodig: int = NODIG_MB) -> "Plek":
        """Leg de mappen aan en geef de plek terug.

        Werpt Fout bij een vreemde map, of als er minder dan `nodig` MB vrij is.
        """
        if self.var.exists() and not self.var.is_dir():
            raise Fout(f"{self.var} is geen map. Kies met --var een andere plaats.")
        self.var.mkdir(parents=True, exist_ok=True)
        # Als root moet de gewone gebruiker van PostgreSQL door var/ heen kunnen; verder ziet hij er niets.
        zet_rechten(self.var, 0o711 if os.geteuid() == 0 else 0o700)
        for map_ in (self.log, self.redis):
            map_.mkdir(exist_ok=True)
            zet_rechten(map_, 0o700)
        eis_ruimte(self.var, nodig)
        return self

    def socketmap(self, naam: str) -> Path:
        """Geef de map voor een socket; een te lang of vreemd pad wordt een eigen map onder /tmp."""
        return korte_map(self.var / naam, LANGSTE_SOCKETMAP)

    def logboek(self, naam: str) -> Path:
        """Geef het pad van een logboek; een groot logboek schuift eerst op naar `.1`."""
        pad = self.log / f"{naam}.log"
        if pad.exists() and pad.stat().st_size > GROOT_LOGBOEK:
            pad.replace(pad.with_suffix(".log.1"))
        return pad

    def sleutel(self) -> str:
        """Geef de SECRET_KEY van deze plek; de eerste keer wordt zij gemaakt (alleen leesbaar voor uzelf)."""
        pad = self.var / "sleutel"
        if not pad.exists():
            schrijf_in_een_keer(pad, secrets.token_urlsafe(50), 0o600)
        return pad.read_text(encoding="utf-8").strip()

    @contextlib.contextmanager
    def slot(self, naam: str, bezet: str) -> Iterator[None]:
        """Houd een slot vast dat met het proces verdwijnt. Werpt Fout(bezet) als een ander het heeft."""
        with open(self.var / f"{naam}.slot", "a+", encoding="utf-8") as bestand:
            try:
                fcntl.flock(bestand, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Fout(bezet) from None
            yield

    @contextlib.contextmanager
    def wachtslot(self, naam: str, geduld: float = 120) -> Iterator[None]:
        """Wacht op een kort slot (hoogstens `geduld` seconden) en houd het vast."""
        with open(self.var / f"{naam}.slot", "a+", encoding="utf-8") as bestand:
            wacht_op_slot(bestand.fileno(), geduld, f"Een ander ./portal-commando is nog bezig in {self.var}.")
            yield


def wacht_op_slot(fd: int, geduld: float, bezet: str) -> None:
    """Neem een flock, met geduld in seconden. Werpt Fout(bezet) als het niet vrijkomt."""
    einde = time.monotonic() + geduld
    while True:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > einde:
                raise Fout(bezet) from None
            time.sleep(0.1)


def vrij(pad: Path) -> int:
    """Geef de vrije ruimte op de schijf van `pad`, in MB."""
    return shutil.disk_usage(pad).free // 1_000_000


def eis_ruimte(pad: Path, nodig: int = NODIG_MB) -> None:
    """Werpt Fout als er minder dan `nodig` MB vrij is op de schijf van `pad`."""
    over = vrij(pad)
    if over < nodig:
        raise Fout(f"De schijf is vol: nog {over} MB vrij bij {pad}, nodig is {nodig} MB.")


def korte_map(pad: Path, langste: int) -> Path:
    """Geef `pad`, of bij een te lang pad of vreemde tekens een eigen map onder /tmp met een vaste naam.

    Werpt Fout als die map onder /tmp van een ander is: een vreemde mag geen socket klaarzetten.
    """
    if len(os.fsencode(pad)) <= langste and re.fullmatch(r"[\w./+-]+", str(pad), re.ASCII):
        return pad
    merk = hashlib.sha256(os.fsencode(pad)).hexdigest()[:16]
    kort = Path("/tmp") / f"ser-portaal-{os.geteuid()}-{merk}"  # noqa: S108
    with contextlib.suppress(FileExistsError):
        kort.mkdir(mode=0o700)
    gegevens = kort.lstat()
    # Als root is de map daarna van de gewone gebruiker die PostgreSQL draait.
    van_ons = gegevens.st_uid in ({0, GEWOON} if os.geteuid() == 0 else {os.geteuid()})
    if not stat.S_ISDIR(gegevens.st_mode) or not van_ons or gegevens.st_mode & 0o022:
        raise Fout(f"{kort} is niet van u. Verwijder die map, of kies met --var een korter pad.")
    return kort


def zet_rechten(pad: Path, rechten: int) -> None:
    """Zet de rechten van een eigen map, als ze nog anders zijn."""
    if stat.S_IMODE(pad.stat().st_mode) != rechten:
        pad.chmod(rechten)


def schrijf_in_een_keer(pad: Path, tekst: str, rechten: int = 0o600) -> None:
    """Schrijf een bestand dat er heel staat of helemaal niet, ook bij een volle schijf of stroomuitval."""
    tijdelijk = pad.with_name(f".{pad.name}.{os.getpid()}")
    try:
        fd = os.open(tijdelijk, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, rechten)
        with os.fdopen(fd, "w", encoding="utf-8") as bestand:
            bestand.write(tekst)
            bestand.flush()
            os.fsync(bestand.fileno())
        tijdelijk.replace(pad)
    finally:
        tijdelijk.unlink(missing_ok=True)


def staart(pad: Path, regels: int = 5) -> str:
    """Geef de laatste regels van een logboek, of een lege tekst als het er niet is."""
    try:
        inhoud = pad.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return "\n".join(inhoud.splitlines()[-regels:])


def ruim_op(pad: Path) -> None:
    """Verwijder een eigen map met alles erin; meldt wat niet lukt."""
    try:
        shutil.rmtree(pad)
    except FileNotFoundError:
        return
    except OSError as fout:
        zeg(f"{pad} kon niet worden verwijderd: {fout.strerror}")
