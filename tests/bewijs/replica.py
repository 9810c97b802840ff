"""Een meelopende kopie van een PostgreSQL, voor de bewijzen die er een nodig hebben."""

import shutil
import subprocess

from ser_portal.baas import virtueel
from ser_portal.baas.melding import Fout
from ser_portal.baas.plek import Plek
from ser_portal.baas.postgres import BEHEERDER, Postgres, schone_omgeving


class Replica(Postgres):
    """Een meelopende kopie van een andere server: alleen te lezen, met dezelfde rollen en gegevens."""

    def __init__(self, plek: Plek, hoofd: Postgres) -> None:
        super().__init__(plek, virtueel.site_packages(), verbindingen=hoofd.verbindingen)
        self.hoofd = hoofd

    def _leg_aan(self) -> None:
        half = self.drager.map / "half"
        shutil.rmtree(half, ignore_errors=True)
        van = ("--host", str(self.hoofd.socketmap), "--username", BEHEERDER)
        opdracht = self.drager.opdracht("pg_basebackup", "-D", str(half), *van, "-R", "-X", "stream", "-c", "fast")
        klaar = subprocess.run(
            opdracht, env=schone_omgeving(), cwd="/", capture_output=True, text=True, check=False,
            stdin=subprocess.DEVNULL, **self.drager.opties(),
        )  # fmt: skip
        if klaar.returncode:
            raise Fout(f"De replica kan niet worden aangelegd: {klaar.stderr.strip()}")
        half.rename(self.gegevens)

    def _maak_rollen_en_database(self) -> None:
        """Zij heeft wat de hoofddatabase heeft."""
