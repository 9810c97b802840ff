"""Versturen met meer werkers tegelijk, en een werker die sterft: elk bericht één keer."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.core.mail import EmailMessage
from django.db import connection, transaction

from berichten import actions
from berichten.enums import Status
from berichten.models import Bericht, BerichtQuerySet
from tests.berichten.bus import klaar
from tests.berichten.smtp import gebruik, mailserver
from tests.hulp import in_draad, wacht_tot_de_database_het_weet, wacht_tot_iemand_wacht


@pytest.mark.wedloop
@pytest.mark.django_db(transaction=True)
class TestTegelijk:
    """Twee werkers op de echte database, met daarnaast de proef zonder slot."""

    def _midden_in_het_versturen(self, dubbel: Any, aantal: int = 1) -> tuple[list[Any], list[str]]:
        """Terwijl de eerste werker een bericht verstuurt, probeert de tweede het ook."""
        ander: list[Any] = []

        def bij(bericht: EmailMessage) -> None:
            if not ander:
                ander.append("bezig")
                ander.extend(in_draad(actions.verstuur_gereed))

        backend = dubbel(bij)
        klaar(aantal=aantal)
        actions.verstuur_gereed()
        return ander[1:], backend.binnen

    def test_met_slot_gaat_het_bericht_eenmaal(self, dubbel: Any) -> None:
        ander, binnen = self._midden_in_het_versturen(dubbel)
        assert ander == [0]
        assert len(binnen) == 1

    def test_er_is_hoogstens_een_bericht_onderweg(self, dubbel: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        """Ook met een tweede bericht in de rij wacht de ander; zonder de beurt verstuurt die het intussen."""
        ander, binnen = self._midden_in_het_versturen(dubbel, aantal=2)
        assert (ander, len(binnen)) == ([0], 2)
        monkeypatch.setattr(actions, "mag_versturen", lambda: True)
        Bericht.objects.update(status=Status.WACHT, verstuurd_op=None, pogingen=0)  # alsof zij nog moeten gaan
        ander, binnen = self._midden_in_het_versturen(dubbel, aantal=2)
        assert (ander, len(binnen)) == ([1], 2)

    def test_binnen_een_andere_transactie_gaat_er_niets_weg(self, dubbel: Any) -> None:
        """Draaide die daarna terug, dan was het bericht verstuurd en wist niemand het."""
        backend = dubbel()
        klaar()
        with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
            actions.verstuur_gereed()
        assert backend.binnen == []

    def test_zonder_slot_gaat_het_tweemaal(self, dubbel: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(actions, "mag_versturen", lambda: True)
        monkeypatch.setattr(BerichtQuerySet, "select_for_update", lambda self, **kw: self)
        ander, binnen = self._midden_in_het_versturen(dubbel)
        assert ander == [1]
        assert len(binnen) == 2, "de proef laat de wedloop zien die het slot voorkomt"

    def test_vier_werkers_en_zestig_berichten(self, dubbel: Any) -> None:
        backend = dubbel()
        klaar(aantal=60)
        start, aantallen = threading.Barrier(4), []

        def werk() -> None:
            try:
                start.wait()
                aantallen.append(actions.verstuur_gereed(100))
            finally:
                connection.close()

        draden = [threading.Thread(target=werk) for _ in range(4)]
        for draad in draden:
            draad.start()
        for draad in draden:
            draad.join()
        assert sum(aantallen) == 60
        assert len(backend.binnen) == len(set(backend.binnen)) == 60
        assert Bericht.objects.filter(status=Status.VERSTUURD).count() == 60

    def test_herroepen_wacht_op_een_bericht_dat_juist_vertrekt(self, dubbel: Any, secretaris: Any) -> None:
        uitkomst: list[str] = []
        klaar()

        def herroep() -> None:
            try:
                actions.herroep(feit_begin="toets.doe:1:1", door=secretaris)
                uitkomst.append("herroepen")
            except actions.AlVerstuurd:
                uitkomst.append("te laat")
            finally:
                connection.close()

        draad = threading.Thread(target=herroep)

        def bij(bericht: EmailMessage) -> None:
            draad.start()
            wacht_tot_iemand_wacht(draad)

        dubbel(bij)
        assert actions.verstuur_gereed() == 1
        draad.join()
        assert uitkomst == ["te laat"]

    def test_kill_9_tussen_versturen_en_aftekenen(self, settings: Any) -> None:
        """Een echt proces sterft zodra de mailserver het bericht heeft; de herhaling is herkenbaar."""
        [bericht] = klaar()
        with mailserver() as server:

            def bij_binnenkomst(post: Any) -> None:
                if len(server.binnen) == 1:
                    os.kill(kind.pid, signal.SIGKILL)
                    kind.wait()

            server.bij_binnenkomst = bij_binnenkomst
            kind = start_werker(server.poort)
            assert kind.wait() == -signal.SIGKILL
            bericht.refresh_from_db()
            assert bericht.status == Status.WACHT
            wacht_tot_de_database_het_weet()
            gebruik(settings, server)
            assert actions.verstuur_gereed() == 1
        assert [b["Message-ID"] for b in server.binnen] == [bericht.message_id] * 2
        bericht.refresh_from_db()
        assert bericht.status == Status.VERSTUURD


def start_werker(poort: int) -> "subprocess.Popen[bytes]":
    """Start een proces dat één ronde verstuurt, op de toetsdatabase en via de mailserver van de toets."""
    delen = urlsplit(os.environ["DATABASE_URL"])
    adres = urlunsplit(delen._replace(path=f"/{connection.settings_dict['NAME']}"))
    omgeving = os.environ | {
        "DJANGO_SETTINGS_MODULE": "ser_portal.settings",
        "DATABASE_URL": adres,
        "EMAIL_URL": f"smtp://127.0.0.1:{poort}",
        "PORTAL_VOORBEELD": "0",
    }
    werk = "import django; django.setup(); from berichten.actions import verstuur_gereed; verstuur_gereed()"
    wortel = Path(__file__).resolve().parent.parent.parent
    return subprocess.Popen([sys.executable, "-c", werk], env=omgeving, cwd=wortel)
