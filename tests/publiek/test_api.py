"""De lees-API: lijsten en enkele records, vragen, bladeren, fouten en koppen."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kern.tijd import AMSTERDAM
from publicatie.actions import trek_in
from publicatie.models import Publicatie
from publiek.api.wijzigingen import VERSIE
from publiek.models import Advies
from tests.publiek.wereld import ARBEID, publiceer_advies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kleine_wereld")]
LIJSTEN = (
    *(
        "adviezen",
        "aanbevelingen",
        "kabinetsreacties",
        "evaluaties",
        "trajecten",
        "vergaderingen",
        "themas",
        "commissies",
    ),
    *("zittingsperioden", "bulkbestanden"),
)


def haal(client: Client, weg: str, **vragen: Any) -> Any:
    antwoord = client.get(f"/api/v1/{weg}", vragen)
    assert antwoord.status_code == 200, antwoord.content
    return antwoord.json()


@pytest.mark.parametrize("naam", LIJSTEN)
def test_elke_lijst_telt_en_bladert(client: Client, naam: str) -> None:
    alles = haal(client, naam, perPagina=100)
    assert alles["totaal"] == len(alles[naam])
    gezien = []
    for pagina in range(1, alles["totaal"] + 1):
        deel = haal(client, naam, perPagina=1, pagina=pagina)
        assert deel["paginas"] == alles["totaal"]
        gezien += deel[naam]
    assert gezien == alles[naam]
    assert haal(client, naam, pagina=900)[naam] == []


def test_de_links_wijzen_naar_de_buren(client: Client) -> None:
    antwoord = client.get("/api/v1/adviezen?perPagina=2&pagina=2&soort=advies")
    links = antwoord.json()["links"]
    assert links["self"].endswith("/api/v1/adviezen?perPagina=2&soort=advies&pagina=2")
    assert links["prev"].endswith("pagina=1")
    assert links["next"] is None
    assert '; rel="prev"' in antwoord["Link"]
    assert 'rel="next"' not in antwoord["Link"]
    assert client.get(links["first"].partition("testserver")[2] or links["first"]).status_code == 200


@pytest.mark.parametrize(
    ("vragen", "kenmerken"),
    [
        ({}, ["adv-2", "adv-1", "t-9", "adv-3", "adv-4"]),
        ({"sorteer": "oudste"}, ["adv-1", "adv-2", "adv-3", "t-9", "adv-4"]),
        ({"jaar": 2023}, ["adv-2"]),
        ({"thema": "arbeid"}, ["adv-2", "adv-1"]),
        ({"soort": "rapport"}, ["adv-4"]),
        ({"oordeel": "verdeeld"}, ["adv-1"]),
        ({"oordeel": "onbekend"}, ["t-9", "adv-3", "adv-4"]),
        ({"reactiestand": "later"}, ["adv-2"]),
        ({"openbaarVanaf": "2023-01-01"}, ["adv-2", "t-9"]),
        ({"q": "innovatie"}, ["adv-2"]),
        ({"q": "brieven", "oordeel": "verdeeld", "perPagina": 7}, ["adv-1"]),
        ({"q": "brieven", "openbaarVanaf": "2023-01-01"}, []),
        ({"q": "innovatie", "openbaarVanaf": "2023-01-01"}, ["adv-2"]),
        ({"q": "innovatie", "openbaarVanaf": "2023-01-01", "pagina": 2}, []),
        ({"q": "de"}, []),
        ({"q": "nergenswoord"}, []),
    ],
)
def test_de_vragen_kiezen_uit(client: Client, vragen: dict[str, Any], kenmerken: list[str]) -> None:
    assert [a["kenmerk"] for a in haal(client, "adviezen", **vragen)["adviezen"]] == kenmerken


def test_zoeken_bladert_ook_buiten_de_maat_van_de_zoekpagina(client: Client) -> None:
    for nummer in range(45):
        publiceer_advies(f"zoek-{nummer:02d}", f"Waterschappen {nummer}", jaar=1960 + nummer)
    gezien = [
        a["kenmerk"]
        for pagina in (1, 2, 3)
        for a in haal(client, "adviezen", q="waterschappen", perPagina=17, pagina=pagina, sorteer="nieuwste")[
            "adviezen"
        ]
    ]
    assert gezien == [f"zoek-{n:02d}" for n in reversed(range(45))]


def test_wat_tijdens_het_zoeken_van_uitgave_wisselt_geeft_geen_fout(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """De treffers zijn van net ervoor, de rijen van net erna; de uitvoer en de zoekpagina kunnen daar ook tegen."""
    monkeypatch.setattr("publiek.api.adviezen.deel", lambda *_, **__: (2, [10**9, Advies.objects.get(jaar=2023).pk]))
    assert [a["kenmerk"] for a in haal(client, "adviezen", q="innovatie")["adviezen"]] == ["adv-2"]


def test_een_advies_zegt_per_gegeven_hoe_zeker_het_is(client: Client) -> None:
    advies = haal(client, "adviezen/adv-2")
    assert advies["dagtekening"] == {
        "waarde": "2023-03-16",
        "precisie": "dag",
        "afgeleid": True,
        "tekst": "do 16 maart 2023 (afgeleid)",
    }
    herkomst = {h["gegeven"]: h for h in advies["herkomst"]}
    assert (herkomst["dagtekening"]["zekerheid"], herkomst["dagtekening"]["precisie"]) == ("afgeleid", "dag")
    assert herkomst["oordeel"]["zekerheid"] == "vermeld"
    assert herkomst["samenvatting"]["herkomst"] == "eigen woorden"
    assert herkomst["commissie"]["zekerheid"] == "niet_bekend"
    assert advies["termijn"]["vervaltOp"] == "2023-06-16"
    assert advies["kabinetsreacties"][0]["adviezen"] == ["adv-2"]
    assert advies["kabinetsreacties"][0]["dagtekening"]["waarde"] == "2025-07-03"
    kaal = haal(client, "adviezen/adv-4")
    assert kaal["dagtekening"]["waarde"] is None
    assert kaal["termijn"] is None
    assert {h["zekerheid"] for h in kaal["herkomst"] if h["gegeven"] == "dagtekening"} == {"niet_bekend"}


def test_een_datum_op_de_maand_blijft_op_de_maand(client: Client) -> None:
    publiceer_advies(
        "maand", "Alleen de maand", jaar=1965, datum="1965-06-01", datum_precisie="maand",
        datum_tekst="juni 1965 (dag onbekend)", aanvraagdatum="1964-01-01", aanvraagdatum_tekst="1964 (dag onbekend)",
    )  # fmt: skip
    advies = haal(client, "adviezen/maand")
    assert (advies["dagtekening"]["waarde"], advies["dagtekening"]["precisie"]) == ("1965-06", "maand")
    assert (advies["aanvraag"]["waarde"], advies["aanvraag"]["precisie"]) == ("1964", "jaar")


def test_tekst_en_standpunten(client: Client) -> None:
    opvatting = {"aanduiding": "een deel", "tekst": "Ja.", "voetnoot": "x", "steun": []}
    publiceer_advies(
        "vol", "Met tekst", jaar=2024, nummer="2024/01", volledig=True, html='<p data-blok="a1">Zin.</p>',
        standpunten=[{"passage": "P", "blok": "a1", "opvattingen": [opvatting, {**opvatting, "tekst": "Nee."}]}],
    )  # fmt: skip
    advies = haal(client, "adviezen/vol")
    (blok,) = advies["tekst"]
    assert (blok["blok"], blok["tekst"]) == ("a1", "Zin.")
    assert blok["url"].endswith("/adviezen/2024/01/#a1")
    assert [o["tekst"] for o in advies["standpunten"][0]["opvattingen"]] == ["Ja.", "Nee."]


def test_aanbevelingen_en_reacties_zijn_ook_los_op_te_vragen(client: Client) -> None:
    (rij,) = haal(client, "aanbevelingen", advies="adv-2")["aanbevelingen"]
    assert haal(client, f"aanbevelingen/{rij['id']}") == rij
    assert haal(client, "aanbevelingen", advies="adv-1")["totaal"] == 0
    assert haal(client, "aanbevelingen", jaar=2023, thema="arbeid")["totaal"] == 1
    (reactie,) = haal(client, "kabinetsreacties")["kabinetsreacties"]
    assert reactie["id"] == "archief-adv-2"
    assert haal(client, f"kabinetsreacties/{reactie['id']}") == reactie
    assert haal(client, "themas/arbeid")["adviezen"] == 2


def test_de_raad_van_voor_het_archief_is_niet_bekend(client: Client) -> None:
    raad = haal(client, "raad", op="1900-01-01")
    assert (raad["op"], raad["periode"], raad["zetels"]) == ("1900-01-01", None, [])


def test_ingetrokken_is_410_met_de_reden(client: Client) -> None:
    trek_in(publicatie=Publicatie.objects.get(sleutel="advies:adv-2"), reden="Verkeerde tekst", door=None)
    antwoord = client.get("/api/v1/adviezen/adv-2")
    assert antwoord.status_code == 410
    assert antwoord["Content-Type"] == "application/problem+json"
    assert antwoord.json()["detail"] == "Verkeerde tekst"
    assert "adv-2" not in [a["kenmerk"] for a in haal(client, "adviezen")["adviezen"]]
    assert haal(client, "aanbevelingen")["totaal"] == 0
    assert haal(client, "kabinetsreacties")["totaal"] == 0


def test_alle_fouten_in_de_vraag_tegelijk(client: Client) -> None:
    antwoord = client.get("/api/v1/adviezen?jaar=veel&perPagina=0&oordeel=z&tikfout=1&q=" + "x" * 201)
    assert antwoord.status_code == 400
    assert antwoord["Content-Type"] == "application/problem+json"
    fout = antwoord.json()
    assert {f["in"] for f in fout["errors"]} == {"jaar", "perPagina", "oordeel", "q", "tikfout"}
    zinnen = {f["in"]: f["detail"] for f in fout["errors"]}
    assert zinnen["jaar"] == "Geef een geheel getal."
    assert zinnen["perPagina"] == "Geef 1 of meer."
    assert zinnen["oordeel"] == "Kies uit: 'unaniem', 'verdeeld' of 'onbekend'."
    assert zinnen["tikfout"].startswith("Deze vraag bestaat hier niet. Wel: commissie, jaar,")
    assert fout["detail"] == "Kijk na: jaar, oordeel, perPagina, q, tikfout."


@pytest.mark.parametrize(
    ("adres", "veld"),
    [
        ("adviezen?tikfout=1", "tikfout"),
        ("openapi.json?x=1", "x"),
        ("adviezen?openbaarVanaf=gisteren", "openbaarVanaf"),
        ("raad?op=gisteren", "op"),
        ("trajecten?lopend=soms", "lopend"),
    ],
)
def test_een_verkeerde_vraag_noemt_het_veld(client: Client, adres: str, veld: str) -> None:
    antwoord = client.get(f"/api/v1/{adres}")
    assert antwoord.status_code == 400
    assert [f["in"] for f in antwoord.json()["errors"]] == [veld]


@pytest.mark.parametrize(
    "adres",
    [
        *("adviezen/", "adviezen/bestaat-niet", "adviezen/ADV-2", "adviezen/a%00b", "adviezen/a/b", "bestaat-niet", ""),
        *("aanbevelingen/adv-2-9", "aanbevelingen/adv-2", "kabinetsreacties/999999", "kabinetsreacties/archief-adv-1"),
        *("themas/nee", "trajecten/nee", "vergaderingen/nee", "commissies/nee"),
    ],
)
def test_wat_er_niet_is_geeft_404_als_probleem(client: Client, adres: str) -> None:
    antwoord = client.get(f"/api/v1/{adres}")
    assert antwoord.status_code == 404
    assert antwoord["Content-Type"] == "application/problem+json"
    assert antwoord.json()["status"] == 404


def test_ook_een_fout_van_buiten_de_api_is_een_probleem(client: Client, monkeypatch: Any) -> None:
    antwoord = client.post("/api/v1/adviezen")
    assert antwoord.status_code == 405
    assert antwoord.json()["title"] == "Alleen lezen"
    assert antwoord["Allow"] == "GET, HEAD"
    client.raise_request_exception = False
    monkeypatch.setattr("publiek.api.werk._themas", lambda: 1 / 0)
    stuk = client.get("/api/v1/themas")
    assert stuk.status_code == 500
    assert stuk["Content-Type"] == "application/problem+json"
    assert json.loads(stuk.content)["status"] == 500
    assert b"ZeroDivision" not in stuk.content


@pytest.mark.parametrize("adres", ["adviezen", "adviezen/adv-2", "adviezen/nee", "adviezen?x=1", "openapi.json"])
def test_elk_antwoord_noemt_de_versie_en_mag_door_elke_site_gelezen(client: Client, adres: str) -> None:
    antwoord = client.get(f"/api/v1/{adres}")
    assert antwoord["API-Version"] == VERSIE
    assert antwoord["Access-Control-Allow-Origin"] == "*"
    assert "Cookie" not in antwoord.get("Vary", "")


def test_niet_veranderd_is_304(client: Client) -> None:
    eerst = client.get("/api/v1/adviezen/adv-2")
    weer = client.get("/api/v1/adviezen/adv-2", headers={"If-None-Match": eerst["ETag"]})
    assert weer.status_code == 304
    assert weer.content == b""
    publiceer_advies("adv-2", "Anders", jaar=2023, vanaf=datetime(2023, 1, 1, tzinfo=AMSTERDAM), themas=[ARBEID])
    assert client.get("/api/v1/adviezen/adv-2", headers={"If-None-Match": eerst["ETag"]}).status_code == 200


def test_evenveel_zoekvragen_bij_veel_adviezen(client: Client) -> None:
    def tel(adres: str) -> int:
        with CaptureQueriesContext(connections["publiek"]) as vragen:
            assert client.get(adres).status_code == 200
        return len(vragen)

    adressen = ("adviezen?perPagina=100", "aanbevelingen?perPagina=100", "kabinetsreacties", "themas")
    voor = [tel(f"/api/v1/{adres}") for adres in adressen]
    for nummer in range(30):
        publiceer_advies(
            f"veel-{nummer}", f"Veel {nummer}", jaar=1980,
            aanbevelingen=[{"nummer": 1, "tekst": "Doe iets", "blok": "a", "geadresseerden": ""}],
        )  # fmt: skip
    assert [tel(f"/api/v1/{adres}") for adres in adressen] == voor
    assert max(voor) <= 20
