"""Een PDF vragen: één rij per inhoud, één render, en wat misgaat is te zien en te herstellen."""

import errno
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from publicatie import tasks as scans
from publiek import planning as publiek
from stukken import onderhoud, pdf, tasks
from stukken.actions import probeer_pdf_opnieuw, vraag_pdf
from stukken.enums import PdfStatus
from stukken.models import MEESTE_POGINGEN, VASTGELOPEN_NA, Bestand, PdfOpdracht
from stukken.queries import laatste_opdracht, laatste_pdf
from stukken.voortgang import gegevens, paneel
from toegang.models import Gebruiker

ADRESSEN = {"stand": "/stand/", "download": "/download/", "opnieuw": "/opnieuw/", "terug": "/terug/"}


def vraag(html: str = "<p>tekst</p>", **meer: Any) -> PdfOpdracht:
    return vraag_pdf(**{"soort": "advies", "sleutel": "advies:t-1", "html": html, "titel": "Titel"} | meer)


@pytest.fixture
def gezet(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Vervang alleen het zetten zelf (een eigen proces); geeft wat er gezet is."""
    gezet: list[dict[str, Any]] = []

    def zet(invoer: dict[str, Any], voortgang: Any = None) -> bytes:
        gezet.append(invoer)
        voortgang(40)
        return b"%PDF-" + invoer["html"].encode()

    monkeypatch.setattr(pdf, "uit_invoer", zet)
    return gezet


@pytest.fixture
def gewekt(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Vang wat naar de werker gaat."""
    pks: list[int] = []
    monkeypatch.setattr(tasks.maak_pdf, "apply_async", lambda args, **_: pks.append(args[0]))
    return pks


@pytest.mark.django_db
def test_een_vraag_gaat_na_de_commit_naar_een_werker(
    gewekt: list[int], secretaris: Gebruiker, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks() as klaar:
        opdracht = vraag(door=secretaris, naam="advies.pdf", voorbeeld=False)
    assert gewekt == []
    for doe in klaar:
        doe()
    assert gewekt == [opdracht.pk]
    assert (opdracht.status, opdracht.naam, opdracht.door, opdracht.voorbeeld) == (
        "wacht",
        "advies.pdf",
        secretaris,
        False,
    )
    assert str(opdracht) == "advies.pdf (wacht op een werker)"


@pytest.mark.django_db
def test_dezelfde_inhoud_is_dezelfde_opdracht_en_andere_niet(gewekt: list[int]) -> None:
    een = vraag(feiten=[("a", "b")])
    assert vraag(feiten=[("a", "b")]).pk == een.pk
    assert vraag(feiten=[("a", "c")]).pk != een.pk
    assert vraag(sleutel="advies:t-2", feiten=[("a", "b")]).pk != een.pk
    assert vraag(lezer="A. Lid").pk != een.pk
    assert PdfOpdracht.objects.count() == 4


@pytest.mark.django_db
def test_een_nieuwe_vormgeving_is_een_nieuwe_pdf(gewekt: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    een = vraag()
    monkeypatch.setattr(pdf, "opmaak_versie", lambda: "anders")
    assert vraag().pk != een.pk


@pytest.mark.django_db
def test_de_taak_maakt_de_pdf_een_keer(gewekt: list[int], gezet: list[dict[str, Any]]) -> None:
    opdracht = vraag()
    assert tasks.maak_pdf(opdracht.pk) == "klaar"
    assert tasks.maak_pdf(opdracht.pk) == "overgeslagen"
    assert len(gezet) == 1
    opdracht.refresh_from_db()
    assert (opdracht.status, opdracht.voortgang, opdracht.invoer, opdracht.pogingen) == ("klaar", 100, {}, 1)
    assert opdracht.bestand is not None
    assert opdracht.bestand.inhoud() == b"%PDF-<p>tekst</p>"
    assert vraag().pk == opdracht.pk
    assert laatste_pdf("advies:t-1") == laatste_opdracht("advies:t-1") == opdracht
    assert tasks.maak_pdf(-1) == "overgeslagen"


@pytest.mark.django_db
def test_een_bestand_dat_kwijt_is_wordt_opnieuw_gemaakt(gewekt: list[int], gezet: list[dict[str, Any]]) -> None:
    opdracht = vraag()
    tasks.maak_pdf(opdracht.pk)
    opdracht.refresh_from_db()
    assert opdracht.bestand is not None
    opdracht.bestand.pad.unlink()
    weer = vraag()
    assert (weer.pk, weer.status) == (opdracht.pk, "wacht")
    assert tasks.maak_pdf(opdracht.pk) == "klaar"
    assert opdracht.bestand.pad.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fout", "zin"),
    [
        (pdf.PdfNietBeschikbaar(), "Pango ontbreekt"),
        (pdf.PdfFout("Het duurde te lang."), "Het duurde te lang."),
        (OSError(errno.ENOSPC, "vol"), "opslag vol"),
        (RuntimeError("geheime binnenkant"), "fout in het portaal"),
    ],
)
def test_een_mislukking_is_te_zien_laat_de_vorige_pdf_staan_en_kan_opnieuw(
    gewekt: list[int], gezet: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, fout: Exception, zin: str,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:  # fmt: skip
    oud = vraag()
    tasks.maak_pdf(oud.pk)
    nieuw = vraag("<p>nieuwe tekst</p>")
    goed = pdf.uit_invoer

    def mis(*_: Any, **__: Any) -> bytes:
        raise fout

    monkeypatch.setattr(pdf, "uit_invoer", mis)
    assert tasks.maak_pdf(nieuw.pk) == "mislukt"
    nieuw.refresh_from_db()
    assert nieuw.status == PdfStatus.MISLUKT
    assert zin in nieuw.fout
    assert "geheime" not in nieuw.fout
    assert laatste_pdf("advies:t-1") == oud
    assert laatste_opdracht("advies:t-1") == nieuw
    assert vraag("<p>nieuwe tekst</p>").status == PdfStatus.MISLUKT
    monkeypatch.setattr(pdf, "uit_invoer", goed)
    with django_capture_on_commit_callbacks(execute=True):
        weer = probeer_pdf_opnieuw(opdracht=nieuw, door=None)
    assert (weer.status, weer.fout, gewekt[-1]) == ("wacht", "", nieuw.pk)
    aantal = len(gewekt)
    with django_capture_on_commit_callbacks(execute=True):
        probeer_pdf_opnieuw(opdracht=nieuw, door=None)
    assert len(gewekt) == aantal
    assert tasks.maak_pdf(nieuw.pk) == "klaar"
    assert laatste_pdf("advies:t-1") == nieuw


@pytest.mark.django_db
def test_wie_weer_vraagt_om_de_inhoud_van_eerst_krijgt_die(gewekt: list[int], gezet: list[dict[str, Any]]) -> None:
    """Een stuk dat van de agenda ging, een titel die teruggezet is: niet de PDF van daartussen, ook niet later."""
    eerst = vraag()
    tasks.maak_pdf(eerst.pk)
    daarna, onderweg = vraag("<p>daartussen</p>"), vraag("<p>onderweg</p>")
    tasks.maak_pdf(daarna.pk)
    assert laatste_pdf("advies:t-1") == daarna
    assert vraag() == eerst
    assert (laatste_pdf("advies:t-1"), laatste_opdracht("advies:t-1")) == (eerst, eerst)
    assert tasks.maak_pdf(onderweg.pk) == "klaar"
    assert laatste_pdf("advies:t-1") == eerst


@pytest.mark.django_db
def test_een_broker_die_weg_is_houdt_de_vraag_niet_tegen(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    def weg(*_: Any, **__: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr(tasks.maak_pdf, "apply_async", weg)
    with django_capture_on_commit_callbacks(execute=True):
        opdracht = vraag()
    pks: list[int] = []
    monkeypatch.setattr(tasks.maak_pdf, "apply_async", lambda args, **_: pks.append(args[0]))
    assert onderhoud.wek_pdf_opdrachten(timezone.now()) == 0
    assert onderhoud.wek_pdf_opdrachten(timezone.now() + timedelta(minutes=2)) == 1
    assert pks == [opdracht.pk]


@pytest.mark.django_db
def test_werk_van_een_werker_die_stierf_komt_terug_tot_drie_keer(
    gewekt: list[int], gezet: list[dict[str, Any]]
) -> None:
    opdracht = vraag()
    later = timezone.now() + VASTGELOPEN_NA + timedelta(minutes=1)
    eerste = PdfOpdracht.objects.claim(opdracht.pk)
    assert eerste is not None
    assert onderhoud.wek_pdf_opdrachten(timezone.now()) == 0
    assert onderhoud.wek_pdf_opdrachten(later) == 1
    for _ in range(MEESTE_POGINGEN - 1):
        assert PdfOpdracht.objects.claim(opdracht.pk) is not None
        onderhoud.wek_pdf_opdrachten(later)
    opdracht.refresh_from_db()
    assert opdracht.status == PdfStatus.MISLUKT
    assert "drie keer" in opdracht.fout
    assert eerste.rond_af(b"%PDF te laat") is False
    eerste.meld_voortgang(80)
    eerste.mislukt("te laat")
    opdracht.refresh_from_db()
    assert "drie keer" in opdracht.fout
    assert not Bestand.objects.exists()


@pytest.mark.django_db
def test_een_opnieuw_bezorgd_bericht_neemt_het_werk_over(gewekt: list[int], gezet: list[dict[str, Any]]) -> None:
    opdracht = vraag()
    weg = PdfOpdracht.objects.claim(opdracht.pk)
    assert weg is not None
    assert tasks.maak_pdf(opdracht.pk) == "overgeslagen"
    tasks.maak_pdf.push_request(delivery_info={"redelivered": True})
    try:
        assert tasks.maak_pdf.run(opdracht.pk) == "klaar"
        assert tasks.maak_pdf.run(opdracht.pk) == "overgeslagen"
    finally:
        tasks.maak_pdf.pop_request()
    assert weg.rond_af(b"%PDF te laat") is False
    assert PdfOpdracht.objects.get().pogingen == 2
    vast = vraag("<p>maakt elke werker stuk</p>")
    assert PdfOpdracht.objects.claim(vast.pk) is not None
    assert PdfOpdracht.objects.claim(vast.pk, overname=True) is not None
    assert PdfOpdracht.objects.claim(vast.pk, overname=True) is not None
    assert PdfOpdracht.objects.claim(vast.pk, overname=True) is None


@pytest.mark.django_db
def test_de_voortgang_blijft_tussen_nul_en_honderd(gewekt: list[int]) -> None:
    opdracht = vraag()
    bezig = PdfOpdracht.objects.claim(opdracht.pk)
    assert bezig is not None
    assert not bezig.af
    for gemeld, staat in ((-5, 0), (40, 40), (300, 99)):
        bezig.meld_voortgang(gemeld)
        assert PdfOpdracht.objects.get().voortgang == staat
    with pytest.raises(IntegrityError), transaction.atomic():
        PdfOpdracht.objects.update(status=PdfStatus.KLAAR)


@pytest.mark.django_db(transaction=True)
@pytest.mark.wedloop
def test_gelijktijdig_vragen_geeft_een_rij_en_gelijktijdig_maken_een_render(
    gewekt: list[int], gezet: list[dict[str, Any]]
) -> None:
    start = threading.Barrier(6)
    gevraagd: list[int] = []
    uitkomsten: list[str] = []

    def samen(doe: Any, lijst: list[Any]) -> None:
        def loop() -> None:
            start.wait()
            try:
                lijst.append(doe())
            finally:
                connection.close()

        draden = [threading.Thread(target=loop) for _ in range(6)]
        for draad in draden:
            draad.start()
        for draad in draden:
            draad.join()

    samen(lambda: vraag().pk, gevraagd)
    assert len(gevraagd) == 6
    assert len(set(gevraagd)) == 1
    assert gewekt == gevraagd[:1]
    samen(lambda: tasks.maak_pdf(gevraagd[0]), uitkomsten)
    assert sorted(uitkomsten) == ["klaar"] + ["overgeslagen"] * 5
    assert len(gezet) == 1


# --- het paneel


@pytest.mark.django_db
def test_het_paneel_ververst_zichzelf_zolang_er_iets_te_wachten_valt(
    gewekt: list[int], gezet: list[dict[str, Any]]
) -> None:
    opdracht = vraag()

    def toon(wie: PdfOpdracht | None) -> str:
        return render_to_string("stukken/_pdf.html", {"pdf": gegevens(wie, **ADRESSEN), "csrf_token": "t"})

    assert "nog geen PDF" in toon(None)
    assert "hx-get" not in toon(None)
    wacht = toon(opdracht)
    assert 'hx-get="/stand/"' in wacht
    # Wie op deze link staat, staat er na het verversen nog, en daarna op de download: htmx zoekt hetzelfde id.
    assert '<a id="pdf-link" href="/stand/">Volg hoe ver de PDF is</a>' in wacht
    assert "Ververs" not in wacht, "dat doet het paneel zelf"
    assert 'data-gemeld=""' in wacht
    assert "in de rij" in wacht
    bezig = PdfOpdracht.objects.claim(opdracht.pk)
    assert bezig is not None
    bezig.meld_voortgang(40)
    assert 'value="40"' in toon(PdfOpdracht.objects.get())
    bezig.rond_af(b"%PDF")
    klaar = toon(PdfOpdracht.objects.get())
    assert 'href="/download/"' in klaar
    assert '<a id="pdf-link" ' in klaar
    assert 'data-gemeld="De PDF is klaar."' in klaar, "wie het niet ziet verschijnen hoort het"
    assert "hx-get" not in klaar
    nieuw = vraag("<p>anders</p>")
    poging = PdfOpdracht.objects.claim(nieuw.pk)
    assert poging is not None
    poging.mislukt("Het <duurde> te lang.")
    mis = toon(PdfOpdracht.objects.get(pk=nieuw.pk))
    assert "Het &lt;duurde&gt; te lang." in mis
    assert 'action="/opnieuw/"' in mis
    assert "download de vorige PDF" in mis


@pytest.mark.django_db
def test_het_paneel_is_los_of_een_bladzijde_en_nooit_bewaard(gewekt: list[int], rf: RequestFactory) -> None:
    from django.contrib.auth.models import AnonymousUser

    opdracht = vraag()
    for htmx in (True, False):
        verzoek = rf.get("/stand/")
        verzoek.htmx = htmx  # type: ignore[attr-defined]
        verzoek.user = AnonymousUser()
        antwoord = paneel(verzoek, gegevens(opdracht, **ADRESSEN))
        antwoord.render()  # type: ignore[attr-defined]
        assert antwoord["Cache-Control"] == "private, no-store"
        assert (b"<html" in antwoord.content) is not htmx
        assert b'id="pdf-stand"' in antwoord.content
        assert (b'http-equiv="refresh"' in antwoord.content) is not htmx, "zonder script ververst de bladzijde zichzelf"


def test_wie_lang_stilstaat_vindt_geen_berg_wenken(monkeypatch: pytest.MonkeyPatch) -> None:
    """De klok wekt elke minuut wat wacht; een wenk is na tien minuten niets meer waard, want de rij zegt wat er is."""
    geldig: list[int | None] = []
    monkeypatch.setattr(tasks.maak_pdf, "apply_async", lambda args, **hoe: geldig.append(hoe.get("expires")))
    monkeypatch.setattr("publicatie.tasks.current_app.send_task", lambda *a, **hoe: geldig.append(hoe.get("expires")))
    monkeypatch.setattr(publiek.maak_adviespdf, "apply_async", lambda args, **hoe: geldig.append(hoe.get("expires")))
    monkeypatch.setattr(publiek.maak_archiefpdf, "apply_async", lambda args, **hoe: geldig.append(hoe.get("expires")))
    tasks.geef_door(1)
    scans.wenk(1)
    publiek.wenk("adv-1")
    publiek.wenk("adv-1", archief=True)
    assert geldig == [600] * 4
