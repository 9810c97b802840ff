"""Een verplaatsing of afgelasting herroepen zolang de berichten wachten, en wie leest dat er verplaatst is."""

from datetime import time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from berichten import actions as post
from berichten.models import Bericht
from kern.fouten import InvoerFout, OvergangGeweigerd
from kern.tijd import datum_nl, nu, vandaag
from logboek.queries import geschiedenis
from termijnen.queries import laatste
from tests.vergaderingen.conftest import Wereld, maak_commissie, pad, tekst
from toegang.models import Gebruiker
from vergaderingen import actions
from vergaderingen.enums import Orgaan, Puntsoort, Status
from vergaderingen.models import Vergadering
from vergaderingen.views.bladzijde import aanbod

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("voorbeeldstand")]

OVER, WEEK = timedelta(days=30), timedelta(days=7)
OUD, NIEUW = vandaag() + OVER, vandaag() + OVER + WEEK
DICHTBIJ = vandaag() + timedelta(days=5)  # daarvoor is al eerder opgeroepen: die oproeping is uit


def leesbaar(antwoord: Any) -> str:
    return " ".join(strip_tags(tekst(antwoord)).split())


def verplaats(wereld: Wereld, rij: Vergadering, **velden: Any) -> Vergadering:
    velden = {"datum": NIEUW, "begin": time(10, 15), "eind": time(12, 30), "reden": "Zaal bezet"} | velden
    return actions.verplaats(vergadering=rij, versie=None, door=wereld.door, **velden)


def account(wereld: Wereld, sleutel: str) -> Gebruiker:
    gebruiker = wereld.leden[sleutel].gebruiker
    assert gebruiker is not None
    return gebruiker


def herroep(wereld: Wereld, rij: Vergadering) -> Vergadering:
    return actions.herroep_verplaatsing(vergadering=rij, versie=None, reden="Vergissing", door=wereld.door)


def wachtend(rij: Vergadering) -> set[str]:
    """De onderwerpen van wat er nog uitgaat."""
    rijen = Bericht.objects.filter(status="wacht", feit__contains=f":{rij.pk}:")
    return set(rijen.values_list("onderwerp", flat=True))


def test_een_herroepen_verplaatsing_zet_de_vergadering_terug_en_niemand_hoort_ervan(
    wereld_met_accounts: Wereld, werk: Client
) -> None:
    wereld = wereld_met_accounts
    rij = wereld.opgeroepen(DICHTBIJ, plaats="Raadzaal")
    actions.meld_af(vergadering=rij, door=account(wereld, "O1"))
    Bericht.objects.filter(feit__startswith="vergaderingen.komst").update(status="verstuurd", verstuurd_op=nu())
    verplaats(wereld, rij)
    assert not rij.presenties.exists()
    blad = werk.get(pad("vergadering", rij.pk))
    assert pad("herroep-verplaatsing", rij.pk) in tekst(blad)
    assert f"Verplaatst van {datum_nl(DICHTBIJ)}" in leesbaar(blad)
    assert f"van {datum_nl(DICHTBIJ)} naar {datum_nl(NIEUW)} · reden: Zaal bezet" in leesbaar(blad)
    scherm = werk.get(pad("herroep-verplaatsing", rij.pk))
    assert f"staat weer zoals zij stond: {datum_nl(DICHTBIJ)}, 10.15 uur, Raadzaal." in leesbaar(scherm)
    klaar = werk.post(pad("herroep-verplaatsing", rij.pk), {"reden": "Vergissing"}, follow=True)
    assert f"De verplaatsing is herroepen. De vergadering is op {datum_nl(DICHTBIJ)}" in leesbaar(klaar)
    rij.refresh_from_db()
    assert (rij.datum, rij.begin, rij.plaats, rij.slug) == (DICHTBIJ, time(10, 15), "Raadzaal", str(DICHTBIJ))
    assert list(rij.presenties.values_list("persoon", "aanwezig")) == [(wereld.leden["O1"].pk, False)]
    assert wachtend(rij) == set()
    assert "Verplaatst van" not in leesbaar(klaar)
    assert pad("herroep-verplaatsing", rij.pk) not in tekst(klaar)
    assert geschiedenis(rij).last().soort == "vergaderingen.herroep_verplaatsing"  # type: ignore[union-attr]
    assert werk.get(f"/vergaderingen/{NIEUW}/").status_code == 404


