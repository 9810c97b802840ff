"""Het eigen agenda-abonnement: geheim adres, alleen de hash in de database, meteen in te trekken, geen onderwerpen."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from kern.tijd import vandaag
from logboek.models import Gebeurtenis
from raad.actions import leg_vertegenwoordiger_vast
from tests.vergaderingen.conftest import Wereld, maak_commissie
from toegang.actions import heropen_account, sluit_account
from vergaderingen import actions
from vergaderingen.enums import Orgaan
from vergaderingen.models import Agendasleutel

pytestmark = pytest.mark.django_db


def haal(sleutel: str) -> list[str]:
    antwoord = Client().get(reverse("eigen-agenda", args=[sleutel]))
    assert antwoord.status_code == 200
    assert antwoord["Cache-Control"] == "private, no-store"
    return [
        str(punt["SUMMARY"]).removeprefix("VOORBEELD: ") for punt in Calendar.from_ical(antwoord.content).walk("VEVENT")
    ]


def test_alleen_de_eigen_kringen_en_nooit_een_onderwerp(wereld_met_accounts: Wereld) -> None:
    wereld = wereld_met_accounts
    raad = wereld.plan(vandaag() + timedelta(days=20), plaats="Raadzaal")
    wereld.punt(raad, "Geheim concept over pensioenen")
    wereld.plan(vandaag() + timedelta(days=21), orgaan=Orgaan.COMMISSIE, commissie=maak_commissie(wereld))
    wereld.plan(vandaag() + timedelta(days=22), orgaan=Orgaan.KROONLEDENOVERLEG)
    lid = actions.maak_agendasleutel(door=wereld.leden["O1"].gebruiker)
    assert haal(lid) == ["Raadsvergadering", "Commissie Proef"]
    ander = actions.maak_agendasleutel(door=wereld.leden["W3"].gebruiker)
    assert haal(ander) == ["Raadsvergadering"]
    assert b"pensioenen" not in Client().get(reverse("eigen-agenda", args=[lid])).content
    actions.gelast_af(vergadering=raad, versie=None, reden="Geen stukken", door=wereld.door)
    assert haal(ander) == ["Raadsvergadering (afgelast)"]


def test_een_ministerie_heeft_de_openbare_raad_in_zijn_agenda(wereld_met_accounts: Wereld) -> None:
    """Het wordt voor die vergaderingen opgeroepen, en voor een besloten raad niet (Wet art. 28)."""
    wereld = wereld_met_accounts
    ministerie = wereld.plv["O1"]
    ministerie.benoemingen.update(tot=vandaag())
    leg_vertegenwoordiger_vast(persoon=ministerie, ministerie="Ministerie", van=vandaag(), door=None)
    wereld.plan(vandaag() + timedelta(days=20))
    wereld.plan(vandaag() + timedelta(days=21), openbaar=False, besloten_reden="Personen")
    wereld.plan(vandaag() + timedelta(days=22), orgaan=Orgaan.KROONLEDENOVERLEG)
    assert haal(actions.maak_agendasleutel(door=ministerie.gebruiker)) == ["Raadsvergadering"]


def test_intrekken_en_vernieuwen_gelden_meteen_en_de_sleutel_staat_nergens(wereld_met_accounts: Wereld) -> None:
    lid = wereld_met_accounts.leden["O1"].gebruiker
    eerste = actions.maak_agendasleutel(door=lid)
    assert eerste not in str(list(Agendasleutel.objects.values_list("hash", flat=True)))
    tweede = actions.maak_agendasleutel(door=lid)
    assert Client().get(reverse("eigen-agenda", args=[eerste])).status_code == 404
    assert haal(tweede) == []
    assert actions.trek_agendasleutel_in(door=lid)
    assert not actions.trek_agendasleutel_in(door=lid)
    assert Client().get(reverse("eigen-agenda", args=[tweede])).status_code == 404
    derde = actions.maak_agendasleutel(door=lid)
    lid.is_active = False
    lid.save()
    assert Client().get(reverse("eigen-agenda", args=[derde])).status_code == 404, "een dicht account krijgt niets"


def test_wie_zijn_wachtwoord_herstelt_sluit_ook_het_adres(wereld_met_accounts: Wereld, client: Client) -> None:
    """Herstellen doet wie een ander buiten wil sluiten; het adres gaf die ander nog jaren waar iemand vergadert."""
    cache.clear()
    lid = wereld_met_accounts.leden["O1"].gebruiker
    sleutel = actions.maak_agendasleutel(door=lid)
    EmailAddress.objects.get_or_create(user=lid, email=lid.email, defaults={"primary": True, "verified": True})
    client.post(reverse("account_reset_password"), {"email": lid.email})
    pad = re.search(r"https?://[^/]+(/\S+)", str(mail.outbox[-1].body))
    assert pad is not None
    formulier = client.get(pad[1], follow=True)
    nieuw = {"password1": "Een-heel-ander-woord-7", "password2": "Een-heel-ander-woord-7"}
    assert haal(sleutel) == [], "wie alleen vraagt, verandert niets"
    assert client.post(formulier.request["PATH_INFO"], nieuw).status_code == 302
    assert Client().get(reverse("eigen-agenda", args=[sleutel])).status_code == 404
    regel = Gebeurtenis.objects.get(soort="vergaderingen.trek_agendasleutel_in")
    assert (regel.actor_id, regel.reden) == (None, "Het wachtwoord is hersteld.")


def test_een_account_dat_weer_opengaat_opent_het_oude_adres_niet(wereld_met_accounts: Wereld) -> None:
    lid = wereld_met_accounts.leden["O1"].gebruiker
    sleutel = actions.maak_agendasleutel(door=lid)
    sluit_account(gebruiker=lid, reden="uit dienst")
    heropen_account(gebruiker=lid, reden="terug")
    assert Client().get(reverse("eigen-agenda", args=[sleutel])).status_code == 404
    assert haal(actions.maak_agendasleutel(door=lid)) == []


def test_het_adres_staat_een_keer_op_het_scherm(wereld_met_accounts: Wereld, client: Client) -> None:
    client.force_login(wereld_met_accounts.leden["O1"].gebruiker)
    adres = reverse("vergaderingen_lezen:abonnement")
    assert "nog geen adres" in client.get(adres).content.decode()
    gemaakt = client.post(adres).content.decode()
    assert "/agenda/" in gemaakt
    later = client.get(adres).content.decode()
    assert "U heeft een adres" in later
    assert ".ics" not in later
    client.post(adres, {"trek-in": "ja", "zeker": "ja"})
    assert not Agendasleutel.objects.filter(ingetrokken_op__isnull=True).exists()


def test_een_nieuw_adres_of_intrekken_wordt_eerst_gevraagd(wereld_met_accounts: Wereld, client: Client) -> None:
    """In één druk gold het adres op alle apparaten niet meer; verversen na het maken deed dat ook."""
    client.force_login(wereld_met_accounts.leden["O1"].gebruiker)
    pad = reverse("vergaderingen_lezen:abonnement")
    gemaakt = client.post(pad).content.decode()
    adres = gemaakt.partition("http://")[2].partition("<")[0]
    assert f'href="webcal://{adres}"' in gemaakt
    sleutel = adres.partition("/agenda/")[2].removesuffix(".ics")
    for daad, vraag in (({}, "Een nieuw adres maken?"), ({"trek-in": "ja"}, "Het adres intrekken?")):
        blad = client.post(pad, daad).content.decode()
        assert vraag in blad
        assert "op welk apparaat ook" in blad
        assert haal(sleutel) == [], "het oude adres geldt nog"
    client.post(pad, {"zeker": "ja"})
    assert Client().get(reverse("eigen-agenda", args=[sleutel])).status_code == 404


def test_intrekken_wat_er_niet_is_zegt_niet_dat_het_gelukt_is(wereld_met_accounts: Wereld, client: Client) -> None:
    client.force_login(wereld_met_accounts.leden["O1"].gebruiker)
    blad = client.post(reverse("vergaderingen_lezen:abonnement"), {"trek-in": "ja"}, follow=True).content.decode()
    assert "Het adres geldt niet meer" not in blad
    assert "nog geen adres" in blad


def test_een_vergadering_zonder_tijd_duurt_de_hele_dag(wereld_met_accounts: Wereld) -> None:
    wereld = wereld_met_accounts
    dag = vandaag() + timedelta(days=20)
    wereld.plan(dag, begin=None, eind=None)
    wereld.plan(dag + timedelta(days=1), eind=None)
    sleutel = actions.maak_agendasleutel(door=wereld.leden["O1"].gebruiker)
    inhoud = Client().get(reverse("eigen-agenda", args=[sleutel])).content
    heel, zonder_eind = Calendar.from_ical(inhoud).walk("VEVENT")
    assert (heel.decoded("dtstart"), heel.decoded("dtend")) == (dag, dag + timedelta(days=1))
    assert zonder_eind.decoded("dtend") - zonder_eind.decoded("dtstart") == timedelta(hours=2)
