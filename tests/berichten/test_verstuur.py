"""Versturen: weigeringen, storingen, gif, en een werker die halverwege sterft."""

import os
import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage

from berichten import actions, opmaak
from berichten.enums import Status
from berichten.models import MAX_POGINGEN, WACHTTIJDEN, Bericht
from berichten.planning import verstuur as verstuur_taak
from berichten.post import MapPost, bestandsnaam
from berichten.queries import vast_sinds
from kern.fouten import InvoerFout
from kern.tijd import nu
from logboek.models import Gebeurtenis
from ser_portal.settings import post
from stukken.actions import bewaar_bytes
from tests.berichten.bus import klaar
from tests.berichten.smtp import gebruik, mailserver

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize(
    ("fout", "ligt"),
    [
        (PermissionError("nee"), True),  # de map met post is niet te beschrijven
        (ConnectionRefusedError("weg"), True),
        (smtplib.SMTPDataError(550, b"nee"), False),
        (ValueError("gif"), False),
    ],
)
def test_de_bewaking_weet_van_elke_storing(dubbel: Any, fout: Exception, ligt: bool) -> None:
    """Wat de ronde stopt en wat de bewaking als storing telt is hetzelfde: het staat op het bericht."""

    def bij(bericht: EmailMessage) -> None:
        raise fout

    dubbel(bij)
    klaar(aantal=2)
    actions.verstuur_gereed()
    assert (vast_sinds() is not None) == ligt
    assert Bericht.objects.filter(pogingen=1).count() == (1 if ligt else 2)


def test_een_bijlage_die_kwijt_is_houdt_de_rest_niet_op(dubbel: Any) -> None:
    bijlage = bewaar_bytes(inhoud=b"brief", naam="brief.csv", soort="csv")
    actions.stuur(
        email="ministerie@voorbeeld.test", onderwerp="Brief", pad="/", feit="toets.brief:1:1", wacht=False,
        bijlage=bijlage,
    )  # fmt: skip
    bijlage.pad.unlink()
    goed = klaar()
    backend = dubbel()
    assert actions.verstuur_gereed() == 1
    assert backend.binnen == [goed[0].message_id]
    kwijt = Bericht.objects.get(feit="toets.brief:1:1")
    assert (kwijt.pogingen, kwijt.laatste_fout) == (1, "BijlageOnleesbaar: brief.csv")


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
