"""Voorlopige standpunten: voor eigen ogen tenzij gedeeld, nooit geteld, en eerdere blijven."""

import pytest
from django.db import IntegrityError, InternalError, transaction

from adviezen.actions.lezen import geef_voorlopig_standpunt
from adviezen.enums import Deling, Stap, Voorlopig
from adviezen.models import Steun, VoorlopigStandpunt
from kern.fouten import GeenToegang, InvoerFout
from logboek.models import Gebeurtenis
from tests.adviezen import bouw
from tests.adviezen.hulp import versiepad as pad

pytestmark = pytest.mark.django_db


def begin(wereld):
    return bouw.traject_op(Stap.CONCEPT, wereld)


@pytest.fixture
def versie(cast):
    return bouw.versie(cast)


def vind(versie, door, keuze=Voorlopig.EENS, **kw):
    return geef_voorlopig_standpunt(versie=versie, keuze=keuze, door=door, **kw)


def test_op_een_nieuwe_versie_staat_wat_men_eerder_vond(als, cast, versie):
    lid = cast.wereld.account("FNV 2")
    client = als(lid)
    antwoord = client.post(pad(versie, "voorlopig"), {"keuze": "eens", "tekst": "", "gedeeld_met": "niemand"})
    assert antwoord.url == f"{pad(versie)}#voorlopig"
    client.post(pad(versie, "voorlopig"), {"keuze": "afwijkend", "tekst": "Te ruim.", "gedeeld_met": "niemand"})
    nieuw = bouw.versie(cast, html=bouw.TEKST + "<p>Erbij.</p>")
    html = client.get(pad(nieuw)).content.decode()
    assert "Op concept 1 was u: afwijkend standpunt – Te ruim." in html
    assert "Op concept 1 was u: eens" in html
    assert "U bent nu: <strong>afwijkend standpunt</strong>" in client.get(pad(versie)).content.decode()
    assert not Steun.objects.exists()


def test_niemand_ziet_het_tenzij_gedeeld_en_dan_alleen_het_laatste(als, cast, versie):
    lid, wereld = cast.wereld.account("FNV 2"), cast.wereld
    anderen = {
        "commissie": wereld.account("VNO-NCW 2"),
        "secretaris": cast.secretaris,
        "ministerie": wereld.raad.ministerieel.gebruiker,
        "beheerder": wereld.beheerder,
        "buiten": wereld.account("FNV 8"),
    }

    def zien():
        return {n for n, w in anderen.items() if VoorlopigStandpunt.objects.zichtbaar_voor(w).exists()}

    vind(versie, lid)
    assert zien() == set()
    voor = Gebeurtenis.objects.count()
    vind(versie, lid, Voorlopig.AFWIJKEND, tekst="kanarie-a", gedeeld_met=Deling.SECRETARIAAT)
    assert zien() == {"secretaris"}
    assert Gebeurtenis.objects.count() == voor + 1
    assert "kanarie-a" in als(cast.secretaris).get(pad(versie)).content.decode()
    vind(versie, lid, Voorlopig.EENS_MET_OPMERKING, tekst="kanarie-b", gedeeld_met=Deling.COMMISSIE)
    assert zien() == {"commissie", "secretaris"}
    html = als(anderen["commissie"]).get(pad(versie)).content.decode()
    assert "kanarie-b" in html
    assert "kanarie-a" not in html
    # Terugtrekken is iets nieuws voor zichzelf houden.
    vind(versie, lid, Voorlopig.BLANCO)
    assert zien() == set()
    assert VoorlopigStandpunt.objects.zichtbaar_voor(lid).count() == 4


@pytest.mark.parametrize(
    ("gegevens", "veld"),
    [
        ({"keuze": ""}, "keuze"),
        ({"keuze": "ja"}, "keuze"),
        ({"keuze": "afwijkend"}, "tekst"),
        ({"gedeeld_met": "iedereen"}, "gedeeld_met"),
    ],
)
def test_wat_niet_kan_zegt_waarom_en_houdt_wat_getypt_is(als, cast, versie, gegevens, veld):
    invoer = {"keuze": "eens", "tekst": "", "gedeeld_met": "niemand"} | gegevens
    antwoord = als(cast.wereld.account("FNV 2")).post(pad(versie, "voorlopig"), invoer)
    assert antwoord.status_code == 422
    assert veld in antwoord.context["form"].errors
    assert not VoorlopigStandpunt.objects.exists()


def test_delen_met_een_commissie_waar_men_niet_in_zit_kan_niet(cast, versie):
    ministerie = cast.wereld.raad.ministerieel.gebruiker
    with pytest.raises(InvoerFout, match="niet in deze commissie"):
        vind(versie, ministerie, gedeeld_met=Deling.COMMISSIE)
    for wie in (cast.wereld.account("FNV 8"), cast.wereld.beheerder):
        with pytest.raises(GeenToegang):
            vind(versie, wie)


def test_twee_keer_klikken_is_een_keer_en_niets_verandert_of_verdwijnt(als, cast, versie):
    lid = cast.wereld.account("FNV 2")
    een = vind(versie, lid)
    assert vind(versie, lid).pk == een.pk
    for daad in (lambda: VoorlopigStandpunt.objects.update(keuze="blanco"), een.delete):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            daad()
    bouw.eindig(cast, "trek_in")
    versie.traject.refresh_from_db()
    with pytest.raises(InvoerFout, match="afgerond"):
        vind(versie, lid, Voorlopig.BLANCO)


def test_het_secretariaat_heeft_er_geen(als, cast, versie):
    assert als(cast.secretaris).get(pad(versie, "voorlopig")).status_code == 404
    assert "Wat u voorlopig vindt" not in als(cast.secretaris).get(pad(versie)).content.decode()