def test_wat_de_verplaatsing_terughaalde_geldt_weer(wereld_met_accounts: Wereld) -> None:
    """Een oproeping die nog wachtte noemde de oude dag; na het herroepen is dat weer de dag."""
    wereld = wereld_met_accounts
    rij = wereld.plan(OUD)
    wereld.punt(rij)
    rij = actions.roep_op(vergadering=rij, versie=None, door=wereld.door)
    oproeping = f"Oproeping: Raadsvergadering op {datum_nl(OUD)} om 10.15 uur"
    assert wachtend(rij) == {oproeping}
    verplaats(wereld, rij)
    assert oproeping not in wachtend(rij)
    herroep(wereld, rij)
    assert wachtend(rij) == {oproeping}
    assert Bericht.objects.filter(status="wacht", feit__startswith="vergaderingen.roep_op").count() == 20


def test_ook_alleen_een_andere_tijd_of_een_geplande_vergadering_gaat_terug(wereld: Wereld) -> None:
    rij = wereld.plan(OUD)
    verplaats(wereld, rij, datum=OUD, begin=time(9))
    assert herroep(wereld, rij).begin == time(10, 15)
    verplaats(wereld, rij)
    assert herroep(wereld, rij).datum == OUD
    termijn = laatste(rij, "vergaderstukken")
    assert termijn is not None
    assert termijn.basis == OUD


@pytest.mark.parametrize("geval", ["te laat", "opgeroepen", "nog eens", "bezet", "zonder reden", "verstuurd"])
def test_een_verplaatsing_die_niet_terug_kan_blijft_staan(
    wereld_met_accounts: Wereld, werk: Client, geval: str
) -> None:
    wereld = wereld_met_accounts
    rij = wereld.plan(OUD)
    wereld.punt(rij)
    verplaats(wereld, rij)
    moment, soort = nu(), OvergangGeweigerd
    if geval == "te laat":
        moment += timedelta(minutes=11)
    elif geval == "opgeroepen":
        actions.roep_op(vergadering=rij, versie=None, door=wereld.door)
    elif geval == "nog eens":
        herroep(wereld, rij)
    elif geval == "bezet":
        wereld.plan(OUD)
        soort = InvoerFout
    elif geval == "zonder reden":
        soort = InvoerFout
    else:
        een = Bericht.objects.filter(feit__startswith="vergaderingen.verplaats")[0]
        Bericht.objects.filter(pk=een.pk).update(status="verstuurd", verstuurd_op=nu())
        assert "al verstuurd of gelezen" in leesbaar(
            werk.post(pad("herroep-verplaatsing", rij.pk), {"reden": "Vergissing"})
        )
    rij.refresh_from_db()
    stond = rij.datum, rij.slug
    reden = " " if geval == "zonder reden" else "Vergissing"
    with time_machine.travel(moment, tick=False), pytest.raises(soort):
        actions.herroep_verplaatsing(vergadering=rij, versie=None, reden=reden, door=wereld.door)
    rij.refresh_from_db()
    assert (rij.datum, rij.slug) == stond


