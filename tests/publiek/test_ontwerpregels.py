"""De beschrijving van de API tegen de regels van de overheid, en tegen zichzelf."""

import copy
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from publiek.api import api
from ser_portal.baas.gereedschap import BRON, spectral

pytestmark = pytest.mark.django_db
# Waar `./portal test` het neerzet (ser_portal.baas.toets.GEREEDSCHAP): een volgende ronde haalt niets meer op.
PLEK = Path(settings.BASE_DIR) / "var" / "gereedschap"


def keur(beschrijving: dict[str, Any], map_: Path) -> list[dict[str, Any]]:
    """Geef wat Spectral met de officiële regels van de NLGov API Design Rules vindt (alleen fouten)."""
    bestand = map_ / "openapi.json"
    bestand.write_text(json.dumps(beschrijving), encoding="utf-8")
    uitkomst = subprocess.run(
        [*spectral(PLEK), "lint", "-q", "-f", "json", "-F", "error", "-r", BRON / "nlgov" / "linter.yaml", bestand],
        capture_output=True,
        text=True,
        check=False,
    )
    assert uitkomst.returncode in (0, 1), uitkomst.stderr
    gevonden = json.loads(uitkomst.stdout[uitkomst.stdout.index("[") :])
    return [melding for melding in gevonden if melding["severity"] == 0]


@pytest.fixture
def beschrijving(client: Client) -> dict[str, Any]:
    """De openapi.json zoals een bezoeker haar krijgt."""
    uit: dict[str, Any] = client.get("/api/v1/openapi.json").json()
    return uit


def test_geen_enkele_fout_tegen_de_ontwerpregels(beschrijving: dict[str, Any], tmp_path: Path) -> None:
    assert keur(beschrijving, tmp_path) == []


def test_en_de_keuring_merkt_een_fout_op(beschrijving: dict[str, Any], tmp_path: Path) -> None:
    stuk = copy.deepcopy(beschrijving)
    stuk["paths"]["/Adviezen_Lijst"] = stuk["paths"].pop("/adviezen")
    del stuk["info"]["contact"]
    voorbeeld = stuk["paths"]["/raad"]["get"]["responses"]["200"]["content"]["application/json"]["example"]
    voorbeeld["zetels"] = "twaalf"
    regels = {melding["code"] for melding in keur(stuk, tmp_path)}
    assert {"nlgov:paths-kebab-case", "info-contact", "oas3-valid-media-example"} <= regels


def test_elke_bewerking_heeft_een_voorbeeld_een_groep_en_uitleg(beschrijving: dict[str, Any]) -> None:
    groepen = {tag["name"] for tag in beschrijving["tags"]}
    for pad, wegen in beschrijving["paths"].items():
        assert set(wegen) == {"get"}, pad
        daad = wegen["get"]
        assert daad["responses"]["200"]["content"]["application/json"]["example"], pad
        assert set(daad["tags"]) <= groepen
        assert daad["summary"], pad
        assert daad["description"], pad
        assert "400" in daad["responses"]
        assert all(vraag["description"] for vraag in daad["parameters"]), pad
    assert len({w["get"]["operationId"] for w in beschrijving["paths"].values()}) == len(beschrijving["paths"])


def test_beschrijving_noemt_server_contact_en_licentie(beschrijving: dict[str, Any]) -> None:
    assert beschrijving["servers"][0]["url"] == f"{settings.PORTAL_ADRES}/api/v1"
    assert beschrijving["info"]["contact"]["email"]
    assert beschrijving["info"]["license"]["name"] == "CC BY 4.0"
    assert api.version == beschrijving["info"]["version"]
