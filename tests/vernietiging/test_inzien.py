# ruff: noqa: F811 twee is een fixture van elders
"""Wie over een vernietigingslijst beslist, ziet wat erop staat, en kan iets laten staan."""

from datetime import timedelta

import pytest
import time_machine

from berichten.actions import stuur
from berichten.enums import Status
from berichten.models import Bericht
from kern.tijd import nu
from logboek.actions import leg_inzage_vast, verzegel_inzagen
from tests.vernietiging.test_vernietiging import LATER, post_en_leeslog, twee  # noqa: F401
from vernietiging import actions, queries
from vernietiging.enums import Stand
from vernietiging.models import Vernietigingslijst

pytestmark = pytest.mark.django_db


def test_wie_beslist_ziet_de_rijen_en_niet_wie_wat_las(maak_gebruiker, twee, client, django_assert_max_num_queries):
    """Een jaartal en een aantal zijn niet te controleren; wie las wat blijft voor het toezicht."""
    ans, rik = twee
    lezer = maak_gebruiker("Lena Lezer")
    ander = maak_gebruiker("Stuk")
    for n in range(3):
        stuur(ontvanger=lezer, onderwerp=f"Bericht {n}", pad="/account/", feit=f"proef.oud:{n}")
    Bericht.objects.update(status=Status.VERSTUURD, verstuurd_op=nu())
    leg_inzage_vast(object=ander, door=lezer)
    verzegel_inzagen()
    lijst = actions.stel_voor(nu=nu() + LATER)
    client.force_login(rik, backend="django.contrib.auth.backends.ModelBackend")
    adressen = {p.regel: f"/werk/archief/vernietiging/post/{p.pk}/rijen/" for p in lijst.posten.all()}
    assert all(
        adres in client.get(f"/werk/archief/vernietiging/{lijst.pk}/").content.decode() for adres in adressen.values()
    )
    with django_assert_max_num_queries(12):
        berichten = client.get(adressen["berichten"]).content.decode()
    for stuk in ("“Bericht 0”", "“Bericht 2”", lezer.email):
        assert stuk in berichten, stuk
    inzagen = client.get(adressen["inzagen"]).content.decode()
    assert "Iemand las Stuk" in inzagen
    assert "Lena" not in inzagen
    client.force_login(lezer, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(adressen["berichten"]).status_code == 404
    actions.keur_goed(lijst=lijst, versie=0, door=ans)
    actions.bevestig(lijst=lijst, versie=1, door=rik)
    client.force_login(rik, backend="django.contrib.auth.backends.ModelBackend")
    assert "is er niet meer" in client.get(adressen["berichten"]).content.decode()


def test_ook_de_tweede_laat_iets_staan_op_een_nieuwe_lijst(maak_gebruiker, twee, client):
    """Aan wat goedgekeurd is verandert niets meer; toch is alles of niets geen keus voor wie een fout ziet."""
    ans, rik = twee
    post_en_leeslog(maak_gebruiker("Lezer"))
    with time_machine.travel(nu() + LATER, tick=False):
        oud = actions.stel_voor(nu=nu())
        actions.keur_goed(lijst=oud, versie=0, door=ans)
        client.force_login(rik, backend="django.contrib.auth.backends.ModelBackend")
        adres = f"/werk/archief/vernietiging/{oud.pk}/"
        assert adres + "wijs-af/" in client.get(adres + "bevestig/").content.decode()
        velden = {"versie": 1, "reden": "Er loopt een Woo-verzoek", "opnieuw": "on"}
        antwoord = client.post(adres + "wijs-af/", velden, follow=True)
        assert "De nieuwe lijst staat hieronder" in antwoord.content.decode()
        nieuw = queries.open_lijst()
        assert nieuw.pk != oud.pk
        assert antwoord.redirect_chain[-1][0] == f"/werk/archief/vernietiging/{nieuw.pk}/"
        berichten = nieuw.posten.get(regel="berichten")
        tot = nieuw.peildag + timedelta(days=9)
        actions.zonder_uit(post=berichten, tot=tot, reden="Woo-verzoek", versie=0, door=rik)
        actions.keur_goed(lijst=nieuw, versie=1, door=rik)
        actions.bevestig(lijst=nieuw, versie=2, door=ans)
    assert Bericht.objects.filter(status=Status.VERSTUURD).count() == 3
    assert Vernietigingslijst.objects.get(pk=oud.pk).stand == Stand.AFGEWEZEN