def test_de_postbus_herroept_geen_berichten_van_een_verplaatsing_die_blijft_staan(
    wereld_met_accounts: Wereld, werk: Client
) -> None:
    """Wie dat kon, liet vierenzeventig leden op de oude dag komen."""
    rij = verplaats(wereld_met_accounts, wereld_met_accounts.opgeroepen(OUD))
    handeling = Bericht.objects.filter(feit__startswith="vergaderingen.verplaats")[0].handeling
    adres = f"{reverse('berichten:herroep')}?handeling={handeling}"
    scherm = werk.get(adres)
    assert "Herroep die bij de vergadering zelf" in leesbaar(scherm)
    assert pad("vergadering", rij.pk) in tekst(scherm)
    assert 'name="handeling"' not in tekst(scherm)
    antwoord = werk.post(adres, {"handeling": handeling})
    assert antwoord.status_code == 409
    assert Bericht.objects.filter(handeling=handeling, status="wacht").count() == 20
    los = post.stuur(ontvanger=wereld_met_accounts.door, onderwerp="Los", pad="/werk/", feit="proef.daad:1:1")
    assert los is not None
    assert post.herroep_in_postbus(handeling="proef.daad:1:1", door=wereld_met_accounts.door) == 1


def test_wie_een_verplaatste_vergadering_leest_ziet_waar_zij_vandaan_komt(
    wereld_met_accounts: Wereld, werk: Client
) -> None:
    wereld = wereld_met_accounts
    rij = verplaats(wereld, wereld.opgeroepen(OUD))
    zin = f"Verplaatst van {datum_nl(OUD)}."
    lid = Client()
    lid.force_login(account(wereld, "O2"))
    assert zin in leesbaar(lid.get(reverse("vergaderingen_lezen:vergadering", args=[rij.pk])))
    assert zin in leesbaar(Client().get(f"/vergaderingen/{OUD}/", follow=True))
    assert f"verplaatst van {datum_nl(OUD)}" in leesbaar(Client().get("/vergaderingen/"))
    ander = wereld.plan(OUD, begin=time(20), eind=None)
    blad = Client().get(f"/vergaderingen/{ander.slug}/")
    assert f"Een andere vergadering van deze dag is verplaatst naar {datum_nl(NIEUW)}" in leesbaar(blad)
    assert "Een andere vergadering" not in leesbaar(Client().get(f"/vergaderingen/{rij.slug}/"))
    verplaats(wereld, rij, datum=OUD)
    assert f"Verplaatst van {datum_nl(NIEUW)}." in leesbaar(werk.get(pad("vergadering", rij.pk)))


def test_ook_een_commissievergadering_zegt_waar_zij_vandaan_komt(wereld: Wereld, werk: Client) -> None:
    rij = verplaats(wereld, wereld.plan(OUD, Orgaan.COMMISSIE, commissie=maak_commissie(wereld)))
    assert f"Verplaatst van {datum_nl(OUD)}." in leesbaar(werk.get(pad("vergadering", rij.pk)))
    assert Client().get(f"/vergaderingen/{OUD}-commissie-proef/").status_code == 404


@pytest.mark.parametrize("uit", [True, False])
def test_een_herroepen_afgelasting_laat_de_vergadering_doorgaan(
    wereld_met_accounts: Wereld, werk: Client, *, uit: bool
) -> None:
    """Was de oproeping uit, dan geldt zij nog; wachtte zij, dan roept men opnieuw op."""
    wereld = wereld_met_accounts
    rij = wereld.opgeroepen(DICHTBIJ) if uit else wereld.plan(OUD)
    if not uit:
        wereld.punt(rij)
        actions.roep_op(vergadering=rij, versie=None, door=wereld.door)
    actions.gelast_af(vergadering=rij, versie=None, reden="Geen stukken", door=wereld.door)
    blad = werk.get(pad("vergadering", rij.pk))
    assert "Afgelast. Reden: Geen stukken" in leesbaar(blad)
    assert pad("herroep-afgelasting", rij.pk) in tekst(blad)
    zin = "De oproeping die uit was, geldt nog." if uit else "De leden zijn nog niet opgeroepen"
    assert zin in leesbaar(werk.get(pad("herroep-afgelasting", rij.pk)))
    werk.post(pad("herroep-afgelasting", rij.pk), {"reden": "Verkeerde vergadering"})
    rij.refresh_from_db()
    assert (rij.status, rij.afgelast_reden) == (Status.OPGEROEPEN if uit else Status.GEPLAND, "")
    assert wachtend(rij) == set()
    termijn = laatste(rij, "vergaderstukken")
    assert termijn is not None
    assert termijn.loopt != uit
    if not uit:
        assert actions.roep_op(vergadering=rij, versie=None, door=wereld.door).status == Status.OPGEROEPEN


