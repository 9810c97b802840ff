"""Lopend werk voor het publiek: openbare woorden, tien minuten later, en nooit meer dan openbaar mag zijn."""

import re
from datetime import datetime, timedelta

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from adviezen.enums import PUBLIEKE_NAAM, Stap
from kern.tijd import AMSTERDAM
from publicatie.actions import publiceer
from tests.adviezen import bouw
from tests.browser import axe, bladzijden, loopt_over
from tests.hulp import zonder_bewaking
from tests.publiek.wereld import publiceer_advies
from vergaderingen.models import Vergadering

pytestmark = pytest.mark.django_db


def tien_minuten_later() -> None:
    """Zet elke gezette stap terug in de tijd; de klok van de database is niet te verzetten."""
    with zonder_bewaking() as cursor:
        cursor.execute("UPDATE adviezen_stapgang SET op = op - interval '11 minutes'")


def test_elke_stand_in_openbare_woorden(client: Client) -> None:
    wereld = bouw.maak_wereld()
    casts = {stap: bouw.traject_op(stap, wereld, titel=f"Proef {stap}") for stap in (str(s) for s in Stap)}
    assert "Proef" not in client.get("/trajecten/").content.decode(), "binnen tien minuten nog te herroepen"
    tien_minuten_later()
    with CaptureQueriesContext(connections["publiek"]) as vragen:
        lijst = client.get("/trajecten/").content.decode()
    assert len([v for v in vragen if "stapgang" in v["sql"]]) == 1, "niet één keer per lopend traject"
    for stap, cast in casts.items():
        assert f"Proef {stap}" in lijst, stap
        tekst = client.get(f"/trajecten/{cast.traject.slug}/").content.decode()
        stand = PUBLIEKE_NAAM["aanbieding" if stap == Stap.AANGEBODEN else stap]
        assert f"{stand.capitalize()} sinds" in tekst, stap
        assert "VOORBEELD" in tekst or not cast.traject.voorbeeld
        for geheim in (cast.traject.secretaris.naam, cast.traject.einde_reden, cast.traject.scope):
            assert not geheim or geheim not in tekst, f"{stap}: {geheim}"


def test_uitgebracht_pas_als_het_advies_openbaar_is(client: Client) -> None:
    cast = bouw.traject_op(Stap.AANGEBODEN, bouw.maak_wereld())
    tien_minuten_later()
    adres = f"/trajecten/{cast.traject.slug}/"
    assert "Uitgebracht" not in client.get(adres).content.decode()
    publiceer_advies(f"t-{cast.traject.pk}", "Het advies zelf", jaar=2026, nummer="V26/09", voorbeeld=True)
    tekst = client.get(adres).content.decode()
    assert "Uitgebracht sinds" in tekst
    assert "/adviezen/2026/v09/" in tekst


def test_ontwerp_draagt_de_balk_en_staat_niet_in_zoekmachines(client: Client) -> None:
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, bouw.maak_wereld())
    tien_minuten_later()
    adres = f"/trajecten/{cast.traject.slug}/ontwerpadvies/"
    assert client.get(adres).status_code == 404
    velden = {
        "soort": "ontwerpadvies",
        "sleutel": f"ontwerpadvies:t-{cast.traject.pk}",
        "titel": "Ontwerp",
        "door": None,
    }
    html = '<h2 data-blok="o1">Inleiding</h2><p data-blok="o2">Een <em>ontwerp</em></p>'
    publiceer(**velden, html=html, vanaf=timezone.now() + timedelta(hours=1))
    assert client.get(adres).status_code == 404
    publiceer(**velden, html=html, vanaf=timezone.now())
    tekst = client.get(adres).content.decode()
    assert "ONTWERP" in tekst
    assert "noindex" in tekst
    assert 'href="#p-' in tekst
    assert f'href="{adres}"' in client.get(f"/trajecten/{cast.traject.slug}/").content.decode()
    assert client.get(adres.replace("ontwerpadvies", "notitie")).status_code == 404
    # Vlak na middernacht is het in UTC nog gisteren; het verhaal en de lijst noemen dezelfde Amsterdamse dag.
    moment = datetime(2026, 11, 11, 0, 30, tzinfo=AMSTERDAM)
    velden |= {"soort": "adviesaanvraag", "sleutel": f"adviesaanvraag:t-{cast.traject.pk}"}
    publiceer(**velden, html=html, vanaf=moment)
    verhaal = client.get(f"/trajecten/{cast.traject.slug}/").content.decode()
    assert verhaal.count("wo 11 november 2026") == 2
    assert "di 10 november 2026" not in verhaal


