"""De PDF van een advies: één opdracht per inhoud, in een werker gemaakt, en toegankelijk."""

import io
import json
from datetime import timedelta
from typing import Any

import page
import pikepdf
import pytest
from django.test import Client

from kern.tijd import nu
from publicatie.actions import trek_in
from publicatie.queries import laatste
from publiek import planning
from publiek.gegevens import bijlage
from publiek.models import Advies
from publiek.verbinding import leestransactie
from stukken.models import PdfOpdracht
from stukken.tasks import maak_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kleine_wereld")]
ADRES = "/adviezen/2023/04/advies.pdf"


@pytest.fixture
def wenken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Vang de wenken aan de werkers op."""
    uit: list[str] = []
    monkeypatch.setattr("publiek.planning.maak_adviespdf.apply_async", lambda args, **kw: uit.append(args[0]))
    monkeypatch.setattr("stukken.actions.geef_door", lambda pk: None)
    return uit


def test_van_wenk_tot_toegankelijke_pdf(client: Client, wenken: list[str]) -> None:
    wacht = client.get(ADRES)
    assert wacht.status_code == 202
    assert wacht["Refresh"] == "3"
    assert wenken == ["adv-2"]
    assert planning.maak_adviespdf("adv-2") == "gevraagd"
    assert planning.maak_adviespdf("adv-2") == "loopt al of is klaar"
    assert "0% klaar" in client.get(ADRES).content.decode()
    assert len(wenken) == 1, "wie wacht, wekt niet opnieuw"
    opdracht = PdfOpdracht.objects.get()
    assert maak_pdf(opdracht.pk) == "klaar"
    klaar = client.get(ADRES)
    assert (klaar.status_code, klaar["Content-Type"]) == (200, "application/pdf")
    assert klaar["Content-Disposition"] == 'inline; filename="SER-advies-2023-04.pdf"'
    assert page.validate_pdf_bytes(klaar.content).failures == []


def test_een_zoekrobot_zet_de_rij_niet_vol(client: Client, wenken: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Een lid wacht met zijn vergaderbundel niet achter het hele archief."""
    monkeypatch.setattr("publiek.planning.MEESTE_IN_DE_RIJ", 1)
    assert planning.maak_adviespdf("adv-1") == "gevraagd"
    assert planning.maak_adviespdf("adv-2") == "druk"
    assert client.get(ADRES).status_code == client.get(ADRES).status_code == 202
    assert wenken == ["adv-2"] * 2, "wie wacht op een plaats in de rij, vraagt het weer"
    assert maak_pdf(PdfOpdracht.objects.get().pk) == "klaar"
    assert planning.maak_adviespdf("adv-2") == "gevraagd"


def test_niet_openbaar_wordt_niet_gemaakt(client: Client, wenken: list[str]) -> None:
    trek_in(publicatie=laatste("advies:adv-2"), reden="Weg.", door=None)
    assert planning.maak_adviespdf("adv-2") == "niet openbaar"
    assert client.get(ADRES).status_code == 410
    assert not PdfOpdracht.objects.exists()


def test_mislukt_zegt_waarom(client: Client, wenken: list[str]) -> None:
    planning.maak_adviespdf("adv-2")
    PdfOpdracht.objects.update(status="bezig")
    PdfOpdracht.objects.get().mislukt("Pango ontbreekt.")
    antwoord = client.get(ADRES)
    assert antwoord.status_code == 503
    assert "Pango ontbreekt." in antwoord.content.decode()


