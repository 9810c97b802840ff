# ruff: noqa: F811 de wereld is een fixture van elders
"""Waarom ziet deze persoon dit: hetzelfde antwoord als de bladzijde zelf, zonder iets van de inhoud."""

from typing import Any

import pytest
from django.urls import reverse

from adviezen.enums import Stap
from kern.fouten import InvoerFout
from logboek.models import Gebeurtenis, Inzage
from tests.adviezen import bouw
from tests.adviezen.conftest import _stand, _wereld, wereld  # noqa: F401 dezelfde wereld als bij de adviezen
from toegang.models import Gebruiker
from werkplek.queries_waarom import leg_uit

pytestmark = pytest.mark.django_db
GEHEIM = "Geheim van de commissie"


@pytest.fixture
def versie(wereld: Any) -> Any:
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld, titel=GEHEIM)
    return cast.traject.versies.order_by("pk").first()  # een concept: alleen de commissie en het secretariaat


def mensen(wereld: Any, versie: Any) -> list[Gebruiker]:
    """Van alles een, met de commissie van deze versie."""
    raad = wereld.raad
    personen = [
        *(raad.leden[s] for s in ("FNV 1", "Kroonlid 1", "Kroonlid 9")),
        *(raad.plaatsvervangers["FNV 2"], raad.oud_lid, raad.waarnemer, raad.ministerieel),
        *(lid.persoon for lid in versie.traject.commissie.leden.select_related("persoon__gebruiker")),
    ]
    accounts = [wereld.raadssecretaris, wereld.beheerder, wereld.buitenstaander, raad.coordinatoren["FNV"]]
    accounts += [p.gebruiker for p in personen if p and p.gebruiker]
    return list(Gebruiker.objects.filter(pk__in=[g.pk for g in accounts]).order_by("pk"))


def test_het_antwoord_is_dat_van_de_bladzijde_zelf(client: Any, wereld: Any, versie: Any) -> None:
    adressen = [
        reverse("lezen:versie", args=[versie.pk]),
        reverse("adviezen:traject", args=[versie.traject.slug]),
        reverse("termijnen:ladders"),
        "/",
    ]
    zien = set()
    for wie in mensen(wereld, versie):
        client.force_login(wie, backend="django.contrib.auth.backends.ModelBackend")
        for adres in adressen:
            ziet = leg_uit(Gebruiker.objects.get(pk=wie.pk), adres).ziet
            assert ziet == (client.get(adres).status_code == 200), (wie, adres)
            zien.add((adres, ziet))
    assert len(zien) == 7, "elk adres is voor de een open en voor de ander dicht; het openbare voor ieder open"


def test_de_uitleg_noemt_waardoor_en_voor_wie_wel(wereld: Any, versie: Any) -> None:
    adres = reverse("lezen:versie", args=[versie.pk])
    commissie = versie.traject.commissie.naam
    binnen = [leg_uit(g, adres) for g in mensen(wereld, versie)]
    lid = next(u for u in binnen if any(r.startswith("commissielid") for r in u.rollen) and u.ziet)
    assert any(d == f"commissielid ({commissie})" for d in lid.poorten[1].door)
    buiten = next(u for u in binnen if not u.ziet)
    assert buiten.poorten[1].door == ()
    alleen_rollen, van_de_commissie = buiten.poorten[1].anderen
    assert alleen_rollen == "secretariaat"
    assert van_de_commissie.startswith(f"{commissie}: commissievoorzitter, commissielid")
    assert "elk met een eigen kring" in buiten.poorten[1].regel
    assert (
        leg_uit(wereld.raadssecretaris, reverse("lezen:versie", args=[versie.pk + 999]))
        .poorten[1]
        .regel.startswith("Dit stuk")
    )


