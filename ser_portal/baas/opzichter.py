"""De opzichter: houdt de processen van het portaal in leven en stopt ze in volgorde."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from . import proces
from .melding import Fout, zeg
from .plek import WORTEL, Plek, staart

# Vijf keer vallen binnen een minuut is geen pech meer.
VALPARTIJEN, VENSTER = 5, 60.0
MERK = "PORTAL_OPZICHTER"
HARTSLAG = "PORTAL_HARTSLAG"
# Zo lang mag een levend proces zwijgen: even lang als het alarm wacht, ruim langer dan een trage start.
STIL = 300.0
PR_SET_PDEATHSIG = 1


def sterf_met_ouder() -> None:
    """Vraag Linux dit kind SIGTERM te sturen als de opzichter zelf wordt gedood."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Kind:
    """Een proces van het portaal; `geduld` is hoelang het na SIGTERM mag afronden, in seconden.

    Een proces met een `hartslag` raakt dat bestand steeds aan; zwijgt het `stil` seconden, dan hangt het.
    """

    naam: str
    opdracht: list[str]
    omgeving: Mapping[str, str]
    logboek: Path
    geduld: float = 10
    hartslag: Path | None = None
    stil: float = STIL
    proces: subprocess.Popen[bytes] | None = None
    gevallen: deque[float] = field(default_factory=lambda: deque(maxlen=VALPARTIJEN - 1))
    # De laatste slag en wanneer de opzichter haar zag; op de klok die stilstaat als de machine slaapt.
    slag: float = 0
    gezien: float = 0

    def start(self, merk: str) -> None:
        """Start het proces in een eigen sessie, met zijn uitvoer in het logboek."""
        ook = {MERK: merk} | ({HARTSLAG: str(self.hartslag)} if self.hartslag else {})
        self.gezien = time.monotonic()
        with open(self.logboek, "ab") as uit:
            self.proces = subprocess.Popen(
                self.opdracht,
                env={**self.omgeving, **ook},
                cwd=WORTEL,
                stdin=subprocess.DEVNULL,
                stdout=uit,
                stderr=uit,
                start_new_session=True,
                preexec_fn=sterf_met_ouder,
            )

    def hangt(self) -> bool:
        """Zeg of dit proces leeft en toch te lang zweeg."""
        if self.hartslag is None:
            return False
        with contextlib.suppress(FileNotFoundError):
            slag = self.hartslag.stat().st_mtime
            if slag != self.slag:
                self.slag, self.gezien = slag, time.monotonic()
        return time.monotonic() - self.gezien > self.stil

    def ruim_groep(self) -> None:
        """Dood wat het gevallen proces achterliet: een wees houdt anders de poort of een taak vast."""
        if self.proces is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.proces.pid, signal.SIGKILL)

    def stop(self) -> None:
        """Vraag te stoppen, wacht `geduld` seconden, en dwing af wat dan nog leeft."""
        if self.proces is None:
            return
        if self.proces.poll() is None:
            self.proces.terminate()
            try:
                self.proces.wait(self.geduld)
            except subprocess.TimeoutExpired:
                zeg(f"{self.naam} stopt niet binnen {self.geduld:.0f} s en wordt afgebroken.")
        self.ruim_groep()
        self.proces.wait()


class Opzichter:
    """Start kinderen in volgorde, herstart wie valt, en stopt ze in omgekeerde volgorde van `kinderen`."""

    def __init__(self, plek: Plek) -> None:
        self.merk = str(plek.var)
        self.kinderen: list[Kind] = []
        self.bewaak: Callable[[], None] = lambda: None
        self.gevraagd_te_stoppen = False

    def luister(self) -> None:
        """Laat Ctrl-C, SIGTERM en SIGHUP een nette stop vragen."""
        for sein in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sein, self._stop_gevraagd)

    def _stop_gevraagd(self, sein: int, kader: FrameType | None) -> None:
        self.gevraagd_te_stoppen = True

    def ruim_resten(self) -> None:
        """Stop wat een vorige, gedode opzichter van deze plek achterliet."""
        resten = proces.met_merk(f"{MERK}={self.merk}")
        if resten:
            zeg(f"Resten van een vorige start opgeruimd ({len(resten)} processen).")
            proces.stop(resten, 5)

    def start(self) -> None:
        """Start alle kinderen, in volgorde."""
        for kind in self.kinderen:
            kind.start(self.merk)

    def waak(self) -> None:
        """Bewaak tot er een stop gevraagd is. Werpt Fout als een kind blijft vallen."""
        while not self.gevraagd_te_stoppen:
            self.kijk_na()
            time.sleep(0.2)

    def kijk_na(self) -> None:
        """Herstart wie gevallen is of hangt. Werpt Fout na VALPARTIJEN keer binnen VENSTER seconden."""
        self.bewaak()
        for kind in self.kinderen:
            if self.gevraagd_te_stoppen or kind.proces is None:
                continue
            if kind.proces.poll() is None:
                if not kind.hangt():
                    continue
                zeg(f"{kind.naam} zwijgt al {kind.stil:.0f} s en wordt afgebroken.")
                kind.ruim_groep()
                kind.proces.wait()
            nu = time.monotonic()
            vaak = len(kind.gevallen) == VALPARTIJEN - 1 and nu - kind.gevallen[0] < VENSTER
            kind.ruim_groep()
            if vaak:
                raise Fout(
                    f"{kind.naam} valt telkens om (uitkomst {kind.proces.returncode}); het portaal stopt. "
                    f"Logboek {kind.logboek}:\n{staart(kind.logboek)}"
                )
            kind.gevallen.append(nu)
            zeg(f"{kind.naam} is gestopt (uitkomst {kind.proces.returncode}) en wordt opnieuw gestart.")
            kind.start(self.merk)

    def stop(self) -> None:
        """Stop alle kinderen, de laatst gestarte eerst."""
        for kind in reversed(self.kinderen):
            kind.stop()
