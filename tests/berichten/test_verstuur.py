"""Versturen: weigeringen, storingen, gif, en een werker die halverwege sterft."""

import os
import signal
import smtplib
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction

from berichten import actions, mails, opmaak
from berichten.enums import Status
from berichten.models import MAX_POGINGEN, WACHTTIJDEN, Bericht, BerichtQuerySet
from berichten.planning import verstuur as verstuur_taak
from berichten.post import MapPost, bestandsnaam
from kern.fouten import InvoerFout
from kern.tijd import nu
from logboek.models import Gebeurtenis
from ser_portal.settings import post
from stukken.actions import bewaar_bytes
from tests.berichten.smtp import gebruik, mailserver

pytestmark = pytest.mark.django_db


def klaar(nummer: int = 1, aantal: int = 1) -> list[Bericht]:
    uit = []
    for n in range(nummer, nummer + aantal):
        bericht = actions.stuur(
            email=f"lid{n}@voorbeeld.test",
            onderwerp=f"Bericht {n}",
            pad="/lezen/",
            feit=f"toets.doe:{n}:1",
            wacht=False,
        )
        assert bericht is not None
        uit.append(bericht)
    return uit


class Dubbel(BaseEmailBackend):
    """Post aan de rand van het portaal, met een eigen antwoord per bericht."""

    def __init__(self, bij: Callable[[EmailMessage], None]) -> None:
        super().__init__()
        self.bij, self.binnen = bij, []  # type: ignore[var-annotated]

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for bericht in email_messages:
            self.bij(bericht)
            self.binnen.append(bericht.extra_headers["Message-ID"])
        return len(email_messages)


@pytest.fixture
def dubbel(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Dubbel]:
    def maak(bij: Callable[[EmailMessage], None] = lambda bericht: None) -> Dubbel:
        backend = Dubbel(bij)
        monkeypatch.setattr(mails, "verbinding", lambda: backend)
        return backend

    return maak


@pytest.mark.parametrize("weigering", ["451 4.3.0 later", "552 5.2.2 vol", "550 5.1.1 onbekend"])
def test_een_weigering_wacht_en_gaat_dan_met_dezelfde_message_id(settings: Any, weigering: str) -> None:
    eerste, tweede = klaar(aantal=2)
    with mailserver() as server:
        gebruik(settings, server)
        server.weigeringen.append(weigering)
        assert actions.verstuur_gereed() == 1, "een weigering houdt het volgende bericht niet op"
        eerste.refresh_from_db()
        assert (eerste.status, eerste.pogingen) == (Status.WACHT, 1)
        assert weigering[:3] in eerste.laatste_fout
        assert actions.verstuur_gereed() == 0, "nog niet: eerst wachten"
        assert actions.verstuur_gereed(nu=eerste.volgende_poging) == 1
    assert [b["Message-ID"] for b in server.binnen] == [tweede.message_id, eerste.message_id]
    assert server.binnen[0]["Auto-Submitted"] == "auto-generated"


def test_server_onbereikbaar_stopt_de_ronde_en_kost_een_dag_niets(settings: Any, dubbel: Any) -> None:
    with mailserver() as server:
        gebruik(settings, server)
    berichten = klaar(aantal=3)
    moment = nu()
    assert actions.verstuur_gereed(nu=moment) == 0
    assert Bericht.objects.filter(pogingen=1).count() == 1, "één poging per ronde zolang de server weg is"
    eind = moment + timedelta(hours=24)
    while moment < eind:
        moment += timedelta(minutes=10)
        assert actions.verstuur_gereed(nu=moment) == 0
    assert not Bericht.objects.exclude(status=Status.WACHT).exists(), "een dag storing zet niets apart"
    backend = dubbel()
    assert actions.verstuur_gereed(nu=moment + timedelta(hours=16)) == 3
    assert sorted(backend.binnen) == sorted(b.message_id for b in berichten)


def test_gif_gaat_na_acht_keer_apart_en_de_rest_gaat_door(dubbel: Any, secretaris: Any) -> None:
    def bij(bericht: EmailMessage) -> None:
        if bericht.subject.endswith("Bericht 1"):
            raise ValueError("gif")

    backend = dubbel(bij)
    [gif], moment = klaar(), nu()
    for poging in range(1, MAX_POGINGEN + 1):
        klaar(nummer=10 + poging)
        probeer_op = moment + timedelta(seconds=poging)
        assert actions.verstuur_gereed(nu=probeer_op) == 1
        gif.refresh_from_db()
        assert gif.pogingen == poging
        if poging < MAX_POGINGEN:
            assert gif.volgende_poging == probeer_op + WACHTTIJDEN[poging - 1]
        moment = max(moment, gif.volgende_poging)
    assert (gif.status, gif.laatste_fout) == (Status.MISLUKT, "ValueError: gif")
    assert actions.verstuur_gereed(nu=moment + timedelta(days=30)) == 0
    assert len(backend.binnen) == MAX_POGINGEN

    dubbel()
    opnieuw = actions.probeer_opnieuw(bericht=gif, door=secretaris)
    assert (opnieuw.pk, opnieuw.status, opnieuw.pogingen) == (gif.pk, Status.WACHT, 0)
    assert Gebeurtenis.objects.get(soort="berichten.probeer_opnieuw").actor_id == secretaris.pk
    assert actions.verstuur_gereed() == 1
    with pytest.raises(InvoerFout, match="niet mislukt"):
        actions.probeer_opnieuw(bericht=gif, door=secretaris)


