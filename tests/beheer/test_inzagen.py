# ruff: noqa: F811 de wereld is een fixture van elders
"""Wie een stuk opende leest alleen de beheerder, met een reden; van het stuk zelf ziet hij niets."""

from typing import Any

import pytest
from django.urls import reverse

from adviezen.enums import Stap
from logboek.actions import leg_inzage_vast
from logboek.models import Gebeurtenis
from tests.adviezen import bouw
from tests.adviezen.conftest import _stand, _wereld, wereld  # noqa: F401 dezelfde wereld als bij de adviezen

pytestmark = pytest.mark.django_db
GEHEIM = "Geheim van de commissie"


@pytest.fixture
def versie(wereld: Any) -> Any:
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld, titel=GEHEIM)
    return cast.traject.versies.order_by("pk").first()


def test_wie_het_opende_met_reden_en_zonder_titel(client: Any, wereld: Any, versie: Any) -> None:
    adres = reverse("beheer:inzagen")
    een, ander = wereld.account("FNV 1"), wereld.account("FNV 2")
    for lezer in (een, een, ander):
        leg_inzage_vast(object=versie, door=lezer)
    client.force_login(wereld.algemeen_secretaris, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(adres).status_code == 404
    client.force_login(wereld.beheerder, backend="django.contrib.auth.backends.ModelBackend")
    vraag = {"adres": reverse("lezen:versie", args=[versie.pk]), "reden": "vermoeden van een lek"}
    assert client.post(adres, vraag | {"reden": ""}).status_code == 422
    assert not Gebeurtenis.objects.filter(soort="beheer.vraag_inzagen").exists()
    tekst = client.post(adres, vraag).content.decode()
    assert een.naam in tekst
    assert ander.naam in tekst
    assert "2 keer" in tekst
    assert GEHEIM not in tekst
    spoor = Gebeurtenis.objects.get(soort="beheer.vraag_inzagen")
    assert (spoor.actor_id, spoor.object_id, spoor.reden) == (wereld.beheerder.pk, str(versie.pk), vraag["reden"])


@pytest.mark.parametrize(
    ("adres", "zin"),
    [
        ("/werk/", "geen stuk"),
        ("/lezen/versie/999999999/", "geen stuk"),
        ("https://elders.test/x/", "geen adres van dit portaal"),
    ],
)
def test_zonder_stuk_geen_antwoord_en_de_vraag_blijft_staan(client: Any, wereld: Any, adres: str, zin: str) -> None:
    client.force_login(wereld.beheerder, backend="django.contrib.auth.backends.ModelBackend")
    antwoord = client.post(reverse("beheer:inzagen"), {"adres": adres, "reden": "vermoeden van een lek"})
    assert antwoord.status_code == 422
    assert zin in antwoord.content.decode()
    assert adres in antwoord.content.decode()