def test_een_afgelasting_die_niet_terug_kan_zegt_waarom(wereld: Wereld, werk: Client) -> None:
    rij = wereld.opgeroepen(OUD)
    niet = werk.get(pad("herroep-afgelasting", rij.pk))
    assert "Dit kan nu niet: de vergadering is opgeroepen" in leesbaar(niet)
    assert "Wat er gebeurt" not in tekst(niet), "er gebeurt niets"
    assert 'name="reden"' not in tekst(niet)
    actions.gelast_af(vergadering=rij, versie=None, reden="Geen stukken", door=wereld.door)
    assert 'name="reden"' in tekst(werk.get(pad("herroep-afgelasting", rij.pk))), "zodra het kan, staat het veld er"
    ander = wereld.plan(NIEUW)
    punt = rij.agendapunten.get()
    verder = actions.plaats_aanbod(
        vergadering=ander, bron="vergaderingen", sleutel=f"opnieuw:{punt.pk}", door=wereld.door
    )
    velden: dict[str, Any] = {"vergadering": rij, "versie": None, "reden": "Toch wel", "door": wereld.door}
    with pytest.raises(OvergangGeweigerd, match="staat intussen op de agenda van"):
        actions.herroep_afgelasting(**velden)
    actions.haal_van_agenda(agendapunt=verder, reden="Terug", door=wereld.door)
    wereld.plan(OUD)
    with pytest.raises(InvoerFout, match="vergadert al"):
        actions.herroep_afgelasting(**velden)
    with time_machine.travel(nu() + timedelta(minutes=11), tick=False):
        with pytest.raises(OvergangGeweigerd, match="al verzonden"):
            actions.herroep_afgelasting(**velden)
        assert pad("herroep-afgelasting", rij.pk) not in tekst(werk.get(pad("vergadering", rij.pk)))


def aangeboden(wereld: Wereld, rij: Vergadering) -> list[str]:
    return [a.aanbod.onderwerp for a in aanbod(rij, wereld.door) if a.aanbod.soort != Puntsoort.OPENING]


def test_wat_op_een_afgelaste_agenda_stond_komt_op_een_andere(wereld: Wereld) -> None:
    rij = wereld.opgeroepen(NIEUW)
    for onderwerp, soort in (("Bespreking van het plan", Puntsoort.BESPREKING), ("Rondvraag", Puntsoort.RONDVRAAG)):
        wereld.punt(rij, onderwerp, soort=soort)
    eerder = wereld.plan(OUD)
    assert "Advies" not in aangeboden(wereld, eerder)
    actions.gelast_af(vergadering=rij, versie=None, reden="Geen stukken", door=wereld.door)
    assert {"Advies", "Bespreking van het plan"} <= set(aangeboden(wereld, eerder))
    assert "Rondvraag" not in aangeboden(wereld, eerder)
    advies = rij.agendapunten.get(onderwerp="Advies")
    sleutel = f"opnieuw:{advies.pk}"
    nieuw = actions.plaats_aanbod(vergadering=eerder, bron="vergaderingen", sleutel=sleutel, door=wereld.door)
    assert nieuw.toelichting == f"Stond op de afgelaste agenda van {rij.datum_tekst}."
    assert "Advies" not in aangeboden(wereld, eerder)
    actions.gelast_af(vergadering=eerder, versie=None, reden="Weer niet", door=wereld.door)
    derde = wereld.plan(NIEUW + WEEK)
    assert aangeboden(wereld, derde).count("Advies") == 1, "het punt dat voortzette telt, niet ook het eerste"
    wereld.punt(derde, "Advies")
    assert "Advies" not in aangeboden(wereld, derde)
