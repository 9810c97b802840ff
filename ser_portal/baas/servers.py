"""PostgreSQL en Redis voor één plek: ingebouwd, of die van DATABASE_URL en REDIS_URL.

Meer commando's kunnen ze tegelijk gebruiken (`start` en `manage`): wie als laatste weggaat, stopt ze.
"""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from .broker import Redis
from .melding import Fout
from .plek import Plek
from .postgres import APP, BEHEERDER, EIGENAAR, PUBLIEK, Postgres


class Servers:
    """De twee servers van een plek; `postgres` of `redis` is None als een adres van buiten is gegeven."""

    def __init__(self, plek: Plek, pakketten: Path | None, *, veilig: bool = True, ingebouwd: bool = False) -> None:
        self.plek = plek
        buiten_db = "" if ingebouwd else os.environ.get("DATABASE_URL", "")
        buiten_redis = "" if ingebouwd else os.environ.get("REDIS_URL", "")
        self.postgres = None if buiten_db else Postgres(plek, pakketten, veilig=veilig, verbindingen=_verbindingen())
        self.redis = None if buiten_redis else Redis(plek, pakketten)
        self._buiten_db, self._buiten_redis = buiten_db, buiten_redis

    def start(self) -> None:
        """Start wat ingebouwd is, of gebruik wat al draait. Werpt Fout als dat niet lukt."""
        if self.postgres:
            self.postgres.start()
        if self.redis:
            self.redis.start()

    def stop(self) -> None:
        """Stop wat ingebouwd is: eerst Redis, dan PostgreSQL."""
        if self.redis:
            self.redis.stop()
        if self.postgres:
            self.postgres.stop()

    def adressen(self, rol: str) -> dict[str, str]:
        """Geef DATABASE_URL, PUBLIEK_DATABASE_URL en REDIS_URL voor een rol (app, eigenaar of beheerder).

        Bij een database van buiten geldt voor eigenaar en beheerder EIGENAAR_DATABASE_URL, als die gezet is.
        """
        if self.postgres:
            namen = {"app": APP, "eigenaar": EIGENAAR, "beheerder": BEHEERDER}
            # Alleen het portaal zelf leest openbaar onder de rol die niets anders ziet.
            openbaar = PUBLIEK if rol == "app" else namen[rol]
            database = self.postgres.adres(namen[rol])
            publiek = self.postgres.adres(openbaar)
        else:
            eigenaar = os.environ.get("EIGENAAR_DATABASE_URL") or self._buiten_db
            database = self._buiten_db if rol == "app" else eigenaar
            publiek = os.environ.get("PUBLIEK_DATABASE_URL") or database if rol == "app" else database
        redis = self.redis.adres() if self.redis else self._buiten_redis
        return {"DATABASE_URL": database, "PUBLIEK_DATABASE_URL": publiek, "REDIS_URL": redis}

    @contextlib.contextmanager
    def in_gebruik(self) -> Iterator["Servers"]:
        """Zorg dat de servers draaien zolang dit blok duurt; de laatste gebruiker stopt ze."""
        with open(self.plek.var / "gebruik.slot", "a+", encoding="utf-8") as teller:
            try:
                with self.plek.wachtslot("opstart"):
                    fcntl.flock(teller, fcntl.LOCK_SH)
                    self.start()
                yield self
            finally:
                with self.plek.wachtslot("opstart"):
                    if _is_laatste(teller.fileno()):
                        self.stop()


def _verbindingen() -> int:
    """Lees DB_MAX_VERBINDINGEN; standaard 60. Werpt Fout als het geen getal is."""
    ruw = os.environ.get("DB_MAX_VERBINDINGEN") or "60"
    if ruw.isascii() and ruw.isdigit() and int(ruw) > 0:
        return int(ruw)
    raise Fout(f"DB_MAX_VERBINDINGEN is {ruw!r}. Geef een heel getal boven nul, bijvoorbeeld 60.")


def _is_laatste(fd: int) -> bool:
    """Zeg of niemand anders de teller vasthoudt: dan lukt het exclusieve slot."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
