"""Welke doelen van de raad een traject dient."""

import pytest
from django.urls import reverse

from adviezen.enums import Stap
from adviezen.models import Doel
from logboek.models import Gebeurtenis
from tests.adviezen import bouw

pytestmark = pytest.mark.django_db


def test_het_werkprogramma_zegt_per_doel_welke_trajecten_het_dienen(wereld, als):
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    een = Doel.objects.create(periode="2024-2026", naam="Duurzame groei", volgorde=1)
    ander = Doel.objects.create(periode="2024-2026", naam="Waardig werk", volgorde=2)
    adres = reverse("adviezen:doelen", args=[cast.traject.slug])
    cast.traject.refresh_from_db()
    keuze = {"doelen": [een.pk, ander.pk], "versie": cast.traject.rijversie}
    vreemd = als(wereld.communicatie)
    assert "Leg de doelen vast" not in vreemd.get(adres).content.decode()
    assert vreemd.post(adres, keuze).status_code == 422
    client = als(cast.traject.secretaris)
    assert client.post(adres, keuze).status_code == 302
    assert client.post(adres, keuze | {"doelen": [een.pk]}).status_code == 422, "een oude stand overschrijft niets"
    blad = client.get(reverse("adviezen:werkprogramma"))
    assert [[t.pk for t in d.lopend] for d in blad.context["doelen"]] == [[cast.traject.pk]] * 2
    assert cast.traject not in blad.context["zonder"]
    assert Gebeurtenis.objects.get(soort="adviezen.kies_doelen").gegevens["nieuw"] == [een.pk, ander.pk]
