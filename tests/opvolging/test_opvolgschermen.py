"""De schermen van de opvolging: antwoorden invullen, stand en bewijs vastleggen, een reactie intrekken."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from adviezen.actions.adviesgegevens import advies_van
from kern.tijd import vandaag
from opvolging.actions import zet_stand
from opvolging.models import Antwoord, Bewijs, Kabinetsreactie
from tests.adviezen import bouw
from tests.opvolging.hulp import PDF, bewijs, leg_vast, openbaar

pytestmark = pytest.mark.django_db


def test_de_matrix_invullen_in_de_browser(als, wereld):
    rij = openbaar(wereld, ["Doe dit.", ("Doe dat.", "minister A (voorbeeld); minister B (voorbeeld)")])
    client = als(wereld.secretaris)
    pad = reverse("opvolging:antwoorden", args=[rij.kenmerk])
    dossier = reverse("opvolging:advies", args=[rij.kenmerk])
    assert "zodra er een brief" in client.get(dossier).content.decode()
    reactie = leg_vast(wereld, rij)
    form = client.get(pad).context["form"]
    assert len(form.regels) == 3
    assert form.initial["reactie"] == reactie.pk
    invoer = {"reactie": reactie.pk, "oordeel_0": "neemt_over", "oordeel_1": "niet_beantwoord"}
    fout = client.post(pad, invoer | {"vindplaats_0": "blz. 7"})
    assert fout.status_code == 422
    assert "Citeer de zin uit de brief waaruit dit blijkt. Het gaat om aanbeveling 1." in fout.content.decode()
    assert "blz. 7" in fout.content.decode()
    tweede = client.post(pad, {"reactie": reactie.pk, "oordeel_2": "deels"})  # bij de tweede minister, niet de eerste
    assert list(tweede.context["form"].errors) == ["citaat_2"]
    assert "aanbeveling 2 (minister B (voorbeeld))" in tweede.content.decode()
    zonder = client.post(pad, {"reactie": reactie.pk, "citaat_0": "Zeker niet weggooien."})
    assert list(zonder.context["form"].errors) == ["oordeel_0"]
    assert "Zeker niet weggooien." in zonder.content.decode()
    assert not Antwoord.objects.exists()
    klaar = client.post(pad, invoer | {"citaat_0": "Dat doe ik."}, follow=True)
    assert "2 antwoorden zijn vastgelegd" in klaar.content.decode()
    assert "Neemt over" in klaar.content.decode()
    weer = client.get(pad).context["form"]
    assert (weer["citaat_0"].value(), weer["gezien_0"].value()) == ("Dat doe ik.", Antwoord.objects.first().pk)
    oud = client.post(pad, invoer | {"oordeel_0": "niet", "citaat_0": "Toch niet."})
    assert "Een ander legde hier intussen" in oud.content.decode()
    zelfde = {f"gezien_{n}": weer[f"gezien_{n}"].value() or "" for n in range(3)}
    assert (
        "Er veranderde niets"
        in client.post(pad, invoer | zelfde | {"citaat_0": "Dat doe ik."}, follow=True).content.decode()
    )
    assert client.post(pad, {"reactie": ""}).status_code == 422


def test_stand_en_bewijs_in_de_browser(als, wereld):
    from django.core.files.uploadedfile import SimpleUploadedFile

    rij = openbaar(wereld)
    punt = rij.aanbevelingen.first()
    client = als(wereld.secretaris)
    pad = reverse("opvolging:aanbeveling", args=[punt.pk])
    stand = {"zet_stand": "1", "stand": "uitgevoerd", "per": vandaag().isoformat(), "motivering": "Klaar."}
    weiger = client.post(pad, stand)
    assert weiger.status_code == 422
    assert "vraagt een bewijs" in weiger.content.decode()
    nieuw = {
        "voeg_bewijs_toe": "1",
        "aanbevelingen": [punt.pk],
        "soort": "wet",
        "titel": "Wet X",
        "datum_precisie": "dag",
    }
    assert client.post(pad, nieuw).status_code == 422
    vreemd = client.post(pad, nieuw | {"bron": "javascript:alert(1)", "toelichting": "x" * 5_001})
    assert list(vreemd.context["bewijsform"].errors) == ["bron", "toelichting"]
    stuk = SimpleUploadedFile("wet.pdf", PDF, "application/pdf")
    klaar = client.post(
        pad, nieuw | {"datum": vandaag().isoformat(), "bestand": stuk, "bron": "wetten.overheid.nl"}, follow=True
    )
    assert "https://wetten.overheid.nl" in klaar.content.decode()
    assert "Het bewijs is toegevoegd" in klaar.content.decode()
    assert "De stand is vastgelegd" in client.post(pad, stand, follow=True).content.decode()
    bewijs_ = Bewijs.objects.get()
    bestand = client.get(reverse("opvolging:bewijsbestand", args=[bewijs_.pk]))
    assert b"".join(bestand.streaming_content) == PDF
    weg = reverse("opvolging:trek_bewijs_in", args=[bewijs_.pk])
    assert client.get(weg).status_code == 200
    assert client.post(weg, {"reden": ""}).status_code == 422
    assert "ingetrokken: Fout stuk." in client.post(weg, {"reden": "Fout stuk."}, follow=True).content.decode()
    assert client.post(weg, {"reden": "Nog eens."}).status_code == 422
    zonder = bewijs(wereld, rij.aanbevelingen.select_related("advies").first())
    assert client.get(reverse("opvolging:bewijsbestand", args=[zonder.pk])).status_code == 404


def test_een_reactie_intrekken_in_de_browser(als, wereld):
    rij = openbaar(wereld)
    reactie = leg_vast(wereld, rij)
    pad = reverse("opvolging:trek_in", args=[reactie.pk])
    client = als(wereld.secretaris)
    assert "De klok van drie maanden loopt weer" in client.get(pad).content.decode()
    assert client.post(pad, {"reden": " "}).status_code == 422
    assert "is ingetrokken" in client.post(pad, {"reden": "Teruggenomen."}, follow=True).content.decode()
    assert client.post(pad, {"reden": "Nog eens."}).status_code == 422


def test_een_advies_dat_nog_niet_is_uitgebracht_heeft_geen_opvolging(als, wereld):
    cast = bouw.traject_op("aanbieding", wereld)
    rij = advies_van(cast.traject)
    client = als(wereld.secretaris)
    for naam in ("advies", "antwoorden"):
        assert client.get(reverse(f"opvolging:{naam}", args=[rij.kenmerk])).status_code == 404
    # Een reactie erop zou de klok van straks niet sluiten: die begint pas met het aanbieden.
    invoer = {"datum": vandaag().isoformat(), "afzenders": "de minister (voorbeeld)", "andere": rij.kenmerk}
    fout = client.post(reverse("opvolging:nieuw"), invoer | {"voor_aanbieding": "on"})
    assert fout.context["form"].errors["adviezen"] == [f"Het advies “{rij.titel}” is nog niet uitgebracht."]
    assert not Kabinetsreactie.objects.exists()


@pytest.mark.parametrize("toon", ["te-beoordelen", "te-herzien", "alle", "onzin"])
def test_evenveel_zoekvragen_bij_meer_aanbevelingen(als, wereld, toon):
    client = als(wereld.secretaris)

    def tel():
        with CaptureQueriesContext(connection) as gevraagd:
            assert client.get(reverse("opvolging:aanbevelingen"), {"toon": toon}).status_code == 200
        return len(gevraagd)

    def maak():
        rij = openbaar(wereld, dagen_geleden=500)
        leg_vast(wereld, rij)
        if toon == "te-herzien":
            for punt in rij.aanbevelingen.select_related("advies"):
                zet_stand(
                    aanbeveling=punt,
                    stand="open",
                    motivering="x",
                    door=wereld.secretaris,
                    per=vandaag() - timedelta(days=400),
                )

    maak()
    tel()
    een = tel()
    for _ in range(3):
        maak()
    assert tel() == een
    assert een <= 20


def test_een_brief_kan_ook_op_adviezen_zonder_lopende_klok_ingaan(als, wereld):
    """Wat al beantwoord is of uit het archief komt, staat niet in de keuze; men noemt het bij nummer of kenmerk."""
    een, twee = openbaar(wereld), openbaar(wereld)
    for rij in (een, twee):
        leg_vast(wereld, rij)
    client, pad = als(wereld.secretaris), reverse("opvolging:nieuw")
    assert een not in client.get(pad).context["form"].fields["adviezen"].queryset
    invoer = {"datum": vandaag().isoformat(), "afzenders": "de minister (voorbeeld)", "kamerstuk": "Kamerstuk 9"}
    kaal = client.post(pad, invoer)
    assert kaal.context["form"].errors["adviezen"] == ["Kies het advies waarop het kabinet reageert."]
    fout = client.post(pad, invoer | {"andere": f"{een.kenmerk}, 2199/99"})
    assert fout.context["form"].errors["andere"] == ["Er is geen advies met nummer of kenmerk 2199/99."]
    assert "Kamerstuk 9" in fout.content.decode()
    client.post(pad, invoer | {"andere": f"{een.kenmerk.upper()}, {twee.nummer or twee.kenmerk}, "})
    assert set(Kabinetsreactie.objects.get(kamerstuk="Kamerstuk 9").adviezen.all()) == {een, twee}


def test_wie_intussen_niet_meer_mag_leest_dat_en_houdt_wat_hij_typte(als, wereld, monkeypatch):
    rij = openbaar(wereld)
    reactie, punt = leg_vast(wereld, rij), rij.aanbevelingen.first()
    monkeypatch.setattr("opvolging.permissions.mag_vastleggen", lambda g: False)
    antwoord = {"reactie": reactie.pk, "oordeel_0": "neemt_over", "citaat_0": "Dat doe ik."}
    stand = {"zet_stand": "1", "stand": "open", "per": vandaag().isoformat(), "motivering": "Dat doe ik."}
    for pad, velden in (
        (reverse("opvolging:antwoorden", args=[rij.kenmerk]), antwoord),
        (reverse("opvolging:aanbeveling", args=[punt.pk]), stand),
    ):
        fout = als(wereld.secretaris).post(pad, velden)
        assert (fout.status_code, "U mag deze handeling niet doen." in fout.content.decode()) == (422, True), pad
        assert "Dat doe ik." in fout.content.decode()
    assert not Antwoord.objects.exists()
