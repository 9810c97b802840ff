"""Laten weten dat u niet komt: wat het met de lijst doet, wie het hoort, en tot wanneer het kan."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from berichten.enums import Status as Poststatus
from berichten.models import Bericht
from kern.fouten import InvoerFout, OvergangGeweigerd
from kern.tijd import nu, vandaag
from raad.enums import Geleding
from tests.vergaderingen.conftest import Wereld, maak_commissie, pad, tekst
from toegang.models import Gebruiker
from vergaderingen import actions, policies
from vergaderingen.actions.bericht import accounts
from vergaderingen.concept import conceptverslag
from vergaderingen.enums import Orgaan
from vergaderingen.models import Vergadering
from vergaderingen.queries import stemmen_bij

STRAKS = timedelta(days=12)


def account(wereld: Wereld, sleutel: str) -> Gebruiker:
    gebruiker = wereld.leden[sleutel].gebruiker
    assert gebruiker is not None
    return gebruiker


def scherm(client: Client, wie: Gebruiker, rij: Vergadering) -> str:
    client.force_login(wie)
    return " ".join(strip_tags(tekst(client.get(reverse("vergaderingen_lezen:vergadering", args=[rij.pk])))).split())


def meld(client: Client, wie: Gebruiker, rij: Vergadering, **gegevens: str) -> str:
    client.force_login(wie)
    antwoord = client.post(reverse("vergaderingen_lezen:komst", args=[rij.pk]), gegevens, follow=True)
    return " ".join(strip_tags(tekst(antwoord)).split())


def post(rij: Vergadering) -> list[tuple[str, str, str]]:
    """Geef ontvanger, begin van het onderwerp en stand van elk bericht over wie komt, op volgorde."""
    rijen = Bericht.objects.filter(feit__startswith=f"vergaderingen.komst:{rij.pk}:").order_by("pk")
    return [(b.ontvanger.naam, b.onderwerp.partition(":")[0], b.status) for b in rijen if b.ontvanger]


def test_een_lid_meldt_zich_af_en_zijn_plaatsvervanger_hoort_het(wereld_met_accounts: Wereld, client: Client) -> None:
    wereld = wereld_met_accounts
    rij = wereld.opgeroepen(vandaag() + STRAKS)
    assert "Bent u verhinderd? Dan weet het secretariaat het meteen, en uw plaatsvervanger ook." in scherm(
        client, account(wereld, "O1"), rij
    )
    assert "Plv O1, uw plaatsvervanger, krijgt bericht." in meld(client, account(wereld, "O1"), rij, komt="nee")
    lijst = reverse("vergaderingen_lezen:lijst")
    assert tekst(client.get(lijst)).count(">afgemeld<") == 1
    regel = rij.presenties.get()
    assert (regel.persoon, regel.aanwezig, regel.stemhebbend) == (wereld.leden["O1"], False, False)
    assert post(rij) == [("Plv O1", "Lid O1 komt niet", Poststatus.WACHT)]
    vervanger = wereld.plv["O1"].gebruiker
    assert vervanger is not None
    assert "Lid O1 heeft zich afgemeld. U kunt dit lid vervangen: teken in de zaal." in scherm(client, vervanger, rij)
    client.force_login(wereld.door)
    werk = " ".join(strip_tags(tekst(client.get(pad("vergadering", rij.pk)))).split())
    assert "Afgemeld (1): Lid O1." in werk
    assert "meldde zich af" in werk


def test_zonder_account_hoort_de_plaatsvervanger_het_van_het_lid(
    wereld: Wereld, client: Client, maak_gebruiker: Any
) -> None:
    """Anders denkt het lid dat zijn plaatsvervanger het weet."""
    wereld.leden["O1"].gebruiker = maak_gebruiker("Lid O1")
    wereld.leden["O1"].save()
    rij = wereld.opgeroepen(vandaag() + STRAKS)
    assert "heeft geen account; laat het zelf weten" in meld(client, account(wereld, "O1"), rij, komt="nee")
    assert post(rij) == []


def test_wie_zich_bedenkt_neemt_zijn_afmelding_terug(wereld_met_accounts: Wereld, client: Client) -> None:
    """Binnen de wachttijd hoort de plaatsvervanger niets; daarna hoort hij ook dat het lid toch komt, één keer."""
    wereld = wereld_met_accounts
    rij, lid = wereld.opgeroepen(vandaag() + STRAKS), account(wereld, "O1")
    actions.meld_af(vergadering=rij, door=lid)
    terug = meld(client, lid, rij, komt="toch")
    assert "Uw afmelding is teruggenomen." in terug
    assert "Uw plaatsvervanger had er nog niets van gehoord." in terug
    assert not rij.presenties.exists()
    assert post(rij)[0][2] == Poststatus.HERROEPEN
    assert "U had zich niet afgemeld." in meld(client, lid, rij, komt="toch")
    actions.meld_af(vergadering=rij, door=lid)
    actions.meld_af(vergadering=rij, door=lid)  # nog eens: één regel, één bericht
    Bericht.objects.filter(status=Poststatus.WACHT).update(status=Poststatus.VERSTUURD, verstuurd_op=nu())
    assert actions.kom_toch(vergadering=rij, door=lid)
    assert [(o, s) for _, o, s in post(rij)] == [
        ("Lid O1 komt niet", Poststatus.HERROEPEN),
        ("Lid O1 komt niet", Poststatus.VERSTUURD),
        ("Lid O1 komt toch", Poststatus.WACHT),
    ]
    actions.meld_af(vergadering=rij, door=lid)  # toch weer niet: wat wachtte gaat niet uit, en hij weet al dat hij moet
    assert [s for *_, s in post(rij)] == [Poststatus.HERROEPEN, Poststatus.VERSTUURD, Poststatus.HERROEPEN]


def test_wie_belt_dat_hij_niet_komt_wordt_door_het_secretariaat_afgemeld(wereld_met_accounts: Wereld) -> None:
    wereld = wereld_met_accounts
    rij, lid = wereld.opgeroepen(vandaag() + STRAKS), wereld.leden["W2"]
    actions.teken_presentie(vergadering=rij, persoon=lid, door=wereld.door, aanwezig=False)
    actions.teken_presentie(vergadering=rij, persoon=lid, door=wereld.door, aanwezig=True)
    actions.teken_presentie(vergadering=rij, persoon=lid, door=wereld.door, aanwezig=True)
    assert post(rij) == [("Plv W2", "Lid W2 komt niet", Poststatus.HERROEPEN)]


def test_op_de_dag_zelf_gaat_er_geen_bericht_uit_als_het_secretariaat_tekent(wereld_met_accounts: Wereld) -> None:
    rij = wereld_met_accounts.opgeroepen()
    actions.teken_presentie(
        vergadering=rij, persoon=wereld_met_accounts.leden["W2"], door=wereld_met_accounts.door, aanwezig=False
    )
    assert post(rij) == []


def test_regel_10_de_plaatsvervanger_krijgt_de_stem_van_wie_zich_afmeldde(wereld_met_accounts: Wereld) -> None:
    """Ook als iemand daarna de hele geleding op aanwezig zet."""
    wereld = wereld_met_accounts
    rij = wereld.opgeroepen()
    actions.meld_af(vergadering=rij, door=account(wereld, "O1"))
    actions.teken_geleding(vergadering=rij, geleding=Geleding.ONDERNEMERS, door=wereld.door)
    actions.teken_presentie(vergadering=rij, persoon=wereld.plv["O1"], door=wereld.door)
    assert {s.persoon.naam for s in stemmen_bij(rij)} == {"Plv O1", "Lid O2", "Lid O3"}


@pytest.mark.parametrize("stand", ["gepland", "geopend", "gesloten", "voorbij"])
def test_afmelden_kan_van_de_oproeping_tot_de_opening(wereld_met_accounts: Wereld, client: Client, stand: str) -> None:
    wereld = wereld_met_accounts
    maak = {"gepland": wereld.plan, "geopend": wereld.geopend, "gesloten": wereld.gesloten}.get(
        stand, wereld.opgeroepen
    )
    rij = maak(vandaag() - timedelta(days=1) if stand == "voorbij" else None)
    for doe in (actions.meld_af, actions.kom_toch):
        with pytest.raises(OvergangGeweigerd, match="van de oproeping tot de opening"):
            doe(vergadering=rij, door=account(wereld, "O1"))
    assert "Komt u?" not in scherm(client, account(wereld, "O1"), rij)
    assert "van de oproeping tot de opening" in meld(client, account(wereld, "O1"), rij, komt="nee")


def test_wie_er_niet_bij_hoort_meldt_zich_niet_af(
    wereld_met_accounts: Wereld, client: Client, maak_gebruiker: Any
) -> None:
    wereld = wereld_met_accounts
    rij = wereld.opgeroepen(vandaag() + STRAKS, orgaan=Orgaan.DAGELIJKS_BESTUUR)
    with pytest.raises(InvoerFout, match="hoort .* niet bij deze vergadering"):
        actions.meld_af(vergadering=rij, door=account(wereld, "O2"))
    with pytest.raises(InvoerFout, match="geen lid of plaatsvervanger"):
        actions.meld_af(vergadering=rij, door=wereld.door)
    client.force_login(maak_gebruiker())
    assert client.post(reverse("vergaderingen_lezen:komst", args=[rij.pk]), {"komt": "nee"}).status_code == 404
    assert "Kies of u komt." in meld(client, account(wereld, "O1"), rij, komt="?")
    assert not rij.presenties.exists()


def test_op_een_andere_dag_begint_het_opnieuw(wereld_met_accounts: Wereld) -> None:
    """De afmelding gold die dag; wat erover wachtte gaat niet uit, en voor de nieuwe dag gaat er weer bericht."""
    wereld = wereld_met_accounts
    rij, lid = wereld.opgeroepen(vandaag() + STRAKS), account(wereld, "O1")
    actions.meld_af(vergadering=rij, door=lid)
    dag: date = vandaag() + timedelta(days=20)
    actions.verplaats(vergadering=rij, versie=None, datum=dag, reden="Zaal bezet.", door=wereld.door)
    assert not rij.presenties.exists()
    actions.meld_af(vergadering=rij, door=lid)
    assert [s for *_, s in post(rij)] == [Poststatus.HERROEPEN, Poststatus.WACHT]
    actions.gelast_af(vergadering=rij, versie=None, reden="Geen onderwerpen.", door=wereld.door)
    assert {s for *_, s in post(rij)} == {Poststatus.HERROEPEN}


def test_te_veel_afmeldingen_brengen_het_quorum_in_gevaar(wereld_met_accounts: Wereld, werk: Client) -> None:
    """Vier van de tien kunnen dan nog komen en zes zijn nodig; een afgemelde plaatsvervanger telt daar niet in mee."""
    wereld = wereld_met_accounts
    rij = wereld.opgeroepen(vandaag() + STRAKS)
    for sleutel in ("O1", "O2", "O3", "W1"):
        actions.meld_af(vergadering=rij, door=account(wereld, sleutel))
    vervanger = wereld.plv["O1"].gebruiker
    assert vervanger is not None
    actions.meld_af(vergadering=rij, door=vervanger)
    assert "in gevaar" not in tekst(werk.get(pad("vergadering", rij.pk)))
    for sleutel in ("W2", "W3"):
        actions.meld_af(vergadering=rij, door=account(wereld, sleutel))
    assert "kunnen er nog 4 leden komen; 6 zijn nodig" in tekst(werk.get(pad("vergadering", rij.pk)))
    lijst = " ".join(strip_tags(tekst(werk.get(pad("presentie", rij.pk)))).split())
    assert "Plv O1 (vervanger): afgemeld" in lijst
    assert "nog niet getekend" in lijst


def test_een_commissielid_meldt_zich_af_en_het_conceptverslag_noemt_wie_er_niet_was(
    wereld_met_accounts: Wereld, werk: Client
) -> None:
    wereld = wereld_met_accounts
    rij = wereld.opgeroepen(orgaan=Orgaan.COMMISSIE, commissie=maak_commissie(wereld))
    assert policies.quorum(rij).nodig == 0
    actions.meld_af(vergadering=rij, door=account(wereld, "O1"))
    assert "<strong>Afwezig:</strong> Lid O1" in conceptverslag(rij)[0]
    assert "in gevaar" not in tekst(werk.get(pad("vergadering", rij.pk))), "een commissie kent geen quorum"


def test_wie_bericht_krijgt_is_een_zoekvraag_hoe_groot_de_kring_ook_is(wereld_met_accounts: Wereld) -> None:
    wereld = wereld_met_accounts
    rij = wereld.opgeroepen(vandaag() + STRAKS)
    with CaptureQueriesContext(connection) as vragen:
        gevonden = accounts(rij)
    assert {account(wereld, sleutel) for sleutel in wereld.leden} <= gevonden
    assert len([v for v in vragen if 'FROM "toegang_gebruiker"' in v["sql"]]) == 1


def test_wie_zich_bedenkt_leest_of_de_plaatsvervanger_dat_hoort(wereld_met_accounts: Wereld, client: Client) -> None:
    wereld = wereld_met_accounts
    rij, lid = wereld.opgeroepen(vandaag() + STRAKS), account(wereld, "O1")
    bedenktijd = "Bedenkt u zich binnen tien minuten, dan krijgt niemand er bericht van."
    assert bedenktijd in meld(client, lid, rij, komt="nee")
    assert "Uw plaatsvervanger had er nog niets van gehoord." in meld(client, lid, rij, komt="toch")
    meld(client, lid, rij, komt="nee")
    Bericht.objects.filter(status="wacht", feit__startswith="vergaderingen.komst").update(
        status="verstuurd", verstuurd_op=nu()
    )
    assert bedenktijd not in meld(client, lid, rij, komt="nee"), "dat bericht is al weg"
    assert "Uw plaatsvervanger krijgt daar bericht van." in meld(client, lid, rij, komt="toch")
    wereld.plv["O1"].gebruiker = None
    wereld.plv["O1"].save()
    meld(client, lid, rij, komt="nee")
    zonder = meld(client, lid, rij, komt="toch")
    assert "Uw afmelding is teruggenomen." in zonder
    assert "Uw plaatsvervanger krijgt" not in zonder
