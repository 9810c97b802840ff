"""Wat het scherm zegt van de dag zelf tot het verslag: geen quorum, staken, sluiten, en wie niet tekende."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from kern.tijd import vandaag
from tests.vergaderingen.conftest import Wereld, maak_commissie, pad, tekst
from vergaderingen.queries import voorstel_datum

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("voorbeeldstand")]
OVER, GISTEREN = timedelta(days=30), vandaag() - timedelta(days=1)


def leesbaar(antwoord: Any) -> str:
    return " ".join(strip_tags(tekst(antwoord)).split())


def test_een_maand_met_een_raadsvergadering_wordt_niet_nog_eens_voorgesteld(wereld: Wereld, werk: Client) -> None:
    voorstel = voorstel_datum("raad", vandaag())
    wereld.plan(voorstel - timedelta(days=7))
    later = voorstel_datum("raad", vandaag())
    assert (later.year, later.month) != (voorstel.year, voorstel.month)
    bestuur = maak_commissie(wereld, "Dagelijks bestuur")
    assert bestuur not in werk.get(pad("plan")).context["formulier"].fields["commissie"].queryset
    antwoord = werk.post(pad("plan"), {"orgaan": "raad", "datum": str(voorstel), "openbaar": "ja"}, follow=True)
    assert "in die maand vergadert de raad ook op" in leesbaar(antwoord)
