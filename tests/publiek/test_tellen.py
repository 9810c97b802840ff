"""Wat een openbare bladzijde telt en dateert: niet meer dan bekend is, en ook wat er niet op past."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from commissies.actions import stel_commissie_in
from kern.tijd import datum_nl, vandaag
from publiek import cijfers, lezen
from publiek.cijfers import met_id
from publiek.models import Advies, Klok
from publiek.views import raad
from publiek.views.personen import periode
from termijnen.regels import vervaldatum
from tests.publiek.wereld import publiceer_advies
from toegang.enums import Rol
from vergaderingen.actions import gelast_af, plan_vergadering


@pytest.mark.parametrize(
    ("van", "tot", "precisie", "tekst"),
    [
        (date(2022, 4, 1), date(2024, 4, 1), "dag", "van vr 1 april 2022 tot ma 1 april 2024"),
        (date(2018, 4, 1), date(2020, 5, 1), "maand",
         "van april 2018 (dag onbekend) tot en met april 2020 (dag onbekend)"),
        (date(2000, 1, 1), date(2014, 1, 1), "jaar", "van 2000 (dag onbekend) tot en met 2013 (dag onbekend)"),
    ],
)  # fmt: skip
def test_wie_in_2013_vertrok_vertrok_niet_in_2014(van: date, tot: date, precisie: str, tekst: str) -> None:
    """Het archief zegt "tot en met 2013"; de dag erna is 1 januari 2014."""
    assert periode(van, tot, precisie, precisie) == tekst


@pytest.mark.django_db
def test_de_zin_bij_een_commissie_telt_ook_wat_niet_op_de_bladzijde_past(
    client: Client, secretaris: Any, monkeypatch: Any
) -> None:
    commissie = stel_commissie_in(naam="Commissie Werk", soort="vast", ingesteld_op=date(1990, 1, 1), door=secretaris)
    for jaar, oordeel in ((2001, "unaniem"), (2002, "verdeeld"), (2003, "unaniem")):
        publiceer_advies(f"adv-{jaar}", f"Advies {jaar}", jaar=jaar, orgaan=commissie.slug, uitkomst=oordeel)
    adres = f"/commissies/{commissie.slug}/"
    heel = client.get(adres).content.decode()
    assert heel.count("lijst-kop") == 3
    monkeypatch.setattr(raad, "MEESTE_ADVIEZEN", 2)
    publiceer_advies("adv-2004", "Advies 2004", jaar=2004, orgaan=commissie.slug)
    deel = client.get(adres).content.decode()
    assert deel.count("lijst-kop") == 2
    assert "4 in dit archief, 2001–2004. 2 unaniem, 1 verdeeld, van 1 niet bekend." in deel


@pytest.mark.django_db
def test_de_laatste_vergadering_is_er_een_die_er_was(client: Client, maak_gebruiker: Any) -> None:
    wie = maak_gebruiker("Raad", Rol.RAADSSECRETARIS)
    was, nooit = (vandaag() - timedelta(days=n) for n in (60, 30))
    plan_vergadering(orgaan="raad", datum=was, door=wie)
    rij = plan_vergadering(orgaan="raad", datum=nooit, door=wie)
    gelast_af(vergadering=rij, versie=None, reden="Te weinig te bespreken.", door=wie)
    begin = client.get("/").content.decode()
    assert f'De laatste die wij kennen was op <a href="/vergaderingen/{was}/">{datum_nl(was)}</a>' in begin


@pytest.mark.django_db
def test_een_deel_is_als_deel_getekend(client: Client) -> None:
    """Eén van één is alles, en drie van vier niet: de staaf van het geheel staat erom."""
    for n, (jaar, oordeel) in enumerate([(1991, "unaniem"), *[(2001, "unaniem")] * 3, (2002, "verdeeld")]):
        publiceer_advies(f"adv-{n}", f"Advies {n}", jaar=jaar, uitkomst=oordeel)
    een, drie = cijfers.grafiek(met_id("unaniem-door-de-tijd")).staven
    assert [(s.naam, s.getal, s.aantal) for s in (een, drie)] == [("1990–1999", 1, 1), ("2000–2009", 3, 4)]
    assert (een.breedte, een.heel, een.einde) == (25, 25, 25)
    assert (drie.breedte, drie.heel, drie.einde) == (75, 100, 100)
    assert 'class="staaf-heel"' in client.get("/cijfers/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("pad", "heen"), [("2001", "2001"), ("zonder-jaar", "onbekend"), ("1999", None)])
def test_een_ingekort_adres_geeft_de_adviezen_uit_dat_jaar(client: Client, pad: str, heen: str | None) -> None:
    publiceer_advies("adv-1", "Advies 1", jaar=2001)
    publiceer_advies("adv-2", "Advies 2", jaar=None)
    antwoord = client.get(f"/adviezen/{pad}/")
    assert antwoord.get("Location") == (f"/adviezen/?jaar={heen}" if heen else None)
    assert antwoord.status_code == (302 if heen else 404)


@pytest.mark.parametrize(("erbij", "zin"), [(0, ""), (60, ", uiterlijk {eerst}; de laatste dag is verzet")])
def test_een_verlengde_termijn_heet_geen_drie_maanden(erbij: int, zin: str) -> None:
    """ "Binnen drie maanden, uiterlijk 9 april" bij een advies van 9 november: dat zijn er vijf."""
    basis = vandaag()
    vervalt = vervaldatum("kabinetsreactie", basis) + timedelta(days=erbij)
    rij = Klok(kenmerk="adv-1", basis=basis, vervalt_op=vervalt, status="open", vrijgegeven=True)
    klok = lezen.klok_van(Advies(kenmerk="adv-1"), rij, [])
    assert klok is not None
    eerst = datum_nl(vervaldatum("kabinetsreactie", basis))
    assert klok.naam == f"Afgesproken: binnen drie maanden{zin.format(eerst=eerst)}"
