"""Terug en opzij: wat vooruit ging, kan met een reden terug, en een vergissing tien minuten lang ongedaan."""

import pytest
from playwright.sync_api import expect

from adviezen.models import Adviestraject
from inrichting.voorbeeld_loods import Loods
from tests.reis.basis import TITEL
from tests.reis.stappen import Reis

pytestmark = pytest.mark.browser
TEKST = "<h2>Samenvatting</h2><p>Het kan eenvoudiger (voorbeeld).</p>"


@pytest.fixture
def bij_de_commissie(loods: Loods, reis: Reis) -> Adviestraject:
    """Een traject in stap 3, met een witte versie; de weg daarheen loopt de andere reis."""
    vrager = loods.vrager("Minister van Reizen", "minister")
    traject = loods.aanvraag(
        TITEL, "Kan het eenvoudiger?", dagen=-60, vragers=[vrager], termijn=90, secretaris=loods.staf.secretaris
    )
    traject = loods.leg_voor(traject, -50)
    traject = loods.wijs_toe(traject, "grensarbeid", dagen=-40)
    loods.concept(traject, TEKST, dagen=-20)
    loods.wit(traject, "grensarbeid", dagen=-10)
    reis.traject = f"/werk/trajecten/{traject.slug}/"
    return traject


def test_een_start_herroepen_en_later_terugtrekken(bij_de_commissie: Adviestraject, reis: Reis) -> None:
    reis.bereid_beraad_voor()
    reis.start_beraad()
    # binnen tien minuten: er is niets uitgegaan en niets openbaar geworden
    reis.handel(reis.secretaris, "Herroep de start van het achterbanberaad", reden="De termijn was te kort.")
    reis.tien_minuten_later()
    reis.secretaris.ziet("Start achterbanberaad", "De termijn was te kort.")
    ontwerp = f"/trajecten/{bij_de_commissie.slug}/ontwerpadvies/"
    assert reis.publiek.context.request.get(ontwerp).status == 404
    # opnieuw, en nu gaat het uit
    reis.start_beraad()
    reis.tien_minuten_later()
    reis.publiek.ga(ontwerp)
    reis.publiek.ziet("ONTWERP", "Het kan eenvoudiger (voorbeeld).")
    reis.op_traject(reis.secretaris)
    knop = reis.secretaris.blad.get_by_role("link", name="Herroep de start van het achterbanberaad")
    expect(knop).to_have_count(0)
    # terug naar concept kan altijd nog, met een reden die alleen binnen te lezen is
    reis.handel(reis.secretaris, "Trek terug naar concept", reden="Er kwam een nieuw onderzoek.")
    reis.secretaris.ziet("Er kwam een nieuw onderzoek.")
    reis.publiek.ga(f"/trajecten/{bij_de_commissie.slug}/")
    reis.publiek.ziet_niet("Er kwam een nieuw onderzoek.")
    coordinator = reis.mensen("coordinator-fnv")
    coordinator.ga("/organisatie/")
    coordinator.ziet("Niets te doen")


def test_van_de_raad_terug_naar_de_commissie(loods: Loods, bij_de_commissie: Adviestraject, reis: Reis) -> None:
    traject = loods.start_beraad(bij_de_commissie, dagen=-9, uiterlijk=5)
    traject = loods.sluit_beraad(traject, dagen=-5)
    loods.verwerk(traject, "grensarbeid", ["overgenomen"], dagen=-3)
    loods.groen(traject, "grensarbeid", dagen=-3)
    reis.stuur_naar_raad()
    reis.handel(reis.secretaris, "Herroep de verzending naar de raad", reden="De verkeerde tekst.")
    reis.stuur_naar_raad()
    reis.tien_minuten_later()
    reis.handel(reis.raadssecretaris, "Haal terug naar de commissie", reden="De kosten ontbreken nog.")
    reis.secretaris.ga(reis.traject)
    reis.secretaris.ziet("De kosten ontbreken nog.", "Stuur naar de raad")
    # een nieuwe ronde begint met een nieuwe witte versie; de knop zegt wat er nog ontbreekt
    reis.secretaris.klik_link("Achterbanberaad voorbereiden")
    reis.secretaris.ziet("Achterbanberaad voorbereiden")
