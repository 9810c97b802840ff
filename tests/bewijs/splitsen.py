"""Een proces afsplitsen voor één antwoord, en een proces dat iets klaar houdt waarvan er veel gebruikmaken."""

import os
import pickle
import signal
import tempfile
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import Pipe
from typing import Any


def _zwijg() -> None:
    """Maak dit proces de eerste van een eigen groep, zonder invoer en uitvoer."""
    os.setsid()
    niets = os.open(os.devnull, os.O_RDWR)
    for kanaal in range(3):
        os.dup2(niets, kanaal)


def splits(doe: Callable[[], Any]) -> Any:
    """Geef wat `doe()` in een afgesplitst proces geeft; None als zijn wekker (SIGALRM) afging.

    Werpt RuntimeError met het spoor als `doe` iets werpt, of als het proces anders stierf.
    """
    with tempfile.TemporaryFile() as bus:
        if not (pid := os.fork()):
            _zwijg()
            try:
                uit = (True, doe())
            except BaseException:
                uit = (False, traceback.format_exc())
            pickle.dump(uit, bus)
            bus.flush()
            os._exit(0)
        _, einde = os.waitpid(pid, 0)
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)  # ook wat een toets zelf startte
        bus.seek(0)
        gelezen = bus.read()
    if os.WIFSIGNALED(einde) and os.WTERMSIG(einde) == signal.SIGALRM:
        return None
    if not gelezen:
        raise RuntimeError(f"een afgesplitst proces gaf niets: {einde}")
    goed, wat = pickle.loads(gelezen)
    if not goed:
        raise RuntimeError(wat)
    return wat


class Houder:
    """Een proces dat `bouw()` deed en per vraag een proces afsplitst dat `werk(vraag)` doet; daarna `herstel()`."""

    def __init__(self, bouw: Callable[[], None], werk: Callable[[Any], Any], herstel: Callable[[], None]) -> None:
        self.lijn, daar = Pipe()
        self.pid = os.fork()
        if not self.pid:
            self.lijn.close()
            _zwijg()
            self._houd(daar, bouw, werk, herstel)
            os._exit(0)
        daar.close()

    def _houd(self, lijn: Any, bouw: Any, werk: Any, herstel: Any) -> None:
        try:
            bouw()
            while (vraag := lijn.recv()) is not None:
                uit = splits(lambda vraag=vraag: werk(vraag))
                if uit is not None:  # wie zo stierf, liet misschien een half antwoord achter: dan houdt dit op
                    herstel()
                lijn.send((True, uit))
                if uit is None:
                    return
        except BaseException:
            lijn.send((False, traceback.format_exc()))

    def vraag(self, wat: Any) -> Any:
        """Geef wat `werk(wat)` geeft; None als zijn wekker afging, en dan houdt dit proces op.

        Werpt RuntimeError met het spoor als er iets stukliep.
        """
        self.lijn.send(wat)
        goed, uit = self.lijn.recv()
        if not goed:
            raise RuntimeError(uit)
        if uit is None:
            os.waitpid(self.pid, 0)
        return uit

    def stop(self) -> None:
        """Laat het proces gaan, met wat het open hield."""
        self.lijn.send(None)
        os.waitpid(self.pid, 0)
