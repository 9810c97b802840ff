"""Wat er meegaat, vervalt of bericht krijgt als een vergadering verandert: verplaatst, herroepen, zonder quorum."""

from datetime import time, timedelta

import pytest
from django.test import Client

from berichten.models import Bericht
from kern.fouten import InvoerFout
from kern.tijd import datum_nl, vandaag
from logboek.queries import geschiedenis
from raad.actions import leg_vertegenwoordiger_vast
from termijnen.queries import laatste
from tests.vergaderingen.conftest import Wereld
from vergaderingen import actions, policies

OVER = timedelta(days=30)


def test_na_herroepen_is_alles_weer_van_voor_de_oproeping(wereld: Wereld) -> None:
    """Wie daarna opnieuw oproept, roept voor de hele agenda op: dan is er niets "na de oproeping" bij gekomen."""
    rij = wereld.plan(vandaag() + OVER)
    wereld.punt(rij)
    rij = actions.roep_op(vergadering=rij, versie=None, door=wereld.door)
    laat = wereld.punt(rij, "Vergeten punt")
    assert laat.na_oproeping
    terug = actions.herroep_oproeping(vergadering=rij, versie=None, reden="Punt vergeten", door=wereld.door)
    actions.roep_op(vergadering=terug, versie=None, door=wereld.door)
    laat.refresh_from_db()
    assert not laat.na_oproeping


def test_herroepen_na_verplaatsen_bewaakt_de_stukken_van_de_nieuwe_dag(wereld: Wereld) -> None:
    rij = wereld.plan(vandaag() + OVER)
    wereld.punt(rij)
    rij = actions.roep_op(vergadering=rij, versie=None, door=wereld.door)
    nieuw = rij.datum + timedelta(days=7)
    rij = actions.verplaats(vergadering=rij, versie=None, datum=nieuw, reden="Zaal bezet", door=wereld.door)
    actions.herroep_oproeping(vergadering=rij, versie=None, reden="Verkeerde stukken", door=wereld.door)
    termijn = laatste(rij, "vergaderstukken")
    assert (termijn.loopt, termijn.vervalt_op) == (True, nieuw - timedelta(days=10))


def test_wie_in_de_wachttijd_verplaatst_roept_niet_op_voor_de_oude_dag(wereld_met_accounts: Wereld) -> None:
    wereld = wereld_met_accounts
    rij = wereld.plan(vandaag() + OVER)
    wereld.punt(rij)
    rij = actions.roep_op(vergadering=rij, versie=None, door=wereld.door)
    for dagen in (7, 14):
        dag = vandaag() + OVER + timedelta(days=dagen)
        rij = actions.verplaats(vergadering=rij, versie=None, datum=dag, reden="Zaal bezet", door=wereld.door)
    lid = wereld.leden["O1"].gebruiker
    gaat_uit = Bericht.objects.filter(ontvanger=lid).exclude(status="herroepen").order_by("pk")
    assert [b.onderwerp for b in gaat_uit] == [
        f"Oproeping: Raadsvergadering op {datum_nl(dag)}",
        f"Verplaatst: Raadsvergadering naar {datum_nl(dag)}",
    ]
    actions.herroep_oproeping(vergadering=rij, versie=None, reden="Toch niet", door=wereld.door)
    assert [b.onderwerp.partition(":")[0] for b in gaat_uit.all()] == ["Verplaatst"]
    actions.gelast_af(vergadering=rij, versie=None, reden="Geen stukken", door=wereld.door)
    assert [b.onderwerp.partition(":")[0] for b in gaat_uit.all()] == ["Afgelast"]


