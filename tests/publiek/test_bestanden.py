"""De bestanden per jaar en het codeboek."""

import base64
import csv
import hashlib
import io
import json
from typing import Any

import pytest
from django.test import Client

from publiek.api import api
from publiek.api.codeboek import codeboek
from tests.publiek.wereld import publiceer_advies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kleine_wereld")]


def test_de_lijst_noemt_elk_jaar_en_de_sommen_kloppen(client: Client) -> None:
    lijst = client.get("/api/v1/bulkbestanden?perPagina=100").json()["bulkbestanden"]
    assert [(b["jaar"], b["vorm"]) for b in lijst][:2] == [(2026, "json"), (2026, "csv")]
    assert lijst[-1]["jaar"] is None
    assert sum(b["adviezen"] for b in lijst if b["vorm"] == "json") == 5
    for bestand in lijst:
        antwoord = client.get("/data/" + bestand["url"].rpartition("/")[2])
        som = hashlib.sha256(antwoord.content)
        assert (len(antwoord.content), som.hexdigest()) == (bestand["bytes"], bestand["sha256"])
        assert antwoord["Repr-Digest"] == f"sha-256=:{base64.b64encode(som.digest()).decode()}:"


def test_json_heeft_hetzelfde_als_de_api_en_blijft_gelijk(client: Client) -> None:
    antwoord = client.get("/data/adviezen-2023.json")
    (advies,) = json.loads(antwoord.content)["adviezen"]
    assert advies == client.get("/api/v1/adviezen/adv-2").json()
    from publiek.cache import BEWARING

    BEWARING.wis()
    assert client.get("/data/adviezen-2023.json").content == antwoord.content


def test_csv_leest_terug_en_is_nooit_een_formule(client: Client) -> None:
    publiceer_advies("=adv", '=HYPERLINK("x")', jaar=1999, samenvatting="-1+2\nregel", datum="1999-06-01",
                     datum_precisie="maand", datum_tekst="juni 1999 (dag onbekend)")  # fmt: skip
    antwoord = client.get("/data/adviezen-1999.csv")
    assert antwoord["Content-Type"] == "text/csv; charset=utf-8"
    (rij,) = csv.DictReader(io.StringIO(antwoord.content.decode("utf-8-sig"), newline=""))
    assert rij["titel"] == '\'=HYPERLINK("x")'
    assert rij["samenvatting"] == "'-1+2\nregel"
    assert (rij["datum"], rij["datumPrecisie"], rij["datumAfgeleid"]) == ("1999-06", "maand", "nee")


@pytest.mark.parametrize("adres", ["/data/adviezen-1901.json", "/data/adviezen-2023.xml", "/data/", "/data/x.csv"])
def test_een_ander_bestand_is_er_niet(client: Client, adres: str) -> None:
    assert client.get(adres).status_code == 404


def test_het_codeboek_noemt_elk_adres_en_elk_veld(client: Client) -> None:
    tekst = client.get("/api/").content.decode()
    schema = api.get_openapi_schema()
    for pad in schema["paths"]:
        assert f"/api/v1{pad}" in tekst, pad
    for soort in codeboek().soorten:
        for veld in soort.velden:
            assert f"<code>{veld.naam}</code>" in tekst, veld.naam
            assert veld.uitleg, f"{soort.naam}.{veld.naam} heeft geen betekenis"
            assert veld.herkomst or soort.naam == "Probleem", (
                f"{soort.naam}.{veld.naam} zegt niet waar het vandaan komt"
            )
    assert 'href="#soort-datering"' in tekst


def test_de_licentie_is_een_voorstel_tot_de_ser_kiest(client: Client, settings: Any) -> None:
    assert "die keuze is nog niet gemaakt" in client.get("/api/").content.decode()
    from publiek.cache import BEWARING

    BEWARING.wis()
    settings.DATALICENTIE = "cc0"
    tekst = client.get("/api/").content.decode()
    assert "die keuze is nog niet gemaakt" not in tekst
    assert "CC0 1.0" in tekst
    assert "publicdomain/zero" in client.get("/data/adviezen-2023.csv")["Link"]
