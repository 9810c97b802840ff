"""Elke overgang van een vergadering en een verslag, ook door rauwe SQL heen."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from commissies.models import Commissie
from kern.fouten import GeenToegang, OvergangGeweigerd, VerouderdeVersie
from kern.tijd import nu, vandaag
from overgangen import beschikbaar, paren, voer_uit
from tests.vergaderingen.conftest import Wereld
from toegang.enums import Rol
from toegang.models import Gebruiker
from vergaderingen import actions, policies
from vergaderingen.enums import Orgaan, Status, Verslagstatus
from vergaderingen.models import Vergadering, Verslag

ARGUMENTEN: dict[str, dict[str, Any]] = {
    "roep_op": {"opgeroepen_op": vandaag(), "stukken_op": vandaag(), "agenda_vanaf": nu()},
    "herroep_oproeping": {},
    "open": {"geopend_op": nu()},
    "ga_niet_door": {},
    "sluit": {"gesloten_op": nu()},
    "gelast_af": {"afgelast_reden": "Reden"},
}
LEGAAL = {
    "roep_op": {Status.GEPLAND},
    "herroep_oproeping": {Status.OPGEROEPEN},
    "open": {Status.OPGEROEPEN},
    "ga_niet_door": {Status.OPGEROEPEN},
    "sluit": {Status.GEOPEND},
    "gelast_af": {Status.GEPLAND, Status.OPGEROEPEN},
}


def in_stand(wereld: Wereld, stand: str) -> Vergadering:
    if stand == Status.GEPLAND:
        return wereld.plan()
    if stand == Status.OPGEROEPEN:
        return wereld.opgeroepen()
    if stand == Status.GEOPEND:
        return wereld.geopend()
    if stand == Status.GESLOTEN:
        return wereld.gesloten()
    if stand == Status.AFGELAST:
        return actions.gelast_af(vergadering=wereld.plan(), versie=None, reden="Reden", door=wereld.door)
    rij = wereld.opgeroepen(begin=None, eind=None)
    actions.stel_ontbreken_quorum_vast(
        vergadering=rij, versie=None, door=wereld.door, nieuwe_datum=vandaag() + timedelta(days=7)
    )
    return Vergadering.objects.get(pk=rij.pk)


@pytest.mark.parametrize("stand", Status.values)
def test_elke_overgang_die_niet_mag_wordt_geweigerd(wereld: Wereld, stand: str) -> None:
    rij = in_stand(wereld, stand)
    for overgang, bronnen in LEGAAL.items():
        if stand in bronnen:
            continue
        with pytest.raises(OvergangGeweigerd, match="kan nu niet"):
            voer_uit(Vergadering, rij.pk, None, overgang, door=wereld.door, reden="Reden", **ARGUMENTEN[overgang])
    assert Vergadering.objects.get(pk=rij.pk).status == stand


@pytest.mark.parametrize("van", Status.values)
def test_rauwe_sql_kan_alleen_wat_de_code_kan(wereld: Wereld, van: str) -> None:
    rij = in_stand(wereld, van)
    verboden = [naar for naar in Status.values if naar != van and (van, naar) not in paren(Vergadering)]
    assert verboden
    for naar in verboden:
        with pytest.raises(IntegrityError, match="mag niet van"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE vergaderingen_vergadering SET status = %s WHERE id = %s", [naar, rij.pk])
    assert Vergadering.objects.get(pk=rij.pk).status == van


@pytest.mark.parametrize("stand", [s for s in Status.values if s != Status.GEPLAND])
def test_alleen_het_archief_begint_gesloten(db: None, stand: str) -> None:
    for kenmerk in (None, "verg-x"):
        if (stand, kenmerk) == (Status.GESLOTEN, "verg-x"):
            continue
        with pytest.raises(IntegrityError), transaction.atomic():
            Vergadering.objects.create(orgaan=Orgaan.RAAD, slug="x", datum=vandaag(), status=stand, kenmerk=kenmerk)


def test_een_nieuwe_vergadering_zonder_gebeurtenis_wordt_geweigerd(db: None) -> None:
    Vergadering.objects.create(orgaan=Orgaan.RAAD, slug="x", datum=vandaag())
    with (
        pytest.raises(IntegrityError, match="zonder gebeurtenis"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("velden", "regel"),
    [
        ({"openbaar": False}, "besloten_met_reden"),
        ({"orgaan": Orgaan.DAGELIJKS_BESTUUR}, "alleen_raad_openbaar"),
        ({"orgaan": Orgaan.COMMISSIE, "openbaar": False, "besloten_reden": "x"}, "commissie_bij_orgaan"),
        ({"begin": "12:00", "eind": "10:00"}, "eind_na_begin"),
        ({"oproeping": 2}, "oproeping_volgt"),
        ({"oproeping": 4}, "oproeping_volgt"),
        ({"kenmerk": "verg-x"}, "archief_gesloten"),
        ({"orgaan": "kantine", "openbaar": False, "besloten_reden": "x"}, "orgaan_bekend"),
    ],
)
def test_de_database_weigert_een_onmogelijke_vergadering(db: None, velden: dict[str, Any], regel: str) -> None:
    basis: dict[str, Any] = {"orgaan": Orgaan.RAAD, "slug": "x", "datum": vandaag()}
    with pytest.raises(IntegrityError, match=regel), transaction.atomic():
        Vergadering.objects.create(**(basis | velden))


def test_sluiting_voor_opening_weigert_de_database(wereld: Wereld) -> None:
    rij = wereld.gesloten()
    with pytest.raises(IntegrityError, match="sluiting_na_opening"), transaction.atomic():
        Vergadering.objects.filter(pk=rij.pk).update(gesloten_op=rij.geopend_op - timedelta(minutes=1))


def test_een_verouderd_scherm_verandert_niets(wereld: Wereld) -> None:
    rij = wereld.plan()
    wereld.punt(rij)
    actions.roep_op(vergadering=rij, versie=rij.rijversie, door=wereld.door)
    with pytest.raises(VerouderdeVersie):
        actions.gelast_af(vergadering=rij, versie=rij.rijversie, reden="Reden", door=wereld.door)


def test_zonder_recht_geen_knop_en_geen_daad(wereld: Wereld, maak_gebruiker: Callable[..., Gebruiker]) -> None:
    rij = wereld.opgeroepen()
    for rollen in ((Rol.COMMUNICATIE,), (Rol.BEHEERDER,), (Rol.COMMISSIESECRETARIS,), ()):
        ander = maak_gebruiker("", *rollen)
        assert beschikbaar(rij, ander) == []
        with pytest.raises(GeenToegang):
            actions.gelast_af(vergadering=rij, versie=None, reden="Reden", door=ander)
        with pytest.raises(GeenToegang):
            actions.voeg_agendapunt_toe(vergadering=rij, onderwerp="X", door=ander)
    assert [k.naam for k in beschikbaar(rij, wereld.door)] == ["herroep_oproeping", "open", "ga_niet_door", "gelast_af"]


def test_regel_46_verslag_is_concept_tot_een_latere_vergadering(wereld: Wereld) -> None:
    eerste = wereld.gesloten(vandaag() - timedelta(days=30))
    verslag = actions.schrijf_verslag(
        vergadering=eerste, html="<p>Tekst</p>", openbaar_html="<p>T</p>", door=wereld.door
    )
    assert verslag.status == Verslagstatus.CONCEPT
    nog_dicht = wereld.opgeroepen()
    ander_orgaan = wereld.geopend(orgaan=Orgaan.KROONLEDENOVERLEG)
    eerder = wereld.gesloten(vandaag() - timedelta(days=60))
    for fout, tekst in (
        (nog_dicht, "nog niet geopend"),
        (ander_orgaan, "latere vergadering van hetzelfde orgaan"),
        (eerder, "latere vergadering"),
        (eerste, "latere vergadering"),
    ):
        with pytest.raises(OvergangGeweigerd, match=tekst):
            actions.stel_verslag_vast(verslag=verslag, versie=None, vastgesteld_in=fout, door=wereld.door)
    actions.gelast_af(vergadering=nog_dicht, versie=None, reden="Weg", door=wereld.door)
    later = wereld.geopend(begin=None, eind=None)
    vast = actions.stel_verslag_vast(
        verslag=verslag, versie=verslag.rijversie, vastgesteld_in=later, door=wereld.door, gewijzigd=True
    )
    assert (vast.status, vast.vastgesteld_in, vast.vastgesteld_op) == (Verslagstatus.VASTGESTELD, later, later.datum)
    with pytest.raises(OvergangGeweigerd, match="ligt vast"):
        actions.schrijf_verslag(vergadering=eerste, html="<p>Anders</p>", openbaar_html="", door=wereld.door)
    with pytest.raises(IntegrityError, match="mag niet van"), transaction.atomic():
        Verslag.objects.filter(pk=vast.pk).update(
            status=Verslagstatus.CONCEPT, vastgesteld_in=None, vastgesteld_op=None
        )


def test_een_verslag_begint_niet_vastgesteld(wereld: Wereld) -> None:
    rij = wereld.gesloten()
    with pytest.raises(IntegrityError, match="mag niet beginnen"), transaction.atomic():
        Verslag.objects.create(
            vergadering=rij, status=Verslagstatus.VASTGESTELD, vastgesteld_in=rij, vastgesteld_op=vandaag()
        )


def test_de_stand_van_een_vergadering_zonder_dag_of_quorum(wereld: Wereld) -> None:
    zonder_dag = Vergadering(orgaan=Orgaan.RAAD, datum=None)
    assert (policies.zittende_leden(zonder_dag), policies.te_laat(zonder_dag, vandaag())) == (0, "")
    assert policies.zittende_leden(Vergadering(orgaan=Orgaan.COMMISSIE, datum=vandaag())) == 0
    overleg = wereld.plan(orgaan=Orgaan.KROONLEDENOVERLEG)
    assert policies.quorum(overleg) == policies.Quorum(0, 0, 0, gehaald=True, derde=False)
    assert [policies.Quorum(n, 10, 6, n >= 6, derde=False).ontbreekt for n in (4, 6, 9)] == [2, 0, 0]


def test_wat_een_weigering_zegt(wereld: Wereld) -> None:
    rij = wereld.plan()
    rij.datum = None
    assert [t.tekst for t in policies.mag_oproepen(rij)] == [
        "De vergadering heeft nog geen datum.",
        "De agenda is nog leeg.",
    ]
    rij = wereld.opgeroepen(begin=None, eind=None)
    wereld.teken(rij, "O1")
    assert "1 van de 10 zittende leden heeft getekend" in policies.mag_openen(rij)[0].tekst


def test_op_het_moment_zelf_is_het_te_laat(wereld: Wereld) -> None:
    rij, moment = wereld.geopend(), nu()
    rij.agenda_vanaf = moment
    with time_machine.travel(moment, tick=False):
        assert "al verzonden" in policies.mag_oproeping_herroepen(rij)[0].tekst
    rij.geopend_op = moment
    assert "na de opening" in policies.mag_sluiten(rij, gesloten_op=moment)[0].tekst
    assert policies.mag_sluiten(rij, gesloten_op=moment + timedelta(seconds=1)) == []


def test_een_verslag_van_dezelfde_dag_of_van_een_open_vergadering_wordt_niet_vastgesteld() -> None:
    def met(status: str, dagen: int = 0, **velden: Any) -> Vergadering:
        return Vergadering(orgaan=Orgaan.RAAD, datum=vandaag() + timedelta(days=dagen), status=status, **velden)

    def tekorten(eigen: Vergadering, later: Vergadering | None = None) -> list[str]:
        verslag = Verslag(vergadering=eigen, html="<p>Tekst</p>", openbaar_html="<p>Tekst</p>")
        return [t.tekst for t in policies.mag_verslag_vaststellen(verslag, vastgesteld_in=later)]

    assert tekorten(met(Status.GEOPEND, pk=1)) == ["De vergadering zelf is nog niet gesloten."]
    eigen = met(Status.GESLOTEN, pk=1)
    assert tekorten(eigen) == tekorten(eigen, met(Status.GEOPEND, 1, pk=2)) == []
    assert "latere vergadering" in tekorten(eigen, met(Status.GEOPEND, 0, pk=2))[0]


def test_hoe_een_vergadering_heet() -> None:
    namen = [
        Vergadering(orgaan=Orgaan.RAAD).naam,
        Vergadering(orgaan=Orgaan.RAAD, openbaar=False).naam,
        Vergadering(orgaan=Orgaan.COMMISSIE, commissie=Commissie(naam="Commissie Arbeid")).naam,
        Vergadering(orgaan=Orgaan.DAGELIJKS_BESTUUR).naam,
    ]
    assert namen == ["Raadsvergadering", "Besloten raadsvergadering", "Commissie Arbeid", "Dagelijks bestuur"]
    gepland = Vergadering(orgaan=Orgaan.RAAD, datum=date(2026, 11, 20))
    assert str(Verslag(vergadering=gepland)) == "Verslag van Raadsvergadering, vr 20 november 2026"


def test_hoofdelijk_stemmen_kent_alleen_de_raad_en_het_bestuur() -> None:
    overleg = Vergadering(orgaan=Orgaan.KROONLEDENOVERLEG, status=Status.GEOPEND)
    assert "alleen vast bij de raad" in policies.mag_stemmen(overleg)[0].tekst
