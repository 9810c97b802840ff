"""Gezette stappen voor het publiek: wat herroepen is staat nergens, en een traject is nieuws als men het zien mag."""

from datetime import timedelta

import pytest
from django.test import Client

from adviezen.enums import Stap
from adviezen.models import Adviesaanvraag, Adviestraject
from kern.tijd import datum_nl, nu, vandaag
from publiek.nieuws import nieuws
from tests.adviezen import bouw
from tests.adviezen.bouw import Cast
from tests.adviezen.conftest import _casts, _stand, _wereld, casts, wereld
from tests.hulp import zonder_bewaking
from tests.publiek.test_trajecten import tien_minuten_later
from tests.publiek.wereld import publiceer_advies

__all__ = ["_casts", "_stand", "_wereld", "casts", "wereld"]
pytestmark = pytest.mark.django_db


def test_het_publiek_leest_waarom_twee_stappen_hetzelfde_heten(client: Client, casts: dict[str, Cast]) -> None:
    """Stap 3 en 5, en 6 en 7, hebben één naam: wie niet weet waarom zag een fout."""
    tien_minuten_later()
    tekst = client.get(f"/trajecten/{casts[Stap.VERWERKING].traject.slug}/").content.decode()
    assert tekst.count("In voorbereiding bij de commissie") >= 2
    assert "Twee stappen heten soms hetzelfde." in tekst


def test_wat_herroepen_is_staat_niet_in_het_verhaal(client: Client, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.TOEWIJZING]
    bouw.weiger(cast)
    cast.doe("herroep_weigering", reden="Vergissing (voorbeeld).")
    bouw.naar_concept(cast)
    tien_minuten_later()
    tekst = client.get(f"/trajecten/{cast.traject.slug}/").content.decode()
    assert "In voorbereiding bij de commissie sinds" in tekst
    assert "Niet in behandeling" not in tekst
    verhaal = tekst.partition('class="verhaal')[2]
    assert "In voorbereiding bij de commissie" in verhaal, "wat na de herroeping kwam hoort erbij"
    stappen = client.get(f"/api/v1/trajecten/{cast.traject.slug}").json()["stappen"]
    assert [s["stap"] for s in stappen] == [
        "aangevraagd",
        "bij het dagelijks bestuur",
        "in voorbereiding bij de commissie",
    ]


def test_een_herroepen_stap_wordt_ook_na_tien_minuten_niet_zichtbaar(client: Client, casts: dict[str, Cast]) -> None:
    """De stap is dan oud genoeg, de herroeping vier minuten later nog niet."""
    cast = casts[Stap.TOEWIJZING]
    bouw.weiger(cast)
    tien_minuten_later()
    cast.doe("herroep_weigering", reden="Vergissing (voorbeeld).")
    assert "Bij het dagelijks bestuur sinds" in client.get(f"/trajecten/{cast.traject.slug}/").content.decode()
    kort = client.get(f"/api/v1/trajecten/{cast.traject.slug}").json()
    assert (kort["stap"], kort["lopend"]) == ("bij het dagelijks bestuur", True)


def test_een_traject_dat_eerst_onder_een_grond_lag_is_nieuws_zodra_men_het_ziet(casts: dict[str, Cast]) -> None:
    cast = casts[Stap.CONCEPT]
    Adviesaanvraag.objects.filter(traject=cast.traject).update(niet_openbaar_grond="Bedrijfsgegevens (voorbeeld).")
    with zonder_bewaking() as cursor:
        cursor.execute(
            "UPDATE adviezen_stapgang SET op = op - CASE naar WHEN 'concept' THEN interval '11 minutes' "
            "ELSE interval '30 days' END WHERE traject_id = %s",
            [cast.traject.pk],
        )
    gevonden = nieuws(nu() - timedelta(hours=1), nu())
    assert f"traject:{cast.traject.pk}" in [n.sleutel for n in gevonden]


def test_het_traject_noemt_dezelfde_dagen_als_het_advies(client: Client, casts: dict[str, Cast]) -> None:
    """De vaststelling is van de vergadering, niet van wie haar later invoert; en een verbeterde dag geldt overal."""
    cast = casts[Stap.AANGEBODEN]
    raad, aan = vandaag() - timedelta(days=5), vandaag() - timedelta(days=2)
    Adviestraject.objects.filter(pk=cast.traject.pk).update(vastgesteld_op=raad, aangeboden_op=aan)
    publiceer_advies(f"t-{cast.traject.pk}", "Het advies zelf", jaar=2026, nummer="V26/09", voorbeeld=True)
    tien_minuten_later()
    tekst = client.get(f"/trajecten/{cast.traject.slug}/").content.decode()
    assert f"Uitgebracht sinds {datum_nl(aan)}" in tekst
    gegevens = client.get(f"/api/v1/trajecten/{cast.traject.slug}").json()
    dagen = {s["stap"]: s["dag"] for s in gegevens["stappen"]}
    assert (dagen["vastgesteld"], dagen["uitgebracht"]) == (raad.isoformat(), aan.isoformat())
    assert gegevens["stapSinds"] == aan.isoformat()
    assert dagen["bij de raad"] <= dagen["vastgesteld"]