def test_zonder_werkers_een_eerlijk_antwoord(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def weg(**kwargs: Any) -> None:
        raise OSError("geen broker")

    monkeypatch.setattr("publiek.planning.maak_adviespdf.apply_async", weg)
    antwoord = client.get(ADRES)
    assert antwoord.status_code == 503
    assert "niet bereikbaar" in antwoord.content.decode()


def test_verdwenen_bestand_wordt_opnieuw_gevraagd(client: Client, wenken: list[str]) -> None:
    planning.maak_adviespdf("adv-2")
    opdracht = PdfOpdracht.objects.get()
    maak_pdf(opdracht.pk)
    opdracht.refresh_from_db()
    opdracht.bestand.pad.unlink()
    assert client.get(ADRES).status_code == 202


def test_een_verdwenen_bestand_wordt_ook_echt_opnieuw_gemaakt(
    client: Client, wenken: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Na het terugzetten van een database zonder haar bestanden bleef er staan dat de PDF gemaakt werd."""
    monkeypatch.setattr("stukken.pdf.uit_invoer", lambda invoer, voortgang=None: b"%PDF-1.7 proef")
    for _ in range(2):
        assert planning.maak_adviespdf("adv-2") == "gevraagd"
        opdracht = PdfOpdracht.objects.get()
        assert maak_pdf(opdracht.pk) == "klaar"
        assert planning.maak_adviespdf("adv-2") == "loopt al of is klaar"
        opdracht.refresh_from_db()
        opdracht.bestand.pad.unlink()


def test_wat_mislukte_wordt_na_een_kwartier_weer_geprobeerd(client: Client, wenken: list[str]) -> None:
    """Wie Pango alsnog installeert of de schijf leegt, hoeft niet elke PDF met de hand opnieuw te vragen."""
    planning.maak_adviespdf("adv-2")
    PdfOpdracht.objects.update(status="bezig")
    PdfOpdracht.objects.get().mislukt("De opslag is vol.")
    assert client.get(ADRES).status_code == 503
    assert wenken == ["adv-2"]
    planning.maak_adviespdf("adv-2")
    assert PdfOpdracht.objects.get().status == "mislukt"
    PdfOpdracht.objects.update(klaar_op=nu() - timedelta(minutes=16))
    planning.maak_adviespdf("adv-2")
    assert PdfOpdracht.objects.get().status == "wacht"
    assert client.get(ADRES).status_code == 202


def test_archiefblad_zegt_dat_het_niet_het_advies_is() -> None:
    with leestransactie():
        invoer = planning.pdf_invoer(Advies.objects.get(kenmerk="adv-2"))
        vol = Advies.objects.get(kenmerk="adv-1")
        vol.metadata["volledig"] = True
        voluit = planning.pdf_invoer(vol)
    assert "Dit is niet het advies zelf." in invoer["html"]
    assert invoer["soort_naam"].startswith("Archiefblad")
    assert "niet het advies zelf" not in voluit["html"]
    assert voluit["inhoudsopgave"]


def test_de_gegevens_in_de_archiefkopie_zijn_die_van_de_bladzijde() -> None:
    """Wat de bladzijde en de API van een advies zeggen, staat ook in het bestand dat blijft."""
    with leestransactie():
        advies = Advies.objects.get(kenmerk="adv-2")
    gehoord = [{"vorm": "gesprek", "van": "2023-01-12", "tot": "", "partijen": ["Voorbeeld"], "anderen": 0}]
    advies.metadata |= {
        "ondertitel": "Onder", "uitgebracht_op": "2023-03-17", "oordeel_toelichting": "volgens de omslag",
        "aanvraagdatum_tekst": "do 5 januari 2023", "geadresseerden": "het kabinet", "rechtstreeks": "machtiging",
        "gehoord": gehoord, "impact": [{"kop": "Waaraan", "tekst": "Minder wachten."}],
    }  # fmt: skip
    gegevens = json.loads(bijlage(advies))
    assert (gegevens["gehoord"], gegevens["beoogde_impact"]) == (gehoord, advies.metadata["impact"])
    for naam in ("ondertitel", "uitgebracht_op", "oordeel_toelichting", "geadresseerden", "rechtstreeks"):
        assert gegevens[naam] == advies.metadata[naam]
    assert gegevens["aanvraagdatum"] == "do 5 januari 2023"


def test_archiefkopie_is_te_bewaren_en_toegankelijk_en_draagt_de_gegevens(
    client: Client, wenken: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    gewekt: list[str] = []
    monkeypatch.setattr("publiek.planning.maak_archiefpdf.apply_async", lambda args, **kw: gewekt.append(args[0]))
    adres = "/adviezen/2023/04/archief.pdf"
    assert client.get(adres).status_code == 202
    assert (gewekt, wenken) == (["adv-2"], [])
    assert planning.maak_archiefpdf("adv-2") == "gevraagd"
    assert planning.maak_archiefpdf("adv-2") == "loopt al of is klaar"
    opdracht = PdfOpdracht.objects.get(soort="archief")
    assert maak_pdf(opdracht.pk) == "klaar"
    klaar = client.get(adres)
    assert klaar["Content-Disposition"] == 'inline; filename="SER-advies-2023-04-archief.pdf"'
    for profiel in (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1):
        fouten = page.validate_pdf_bytes(klaar.content, profile=profiel).failures
        assert [(f.rule_id, f.message) for f in fouten] == []
    with pikepdf.open(io.BytesIO(klaar.content)) as bestand:
        bijlage = bestand.attachments["gegevens.json"]
        gegevens = json.loads(bijlage.get_file().read_bytes())
        assert str(bijlage.obj.AFRelationship) == "/Data"
    assert (gegevens["kenmerk"], gegevens["aanbevelingen"][0]["tekst"]) == ("adv-2", "Help bedrijven")
    assert client.get(ADRES).status_code == 202, "de gewone PDF is een ander bestand"
    assert planning.maak_archiefpdf("bestaat-niet") == "niet openbaar"
