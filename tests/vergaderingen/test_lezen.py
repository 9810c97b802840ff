"""Wat een lid, een ander en een buitenstaander van een vergadering lezen."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from berichten.models import Bericht
from kern.tijd import nu, vandaag
from tests.vergaderingen.conftest import Wereld, pad, tekst
from toegang.enums import Rol
from toegang.models import Gebruiker
from vergaderingen import actions
from vergaderingen.enums import Orgaan, Status
from vergaderingen.models import Vergadering

OVER = timedelta(days=30)


@pytest.fixture(autouse=True)
def _zonder_tweede_factor(settings: Any) -> None:
    settings.VOORBEELD = True


def test_zonder_recht_geen_daden_maar_wel_lezen(wereld: Wereld, maak_gebruiker: Callable[..., Gebruiker]) -> None:
    rij = wereld.opgeroepen()
    client = Client()
    client.force_login(maak_gebruiker("", Rol.COMMUNICATIE))
    bladzijde = tekst(client.get(pad("vergadering", rij.pk)))
    assert "Gelast af" not in bladzijde
    assert "Voeg een agendapunt toe" not in bladzijde
    assert client.post(pad("gelast-af", rij.pk), {"reden": "x"}).status_code == 403
    assert Vergadering.objects.get().status == Status.OPGEROEPEN
    assert "presentielijst" in tekst(client.get(pad("presentie", rij.pk))).lower()


def test_wat_niet_bestaat_en_wat_niet_mag_geven_dezelfde_404(
    wereld: Wereld, maak_gebruiker: Callable[..., Gebruiker]
) -> None:
    besloten = wereld.plan(vandaag() + OVER, Orgaan.DAGELIJKS_BESTUUR)
    client = Client()
    client.force_login(maak_gebruiker())
    verborgen = client.get(f"/lezen/vergaderingen/{besloten.pk}/")
    nergens = client.get("/lezen/vergaderingen/999999/")
    assert (verborgen.status_code, nergens.status_code) == (404, 404)
    assert verborgen.content == nergens.content
    assert client.get(pad("vergadering", besloten.pk)).status_code == 404


def test_lezen_toont_agenda_eigen_presentie_en_lijst(wereld_met_accounts: Wereld) -> None:
    wereld = wereld_met_accounts
    rij = wereld.geopend(vandaag() - timedelta(days=20))
    actions.leg_besluit_vast(agendapunt=rij.agendapunten.get(), tekst="Vastgesteld.", door=wereld.door)
    actions.sluit_vergadering(vergadering=rij, versie=None, door=wereld.door)
    wereld.plan(vandaag() + OVER)
    client = Client()
    client.force_login(wereld.leden["O1"].gebruiker)
    bladzijde = tekst(client.get(f"/lezen/vergaderingen/{rij.pk}/"))
    assert "Vastgesteld." in bladzijde
    assert "10 van 10 leden" in bladzijde
    assert "U was" in bladzijde
    lijst = tekst(client.get("/lezen/vergaderingen/"))
    assert lijst.count("Raadsvergadering") == 2
    client.force_login(wereld.door)
    assert "Naar het werkscherm" in tekst(client.get(f"/lezen/vergaderingen/{rij.pk}/"))


def test_de_besluitenlijst_is_er_meteen_en_gaat_bij_sluiting_naar_de_kring(
    wereld_met_accounts: Wereld, client: Client, maak_gebruiker: Callable[..., Gebruiker]
) -> None:
    wereld = wereld_met_accounts
    rij = wereld.geopend()
    punt = rij.agendapunten.get()
    geheim = wereld.punt(rij, "Over een persoon", vertrouwelijk=True)
    actions.leg_besluit_vast(agendapunt=punt, tekst="Het advies is vastgesteld.", door=wereld.door)
    actions.leg_besluit_vast(agendapunt=geheim, tekst="Geheim besluit.", door=wereld.door)
    adres = reverse("vergaderingen_lezen:besluiten", args=[rij.pk])
    Vergadering.objects.filter(pk=rij.pk).update(agenda_vanaf=nu() - timedelta(hours=1))
    client.force_login(wereld.leden["O1"].gebruiker)
    blad = client.get(adres).content.decode()
    assert "Het advies is vastgesteld." in blad
    assert "De vergadering loopt nog" in blad
    assert "Geheim besluit." in blad
    client.force_login(maak_gebruiker("Vreemde (voorbeeld)"))
    buiten = client.get(adres).content.decode()
    assert "Het advies is vastgesteld." in buiten
    assert "Geheim" not in buiten
    actions.sluit_vergadering(vergadering=rij, versie=None, door=wereld.door)
    berichten = Bericht.objects.filter(onderwerp__startswith="Besluitenlijst: Raadsvergadering")
    assert berichten.count() == 20
    assert {b.pad for b in berichten} == {adres}
    assert (
        client.get(reverse("vergaderingen_lezen:besluiten", args=[wereld.plan(vandaag() + OVER).pk])).status_code == 404
    )


def test_in_de_tien_minuten_zegt_het_leesscherm_dat_de_agenda_komt(wereld_met_accounts: Wereld, client: Client) -> None:
    """Er stond "u ziet de agenda zodra de leden zijn opgeroepen", bij een vergadering die opgeroepen was."""
    rij = wereld_met_accounts.plan(vandaag() + OVER)
    wereld_met_accounts.punt(rij)
    actions.roep_op(vergadering=rij, versie=None, door=wereld_met_accounts.door)
    client.force_login(wereld_met_accounts.leden["O1"].gebruiker)
    blad = tekst(client.get(reverse("vergaderingen_lezen:vergadering", args=[rij.pk])))
    assert "De agenda komt eraan" in blad
    assert "zodra de leden" not in blad
