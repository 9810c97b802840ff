"""Wie wat ziet van een vergadering (ontwerp §5, regel 20)."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client

from commissies.actions import benoem_commissielid
from commissies.enums import CommissieRol
from kern.tijd import nu, vandaag
from logboek.models import Inzage
from raad.actions import registreer_persoon
from stukken.actions import bewaar_bytes
from tests.vergaderingen.conftest import Wereld, maak_commissie
from toegang.enums import Rol
from toegang.models import Gebruiker
from vergaderingen import actions
from vergaderingen.enums import Orgaan
from vergaderingen.models import Agendapunt, Besluit, Vergadering, Verslag

OVER = timedelta(days=30)


@pytest.fixture
def alles(wereld_met_accounts: Wereld, maak_gebruiker: Callable[..., Gebruiker]) -> tuple[Wereld, dict[str, Any]]:
    wereld = wereld_met_accounts
    een = maak_commissie(wereld, "Commissie Een")
    twee = maak_commissie(wereld, "Commissie Twee", K2=CommissieRol.VOORZITTER, O2=CommissieRol.LID)
    waarnemer = registreer_persoon(naam="Waarnemer", gebruiker=maak_gebruiker(), door=None)
    benoem_commissielid(
        commissie=een, persoon=waarnemer, rol=CommissieRol.WAARNEMER, van=vandaag() - timedelta(days=9), door=None
    )
    dag = vandaag() + OVER
    rijen = {
        "raad": wereld.plan(dag),
        "besloten": wereld.plan(dag + timedelta(days=7), openbaar=False, besloten_reden="Personen"),
        "db": wereld.plan(dag, Orgaan.DAGELIJKS_BESTUUR),
        "een": wereld.plan(dag, Orgaan.COMMISSIE, commissie=een),
        "twee": wereld.plan(dag, Orgaan.COMMISSIE, commissie=twee),
        "kroon": wereld.plan(dag, Orgaan.KROONLEDENOVERLEG),
    }
    return wereld, rijen | {"waarnemer": waarnemer}


def test_regel_20_en_26_ieder_ziet_de_eigen_kring_en_wat_openbaar_is(
    alles: tuple[Wereld, dict[str, Any]], maak_gebruiker: Callable[..., Gebruiker]
) -> None:
    wereld, dingen = alles
    rijen = {naam: rij for naam, rij in dingen.items() if isinstance(rij, Vergadering)}

    def ziet(gebruiker: Gebruiker | None) -> set[str]:
        zichtbaar = set(Vergadering.objects.zichtbaar_voor(gebruiker))
        return {naam for naam, rij in rijen.items() if rij in zichtbaar}

    assert ziet(wereld.leden["K1"].gebruiker) == {"raad", "besloten", "db", "een", "kroon"}
    assert ziet(wereld.leden["K2"].gebruiker) == {"raad", "besloten", "twee", "kroon"}
    assert ziet(wereld.plv["K1"].gebruiker) == {"raad", "besloten", "kroon"}
    assert ziet(wereld.leden["O2"].gebruiker) == {"raad", "besloten", "twee"}
    assert ziet(wereld.plv["O3"].gebruiker) == {"raad", "besloten"}
    assert ziet(dingen["waarnemer"].gebruiker) == {"raad", "een"}
    assert ziet(maak_gebruiker()) == {"raad"}
    assert ziet(maak_gebruiker("", Rol.BEHEERDER)) == {"raad"}
    assert ziet(maak_gebruiker("", Rol.COMMUNICATIE)) == set(rijen)


def test_een_oud_lid_van_een_commissie_ziet_haar_vergaderingen_niet_meer(alles: tuple[Wereld, dict[str, Any]]) -> None:
    from commissies.actions import beeindig_commissielid

    wereld, dingen = alles
    lid = wereld.leden["O1"].commissielidmaatschappen.get()
    beeindig_commissielid(lid=lid, per=vandaag(), reden="Weg", door=None)
    zichtbaar = Vergadering.objects.zichtbaar_voor(Gebruiker.objects.get(pk=wereld.leden["O1"].gebruiker_id))
    assert dingen["een"] not in zichtbaar


def test_de_agenda_is_zichtbaar_vanaf_de_oproeping_en_na_de_wachttijd(alles: tuple[Wereld, dict[str, Any]]) -> None:
    wereld, dingen = alles
    raad = dingen["raad"]
    open_, geheim = wereld.punt(raad, "Open"), wereld.punt(raad, "Geheim", vertrouwelijk=True)
    lid, buiten = wereld.leden["O1"].gebruiker, dingen["waarnemer"].gebruiker

    def ziet(gebruiker: Gebruiker) -> set[Agendapunt]:
        return set(Agendapunt.objects.zichtbaar_voor(gebruiker).filter(vergadering=raad))

    assert ziet(wereld.door) == {open_, geheim}
    assert ziet(lid) == ziet(buiten) == set()
    actions.roep_op(vergadering=raad, versie=None, door=wereld.door)
    assert ziet(lid) == set(), "binnen de wachttijd is de oproeping nog herroepbaar"
    Vergadering.objects.filter(pk=raad.pk).update(agenda_vanaf=nu())
    assert ziet(lid) == {open_, geheim}
    assert ziet(buiten) == {open_}
    for punt in (open_, geheim):
        Besluit.objects.create(agendapunt=punt, tekst=f"Besluit over {punt}.", genomen_op=vandaag())
    besluiten = [Besluit.objects.zichtbaar_voor(wie).values_list("agendapunt", flat=True) for wie in (lid, buiten)]
    assert [set(rijen) for rijen in besluiten] == [{open_.pk, geheim.pk}, {open_.pk}]


def test_wat_nog_komt_is_van_vandaag_of_later_of_nog_niet_gesloten(wereld: Wereld) -> None:
    dag = vandaag()
    gisteren, straks = wereld.geopend(dag - timedelta(days=1)), wereld.plan(dag + OVER)
    wereld.plan(dag - timedelta(days=2))  # nooit opgeroepen, en voorbij
    wereld.gesloten(dag, begin=time(14, 0), eind=time(15, 0))
    nu_ = wereld.opgeroepen(dag)
    assert list(Vergadering.objects.komend(dag)) == [gisteren, nu_, straks]


def test_regel_46_een_conceptverslag_zien_alleen_wie_er_waren_en_hun_vervangers(
    wereld_met_accounts: Wereld, maak_gebruiker: Callable[..., Gebruiker]
) -> None:
    wereld = wereld_met_accounts
    rij = wereld.opgeroepen(vandaag() - timedelta(days=20))
    for geleding in ("ondernemers", "kroonleden"):
        actions.teken_geleding(vergadering=rij, geleding=geleding, door=wereld.door)
    actions.teken_presentie(vergadering=rij, persoon=wereld.plv["W1"], door=wereld.door)
    rij = actions.open_vergadering(vergadering=rij, versie=None, geopend_op=nu() - timedelta(days=20), door=wereld.door)
    rij = actions.sluit_vergadering(vergadering=rij, versie=None, door=wereld.door)
    verslag = actions.schrijf_verslag(vergadering=rij, html="<p>K</p>", openbaar_html="<p>O</p>", door=wereld.door)

    def ziet(gebruiker: Gebruiker | None) -> bool:
        return Verslag.objects.zichtbaar_voor(gebruiker).filter(pk=verslag.pk).exists()

    buiten = maak_gebruiker()
    assert [ziet(g) for g in (wereld.door, wereld.leden["O1"].gebruiker, wereld.plv["W1"].gebruiker)] == [True] * 3
    assert ziet(wereld.leden["W1"].gebruiker)  # was vervangen: de vervanger sprak voor hem
    assert not ziet(wereld.leden["W2"].gebruiker)
    assert not ziet(buiten)
    actions.stel_verslag_vast(verslag=verslag, versie=None, vastgesteld_in=wereld.geopend(), door=wereld.door)
    assert ziet(wereld.leden["W2"].gebruiker)
    assert ziet(buiten)
    client = Client()
    client.force_login(buiten)
    bladzijde = client.get(f"/lezen/vergaderingen/{rij.pk}/").content.decode()
    assert "<p>O</p>" in bladzijde
    assert "<p>K</p>" not in bladzijde


def test_een_stuk_krijgt_alleen_wie_het_punt_ziet_en_inzage_wordt_vastgelegd(
    alles: tuple[Wereld, dict[str, Any]],
) -> None:
    wereld, dingen = alles
    stuk = bewaar_bytes(inhoud=b"%PDF-1.7 proef", naam="stuk.pdf", soort="pdf")
    rij = dingen["een"]
    punt = wereld.punt(rij, "Concept", bestand=stuk)
    actions.roep_op(vergadering=rij, versie=None, door=wereld.door)
    Vergadering.objects.filter(pk=rij.pk).update(agenda_vanaf=nu())
    adres = f"/lezen/vergaderingen/{rij.pk}/stuk/{punt.pk}/"
    client = Client()
    client.force_login(wereld.leden["O2"].gebruiker)
    geweigerd = client.get(adres)
    assert geweigerd.status_code == 404
    assert client.get(f"/lezen/vergaderingen/{rij.pk}/stuk/999999/").content == geweigerd.content
    client.force_login(wereld.leden["O1"].gebruiker)
    assert b"".join(client.head(adres)) == b""
    assert not Inzage.objects.exists(), "kijken of het er is, is nog niet lezen"
    antwoord = client.get(adres)
    assert antwoord.status_code == 200
    assert b"".join(antwoord) if antwoord.streaming else antwoord.content
    assert Inzage.objects.get().actor_id == wereld.leden["O1"].gebruiker_id
    zonder = wereld.punt(rij, "Zonder stuk")
    assert client.get(f"/lezen/vergaderingen/{rij.pk}/stuk/{zonder.pk}/").status_code == 404
