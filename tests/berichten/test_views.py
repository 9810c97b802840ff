"""Het postvak en de wachtende post op het scherm."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from berichten import actions
from berichten.enums import Status
from berichten.models import MAX_POGINGEN, Bericht
from kern.tijd import moment_nl, nu
from logboek.models import Gebeurtenis

pytestmark = pytest.mark.django_db


def stuur(ontvanger: Any, nummer: int = 1, wacht: bool = False) -> Bericht:
    bericht = actions.stuur(
        ontvanger=ontvanger,
        onderwerp=f"Stukken klaar {nummer}",
        pad="/lezen/",
        feit=f"toets.doe:{nummer}:1:{ontvanger.pk}",
        wacht=wacht,
    )
    assert bericht is not None
    return bericht


def test_postvak_openen_en_alles_gelezen(client: Client, buitenstaander: Any, secretaris: Any) -> None:
    client.force_login(buitenstaander)
    assert "Nog geen berichten" in client.get(reverse("berichten:postvak")).text
    bericht, _ = stuur(buitenstaander), stuur(buitenstaander, 2)
    ander = stuur(secretaris, 3)
    pagina = client.get(reverse("berichten:postvak")).text
    assert "2 berichten nog niet geopend" in pagina
    assert "Stukken klaar 3" not in pagina
    antwoord = client.post(reverse("berichten:open", args=[bericht.pk]))
    assert (antwoord.status_code, antwoord["Location"]) == (302, "/lezen/")
    bericht.refresh_from_db()
    assert bericht.gelezen_op is not None
    assert client.post(reverse("berichten:open", args=[ander.pk])).status_code == 404
    assert client.get(reverse("berichten:open", args=[bericht.pk])).status_code == 405
    pagina = client.post(reverse("berichten:alles_gelezen"), follow=True).text
    assert "1 bericht is als gelezen aangemerkt." in pagina
    assert "U bent bij." in pagina


def test_de_tweede_bladzijde_van_het_postvak(
    client: Client, buitenstaander: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("berichten.views.PER_BLADZIJDE", 1)
    stuur(buitenstaander), stuur(buitenstaander, 2)
    client.force_login(buitenstaander)
    bladen = [client.get(reverse("berichten:postvak"), vraag).text for vraag in ({}, {"pagina": "2"})]
    assert ["Stukken klaar 1" in blad for blad in bladen] == [False, True]


def test_wachtende_post_is_alleen_voor_het_secretariaat(client: Client, buitenstaander: Any) -> None:
    client.force_login(buitenstaander)
    for adres in (reverse("berichten:wachtend"), reverse("berichten:herroep") + "?handeling=toets.doe:1:1"):
        assert client.get(adres).status_code == 404


def test_herroepen_op_het_scherm(client: Client, secretaris: Any, maak_gebruiker: Any) -> None:
    client.force_login(secretaris)
    assert "Er wacht niets" in client.get(reverse("berichten:wachtend")).text
    berichten = [stuur(maak_gebruiker(f"Lid {n}"), wacht=True) for n in range(7)]
    pagina = client.get(reverse("berichten:wachtend")).text
    assert "Lid 0, Lid 1, Lid 2, Lid 3, Lid 4 en nog 2" in pagina
    adres = reverse("berichten:herroep")
    for begin in ("toets.doe", "toets.doe:1"):
        assert client.get(adres, {"handeling": begin}).status_code == 404, "een begin is geen handeling"
    vraag = client.get(adres, {"handeling": "toets.doe:1:1"})
    assert "Herroep 7 berichten" in vraag.text
    pagina = client.post(adres, {"handeling": "toets.doe:1:1"}, follow=True).text
    assert "7 berichten zijn herroepen" in pagina
    assert Bericht.objects.filter(status=Status.HERROEPEN).count() == len(berichten)


def test_herroepen_van_een_bericht_en_te_laat(client: Client, secretaris: Any) -> None:
    client.force_login(secretaris)
    adres = reverse("berichten:herroep")
    stuur(secretaris, 1, wacht=True)
    assert "1 bericht is herroepen" in client.post(adres, {"handeling": "toets.doe:1:1"}, follow=True).text
    stuur(secretaris, 2)
    actions.verstuur_gereed()
    antwoord = client.post(adres, {"handeling": "toets.doe:2:1"})
    assert antwoord.status_code == 409
    assert "Het bericht is al verstuurd of gelezen." in antwoord.text


def test_een_handeling_met_veel_ontvangers_blijft_te_bekijken(
    client: Client, secretaris: Any, maak_gebruiker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Een nieuwsupdate heeft twintigduizend ontvangers."""
    monkeypatch.setattr("berichten.views.PER_BLADZIJDE", 1)
    client.force_login(secretaris)
    for n in range(7):
        stuur(maak_gebruiker(f"Lid {n}"), wacht=True)
    (rij,) = client.get(reverse("berichten:wachtend")).context["bladzijde"]
    assert (rij["aantal"], rij["namen"]) == (7, [f"Lid {n}" for n in range(5)])
    adres, vraag = reverse("berichten:herroep"), {"handeling": "toets.doe:1:1"}
    bladen = [client.get(adres, vraag | {"pagina": str(n)}).text for n in (1, 7)]
    assert [("Lid 0" in blad, "Lid 6" in blad) for blad in bladen] == [(True, False), (False, True)]
    assert all("Herroep 7 berichten" in blad for blad in bladen)


