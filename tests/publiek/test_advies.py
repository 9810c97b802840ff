"""De bladzijde van een advies: wat een lezer eerst ziet, waarnaar te verwijzen is, en wat verbeterd werd."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from kern.tijd import nu
from publicatie.actions import trek_in
from publicatie.models import Publicatie
from publiek.lezen import bron_naam
from publiek.models import Advies
from publiek.queries import rond, verwante
from publiek.verbinding import leestransactie
from tests.publiek.wereld import ARBEID, publiceer_advies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kleine_wereld")]
TEKST = (
    '<h2 data-blok="h1">Aanleiding</h2><p data-blok="b1">Eerste.</p><h2 data-blok="h2">Beschouwing</h2>'
    '<p data-blok="b2">Tweede.</p><ul><li data-blok="b3">Punt.</li></ul><h2 data-blok="h3">Slot</h2>'
    '<p data-blok="b4">Vierde.</p><ol class="voetnoten"><li class="voetnoot" data-blok="v1">Een noot.</li></ol>'
)
VERDEELD = [
    {
        "passage": "Verhoog de premie",
        "blok": "b2",
        "opvattingen": [
            {
                "aanduiding": "een deel van de raad",
                "tekst": "is voor",
                "voetnoot": "Dit deel bestaat uit de ondernemersleden.",
                "steun": [{"geleding": "ondernemers", "organisatie": "Proef (voorbeeld)"}] * 3,
            },
            {"aanduiding": "een ander deel", "tekst": "is tegen", "voetnoot": "", "steun": []},
        ],
    }
]


def vol(**extra: Any) -> str:
    publiceer_advies(
        "t-77", "Vol advies (voorbeeld)", html=TEKST, voorbeeld=True, jaar=2026, nummer="V26/77", volledig=True,
        samenvatting="Waar het op neerkomt.", vraag="Wat nu?", uitkomst="verdeeld", **extra,
    )  # fmt: skip
    return "/adviezen/2026/v77/"


def test_het_belangrijkste_staat_vooraan(client: Client) -> None:
    tekst = client.get(vol(standpunten=VERDEELD)).content.decode()
    plaatsen = [
        tekst.index(stuk)
        for stuk in (
            "In het kort", "Wie steunt wat", "Een deel van de raad", "Op deze bladzijde", "De vraag", "Het advies</h2>",
            "Standpunten in de raad", "Dit deel bestaat uit de ondernemersleden.", "Reactie van het kabinet</h2>",
        )
    ]  # fmt: skip
    assert plaatsen == sorted(plaatsen)
    assert "(3 leden)" in tekst


def test_alleen_een_aangewezen_aanbeveling_leidt_naar_de_tekst(client: Client) -> None:
    """Zonder aangewezen alinea sprong “in de tekst” naar de regel waar de lezer al was."""
    rijen = [
        {"nummer": n, "tekst": f"Doe {n}", "blok": b, "geadresseerden": ""}
        for n, b in enumerate(("b1", "aanbeveling-2"), 1)
    ]
    tekst = client.get(vol(aanbevelingen=rijen)).content.decode()
    assert re.findall(r'href="#([^"]*)">in de tekst', tekst) == ["b1"]
    assert '<li id="aanbeveling-2">' in tekst
    assert 'href="#aanbeveling-2" aria-label="Verwijs naar aanbeveling 2"' in tekst


def test_van_een_oud_advies_staan_er_alleen_de_aanbevelingen_die_wij_kennen(client: Client) -> None:
    """ "Advies met 25 aanbevelingen", en daaronder twee: het archief heeft niet elke tekst."""
    rijen = [{"nummer": 1, "tekst": "Doe dit", "blok": "", "geadresseerden": ""}]
    publiceer_advies("adv-9", "Oud advies", jaar=1999, aanbevelingen=rijen)
    kop = '<h2 id="kop-aanbevelingen">'
    assert f"{kop}Aanbevelingen die wij kennen</h2>" in client.get("/adviezen/1999/adv-9/").content.decode()
    assert f"{kop}Aanbevelingen</h2>" in client.get(vol(aanbevelingen=rijen)).content.decode()


def test_elke_alinea_is_aan_te_halen(client: Client) -> None:
    tekst = client.get(vol()).content.decode()
    assert re.findall(r'id="(p-\d+)"', tekst) == ["p-1", "p-2", "p-3", "p-4"], "koppen en noten tellen niet mee"
    assert 'href="#h2">Beschouwing</a>' in tekst
    assert "Wie steunt wat" not in tekst
    kort = client.get("/adviezen/2010/adv-3/").content.decode()
    assert "Op deze bladzijde" not in kort


def test_delen_en_verwijzen(client: Client) -> None:
    tekst = client.get("/adviezen/2023/04/").content.decode()
    assert '<meta property="og:title" content="Sociale innovatie in bedrijven">' in tekst
    assert "Sociaal-Economische Raad. (2023, 16 maart). Sociale innovatie in bedrijven (Advies 2023/04)." in tekst
    bib = client.get("/adviezen/2023/04/verwijzing.bib")
    assert bib["Content-Disposition"] == 'attachment; filename="ser-2023-04.bib"'
    assert client.get("/adviezen/2023/04/verwijzing.ris").content.startswith(b"TY  - RPRT")
    assert client.get("/adviezen/2023/99/verwijzing.bib").status_code == 404


def test_verbeteringen_staan_erbij(client: Client) -> None:
    with time_machine.travel(nu() + timedelta(hours=1), tick=False):
        publiceer_advies(
            "adv-3", "Zonder veel gegevens, verbeterd", jaar=2010, samenvatting="Kort.", vanaf=nu(),
            correcties=[{"gegeven": "titel", "was": "Oud", "wordt": "Nieuw", "op": "za 28 november 2026"}],
        )  # fmt: skip
    # In een toets loopt de databaseklok niet mee; wat nu openbaar is, is nog de eerste uitgave.
    assert "Verbeterd</h2>" not in client.get("/adviezen/2010/adv-3/").content.decode()
    publiceer_advies(
        "adv-4", "Rapport zonder jaar", vorm="rapport", samenvatting="Nu langer.", vanaf=nu(),
        correcties=[{"gegeven": "titel", "was": "Oud", "wordt": "Nieuw", "op": "za 28 november 2026"}],
    )  # fmt: skip
    tekst = client.get("/adviezen/zonder-jaar/adv-4/").content.decode()
    assert "za 28 november 2026: titel was “Oud”, is nu “Nieuw”." in tekst
    assert "Vorige uitgaven" in tekst
    assert "Lees wat er veranderde" in tekst


def test_een_vorige_uitgave_is_te_lezen_met_wat_er_veranderde(client: Client) -> None:
    eerst = vol()
    oud = Publicatie.objects.get(sleutel="advies:t-77")
    publiceer_advies(
        "t-77", "Vol advies, beter (voorbeeld)", html=TEKST.replace("Tweede.", "Andere zin."), voorbeeld=True,
        jaar=2026, nummer="V26/77", volledig=True, samenvatting="Waar het op neerkomt.", vanaf=nu(),
    )  # fmt: skip
    adres = f"{eerst}uitgaven/{oud.pk}/"
    assert f'href="{adres}"' in client.get(eerst).content.decode()
    antwoord = client.get(adres)
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 200
    for stuk in (
        "Dit is niet de tekst van nu",
        "Vol advies, beter (voorbeeld)",
        ">Tweede.<",
        "noindex",
        "Wat er veranderde",
    ):
        assert stuk in tekst, stuk
    assert "<del" in tekst
    assert "Unaniem" not in tekst
    assert client.get(f"/adviezen/2026/t-77/uitgaven/{oud.pk}/").status_code == 301
    nieuw = Publicatie.objects.get(sleutel="advies:t-77", tot=None)
    assert client.get(f"{eerst}uitgaven/{nieuw.pk}/").status_code == 404, "de uitgave van nu is geen vorige"
    assert client.get(f"/adviezen/2023/04/uitgaven/{oud.pk}/").status_code == 404, "van een ander advies"


def test_wat_is_ingetrokken_komt_niet_terug_als_vorige_uitgave(client: Client) -> None:
    eerst = vol()
    oud = Publicatie.objects.get(sleutel="advies:t-77")
    trek_in(publicatie=oud, reden="Fout.", door=None)
    adres = f"{eerst}uitgaven/{oud.pk}/"
    assert client.get(adres).status_code == 410
    vol(opmerking="opnieuw", vanaf=nu())
    assert client.get(adres).status_code == 404
    tekst = client.get(eerst).content.decode()
    assert "ingetrokken, niet meer te lezen" in tekst
    assert adres not in tekst


def test_eerder_en_later_over_hetzelfde() -> None:
    for nummer, jaar in enumerate((1990, 2000, 2005, 2015, 2024), start=60):
        publiceer_advies(f"adv-{nummer}", f"Arbeid in {jaar}", jaar=jaar, themas=[ARBEID], onderwerpen=["arbeid"])
    publiceer_advies("adv-70", "Brieven over de stad", jaar=1995)
    with leestransactie():
        gevonden = verwante(Advies.objects.get(kenmerk="adv-1"))
    assert {a.kenmerk for a in gevonden.later} == {"adv-2", "adv-63", "adv-64"}
    assert [a.kenmerk for a in gevonden.eerder][0] == "adv-70", "een titel die erop lijkt telt het zwaarst"
    assert len(gevonden.eerder) == 3


def test_wat_er_niet_is_wordt_niet_gevraagd(client: Client, django_assert_max_num_queries: Any) -> None:
    with leestransactie():
        assert rond("adv-1") <= {"klok", "kabinetsreactie"}
        assert rond("adv-bestaat-niet") == set()
    client.get("/adviezen/2023/04/")
    with django_assert_max_num_queries(16) as vragen:
        client.get("/adviezen/2007/04/")
    for tabel in ("toezegging", "herinneringsbrief", "bewijs", "evaluatie", "evaluatietermijn", "vorige_uitgave"):
        assert f'FROM "publiek"."{tabel}"' not in str(vragen.captured_queries)


def test_genoeg_van_hetzelfde_thema_dan_alleen_wat_in_de_tijd_dichtbij_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publiek.queries.KANDIDATEN", 4)
    for nummer, jaar in enumerate((1990, 2000, 2005, 2008, 2024), start=60):
        publiceer_advies(f"adv-{nummer}", f"Arbeid in {jaar}", jaar=jaar, themas=[ARBEID], onderwerpen=["arbeid"])
    publiceer_advies("adv-70", "Brieven over de stad", jaar=1995)
    publiceer_advies("adv-71", "Voorbeeld", jaar=2007, themas=[ARBEID], onderwerpen=["arbeid"], voorbeeld=True)
    with leestransactie():
        gevonden = verwante(Advies.objects.get(kenmerk="adv-1"))
        los = verwante(Advies.objects.get(kenmerk="adv-70"))
    assert {a.kenmerk for a in gevonden.eerder} == {"adv-62", "adv-61"}
    assert {a.kenmerk for a in gevonden.later} == {"adv-63", "adv-2"}
    assert "adv-1" in {a.kenmerk for a in los.later}, "zonder thema's tellen de titels"


def test_een_bron_houdt_de_hoofdletters_van_haar_namen() -> None:
    """De archiefgegevens noemen hun brondocument tussen haakjes; zo staat het ook onder het advies."""
    assert bron_naam("seed:brochure.txt (brochure De SER)") == "Brochure De SER"
    assert bron_naam("seed:platform-en-dialoog.txt") == "platform-en-dialoog.txt"
    assert bron_naam("https://www.ser.nl/nl/publicaties/een") == "ser.nl"
