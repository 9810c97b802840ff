"""Plannen, oproepen, verplaatsen en afgelasten."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine

from berichten.models import Bericht
from commissies.actions import stel_commissie_in
from commissies.enums import SoortCommissie
from kern.fouten import GeenToegang, InvoerFout, OvergangGeweigerd, VerouderdeVersie
from kern.tijd import AMSTERDAM, datum_nl, nu, vandaag
from logboek.queries import geschiedenis
from termijnen.queries import laatste
from tests.vergaderingen.conftest import Wereld, maak_commissie
from toegang.enums import Rol
from toegang.models import Gebruiker
from vergaderingen import actions, agenda, policies
from vergaderingen.enums import Orgaan, Status
from vergaderingen.models import Agendapunt, Vergadering
from vergaderingen.queries import derde_vrijdag, voorstel_datum

OVER = timedelta(days=30)


def test_plan_geeft_een_openbare_raad_met_adres_op_datum(wereld: Wereld) -> None:
    rij = wereld.plan(vandaag() + OVER)
    assert (rij.status, rij.openbaar, rij.slug) == (Status.GEPLAND, True, rij.datum.isoformat())
    assert [g.soort for g in geschiedenis(rij)] == ["vergaderingen.plan"]


def test_regel_26_besloten_raad_vraagt_een_reden(wereld: Wereld) -> None:
    with pytest.raises(InvoerFout) as fout:
        wereld.plan(vandaag() + OVER, openbaar=False)
    assert fout.value.veld == "besloten_reden"
    rij = wereld.plan(vandaag() + OVER, openbaar=False, besloten_reden="Het gaat over personen.")
    assert not rij.openbaar


def test_andere_organen_zijn_altijd_besloten(wereld: Wereld) -> None:
    commissie = maak_commissie(wereld)
    for orgaan, extra in ((Orgaan.DAGELIJKS_BESTUUR, {}), (Orgaan.COMMISSIE, {"commissie": commissie})):
        rij = wereld.plan(vandaag() + OVER, orgaan, openbaar=True, **extra)
        assert not rij.openbaar
        assert rij.besloten_reden


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"orgaan": "kantine"}, "orgaan"),
        ({"orgaan": Orgaan.COMMISSIE}, "commissie"),
        ({"begin": time(12), "eind": time(10)}, "eind"),
        ({"begin": time(12), "eind": time(12)}, "eind"),
    ],
)
def test_onmogelijke_invoer_noemt_het_veld(wereld: Wereld, velden: dict[str, Any], veld: str) -> None:
    with pytest.raises(InvoerFout) as fout:
        wereld.plan(vandaag() + OVER, **velden)
    assert fout.value.veld == veld
    assert not Vergadering.objects.exists()


@pytest.mark.parametrize(("dagen", "woord"), [(-1, "er vanaf"), (0, ""), (9, ""), (10, "opgeheven")])
def test_een_commissie_vergadert_alleen_zolang_zij_bestaat(wereld: Wereld, dagen: int, woord: str) -> None:
    begin = vandaag() + OVER
    commissie = stel_commissie_in(
        naam="Tijdelijk (voorbeeld)", soort=SoortCommissie.VAST, taak="proef", ingesteld_op=begin, door=None
    )
    commissie.opgeheven_op = begin + timedelta(days=10)
    commissie.save()
    dag = begin + timedelta(days=dagen)
    elders = wereld.plan(begin + timedelta(days=1), Orgaan.COMMISSIE, commissie=commissie)
    verplaats = {"vergadering": elders, "versie": elders.rijversie, "datum": dag, "reden": "Zaal bezet."}
    if not woord:
        assert wereld.plan(dag, Orgaan.COMMISSIE, commissie=commissie).commissie == commissie
        assert actions.verplaats(**verplaats, begin=time(15), door=wereld.door).datum == dag
        return
    for poging in (
        lambda: wereld.plan(dag, Orgaan.COMMISSIE, commissie=commissie),
        lambda: actions.verplaats(**verplaats, door=wereld.door),
    ):
        with pytest.raises(InvoerFout, match=woord) as fout:
            poging()
        assert fout.value.veld == "datum"


def test_dubbel_verzenden_plant_niet_twee_keer(wereld: Wereld) -> None:
    eerste = wereld.plan(vandaag() + OVER)
    with pytest.raises(InvoerFout, match="vergadert al"):
        wereld.plan(vandaag() + OVER)
    tweede = wereld.plan(vandaag() + OVER, begin=time(14), eind=None)
    assert tweede.slug == f"{eerste.slug}-2"


def test_wie_er_niet_over_gaat_plant_niet(wereld: Wereld, maak_gebruiker: Callable[..., Gebruiker]) -> None:
    commissiesecretaris = maak_gebruiker("", Rol.COMMISSIESECRETARIS)
    with pytest.raises(GeenToegang):
        actions.plan_vergadering(orgaan=Orgaan.RAAD, datum=vandaag(), door=commissiesecretaris)
    actions.plan_vergadering(
        orgaan=Orgaan.COMMISSIE, commissie=maak_commissie(wereld), datum=vandaag(), door=commissiesecretaris
    )


def test_derde_vrijdag_en_het_voorstel_slaat_bezette_dagen_over(wereld: Wereld) -> None:
    assert derde_vrijdag(2026, 11) == date(2026, 11, 20)
    assert derde_vrijdag(2026, 5) == date(2026, 5, 15)  # 1 mei 2026 is zelf een vrijdag
    eerste = voorstel_datum(Orgaan.RAAD, vandaag())
    wereld.plan(eerste)
    tweede = voorstel_datum(Orgaan.RAAD, vandaag())
    assert tweede > eerste
    assert tweede.weekday() == 4


def test_regel_25_te_laat_is_een_gelogde_waarschuwing_en_geen_beletsel(wereld: Wereld) -> None:
    rij = wereld.plan(vandaag() + timedelta(days=9))
    wereld.punt(rij)
    rij = actions.roep_op(vergadering=rij, versie=None, door=wereld.door)
    assert rij.status == Status.OPGEROEPEN
    gelogd = geschiedenis(rij).get(soort="vergaderingen.roep_op").gegevens["waarschuwing"]
    assert "9 dagen vooraf" in gelogd


@pytest.mark.parametrize(
    ("dagen", "tekst"), [(10, ""), (11, ""), (1, ": 1 dag vooraf"), (0, "op de dag zelf"), (9, ": 9 dagen")]
)
def test_regel_25_tien_dagen_is_nog_op_tijd(wereld: Wereld, dagen: int, tekst: str) -> None:
    waarschuwing = policies.te_laat(wereld.plan(vandaag() + timedelta(days=dagen)), vandaag())
    assert (tekst in waarschuwing) if tekst else waarschuwing == ""


def test_oproepen_zonder_agenda_of_na_de_dag_kan_niet(wereld: Wereld) -> None:
    with pytest.raises(OvergangGeweigerd, match="agenda is nog leeg"):
        actions.roep_op(vergadering=wereld.plan(vandaag() + OVER), versie=None, door=wereld.door)
    voorbij = wereld.plan(vandaag() - timedelta(days=1))
    wereld.punt(voorbij)
    with pytest.raises(OvergangGeweigerd, match="al voorbij"):
        actions.roep_op(vergadering=voorbij, versie=None, door=wereld.door)


@pytest.mark.parametrize(
    ("opgeroepen", "stukken", "veld"), [(1, None, "opgeroepen_op"), (0, -1, "stukken_op"), (0, 1, "stukken_op")]
)
def test_onmogelijke_dagen_bij_de_oproeping(wereld: Wereld, opgeroepen: int, stukken: int | None, veld: str) -> None:
    rij = wereld.plan(vandaag() + OVER)
    wereld.punt(rij)
    dag = vandaag() + timedelta(days=opgeroepen)
    stukken_op = None if stukken is None else vandaag() + timedelta(days=stukken)
    with pytest.raises(InvoerFout) as fout:
        actions.roep_op(vergadering=rij, versie=None, door=wereld.door, opgeroepen_op=dag, stukken_op=stukken_op)
    assert fout.value.veld == veld


def test_oproeping_bericht_wacht_en_kan_worden_herroepen(wereld_met_accounts: Wereld) -> None:
    wereld = wereld_met_accounts
    rij = wereld.plan(vandaag() + OVER)
    wereld.punt(rij, "Geheime titel")
    rij = actions.roep_op(vergadering=rij, versie=rij.rijversie, door=wereld.door)
    berichten = Bericht.objects.all()
    assert berichten.count() == 20  # tien leden en tien plaatsvervangers
    assert all(b.niet_voor > nu() + timedelta(minutes=9) for b in berichten)
    assert not any("Geheime" in b.onderwerp + b.tekst for b in berichten)
    assert berichten[0].pad == f"/lezen/vergaderingen/{rij.pk}/"
    assert rij.agenda_vanaf > nu()
    assert laatste(rij, "vergaderstukken").status == "voldaan"
    terug = actions.herroep_oproeping(vergadering=rij, versie=None, reden="Verkeerde zaal", door=wereld.door)
    assert (terug.status, terug.agenda_vanaf, terug.opgeroepen_op) == (Status.GEPLAND, None, None)
    assert set(Bericht.objects.values_list("status", flat=True)) == {"herroepen"}
    assert laatste(rij, "vergaderstukken").loopt
    opnieuw = actions.roep_op(vergadering=terug, versie=None, door=wereld.door)
    assert Bericht.objects.exclude(status="herroepen").count() == 20
    assert opnieuw.status == Status.OPGEROEPEN


def test_na_de_wachttijd_is_herroepen_te_laat(wereld: Wereld) -> None:
    rij = wereld.opgeroepen(vandaag() + timedelta(days=5))
    assert rij.agenda_vanaf < nu()
    with pytest.raises(OvergangGeweigerd, match="al verzonden"):
        actions.herroep_oproeping(vergadering=rij, versie=None, reden="Te laat", door=wereld.door)


def test_verplaatsen_met_reden_bericht_en_nieuw_adres(wereld_met_accounts: Wereld) -> None:
    wereld = wereld_met_accounts
    rij = wereld.opgeroepen(vandaag() + OVER)
    Bericht.objects.all()
    nieuw = vandaag() + OVER + timedelta(days=7)
    na = actions.verplaats(vergadering=rij, versie=rij.rijversie, datum=nieuw, reden="Zaal bezet", door=wereld.door)
    assert (na.datum, na.slug) == (nieuw, nieuw.isoformat())
    assert Bericht.objects.filter(feit__startswith=f"vergaderingen.verplaats:{rij.pk}").count() == 20
    gebeurtenis = geschiedenis(rij).get(soort="vergaderingen.verplaats")
    assert gebeurtenis.gegevens["oud"]["datum"] == str(rij.datum)
    with pytest.raises(VerouderdeVersie):
        actions.verplaats(vergadering=rij, versie=rij.rijversie, datum=nieuw, reden="x", door=wereld.door)


def test_verplaatsen_van_een_geplande_raad_verlegt_de_stukkentermijn(wereld: Wereld) -> None:
    rij = wereld.plan(vandaag() + OVER)
    nieuw = rij.datum + timedelta(days=7)
    actions.verplaats(vergadering=rij, versie=None, datum=nieuw, reden="Verschoven", door=wereld.door)
    assert laatste(rij, "vergaderstukken").vervalt_op == nieuw - timedelta(days=10)


@pytest.mark.parametrize(
    ("velden", "veld"), [({"reden": " "}, "reden"), ({"begin": time(12), "eind": time(9)}, "eind")]
)
def test_verplaatsen_met_onmogelijke_invoer(wereld: Wereld, velden: dict[str, Any], veld: str) -> None:
    rij = wereld.plan(vandaag() + OVER)
    argumenten = {"datum": rij.datum + timedelta(days=1), "reden": "Reden"} | velden
    with pytest.raises(InvoerFout) as fout:
        actions.verplaats(vergadering=rij, versie=None, door=wereld.door, **argumenten)
    assert fout.value.veld == veld


def test_verplaatsen_voor_de_oproeping_of_na_sluiting_kan_niet(wereld: Wereld) -> None:
    rij = wereld.opgeroepen(vandaag() + OVER)
    with pytest.raises(InvoerFout, match="opgeroepen"):
        actions.verplaats(
            vergadering=rij, versie=None, datum=rij.opgeroepen_op - timedelta(days=1), reden="x", door=wereld.door
        )
    dicht = wereld.gesloten()
    with pytest.raises(OvergangGeweigerd, match="ligt vast"):
        actions.verplaats(vergadering=dicht, versie=None, datum=vandaag() + OVER, reden="x", door=wereld.door)


def test_afgelasten_haalt_de_oproeping_terug_en_bericht_de_kring(wereld_met_accounts: Wereld) -> None:
    wereld = wereld_met_accounts
    rij = wereld.plan(vandaag() + OVER)
    wereld.punt(rij)
    rij = actions.roep_op(vergadering=rij, versie=None, door=wereld.door)
    with pytest.raises(InvoerFout):
        actions.gelast_af(vergadering=rij, versie=None, reden="  ", door=wereld.door)
    af = actions.gelast_af(vergadering=rij, versie=None, reden="Geen stukken", door=wereld.door)
    assert (af.status, af.afgelast_reden) == (Status.AFGELAST, "Geen stukken")
    assert Bericht.objects.filter(feit__startswith="vergaderingen.roep_op").exclude(status="herroepen").count() == 0
    assert Bericht.objects.filter(feit__startswith="vergaderingen.gelast_af").count() == 20


@pytest.mark.parametrize(("minuten", "ziet"), [(5, False), (11, True)])
def test_wie_afgelast_in_de_wachttijd_maakt_de_agenda_niet_zichtbaar(
    wereld_met_accounts: Wereld, minuten: int, ziet: bool
) -> None:
    """De oproeping ging niet uit: dan hoort ook niemand na tien minuten de agenda te zien."""
    wereld = wereld_met_accounts
    rij = wereld.plan(vandaag() + OVER)
    wereld.punt(rij)
    rij = actions.roep_op(vergadering=rij, versie=None, door=wereld.door)
    with time_machine.travel(nu() + timedelta(minutes=minuten), tick=False):
        af = actions.gelast_af(vergadering=rij, versie=None, reden="Geen stukken", door=wereld.door)
    assert (af.opgeroepen_op is not None) == ziet
    Vergadering.objects.filter(pk=rij.pk, agenda_vanaf__isnull=False).update(agenda_vanaf=nu())
    lid = wereld.leden["O1"].gebruiker
    assert Agendapunt.objects.zichtbaar_voor(lid).filter(vergadering=rij).exists() == ziet


def test_agendabron_hoort_de_oproeping_en_biedt_aan(wereld: Wereld, monkeypatch: pytest.MonkeyPatch) -> None:
    gehoord: list[str] = []

    class Bron(agenda.Agendabron):
        naam = "proef"

        def aanbod(self, vergadering: Vergadering, gebruiker: Gebruiker) -> list[agenda.Aanbod]:
            return [agenda.Aanbod("zaak:1", "Zaak uit de bron")]

        def geplaatst(self, *, agendapunt: Any, sleutel: str, door: Gebruiker) -> None:
            gehoord.append(f"geplaatst {sleutel}")

        def opgeroepen(self, *, vergadering: Vergadering, door: Gebruiker) -> None:
            gehoord.append("opgeroepen")

        def oproeping_herroepen(self, *, vergadering: Vergadering, door: Gebruiker) -> None:
            gehoord.append("herroepen")

    monkeypatch.setattr(agenda, "_bronnen", {})
    agenda.registreer_bron(Bron())
    rij = wereld.plan(vandaag() + OVER)
    punt = actions.plaats_aanbod(vergadering=rij, bron="proef", sleutel="zaak:1", door=wereld.door)
    assert punt.onderwerp == "Zaak uit de bron"
    for bron, sleutel in (("proef", "zaak:2"), ("onbekend", "zaak:1")):
        with pytest.raises(InvoerFout, match="niet meer aangeboden"):
            actions.plaats_aanbod(vergadering=rij, bron=bron, sleutel=sleutel, door=wereld.door)
    rij = actions.roep_op(vergadering=rij, versie=None, door=wereld.door)
    actions.herroep_oproeping(vergadering=rij, versie=None, reden="Vergissing", door=wereld.door)
    assert gehoord == ["geplaatst zaak:1", "opgeroepen", "herroepen"]
    with pytest.raises(ValueError, match="naam"):
        agenda.registreer_bron(agenda.Agendabron())


def test_openen_en_sluiten_op_een_onmogelijk_moment(wereld: Wereld) -> None:
    rij = wereld.opgeroepen()
    for moment in (nu() - timedelta(days=1), nu() + timedelta(hours=30)):
        with pytest.raises(InvoerFout) as fout:
            actions.open_vergadering(vergadering=rij, versie=None, geopend_op=moment, door=wereld.door)
        assert fout.value.veld == "geopend_op"
    open_ = wereld.geopend(orgaan=Orgaan.KROONLEDENOVERLEG)
    with pytest.raises(InvoerFout, match="toekomst"):
        actions.sluit_vergadering(
            vergadering=open_, versie=None, gesloten_op=nu() + timedelta(hours=1), door=wereld.door
        )
    vroeg = datetime.combine(vandaag() - timedelta(days=2), time(9), AMSTERDAM)
    with pytest.raises(OvergangGeweigerd, match="na de opening"):
        actions.sluit_vergadering(vergadering=open_, versie=None, gesloten_op=vroeg, door=wereld.door)


def test_openen_voor_de_dag_kan_niet(wereld: Wereld) -> None:
    rij = wereld.opgeroepen(vandaag() + timedelta(days=5))
    with pytest.raises(OvergangGeweigerd, match="pas op"):
        actions.open_vergadering(vergadering=rij, versie=None, door=wereld.door)


def test_een_leeg_rooster_geeft_geen_bericht(wereld_met_accounts: Wereld) -> None:
    assert actions.plan_rooster(dagen=[], door=wereld_met_accounts.door) == []
    assert not Bericht.objects.exists()


def test_een_andere_tijd_op_dezelfde_dag_houdt_het_adres(wereld: Wereld) -> None:
    """Een verwijzing van buiten blijft kloppen zolang de dag dezelfde is."""
    rij = wereld.plan(vandaag() + OVER)
    wereld.plan(vandaag() + OVER, begin=time(14), eind=time(15))
    na = actions.verplaats(
        vergadering=rij, versie=None, datum=rij.datum, begin=time(9), eind=time(10), reden="Eerder", door=wereld.door
    )
    assert (na.slug, na.begin) == (rij.slug, time(9))


def test_openen_kan_niet_op_een_moment_dat_nog_komt(wereld: Wereld) -> None:
    rij = wereld.opgeroepen()
    for geleding in ("ondernemers", "werknemers", "kroonleden"):
        actions.teken_geleding(vergadering=rij, geleding=geleding, door=wereld.door)
    middag = datetime.combine(rij.datum, time(12), AMSTERDAM)
    with time_machine.travel(middag, tick=False), pytest.raises(InvoerFout, match="toekomst") as fout:
        actions.open_vergadering(
            vergadering=rij, versie=None, geopend_op=middag + timedelta(minutes=1), door=wereld.door
        )
    assert fout.value.veld == "geopend_op"
    rij.refresh_from_db()
    assert rij.status == Status.OPGEROEPEN


def test_een_orgaan_zonder_stukkentermijn_herroept_zijn_oproeping_ook(wereld: Wereld) -> None:
    rij = wereld.plan(vandaag() + OVER, Orgaan.DAGELIJKS_BESTUUR)
    wereld.punt(rij)
    rij = actions.roep_op(vergadering=rij, versie=None, door=wereld.door)
    terug = actions.herroep_oproeping(vergadering=rij, versie=None, reden="Verkeerde dag", door=wereld.door)
    assert terug.status == Status.GEPLAND
    assert laatste(terug, "vergaderstukken") is None


def test_regel_26_een_geplande_raad_wordt_besloten_met_reden_en_weer_openbaar(wereld_met_accounts: Wereld) -> None:
    wereld, zet = wereld_met_accounts, actions.zet_openbaarheid
    rij = wereld.plan(vandaag() + OVER)
    with pytest.raises(InvoerFout) as fout:
        zet(vergadering=rij, versie=rij.rijversie, openbaar=False, besloten_reden=" ", door=wereld.door)
    assert fout.value.veld == "besloten_reden"
    reden = {"besloten_reden": "Het gaat over personen."}
    dicht = zet(vergadering=rij, versie=rij.rijversie, openbaar=False, **reden, door=wereld.door)
    assert (dicht.openbaar, dicht.besloten_reden) == (False, "Het gaat over personen.")
    berichten = Bericht.objects.filter(feit__startswith=f"vergaderingen.zet_openbaarheid:{rij.pk}:")
    eerste = berichten.count()
    assert eerste
    assert berichten[0].onderwerp == f"Nu besloten: de raadsvergadering op {datum_nl(rij.datum)}"
    nog_eens = zet(vergadering=rij, versie=dicht.rijversie, openbaar=False, **reden, door=wereld.door)
    assert (nog_eens.rijversie, berichten.count()) == (dicht.rijversie, eerste)
    weer = zet(vergadering=rij, versie=dicht.rijversie, openbaar=True, **reden, door=wereld.door)
    assert (weer.openbaar, weer.besloten_reden) == (True, "")
    wachtend = berichten.exclude(status="herroepen")
    assert {b.onderwerp for b in wachtend} == {f"Nu openbaar: de raadsvergadering op {datum_nl(rij.datum)}"}
    assert (wachtend.count(), berichten.count()) == (eerste, 2 * eerste)
    soorten = [g.soort for g in geschiedenis(rij)]
    assert soorten.count("vergaderingen.zet_openbaarheid") == 2
    with pytest.raises(VerouderdeVersie):
        zet(vergadering=rij, versie=dicht.rijversie, openbaar=False, **reden, door=wereld.door)
    actions.gelast_af(vergadering=rij, versie=None, reden="Geen stukken", door=wereld.door)
    assert not berichten.exclude(status="herroepen").exists()


def test_openbaar_of_besloten_ligt_vast_na_de_oproeping_en_bij_een_ander_orgaan(wereld: Wereld) -> None:
    besloten = {"versie": None, "openbaar": False, "besloten_reden": "Personen.", "door": wereld.door}
    with pytest.raises(OvergangGeweigerd, match="plan een nieuwe"):
        actions.zet_openbaarheid(vergadering=wereld.opgeroepen(), **besloten)
    bestuur = wereld.plan(vandaag() + OVER, Orgaan.DAGELIJKS_BESTUUR)
    with pytest.raises(OvergangGeweigerd, match="altijd besloten"):
        actions.zet_openbaarheid(vergadering=bestuur, **besloten | {"openbaar": True})
