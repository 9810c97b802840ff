"""De bladzijden van de commissies voor het secretariaat."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commissies.actions import benoem_commissielid, hef_op, stel_commissie_in
from commissies.models import Commissie, Commissielid
from raad.actions import registreer_persoon
from raad.enums import Geleding
from tests.raad.conftest import VAN, Raad
from toegang.models import Gebruiker


@pytest.fixture(autouse=True)
def _op_een_vaste_dag(settings: Any) -> object:
    settings.VOORBEELD = True  # zonder tweede factor
    with time_machine.travel("2026-11-20 12:00 +0100", tick=False):
        yield


@pytest.fixture
def commissie(db: None) -> Commissie:
    return stel_commissie_in(naam="Commissie Proef", soort="vast", ingesteld_op=VAN, taak="Proeven", door=None)


@pytest.fixture
def binnen(client: Client, secretaris: Gebruiker) -> Client:
    client.force_login(secretaris)
    return client


def tekst(client: Client, adres: str) -> str:
    antwoord = client.get(adres)
    assert antwoord.status_code == 200
    return antwoord.content.decode()


def vul(commissie: Commissie, aantal: int) -> None:
    for nummer in range(aantal):
        wie = registreer_persoon(naam=f"Lid {nummer}", door=None)
        benoem_commissielid(commissie=commissie, persoon=wie, rol="lid", geleding="kroonleden", van=VAN, door=None)


def test_lijst_en_filter(binnen: Client, commissie: Commissie) -> None:
    weg = stel_commissie_in(naam="Commissie Voorbij", soort="ad_hoc", ingesteld_op=VAN, door=None)
    hef_op(commissie=weg, per=date(2026, 6, 1), reden="Klaar", door=None)
    adres = reverse("commissies:lijst")
    assert "Commissie Proef" in tekst(binnen, adres)
    assert "Commissie Voorbij" not in tekst(binnen, adres)
    assert "opgeheven" in tekst(binnen, f"{adres}?ook_opgeheven=on&soort=ad_hoc")
    assert "Geen commissies gevonden" in tekst(binnen, f"{adres}?soort=art43")
    assert "Selecteer een geldige keuze" in tekst(binnen, f"{adres}?soort=clubje")


def test_vast_aantal_zoekvragen(binnen: Client, commissie: Commissie) -> None:
    def meet(adres: str) -> int:
        with CaptureQueriesContext(connection) as vragen:
            tekst(binnen, adres)
        return len(vragen)

    lijst, een = reverse("commissies:lijst"), reverse("commissies:commissie", args=[commissie.slug])
    vul(commissie, 1)
    eerst = meet(lijst), meet(een)
    for nummer in range(9):
        vul(stel_commissie_in(naam=f"Commissie {nummer}", soort="ad_hoc", ingesteld_op=VAN, door=None), 2)
    vul(commissie, 10)
    assert (meet(lijst), meet(een)) == eerst
    assert max(eerst) <= 20


def test_instellen(binnen: Client) -> None:
    velden = {"naam": "Commissie Nieuw", "soort": "vast", "taak": "Iets", "ingesteld_op": "2026-11-20"}
    zonder_grond = binnen.post(reverse("commissies:stel-in"), velden | {"mandaat": "on"})
    assert zonder_grond.context["form"].errors.keys() == {"mandaat_grond"}
    assert "Commissie Nieuw" in zonder_grond.content.decode()
    klaar = binnen.post(reverse("commissies:stel-in"), velden)
    assert klaar["Location"] == reverse("commissies:commissie", args=["commissie-nieuw"])
    inhoud = tekst(binnen, klaar["Location"])
    assert "Geen leden bekend" in inhoud
    assert "Ingesteld op vr 20 november 2026 als vaste commissie." in inhoud
    nog_eens = binnen.post(reverse("commissies:stel-in"), velden)
    assert "al een commissie met deze naam" in nog_eens.content.decode()


def test_benoemen_en_beeindigen(binnen: Client, commissie: Commissie, raad: Raad) -> None:
    kroon, ond = raad.lid(Geleding.KROONLEDEN).persoon, raad.lid(Geleding.ONDERNEMERS).persoon
    adres = reverse("commissies:benoem", args=[commissie.slug])
    assert "Kies een persoon" in tekst(binnen, f"{adres}?rol=voorzitter")
    velden = {"persoon": ond.pk, "rol": "voorzitter", "van": "2026-11-20"}
    geweigerd = binnen.post(adres, velden)
    assert geweigerd.status_code == 422
    assert geweigerd.context["form"].errors.keys() == {"reden"}
    assert binnen.post(adres, velden | {"persoon": kroon.pk}).status_code == 302
    assert binnen.post(adres, velden | {"rol": "lid", "laatste_dag": "2027-06-30"}).status_code == 302
    lid = Commissielid.objects.get(persoon=ond)
    assert lid.tot == date(2027, 7, 1)
    inhoud = tekst(binnen, reverse("commissies:commissie", args=[commissie.slug]))
    assert kroon.naam in inhoud
    assert "wo 30 juni 2027" in inhoud
    vervanger = registreer_persoon(naam="Invaller", door=None)
    assert f"{ond.naam} (lid)" in tekst(binnen, adres)
    invallen = {"persoon": vervanger.pk, "rol": "plaatsvervanger", "vervangt": lid.pk, "van": "2026-11-20"}
    assert binnen.post(adres, invallen).status_code == 302
    assert f"vervangt {ond.naam}" in tekst(binnen, reverse("commissies:commissie", args=[commissie.slug]))
    einde = reverse("commissies:beeindig", args=[commissie.slug, lid.pk])
    assert "ziet de stukken niet meer" in tekst(binnen, einde)
    klaar = binnen.post(einde, {"laatste_dag": "2026-11-30", "reden": "Vertrekt"})
    assert klaar.status_code == 302
    assert "Vertrekt" in tekst(binnen, klaar["Location"])
    elders = reverse("commissies:beeindig", args=["bestaat-niet", lid.pk])
    assert binnen.get(elders).status_code == 404


def test_bladzijde_van_een_persoon_noemt_de_commissies(binnen: Client, commissie: Commissie) -> None:
    vul(commissie, 1)
    lid = Commissielid.objects.get()
    inhoud = tekst(binnen, reverse("raad:persoon", args=[lid.persoon_id]))
    assert commissie.naam in inhoud
    assert "Lid, van wo 1 april 2026" in inhoud


def test_vroegere_en_latere_leden(binnen: Client, commissie: Commissie) -> None:
    for naam, van, tot in (("Vroeger", VAN, date(2026, 6, 1)), ("Later", date(2027, 1, 1), None)):
        wie = registreer_persoon(naam=naam, door=None)
        benoem_commissielid(commissie=commissie, persoon=wie, rol="waarnemer", van=van, tot=tot, door=None)
    inhoud = tekst(binnen, reverse("commissies:commissie", args=[commissie.slug]))
    assert "Eerdere leden (1)" in inhoud
    assert "Beginnen later" in inhoud


def test_echte_commissie_heeft_in_de_voorbeeldstand_geen_knoppen(binnen: Client, commissie: Commissie) -> None:
    adres = reverse("commissies:commissie", args=[commissie.slug])
    assert "Benoem iemand" in tekst(binnen, adres)
    Commissie.objects.update(voorbeeld=not commissie.voorbeeld)
    assert "Benoem iemand" not in tekst(binnen, adres)
    antwoord = binnen.post(
        reverse("commissies:hef-op", args=[commissie.slug]), {"laatste_dag": "2026-12-01", "reden": "Klaar"}
    )
    assert "uit het archief" in antwoord.content.decode()


def test_opheffen_mandaat_en_omzetten(binnen: Client, commissie: Commissie) -> None:
    vul(commissie, 2)
    hef, mandaat = (reverse(f"commissies:{naam}", args=[commissie.slug]) for naam in ("hef-op", "mandaat"))
    assert "(nu 2)" in tekst(binnen, hef)
    velden = {"mandaat": "on", "grond": "", "reden": "Machtiging"}
    assert binnen.post(mandaat, velden).context["form"].errors.keys() == {"grond"}
    assert binnen.post(mandaat, velden | {"grond": "besluit van de raad"}).status_code == 302
    klaar = binnen.post(hef, {"laatste_dag": "2026-11-19", "reden": "Taak klaar"})
    assert klaar.status_code == 302
    inhoud = tekst(binnen, klaar["Location"])
    assert "Opgeheven" in inhoud
    assert "Benoem iemand" not in inhoud
    assert "Eerdere leden (2)" in inhoud
    assert binnen.get(reverse("commissies:zet-om", args=[commissie.slug])).status_code == 404
    werkgroep = stel_commissie_in(naam="Werkgroep W", soort="werkgroep", ingesteld_op=VAN, door=None)
    om = reverse("commissies:zet-om", args=[werkgroep.slug])
    assert "Werkgroep W" in tekst(binnen, om)
    assert binnen.post(om, {"naam": "Commissie W", "soort": "vast", "reden": "Aanvraag"}).status_code == 302
    assert "Werkgroep W" in tekst(binnen, reverse("commissies:commissie", args=[werkgroep.slug]))


def test_alleen_het_secretariaat(client: Client, commissie: Commissie, buitenstaander: Gebruiker) -> None:
    adressen = [reverse("commissies:lijst"), reverse("commissies:stel-in")]
    adressen += [reverse(f"commissies:{naam}", args=[commissie.slug]) for naam in ("commissie", "benoem", "hef-op")]
    for adres in adressen:
        assert client.get(adres).status_code == 302
    client.force_login(buitenstaander)
    for adres in adressen:
        assert client.get(adres).status_code == 404
        assert client.post(adres).status_code == 404