def test_een_verplaatste_vergadering_begint_met_een_lege_presentielijst(wereld: Wereld) -> None:
    """Wie op de ene dag tekende is er op de andere niet vanzelf: het quorum telt wie er dan is (Wet art. 20)."""
    rij = wereld.opgeroepen()
    wereld.teken(rij, "O1", "O2", "W1", "W2", "K1", "DNB")
    actions.teken_presentie(vergadering=rij, persoon=wereld.plv["O1"], door=wereld.door)
    actions.vervang(
        agendapunt=rij.agendapunten.get(), zetel=wereld.zetels["O1"], vervanger=wereld.plv["O1"], door=wereld.door
    )
    velden = {"vergadering": rij, "versie": None, "reden": "Zaal bezet", "door": wereld.door}
    actions.verplaats(datum=rij.datum, begin=time(14), eind=time(15), **velden)
    assert policies.quorum(rij).gehaald, "een andere tijd op dezelfde dag: wie er is blijft"
    na = actions.verplaats(datum=vandaag() + timedelta(days=1), **velden)
    assert (policies.quorum(na).aanwezig, na.agendapunten.get().vervangingen.count()) == (0, 0)
    gebeurtenis = geschiedenis(na).filter(soort="vergaderingen.verplaats").latest("pk")
    assert "Lid O1" in gebeurtenis.gegevens["presentie"]


def test_zonder_quorum_hoort_de_kring_de_nieuwe_dag_en_vervalt_een_vervanging(wereld_met_accounts: Wereld) -> None:
    wereld = wereld_met_accounts
    rij = wereld.plan(begin=None, eind=None)
    punt = wereld.punt(rij)
    rij = actions.roep_op(vergadering=rij, versie=None, door=wereld.door)
    wereld.teken(rij, "O1")
    actions.teken_presentie(vergadering=rij, persoon=wereld.plv["O1"], door=wereld.door)
    actions.vervang(agendapunt=punt, zetel=wereld.zetels["O1"], vervanger=wereld.plv["O1"], door=wereld.door)
    nieuw = actions.stel_ontbreken_quorum_vast(
        vergadering=rij, versie=None, door=wereld.door, nieuwe_datum=vandaag() + timedelta(days=7)
    )
    assert not nieuw.agendapunten.get().vervangingen.exists()
    gaat_uit = Bericht.objects.filter(ontvanger=wereld.leden["W1"].gebruiker).exclude(status="herroepen")
    assert [b.onderwerp for b in gaat_uit] == [f"Nieuw in het rooster: Raadsvergadering op {datum_nl(nieuw.datum)}"]


def test_een_rooster_dat_voorbij_is_geeft_geen_bericht(wereld_met_accounts: Wereld) -> None:
    """Wie later invoert wat geweest is, stuurt de leden geen rooster van toen (zoals bij één vergadering)."""
    geweest = [vandaag() - timedelta(days=n) for n in (60, 30)]
    actions.plan_rooster(dagen=geweest, door=wereld_met_accounts.door)
    assert not Bericht.objects.exists()
    actions.plan_rooster(dagen=[vandaag() - timedelta(days=7), vandaag() + OVER], door=wereld_met_accounts.door)
    onderwerpen = set(Bericht.objects.values_list("onderwerp", flat=True))
    assert onderwerpen == {f"Nieuw in het rooster: Raadsvergadering op {datum_nl(vandaag() + OVER)}"}


def test_een_andere_tijd_of_plaats_heet_zo_en_niets_anders_is_geen_verplaatsing(wereld_met_accounts: Wereld) -> None:
    wereld = wereld_met_accounts
    rij = wereld.plan(vandaag() + OVER, plaats="Raadzaal")
    op, oud = datum_nl(rij.datum), {"begin": rij.begin, "eind": rij.eind, "plaats": rij.plaats}
    vast = {"vergadering": rij, "versie": None, "datum": rij.datum, "reden": "Zaal bezet", "door": wereld.door}
    with pytest.raises(InvoerFout, match="heeft de vergadering al"):
        actions.verplaats(**vast, **oud)
    for anders, zin in (
        ({"begin": time(14), "eind": time(15)}, f"Andere tijd: Raadsvergadering op {op}, van 14.00 tot 15.00 uur"),
        ({"begin": time(16), "eind": None}, f"Andere tijd: Raadsvergadering op {op} om 16.00 uur"),
        ({"begin": time(16), "eind": None, "plaats": "Foyer"}, f"Andere plaats: Raadsvergadering op {op}"),
    ):
        actions.verplaats(**vast, **oud | anders)
        wacht = Bericht.objects.filter(ontvanger=wereld.leden["O1"].gebruiker, status="wacht")
        assert [b.onderwerp for b in wacht] == [zin]
    later = vast | {"datum": rij.datum + timedelta(days=1), "begin": time(9)}
    actions.verplaats(**later)
    assert wacht.get().onderwerp.endswith(f"naar {datum_nl(later['datum'])} om 09.00 uur")