@pytest.mark.parametrize("handeling", ["", "toets.bestaat_niet:1:1", "nul\x00", "regel\neinde"])
def test_een_onbekende_handeling_is_niets(client: Client, secretaris: Any, handeling: str) -> None:
    client.force_login(secretaris)
    assert client.get(reverse("berichten:herroep"), {"handeling": handeling}).status_code == 404
    assert client.post(reverse("berichten:herroep"), {"handeling": handeling}).status_code == 404


def test_een_stilstaande_klok_valt_op(client: Client, secretaris: Any) -> None:
    client.force_login(secretaris)
    stuur(secretaris)
    assert "loopt achter" not in client.get(reverse("berichten:wachtend")).text
    with time_machine.travel(nu() + timedelta(minutes=4)):
        assert "loopt achter" not in client.get(reverse("berichten:wachtend")).text
    with time_machine.travel(nu() + timedelta(minutes=6)):
        assert "loopt achter" in client.get(reverse("berichten:wachtend")).text
        actions.verstuur_gereed()
        assert "loopt achter" not in client.get(reverse("berichten:wachtend")).text


def test_mislukte_post_opnieuw(client: Client, secretaris: Any) -> None:
    client.force_login(secretaris)
    bericht = stuur(secretaris)
    Bericht.objects.update(status=Status.MISLUKT, pogingen=MAX_POGINGEN, laatste_fout="550 onbekend")
    assert "550 onbekend" in client.get(reverse("berichten:wachtend")).text
    adres = reverse("berichten:opnieuw", args=[bericht.pk])
    assert "Het bericht staat weer in de rij." in client.post(adres, follow=True).text
    assert "opnieuw proberen hoeft niet" in client.post(adres, follow=True).text


def test_na_een_lange_storing_gaat_alles_van_kort_in_een_keer_opnieuw(
    client: Client, secretaris: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wat drie weken geleden niet lukte gaat niet ongezien alsnog uit: dat is misschien geen nieuws meer."""
    client.force_login(secretaris)
    alle = [stuur(secretaris, nummer) for nummer in range(1, 6)]
    Bericht.objects.update(status=Status.MISLUKT, pogingen=MAX_POGINGEN, laatste_fout="550 onbekend")
    oud, toen = alle[4], nu() - timedelta(days=21)
    Bericht.objects.filter(pk=oud.pk).update(aangemaakt_op=toen)
    monkeypatch.setattr(actions, "GESPREID", 2), monkeypatch.setattr(actions, "SAMEN_HOOGSTENS", 3)
    blad, adres = client.get(reverse("berichten:wachtend")).text, reverse("berichten:samen_opnieuw")
    assert "Probeer 3 berichten opnieuw" in blad
    assert moment_nl(toen) in blad, "te zien is welke ouder zijn"
    assert "3 berichten staan weer in de rij." in client.post(adres, follow=True).text
    wacht = list(Bericht.objects.filter(status=Status.WACHT).order_by("pk"))
    assert [(b.pk, b.pogingen) for b in wacht] == [(b.pk, 0) for b in alle[:3]], "oudste eerst, en hoogstens zoveel"
    assert [b.message_id for b in wacht] == [b.message_id for b in alle[:3]]
    assert wacht[2].volgende_poging - wacht[0].volgende_poging == timedelta(seconds=1), "gespreid"
    regel = Gebeurtenis.objects.get(soort="berichten.probeer_samen_opnieuw")
    assert (regel.actor_id, regel.gegevens) == (secretaris.pk, {"aantal": 3, "berichten": [b.pk for b in wacht]})
    assert "1 bericht staat weer in de rij." in client.post(adres, follow=True).text
    assert "opnieuw proberen hoeft niet" in client.post(adres, follow=True).text
    oud.refresh_from_db()
    assert oud.status == Status.MISLUKT
    blad = client.get(reverse("berichten:wachtend")).text
    assert adres not in blad, "wat alleen nog oud is, gaat één voor één"


def test_wat_vandaag_niet_lukte_staat_voor_wat_er_al_jaren_ligt(
    client: Client, secretaris: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("berichten.views.PER_BLADZIJDE", 1)
    client.force_login(secretaris)
    stuur(secretaris, 1), stuur(secretaris, 2)
    Bericht.objects.update(status=Status.MISLUKT, pogingen=MAX_POGINGEN, laatste_fout="550 onbekend")
    bladen = [client.get(reverse("berichten:wachtend"), vraag).text for vraag in ({}, {"mislukt": "2"})]
    assert [[f"Stukken klaar {n}" in blad for n in (1, 2)] for blad in bladen] == [[False, True], [True, False]]


@pytest.mark.parametrize("naam", ["berichten:postvak", "berichten:wachtend"])
def test_evenveel_zoekvragen_bij_een_en_bij_veel(
    client: Client, secretaris: Any, maak_gebruiker: Any, naam: str
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(secretaris)
    stuur(secretaris, 1)
    with CaptureQueriesContext(connection) as een:
        client.get(reverse(naam))
    for nummer in range(2, 40):
        stuur(secretaris, nummer)
    with CaptureQueriesContext(connection) as veel:
        client.get(reverse(naam))
    assert len(veel) == len(een) <= 20
