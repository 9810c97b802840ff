"""Wat de schrijver van een verslag ziet voordat het vastligt: het merk, de openbare tekst, en wat ontbreekt."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from kern.tijd import vandaag
from tests.vergaderingen.conftest import Wereld, pad, tekst
from vergaderingen import actions
from vergaderingen.models import Vergadering, Verslag
from vergaderingen.opmaak import lijkt_op_merk, openbaar_deel, twijfel_over_merken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("voorbeeldstand")]


def leesbaar(antwoord: Any) -> str:
    return " ".join(strip_tags(tekst(antwoord)).split())


@pytest.mark.parametrize(
    "merk",
    ["[vertrouwlijk]", "[Vertouwelijk]", "[vertrouwelijke]", "[vertrouwelijk", "(vertrouwelijk)", "[ vertrouwelijk ]"],
)
def test_een_tikfout_in_het_merk_houdt_de_alinea_uit_de_openbare_tekst(merk: str) -> None:
    """Bij twijfel blijft zij weg: wat eenmaal openbaar is, is dat voorgoed."""
    verslag = f"## 1. Punt\n\nDit mag.\n\n{merk} Lid K1 is ziek.\nEn nog iets.\n\n- los"
    assert lijkt_op_merk(f"{merk} Lid K1") == merk
    assert openbaar_deel(verslag) == "## 1. Punt\n\nDit mag.\n\n\n- los\n"
    (zin,) = twijfel_over_merken(verslag)
    assert f"“{merk}” lijkt op [vertrouwelijk]" in zin


@pytest.mark.parametrize(
    "regel", ["[vertrouwelijk] Stil.", "Dat is (vertrouwen) in elkaar.", "[verantwoordelijk]", "Vertrouwelijk overleg"]
)
def test_wat_geen_tikfout_is_blijft_met_rust(regel: str) -> None:
    assert lijkt_op_merk(regel) == ""
    assert twijfel_over_merken(regel) == []


def test_een_merk_midden_in_een_alinea_wordt_gezegd() -> None:
    (zin,) = twijfel_over_merken(
        "- Lid O1 zegt [vertrouwelijk] iets wat langer is dan zestig tekens en dus wordt afgekort."
    )
    assert "midden in een alinea" in zin
    assert "…" in zin


def test_wie_kijkt_wat_openbaar_wordt_bewaart_nog_niets(wereld: Wereld, werk: Client) -> None:
    rij = wereld.gesloten()
    adres = pad("verslag", rij.pk)
    getypt = "# Verslag\n\nOpen tekst.\n\n[vertrouwlijk] Stille tekst."
    blad = werk.post(adres, {"tekst": getypt, "kijk": "ja", "versie": ""})
    assert "Er is nog niets bewaard" in leesbaar(blad)
    openbaar = leesbaar(blad).rpartition("Dit wordt openbaar")[2]
    assert "Open tekst." in openbaar
    assert "Stille tekst." not in openbaar
    assert "lijkt op [vertrouwelijk]" in leesbaar(blad)
    assert "[vertrouwlijk] Stille tekst." in blad.context["formulier"]["tekst"].value()
    assert not Verslag.objects.exists()
    werk.post(adres, {"tekst": getypt, "versie": ""})
    assert "Stille" not in Verslag.objects.get().openbaar_html
    assert "lijkt op [vertrouwelijk]" in leesbaar(werk.get(adres)), "ook na het bewaren staat de waarschuwing er"


def _klaar(wereld: Wereld, **velden: Any) -> Vergadering:
    return wereld.gesloten(vandaag() - timedelta(days=1), **velden)


def test_wie_vaststelt_ziet_eerst_wat_openbaar_wordt(wereld: Wereld, werk: Client) -> None:
    rij = _klaar(wereld)
    werk.post(pad("verslag", rij.pk), {"tekst": "Open tekst.\n\n[vertrouwelijk] Stille tekst.", "versie": ""})
    blad = leesbaar(werk.get(pad("vaststellen", rij.pk)))
    assert "Open tekst." in blad.rpartition("Dit wordt openbaar")[2]
    assert "Stille tekst." not in blad
    besloten = _klaar(wereld, openbaar=False, besloten_reden="Personen.", begin=None, eind=None)
    werk.post(pad("verslag", besloten.pk), {"tekst": "Alles blijft binnen.", "versie": ""})
    blad = leesbaar(werk.get(pad("vaststellen", besloten.pk)))
    assert "Alles blijft binnen." in blad.rpartition("Dit ligt daarna vast")[2]
    assert "Dit wordt openbaar" not in blad


def test_een_besluit_dat_later_kwam_en_niet_in_het_verslag_staat_wordt_genoemd(wereld: Wereld, werk: Client) -> None:
    rij = _klaar(wereld)
    punt = rij.agendapunten.get()
    actions.leg_besluit_vast(agendapunt=punt, tekst="Het plan is aangenomen.", door=wereld.door)
    werk.post(pad("verslag", rij.pk), {"tekst": "Het  plan is\naangenomen.", "versie": ""})
    zin = "Niet letterlijk in dit verslag"
    assert zin not in leesbaar(werk.get(pad("verslag", rij.pk)))
    actions.leg_besluit_vast(agendapunt=punt, tekst="De begroting volgt.", door=wereld.door)
    for naam in ("verslag", "vaststellen"):
        blad = leesbaar(werk.get(pad(naam, rij.pk)))
        assert f"{zin}: punt {punt.volgorde}: “De begroting volgt.”. Kijk of dat klopt." in blad
