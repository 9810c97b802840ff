"""Kijken naar processen via /proc: leeft het, is het van ons, en het netjes laten stoppen."""

import contextlib
import os
import signal
import time
from pathlib import Path


def leeft(pid: int) -> bool:
    """Zeg of een proces draait; een zombie (gestopt, nog niet opgehaald) telt niet mee."""
    try:
        stand = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return stand.rpartition(")")[2].split()[0] not in {"Z", "X"}


def werkmap(pid: int) -> Path | None:
    """Geef de werkmap van een proces, of None als zij niet te lezen is."""
    try:
        return Path(os.readlink(f"/proc/{pid}/cwd"))
    except OSError:
        return None


def alle() -> list[int]:
    """Geef de nummers van alle zichtbare processen."""
    return [int(naam) for naam in os.listdir("/proc") if naam.isdigit()]


def in_map(map_: Path) -> list[int]:
    """Geef de levende processen die in `map_` werken; PostgreSQL doet dat in zijn gegevensmap."""
    doel = map_.resolve()
    return [pid for pid in alle() if werkmap(pid) == doel and leeft(pid)]


def met_merk(merk: str) -> list[int]:
    """Geef de levende processen met `merk` (NAAM=waarde) in hun omgeving, behalve dit proces zelf."""
    zoek = b"\0" + merk.encode() + b"\0"
    gevonden = []
    for pid in alle():
        try:
            omgeving = b"\0" + Path(f"/proc/{pid}/environ").read_bytes() + b"\0"
        except OSError:
            continue
        if zoek in omgeving and pid != os.getpid() and leeft(pid):
            gevonden.append(pid)
    return gevonden


def wacht_tot_weg(pids: list[int], geduld: float) -> list[int]:
    """Wacht hoogstens `geduld` seconden en geef de processen die dan nog leven."""
    einde = time.monotonic() + geduld
    over = [pid for pid in pids if leeft(pid)]
    while over and time.monotonic() < einde:
        time.sleep(0.05)
        over = [pid for pid in over if leeft(pid)]
    return over


def stuur(pids: list[int], sein: signal.Signals) -> None:
    """Stuur een sein; een proces dat net verdween is geen fout."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, sein)


def stop(pids: list[int], geduld: float, zacht: signal.Signals = signal.SIGTERM) -> None:
    """Vraag processen te stoppen en dwing af wat na `geduld` seconden nog leeft."""
    stuur(pids, zacht)
    over = wacht_tot_weg(pids, geduld)
    if over:
        stuur(over, signal.SIGKILL)
        wacht_tot_weg(over, 5)