def test_een_dag_die_voorbij_is_geeft_geen_bericht(wereld_met_accounts: Wereld) -> None:
    wereld = wereld_met_accounts
    rij = wereld.plan(vandaag() - OVER)
    actions.verplaats(
        vergadering=rij, versie=None, datum=rij.datum + timedelta(days=1), reden="Tikfout", door=wereld.door
    )
    actions.zet_openbaarheid(vergadering=rij, versie=None, openbaar=False, besloten_reden="Personen", door=wereld.door)
    assert not Bericht.objects.exists()


def test_wie_er_niet_meer_bij_hoort_hoort_het_met_een_link_die_opent(
    wereld_met_accounts: Wereld, client: Client
) -> None:
    """Een lid dat op de nieuwe dag geen lid meer is, en een ministerie bij een raad die besloten wordt."""
    wereld = wereld_met_accounts
    lid, ministerie = wereld.leden["O2"], wereld.plv["O3"]
    leg_vertegenwoordiger_vast(persoon=ministerie, ministerie="Ministerie", van=vandaag(), door=None)
    ministerie.benoemingen.update(tot=vandaag())
    lid.benoemingen.update(tot=vandaag() + OVER + timedelta(days=1))
    rij = wereld.plan(vandaag() + OVER)
    rij = actions.zet_openbaarheid(
        vergadering=rij, versie=None, openbaar=False, besloten_reden="Personen", door=wereld.door
    )
    nieuw = rij.datum + timedelta(days=7)
    actions.verplaats(vergadering=rij, versie=None, datum=nieuw, reden="Zaal bezet", door=wereld.door)
    for persoon, begin in ((ministerie, "Nu besloten:"), (lid, "Verplaatst:")):
        bericht = Bericht.objects.get(ontvanger=persoon.gebruiker, onderwerp__startswith=begin)
        client.force_login(persoon.gebruiker)
        assert (bericht.pad, client.get(bericht.pad).status_code) == ("/lezen/vergaderingen/", 200)


def test_wat_nog_wacht_over_een_nieuwe_vergadering_gaat_niet_uit_als_zij_er_niet_komt(
    wereld_met_accounts: Wereld,
) -> None:
    wereld = wereld_met_accounts
    rij = actions.plan_met_bericht(orgaan="raad", datum=vandaag() + OVER, door=wereld.door)
    wacht = Bericht.objects.filter(ontvanger=wereld.leden["O1"].gebruiker, status="wacht")
    nieuw = rij.datum + timedelta(days=7)
    rij = actions.verplaats(vergadering=rij, versie=None, datum=nieuw, reden="Zaal bezet", door=wereld.door)
    assert {b.onderwerp for b in wacht} == {
        f"Nieuw in het rooster: Raadsvergadering op {datum_nl(nieuw)}",
        f"Verplaatst: Raadsvergadering naar {datum_nl(nieuw)}",
    }
    actions.gelast_af(vergadering=rij, versie=None, reden="Vergissing", door=wereld.door)
    assert [b.onderwerp for b in wacht.all()] == [f"Afgelast: Raadsvergadering van {datum_nl(nieuw)}"]