def test_na_een_mislukking_een_nieuwe_verbinding_en_een_lange_fout_past(dubbel: Any) -> None:
    """Na een fout halverwege een gesprek weet niemand wat de andere kant verwacht."""
    gebeurd: list[str] = []

    def bij(bericht: EmailMessage) -> None:
        gebeurd.append(bericht.subject)
        if bericht.subject.endswith("Bericht 1"):
            raise ValueError("x" * 400)

    backend = dubbel(bij)
    backend.close = lambda: gebeurd.append("dicht")
    eerste, _ = klaar(aantal=2)
    assert actions.verstuur_gereed(2) == 1
    assert [wat.removeprefix("VOORBEELD: ") for wat in gebeurd] == ["Bericht 1", "dicht", "Bericht 2", "dicht"]
    eerste.refresh_from_db()
    assert (eerste.status, len(eerste.laatste_fout)) == (Status.WACHT, 300)


def test_twee_berichten_over_een_verbinding_en_een_lege_bus_is_een_blik(
    settings: Any, django_assert_max_num_queries: Any
) -> None:
    with mailserver() as server:
        gebruik(settings, server)
        klaar(aantal=2)
        assert actions.verstuur_gereed() == 2
        assert len(set(server.poorten.values())) == 1
    with django_assert_max_num_queries(4):
        assert actions.verstuur_gereed() == 0


def test_eigen_opmaak_en_een_bijlage_gaan_mee(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        opmaak._makers, "toets.nieuws", lambda bericht: opmaak.Opmaak("Tekst", "<p>Tekst</p>", {"X-Proef": "ja"})
    )
    stuk = bewaar_bytes(inhoud=b"%PDF-1.7", naam="advies.pdf", soort="application/pdf")
    gewoon = {"email": "minister@voorbeeld.test", "onderwerp": "Nieuws", "pad": "/", "wacht": False}
    actions.stuur(feit="toets.nieuws:1:1", bijlage=stuk, **gewoon)
    actions.stuur(feit="toets.gewoon:1:1", **gewoon)
    assert actions.verstuur_gereed() == 2
    eigen, neutraal = mail.outbox
    assert (eigen.body, eigen.extra_headers["X-Proef"]) == ("Tekst", "ja")
    assert eigen.alternatives == [("<p>Tekst</p>", "text/html")]
    assert eigen.attachments == [("advies.pdf", b"%PDF-1.7", "application/pdf")]
    assert (neutraal.alternatives, neutraal.attachments) == ([], [])


