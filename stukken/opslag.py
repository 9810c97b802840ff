"""Bestanden op schijf: onveranderlijk, met hun sha256 als naam, geschreven voordat hun rij er is.

De map is MEDIA_ROOT/ab/cd/<sha256>. Geen rij zonder bestand: schrijven gebeurt eerst, met fsync en een
hernoeming in één keer. Een bestand zonder rij (de rij kwam er niet) ruimt `stukken.onderhoud.veeg_wezen` op.
"""

import os
import re
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from django.conf import settings

SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


def pad(hash_: str) -> Path:
    """Geef de plaats van het bestand met deze sha256. Werpt ValueError als het geen sha256 (hex) is."""
    if not SHA256.fullmatch(hash_):
        raise ValueError("geen sha256")
    return Path(settings.MEDIA_ROOT) / hash_[:2] / hash_[2:4] / hash_


def schrijf(delen: Iterable[bytes]) -> tuple[str, int]:
    """Schrijf de delen als één bestand en geef (sha256, grootte in bytes).

    Bestaat de inhoud al, dan blijft het oude bestand staan. Werpt OSError (schijf vol, geen rechten); dan blijft
    er niets half achter.
    """
    wortel = Path(settings.MEDIA_ROOT)
    wortel.mkdir(parents=True, exist_ok=True)
    som = sha256()
    grootte = 0
    nummer, tijdelijk = tempfile.mkstemp(prefix=".nieuw-", dir=wortel)
    try:
        with os.fdopen(nummer, "wb") as uit:
            for deel in delen:
                som.update(deel)
                grootte += len(deel)
                uit.write(deel)
            uit.flush()
            os.fsync(uit.fileno())
        doel = pad(som.hexdigest())
        if doel.exists() and doel.stat().st_size == grootte:
            os.unlink(tijdelijk)
        else:
            doel.parent.mkdir(parents=True, exist_ok=True)
            os.chmod(tijdelijk, 0o440)
            os.replace(tijdelijk, doel)
            _fsync_map(doel.parent)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(tijdelijk)
        raise
    return som.hexdigest(), grootte


def _fsync_map(map_: Path) -> None:
    nummer = os.open(map_, os.O_RDONLY)
    try:
        os.fsync(nummer)
    finally:
        os.close(nummer)


def bewaarde_hashes() -> Iterable[tuple[str, Path]]:
    """Geef (sha256, plaats) van elk bestand in de opslag."""
    wortel = Path(settings.MEDIA_ROOT)
    for plaats in wortel.glob("??/??/*"):
        if SHA256.fullmatch(plaats.name):
            yield plaats.name, plaats


def half_geschreven() -> Iterable[Path]:
    """Geef de tijdelijke bestanden die een afgebroken schrijver achterliet."""
    return Path(settings.MEDIA_ROOT).glob(".nieuw-*")