def test_het_verhaal_van_een_advies_wijst_naar_de_vraag_het_ontwerp_en_de_vergadering(client: Client) -> None:
    """Wie het advies leest, komt met één klik bij de brief, de tekst van toen en de raad die hem vaststelde."""
    cast = bouw.traject_op(Stap.AANGEBODEN, bouw.maak_wereld())
    tien_minuten_later()
    slug, k = cast.traject.slug, f"t-{cast.traject.pk}"
    for soort in ("adviesaanvraag", "ontwerpadvies"):
        publiceer(
            soort=soort, sleutel=f"{soort}:{k}", titel=f"Proef {soort}", html="<p>Tekst</p>", vanaf=timezone.now(),
            metadata={"versie": "ontwerpadvies (raad)"}, door=None, voorbeeld=True,
        )  # fmt: skip
    zitting = Vergadering.objects.filter(orgaan="raad", datum=cast.traject.vastgesteld_op).order_by("begin", "pk")[0]
    velden = {"traject": slug, "adviesvragers": ["de minister"], "aanvraagdatum_tekst": "juni 2026"}
    feit = {"datum": str(cast.traject.vastgesteld_op), "datum_precisie": "dag", "datum_soort": "vaststelling"}
    publiceer_advies(k, "Het advies zelf", jaar=2026, nummer="V26/09", voorbeeld=True, **velden, **feit)
    tekst = client.get("/adviezen/2026/v09/").content.decode()
    for adres, naam in (
        (f"/trajecten/{slug}/adviesaanvraag/", "Proef adviesaanvraag"),
        (f"/trajecten/{slug}/ontwerpadvies/", "Proef ontwerpadvies"),
        (f"/vergaderingen/{zitting.slug}/", "De raadsvergadering"),
    ):
        assert f'href="{adres}"' in tekst
        assert naam in tekst
        assert client.get(adres).status_code == 200
    assert "Ontwerpadvies (raad) openbaar" in tekst
    ontwerp = client.get(f"/trajecten/{slug}/ontwerpadvies/").content.decode()
    assert f'href="/trajecten/{slug}/"' in ontwerp.partition("Gegevens</h2>")[2]
    assert re.search(
        rf"Sociaal-Economische Raad\. \(\d{{4}}, .+\)\. Proef ontwerpadvies\. .+/{slug}/ontwerpadvies/<", ontwerp
    )
    publiceer_advies(
        k, "Het advies zelf", jaar=2026, nummer="V26/09", voorbeeld=True, rechtstreeks="machtiging", **velden, **feit
    )
    tekst = client.get("/adviezen/2026/v09/").content.decode()
    assert "De raadsvergadering" not in tekst
    assert "Namens de raad" in tekst


def test_de_agenda_wijst_naar_het_ontwerpadvies(client: Client) -> None:
    """Bij "VR/5" op de agenda stond niet waar men het stuk leest, ook al was het openbaar."""
    cast = bouw.traject_op(Stap.AANGEBODEN, bouw.maak_wereld())
    tien_minuten_later()
    traject = cast.traject
    zitting = Vergadering.objects.filter(orgaan="raad", datum=traject.vastgesteld_op).order_by("begin", "pk")[0]
    nummer = zitting.agendapunten.get(stuknummer__isnull=False).stuknummer
    bladzijde = client.get(f"/vergaderingen/{zitting.slug}/").content.decode()
    assert (nummer in bladzijde, "Lees het ontwerpadvies" in bladzijde) == (True, False), "nog niet openbaar"
    publiceer(
        soort="ontwerpadvies", sleutel=f"ontwerpadvies:t-{traject.pk}", titel="Proef", html="<p>Tekst</p>",
        metadata={"traject": traject.pk, "stuknummer": nummer}, vanaf=timezone.now(), door=None, voorbeeld=True,
    )  # fmt: skip
    bladzijde = client.get(f"/vergaderingen/{zitting.slug}/").content.decode()
    assert f'<a href="/trajecten/{traject.slug}/ontwerpadvies/">Lees het ontwerpadvies' in bladzijde


@pytest.mark.browser
def test_de_lijst_van_trajecten_is_op_een_telefoon_te_overzien(client: Client) -> None:
    """Acht regels per traject maakte van vijftig trajecten een bladzijde van 26.000 pixels."""
    bouw.traject_op(Stap.CONCEPT, bouw.maak_wereld())
    tien_minuten_later()
    for breedte, hoogste in ((320, 260), (360, 260), (1280, 320)):
        with bladzijden({"/trajecten/": client.get("/trajecten/")}, viewport={"width": breedte, "height": 740}) as blad:
            blad.goto("/trajecten/")
            artikel = blad.locator("article.traject-kort").first
            doos = artikel.bounding_box()
            assert doos is not None
            assert doos["height"] < hoogste, breedte
            assert loopt_over(blad) == 0
            assert artikel.get_by_role("listitem").count() == 8
            assert "stap 3: nu bezig" in (artikel.text_content() or ""), "een schermlezer hoort ze alle acht"
            assert axe(blad) == []