def test_wat_niet_meer_nodig_is_gaat_niet_en_zegt_waarom(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wie zich afmeldt terwijl zijn nieuwsbrief klaarligt, krijgt haar niet; de rest gaat gewoon."""

    def afgemeld(bericht: Bericht) -> opmaak.Opmaak:
        raise opmaak.NietMeerNodig

    monkeypatch.setitem(opmaak._makers, "toets.nieuws", afgemeld)
    gewoon = {"email": "lezer@voorbeeld.test", "onderwerp": "Nieuws", "pad": "/", "wacht": False}
    actions.stuur(feit="toets.nieuws:1:1", **gewoon)
    actions.stuur(feit="toets.gewoon:1:1", **gewoon)
    actions.verstuur_gereed()
    assert len(mail.outbox) == 1
    weg = Bericht.objects.get(feit="toets.nieuws:1:1")
    assert (weg.status, weg.laatste_fout) == (Status.HERROEPEN, actions.REDEN_AFGEMELD)


def test_de_wachttijden_dragen_een_dag_storing() -> None:
    assert MAX_POGINGEN == 8
    assert sum(WACHTTIJDEN, timedelta()) > timedelta(hours=24)
    assert list(WACHTTIJDEN) == sorted(WACHTTIJDEN)


def test_welke_fout_de_hele_post_raakt() -> None:
    assert actions._is_storing(ConnectionRefusedError())
    assert actions._is_storing(smtplib.SMTPServerDisconnected())
    assert actions._is_storing(smtplib.SMTPAuthenticationError(535, b"nee"))
    assert not actions._is_storing(smtplib.SMTPDataError(550, b"nee"))
    assert not actions._is_storing(smtplib.SMTPRecipientsRefused({}))
    assert not actions._is_storing(ValueError())


def test_limiet_en_de_taak_die_doorgaat(dubbel: Any) -> None:
    backend = dubbel()
    klaar(aantal=5)
    assert actions.verstuur_gereed(2) == 2
    assert verstuur_taak() == 3
    assert len(set(backend.binnen)) == 5


def test_afgebroken_tussen_versturen_en_aftekenen(dubbel: Any) -> None:
    """De afbreking is geen Exception: niets vangt haar, de transactie draait terug, het feit blijft staan."""
    [bericht] = klaar()
    verstuurd: list[str] = []

    def bij(post: EmailMessage) -> None:
        verstuurd.append(post.extra_headers["Message-ID"])
        if len(verstuurd) == 1:
            raise KeyboardInterrupt

    dubbel(bij)
    with pytest.raises(KeyboardInterrupt):
        actions.verstuur_gereed()
    bericht.refresh_from_db()
    assert (bericht.status, bericht.pogingen) == (Status.WACHT, 0)
    assert actions.verstuur_gereed() == 1
    assert verstuurd == [bericht.message_id] * 2


def test_post_als_bestand(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EMAIL_BACKEND = "berichten.post.MapPost"
    settings.VAR = settings.VAR / "nieuw"
    [bericht] = klaar()
    op_schijf: list[int] = []
    monkeypatch.setattr("os.fsync", lambda nummer: op_schijf.append(os.fstat(nummer).st_size))
    assert actions.verstuur_gereed() == 1
    assert [grootte > 0 for grootte in op_schijf] == [True], "heel op schijf voordat het verstuurd heet"
    [bestand] = (settings.VAR / "mail").iterdir()
    assert bestand.suffix == ".eml"
    assert bericht.message_id in bestand.read_text()
    Bericht.objects.update(status=Status.WACHT, verstuurd_op=None)
    assert actions.verstuur_gereed() == 1
    assert list((settings.VAR / "mail").iterdir()) == [bestand], "een herhaling is hetzelfde bestand"
    assert MapPost().send_messages([EmailMessage(), EmailMessage()]) == 2
    assert bestandsnaam("<../../a b@c>") != bestandsnaam("<../../a_b@c>")
    assert "/" not in bestandsnaam("<../../a b@c>")


def test_volle_schijf_houdt_het_bericht_vast(settings: Any) -> None:
    settings.EMAIL_BACKEND = "berichten.post.MapPost"
    settings.VAR.mkdir(exist_ok=True)
    (settings.VAR / "mail").write_text("in de weg")
    [bericht] = klaar()
    assert actions.verstuur_gereed() == 0
    bericht.refresh_from_db()
    assert (bericht.status, bericht.pogingen) == (Status.WACHT, 1)


@pytest.mark.parametrize(
    ("adres", "poort", "tls", "ssl"),
    [
        ("smtp://mail.voorbeeld.test", 25, False, False),
        ("smtp://jan:geheim%40@mail.voorbeeld.test:587?tls=1", 587, True, False),
        ("smtps://mail.voorbeeld.test", 465, False, True),
    ],
)
def test_postadres(adres: str, poort: int, tls: bool, ssl: bool) -> None:
    gelezen = post(adres)
    assert (gelezen["EMAIL_PORT"], gelezen["EMAIL_USE_TLS"], gelezen["EMAIL_USE_SSL"]) == (poort, tls, ssl)
    assert gelezen["EMAIL_HOST_PASSWORD"] in {"", "geheim@"}


def test_postadres_leeg_of_onzin() -> None:
    assert post("") == {"EMAIL_BACKEND": "berichten.post.MapPost"}
    for onzin in ("mail.voorbeeld.test", "https://voorbeeld.test", "smtp://"):
        with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
            post(onzin)


def in_draad(werk: Callable[[], Any]) -> list[Any]:
    """Doe `werk` in een eigen draad met een eigen verbinding en wacht erop."""
    uit: list[Any] = []

    def doe() -> None:
        try:
            uit.append(werk())
        finally:
            connection.close()

    draad = threading.Thread(target=doe)
    draad.start()
    draad.join()
    return uit


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


def wacht_tot_de_database_het_weet() -> None:
    """Wacht tot de verbinding van een gedood proces weg is; tot dan houdt zij haar bericht en haar beurt vast."""
    vraag = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in trans%'"
    einde = time.monotonic() + 60
    with connection.cursor() as cursor:
        cursor.execute(vraag)
        while cursor.fetchone()[0]:
            assert time.monotonic() < einde, "de verbinding blijft open"
            time.sleep(0.02)
            cursor.execute(vraag)


def wacht_tot_iemand_wacht(draad: threading.Thread) -> None:
    """Blijf kijken tot een andere verbinding met deze database op een slot wacht, of de draad al klaar is."""
    vraag = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with connection.cursor() as cursor:
        while draad.is_alive():
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(vraag)
            if cursor.fetchone()[0]:
                return


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