def test_alleen_de_beheerder_vraagt_het_met_reden_en_ziet_geen_inhoud(client: Any, wereld: Any, versie: Any) -> None:
    adres = reverse("werkplek:waarom")
    beheerder = wereld.beheerder
    wie = wereld.account("FNV 1")
    client.force_login(wereld.secretaris, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(adres).status_code == 404
    client.force_login(beheerder, backend="django.contrib.auth.backends.ModelBackend")
    vraag = {"wie": wie.email, "adres": f"http://testserver{reverse('lezen:versie', args=[versie.pk])}"}
    assert client.post(adres, vraag).status_code == 422, "zonder reden geen antwoord"
    ingezien = Inzage.objects.count()
    antwoord = client.post(adres, vraag | {"reden": "Vraag van het lid"})
    assert antwoord.status_code == 200
    assert GEHEIM not in antwoord.content.decode()
    regel = Gebeurtenis.objects.get(soort="werkplek.vraag_waarom")
    assert (regel.actor_id, regel.object_id, regel.reden) == (beheerder.pk, str(wie.pk), "Vraag van het lid")
    assert regel.gegevens["stukken"] == [f"adviezen.versie:{versie.pk}"]
    assert Inzage.objects.count() == ingezien, "er is niets gelezen"
    fout = client.post(adres, vraag | {"adres": "/bestaat/niet/", "reden": "een reden"})
    assert "bestaat niet in het portaal" in fout.content.decode()
    # Wat geen adres is, is ook geen bladzijde; een ongeldig poortje of haakje mag het scherm niet omgooien.
    for raar in ("http://[ser", "/werk/\x00", "https://portaal.test:poort/werk/"):
        assert client.post(adres, vraag | {"adres": raar, "reden": "een reden"}).status_code in (200, 422), raar


def test_iemand_zoeken_en_lezen_voor_wie_het_antwoord_geldt(client: Any, wereld: Any, versie: Any) -> None:
    """Met ruim honderd accounts zoekt men op een naam; passen er meer, dan kiest men, en niets is al gevraagd."""
    adres = reverse("werkplek:waarom")
    client.force_login(wereld.beheerder, backend="django.contrib.auth.backends.ModelBackend")
    assert "<select" not in client.get(adres).content.decode()
    vraag = {"wie": "fnv lid", "adres": reverse("lezen:versie", args=[versie.pk]), "reden": "Vraag van het lid"}
    kiezen = client.post(adres, vraag).content.decode()
    assert "Kies wie u bedoelt" in kiezen
    assert not Gebeurtenis.objects.filter(soort="werkplek.vraag_waarom").exists()
    wie = wereld.account("FNV 2")
    assert f'value="{wie.pk}"' in kiezen
    tekst = client.post(adres, vraag | {"account": str(wie.pk)}).content.decode()
    antwoord = tekst[tekst.index('id="antwoord"') :].partition("</section>")[0]
    assert wie.naam in antwoord
    assert wie.email in antwoord
    assert vraag["adres"] in antwoord
    for fout, zin in (
        ({"wie": "bestaatniet"}, "Er is geen account"),
        ({"wie": "@"}, "Typ meer van de naam"),
        ({"account": "0"}, "geldige keuze"),
        ({"reden": "x"}, "waar een ander iets aan heeft"),
    ):
        geweigerd = client.post(adres, vraag | {"account": str(wie.pk)} | fout)
        assert geweigerd.status_code == 422, fout
        assert zin in geweigerd.content.decode(), fout
    assert Gebeurtenis.objects.filter(soort="werkplek.vraag_waarom").count() == 1


def test_een_adres_van_een_ander_is_geen_adres_van_hier(wereld: Any) -> None:
    for adres, zin in (
        ("https://www.google.com", "geen adres van dit portaal"),
        ("https://elders.test/werk/", "geen adres van dit portaal"),
        ("werk/", "schuine streep"),
        ("/bestaat/niet/", "bestaat niet in het portaal"),
    ):
        with pytest.raises(InvoerFout, match=zin):
            leg_uit(wereld.buitenstaander, adres)


def test_een_gesloten_account_komt_alleen_op_de_openbare_bladzijden(wereld: Any, versie: Any) -> None:
    dicht = Gebruiker.objects.get(pk=wereld.raadssecretaris.pk)
    dicht.is_active = False
    uitleg = leg_uit(dicht, reverse("adviezen:lijst"))
    assert (uitleg.ziet, uitleg.poorten[0].regel) == (False, "Dit account is gesloten.")
    assert leg_uit(dicht, "/").ziet


def test_ook_een_route_zonder_bladzijde_krijgt_een_antwoord(wereld: Any) -> None:
    for adres in (reverse("account_login"), "/gezond/", "/api/v1/adviezen"):
        assert leg_uit(wereld.buitenstaander, adres).poorten[0].door == ("openbaar: voor iedereen",), adres
    for adres in ("/static/css/lezen.css", "/media/x", "/admin/"):
        with pytest.raises(InvoerFout, match="bestaat niet"):
            leg_uit(wereld.buitenstaander, adres)
