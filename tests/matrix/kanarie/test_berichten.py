"""Geen handeling van de voorbeeldwereld zette tekst uit een stuk in een bericht."""

import pytest

from berichten.models import Bericht
from kern.html import platte_tekst
from tests.matrix.kanarie import velden

pytestmark = pytest.mark.usefixtures("_toneel", "db")
# Namen van mensen en zaken mogen in een bericht; de tekst van een stuk niet.
NAMEN = ("titel", "object_naam", "actor_naam", "auteur_naam", "door_naam", "naam", "commissie_naam")


def teksten() -> set[str]:
    """Elke zin van ten minste vijftien tekens uit een vertrouwelijke kolom."""
    uit: set[str] = set()
    for kolom in velden.kolommen():
        if kolom.model is Bericht or kolom.naam in NAMEN or kolom.model._meta.app_label == "termijnen":
            continue
        for waarde in kolom.model._base_manager.values_list(kolom.naam, flat=True):
            tekst = platte_tekst(waarde or "") if kolom.html else waarde or ""
            uit |= {zin.strip() for regel in tekst.split("\n") for zin in regel.split(". ") if len(zin.strip()) >= 15}
    return uit


def gelekt(zinnen: set[str]) -> list[str]:
    """Geef elk bericht met zo'n zin erin."""
    return sorted(
        {
            f"{onderwerp} / {tekst}: {zin[:60]}"
            for onderwerp, tekst in Bericht.objects.values_list("onderwerp", "tekst").distinct()
            for zin in zinnen
            if zin in onderwerp or zin in tekst
        }
    )


def test_geen_bericht_draagt_tekst_uit_een_stuk() -> None:
    zinnen = teksten()
    assert len(zinnen) > 50
    assert Bericht.objects.count() > 100
    assert gelekt(zinnen) == []


def test_en_de_toets_zou_het_zien() -> None:
    zinnen = teksten()
    Bericht.objects.filter(pk=Bericht.objects.latest("pk").pk).update(tekst=f"Let op: {max(zinnen, key=len)[:400]}")
    assert gelekt({zin[:400] for zin in zinnen})
