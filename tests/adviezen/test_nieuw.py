"""Nieuw sinds ik keek: alleen van de lezer zelf, in elke leesbeurt opnieuw, en voor niemand anders te zien."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from adviezen.actions import lezen, opmerkingen
from adviezen.enums import Kring, Stap
from adviezen.models import Leesstand, Opmerking, VoorlopigStandpunt
from adviezen.queries.lezen import bladzijde
from adviezen.queries.nieuw import LEESBEURT
from kern.blokken import blokken
from logboek.models import Gebeurtenis
from tests.adviezen import bouw
from tests.adviezen.hulp import versiepad as pad

pytestmark = pytest.mark.django_db


def begin(wereld):
    return bouw.traject_op(Stap.CONCEPT, wereld)


@pytest.fixture
def versie(cast):
    return bouw.versie(cast)


def merk_op(versie, door, tekst, **kw):
    return opmerkingen.plaats_opmerking(versie=versie, tekst=tekst, kring=Kring.COMMISSIE, door=door, **kw)


@contextmanager
def over(**tijd):
    """Laat het zoveel later zijn."""
    with time_machine.travel(datetime.now(UTC) + timedelta(**tijd), tick=True):
        yield


def kijk(versie, lezer):
    lezen.onthoud_gelezen(versie=versie, door=lezer)
    return bladzijde(versie, lezer)


def test_wie_voor_het_eerst_leest_krijgt_geen_band(als, cast, versie):
    merk_op(versie, cast.secretaris, "Al geschreven.")
    html = als(cast.wereld.account("FNV 2")).get(pad(versie)).content.decode()
    assert "Nieuw sinds" not in html
    assert "Niets nieuws" not in html


def test_wat_er_bij_kwam_antwoordde_en_werd_afgedaan_staat_in_de_band(als, cast, versie):
    lid, ander = cast.wereld.account("FNV 2"), cast.wereld.account("CNV 1")
    blok = blokken(versie.html)[1].id
    een, twee = merk_op(versie, lid, "Vraag een.", blok=blok), merk_op(versie, lid, "Vraag twee.")
    kijk(versie, lid)
    anders = merk_op(versie, ander, "Van een ander.", blok=blok)
    opmerkingen.plaats_opmerking(versie=versie, tekst="Antwoord.", kring="", antwoord_op=een, door=cast.secretaris)
    opmerkingen.doe_opmerking_af(opmerking=twee, afdoening="Gedaan.", door=cast.secretaris)
    merk_op(versie, lid, "Van mijzelf, dus niet nieuw.")
    opmerkingen.plaats_opmerking(versie=versie, tekst="Privé.", kring=Kring.PRIVE, door=ander)
    with over(hours=1):
        _band_toont(als, versie, lid, anders, een, twee)
    with over(hours=2):
        assert "Niets nieuws sinds" in als(lid).get(pad(versie)).content.decode()


def _band_toont(als, versie, lid, anders, een, twee):
    nieuw = kijk(versie, lid)["nieuw"]
    assert (nieuw.opmerkingen, nieuw.antwoorden, nieuw.afdoeningen) == ((anders.pk,), (een.pk,), (twee.pk,))
    html = als(lid).get(pad(versie)).content.decode()
    for stuk in ("Nieuw sinds", "1 opmerking<", "1 antwoord aan u", "1 van uw opmerkingen afgedaan"):
        assert stuk in html
    assert f'href="#opmerking-{anders.pk}"' in html
    assert html.count(">nieuw</span>") == 3
    # Verversen tijdens het lezen laat de markeringen staan; een volgende leesbeurt niet.
    assert kijk(versie, lid)["nieuw"].aantal == 3
    alleen = als(lid).get(pad(versie), {"nieuw": "1"}).content.decode()
    assert "Van een ander." in alleen
    assert "Van mijzelf" not in alleen


def test_klaar_is_alles_gezien(cast, versie):
    lid = cast.wereld.account("FNV 2")
    kijk(versie, lid)
    merk_op(versie, cast.secretaris, "Erbij.")
    with over(hours=1):
        assert kijk(versie, lid)["nieuw"].aantal == 1
        lezen.onthoud_gelezen(versie=versie, door=lid, klaar=True)
        assert bladzijde(versie, lid)["nieuw"].aantal == 0


def test_een_nieuwe_versie_is_nieuwe_tekst_en_haar_opmerkingen_zijn_nieuw(cast, versie):
    lid = cast.wereld.account("FNV 2")
    kijk(versie, lid)
    oud = merk_op(versie, cast.secretaris, "Bij concept 1, na mijn blik.")
    twee = bouw.versie(cast, html=bouw.TEKST.replace("eenvoudiger", "veel eenvoudiger"))
    nieuw = merk_op(twee, cast.secretaris, "Bij concept 2.")
    with over(hours=1):
        gezien = kijk(twee, lid)
        assert gezien["nieuw_in_tekst"] == 1
        assert set(gezien["nieuw"].opmerkingen) == {oud.pk, nieuw.pk}
    # Wie concept 2 zag, zag ook wat er van concept 1 nog open stond.
    with over(hours=2):
        assert kijk(twee, lid)["nieuw_in_tekst"] == 0
        assert kijk(versie, lid)["nieuw"].aantal == 0


def test_de_leesbeurt_is_een_half_uur(cast, versie):
    lid = cast.wereld.account("FNV 2")
    stand = lezen.onthoud_gelezen(versie=versie, door=lid)
    assert stand.vorige_op is None
    with over(minutes=29):
        stand = lezen.onthoud_gelezen(versie=versie, door=lid)
        assert stand.vorige_op is None
    with over(minutes=60):
        assert lezen.onthoud_gelezen(versie=versie, door=lid).vorige_op == stand.gezien_op
    assert timedelta(minutes=30) == LEESBEURT


@pytest.mark.parametrize("later", [0, 1])
def test_een_microseconde_na_de_blik_is_nieuw_en_op_de_blik_zelf_niet(cast, versie, later):
    lid = cast.wereld.account("FNV 2")
    kijk(versie, lid)
    o = merk_op(versie, cast.secretaris, "Op de grens.")
    o.refresh_from_db()
    blik = o.aangemaakt_op - timedelta(microseconds=later)
    Leesstand.objects.filter(versie=versie, gebruiker=lid).update(gezien_op=blik)
    with over(hours=1):
        assert bladzijde(versie, lid)["nieuw"].opmerkingen == ((o.pk,) if later else ())


def test_niemand_ziet_de_blik_van_een_ander(cast, versie):
    """Geen beheerscherm, geen uitvoer, geen logboek; en twee lezers op één versie delen niets."""
    lid, ander = cast.wereld.account("FNV 2"), cast.wereld.account("CNV 1")
    kijk(versie, lid)
    voor = Gebeurtenis.objects.count()
    merk_op(versie, cast.secretaris, "Erbij.")
    with over(hours=1):
        assert kijk(versie, lid)["nieuw"].aantal == 1
    assert bladzijde(versie, ander)["nieuw"].sinds is None
    assert bladzijde(versie, cast.secretaris)["stand"] is None
    lezen.onthoud_gelezen(versie=versie, door=lid, klaar=True)
    assert Gebeurtenis.objects.count() == voor + 1  # alleen de opmerking zelf
    for model in (Leesstand, VoorlopigStandpunt):
        assert model not in admin.site._registry
    assert not hasattr(Leesstand.objects, "zichtbaar_voor")


def test_het_beginscherm_zegt_wat_er_nieuw_is_en_als_wat_men_leest(als, cast, versie):
    lid = cast.wereld.account("FNV 2")
    client = als(lid)
    assert "u leest als lid van de commissie" in client.get("/lezen/").content.decode()
    kijk(versie, lid)
    vraag = merk_op(versie, lid, "Vraag.")
    assert "nieuw</span>" not in client.get("/lezen/").content.decode()
    merk_op(versie, cast.secretaris, "Erbij.")
    opmerkingen.plaats_opmerking(versie=versie, tekst="Antwoord.", kring="", antwoord_op=vraag, door=cast.secretaris)
    html = client.get("/lezen/").content.decode()
    assert "2 nieuw</span>" in html
    assert "1 opmerking · 1 antwoord aan u" in html
    with CaptureQueriesContext(connection) as weinig:
        client.get("/lezen/")
    for n in range(30):
        merk_op(versie, cast.secretaris, f"Nog een: {n}.")
    with CaptureQueriesContext(connection) as veel:
        assert "32 nieuw</span>" in client.get("/lezen/").content.decode()
    assert len(weinig) == len(veel)
    client.get(pad(versie))
    assert "nieuw</span>" not in client.get("/lezen/").content.decode()
    bouw.versie(cast, html=bouw.TEKST + "<p>Erbij.</p>")
    assert "nieuwe tekst</span>" in client.get("/lezen/").content.decode()


def test_tienduizend_opmerkingen_kosten_evenveel_zoekvragen_en_staan_achter_een_link(als, cast, versie):
    """Hier met driehonderd; `./portal bench werk` meet het met tienduizend."""
    lid, blok = cast.wereld.account("FNV 2"), blokken(versie.html)[1].id
    client, tellingen = als(lid), []
    for aantal in (3, 300):
        Opmerking.objects.bulk_create(
            Opmerking(
                versie=versie, blok=blok, tekst=f"Nummer {n}.", kring=Kring.COMMISSIE, auteur=lid, auteur_naam="x"
            )
            for n in range(aantal)
        )
        client.get(pad(versie))
        with CaptureQueriesContext(connection) as gevangen:
            html = client.get(pad(versie)).content.decode()
        tellingen.append(len(gevangen))
    assert tellingen[0] == tellingen[1]
    # De kaarten komen in één vraag, en niet bij elke opmerking de hele tekst nog eens.
    vragen = [v["sql"].partition(" FROM ")[0] for v in gevangen if 'FROM "adviezen_opmerking"' in v["sql"]]
    assert len([kolommen for kolommen in vragen if '"adviezen_opmerking"."tekst"' in kolommen]) == 1
    assert not any('"html"' in kolommen for kolommen in vragen)
    assert "Nog 297 opmerkingen" in html
    alles = reverse("lezen:alinea", kwargs={"pk": versie.pk, "waar": blok})
    assert alles in html
    bladzijde = client.get(alles, {"p": "12"}).content.decode()
    assert bladzijde.count('class="opmerking ') == 25
    assert "303 opmerkingen" in bladzijde
    assert client.get(reverse("lezen:alinea", kwargs={"pk": versie.pk, "waar": "bbestaatniet"})).status_code == 404
