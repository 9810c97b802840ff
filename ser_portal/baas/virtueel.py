"""De virtuele omgeving `.venv` uit een slotbestand met hashes, met uv waar dat er is en anders met pip."""

import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import pakketten
from .melding import Fout, zeg
from .plek import WORTEL, eis_ruimte, schrijf_in_een_keer, staart, wacht_op_slot

VENV = WORTEL / ".venv"
STEMPEL = VENV / "portaal-stempel.json"
# Draaien vraagt `run`; toetsen vraagt `dev`, en daar zit `run` helemaal in.
SLOTEN = {"run": WORTEL / "requirements" / "run.txt", "dev": WORTEL / "requirements" / "dev.txt"}


def python() -> Path:
    """Geef de Python van de virtuele omgeving."""
    return VENV / "bin" / "python"


def site_packages() -> Path | None:
    """Geef de map met pakketten van de virtuele omgeving, of None als zij er niet is."""
    gevonden = sorted((VENV / "lib").glob("python3.*/site-packages"))
    return gevonden[-1] if gevonden else None


def hash_van(slot: str) -> str:
    """Geef de sha256 van een slotbestand."""
    return hashlib.sha256(SLOTEN[slot].read_bytes()).hexdigest()


def is_klaar(slot: str) -> bool:
    """Zeg of `.venv` heel is en bij slotbestand `slot` hoort."""
    try:
        stempel = json.loads(STEMPEL.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return python().exists() and bool(stempel.get(slot) == hash_van(slot))


def zorg_voor(slot: str) -> Path:
    """Zorg dat `.venv` alles uit `run` of `dev` heeft, en geef haar Python.

    Werpt Fout met één regel als installeren niet lukt.
    """
    if is_klaar(slot):
        return python()
    with _alleen():
        if is_klaar(slot):
            return python()
        # Wie al `dev` had, houdt `dev`.
        keuze = "dev" if slot == "dev" or _had("dev") else "run"
        eis_ruimte(WORTEL, 1200 if keuze == "dev" else 800)
        STEMPEL.unlink(missing_ok=True)
        logboek = WORTEL / ".venv-logboek"
        zeg(f"Pakketten installeren in .venv ({SLOTEN[keuze].name}) …")
        try:
            if not _met_uv(keuze, logboek):
                _met_pip(keuze, logboek)
        except subprocess.CalledProcessError:
            raise Fout(f"Installeren is mislukt; het hele verslag staat in {logboek}:\n{staart(logboek)}") from None
        logboek.unlink(missing_ok=True)
        sloten = {"run", keuze}
        schrijf_in_een_keer(STEMPEL, json.dumps({naam: hash_van(naam) for naam in sloten}), 0o644)
    return python()


@contextlib.contextmanager
def _alleen() -> Iterator[None]:
    """Laat één commando tegelijk installeren (slot op de map van het project zelf)."""
    fd = os.open(WORTEL, os.O_RDONLY)
    # De gewone gebruiker die als root PostgreSQL draait, moet de programma's kunnen lezen.
    masker = os.umask(0o022)
    try:
        wacht_op_slot(fd, 900, "Een ander ./portal-commando is nog aan het installeren.")
        yield
    finally:
        os.umask(masker)
        fcntl.flock(fd, fcntl.LOCK_UN)
        os.close(fd)


def _had(slot: str) -> bool:
    try:
        return slot in json.loads(STEMPEL.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False


def _draai(logboek: Path, *opdracht: str | Path) -> None:
    omgeving = {naam: waarde for naam, waarde in os.environ.items() if naam not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    # Een organisatie met een eigen certificaat zet dat in het systeem; uv kijkt daar anders niet.
    omgeving = {"UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1"} | omgeving
    with open(logboek, "ab") as uit:
        subprocess.run(
            [str(deel) for deel in opdracht],
            stdin=subprocess.DEVNULL,
            stdout=uit,
            stderr=uit,
            cwd=WORTEL,
            env=omgeving,
            check=True,
        )


def _met_uv(slot: str, logboek: Path) -> bool:
    """Installeer met uv; False als uv er niet is of niet slaagt (pip kent soms een index die uv mist)."""
    uv = shutil.which("uv")
    if uv is None:
        return False
    try:
        if not _venv_bruikbaar():
            _draai(logboek, uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV)
        _draai(logboek, uv, "pip", "sync", "--quiet", "--require-hashes", "--python", python(), SLOTEN[slot])
    except subprocess.CalledProcessError:
        zeg("uv slaagt niet; verder met pip.")
        return False
    return True


def _met_pip(slot: str, logboek: Path) -> None:
    if not _venv_bruikbaar() or not gelukt_stil(python(), "-m", "pip", "--version"):
        if importlib.util.find_spec("ensurepip") is None:
            pakketten.eis({"venv"})
        _draai(logboek, sys.executable, "-m", "venv", "--clear", VENV)
    # Het slot noemt alles met hash, dus er valt niets uit te zoeken. Python vertaalt een module pas als zij nodig is.
    pip: list[str | Path] = [python(), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    pip += ["--no-deps", "--no-compile", "--require-hashes", "-r"]
    with tempfile.TemporaryDirectory(prefix="portaal-slot-") as map_, ThreadPoolExecutor() as tegelijk:
        delen = [Path(map_) / f"{nummer}.txt" for nummer in range(2)]
        for deel, pakketten_ in zip(delen, verdeel(SLOTEN[slot].read_text(encoding="utf-8"), len(delen)), strict=True):
            deel.write_text(pakketten_, encoding="utf-8")
        list(tegelijk.map(lambda deel: _draai(logboek, *pip, deel), delen))


def verdeel(slot: str, delen: int) -> list[str]:
    """Geef de pakketten van een slotbestand in zoveel delen, om de beurt; elk pakket met zijn hashes in één deel.

    pip installeert één pakket tegelijk en gebruikt dus één kern; delen zonder gemeenschappelijk pakket mogen samen.
    """
    pakketten_ = re.findall(r"^[^\s#].*\n?(?:[ \t].*\n?)*", slot, re.M)
    return ["".join(pakketten_[nummer::delen]) for nummer in range(delen)]


def _venv_bruikbaar() -> bool:
    """Zeg of `.venv` bestaat en haar Python nog draait (een systeemupgrade kan hem weghalen)."""
    return python().exists() and gelukt_stil(
        python(), "-c", f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]!r})"
    )


def gelukt_stil(*opdracht: str | Path) -> bool:
    """Voer een opdracht uit zonder iets te tonen, en zeg of zij slaagt."""
    try:
        return (
            subprocess.run(
                [str(deel) for deel in opdracht], stdin=subprocess.DEVNULL, capture_output=True, check=False
            ).returncode
            == 0
        )
    except OSError:
        return False
