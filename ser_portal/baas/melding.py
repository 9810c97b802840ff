"""Wat de gebruiker van `./portal` te zien krijgt: gewone regels, en fouten van één regel."""

import errno
import sys


class Fout(Exception):
    """Een fout die de gebruiker zelf kan verhelpen; `./portal` toont alleen deze tekst."""


def zeg(tekst: str) -> None:
    """Toon één regel op stderr, direct: stdout blijft voor de uitvoer van het commando zelf."""
    print(tekst, file=sys.stderr, flush=True)


def leg_uit(fout: OSError) -> str:
    """Geef één Nederlandse regel voor een fout van het besturingssysteem."""
    waar = f" ({fout.filename})" if fout.filename else ""
    if fout.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"De schijf is vol{waar}. Maak ruimte en probeer het opnieuw; er is niets verloren."
    if fout.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"Geen schrijfrecht{waar}. Kies met --var een map die van u is."
    return f"Het besturingssysteem weigert: {fout.strerror or fout}{waar}."
