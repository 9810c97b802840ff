"""Randen van lezen en beleid: zonder datum, zonder account, en de termijn van de stukken."""

from collections.abc import Callable
from datetime import date, timedelta

from kern.tijd import vandaag
from raad.enums import Geleding
from termijnen.queries import laatste
from tests.vergaderingen.conftest import Wereld, maak_commissie
from toegang.enums import Rol
from toegang.models import Gebruiker
from vergaderingen import actions, apps, policies
from vergaderingen.enums import AanwezigAls, Orgaan, Status, Verslagstatus
from vergaderingen.models import Presentie, Vergadering, Verslag
from vergaderingen.queries import (
    Genodigde,
    kring,
    latere_vergaderingen,
    mag_zetel_vervangen,
    presentielijst,
    voorstel_datum,
    zonder_account,
)


def test_zonder_datum_is_er_geen_kring_geen_quorum_en_geen_waarschuwing(db: None) -> None:
    rij = Vergadering(orgaan=Orgaan.RAAD)
    assert kring(rij) == []
    assert policies.zittende_leden(rij) == 0
    assert policies.te_laat(rij, vandaag()) == ""
    assert latere_vergaderingen(rij) == []
    assert policies.zittende_leden(Vergadering(orgaan=Orgaan.COMMISSIE, datum=vandaag())) == 0
    assert kring(Vergadering(orgaan=Orgaan.COMMISSIE, datum=vandaag())) == []


def test_elk_orgaan_heeft_zijn_eigen_kring(wereld: Wereld) -> None:
    def namen(rij: Vergadering) -> set[str]:
        return {g.persoon.naam for g in kring(rij)}

    assert len(namen(wereld.plan())) == 20
    assert namen(wereld.plan(orgaan=Orgaan.DAGELIJKS_BESTUUR)) == {"Lid O1", "Lid W1", "Lid K1"}
    overleg = wereld.plan(orgaan=Orgaan.KROONLEDENOVERLEG)
    assert namen(overleg) == {f"{w} {k}" for w in ("Lid", "Plv") for k in ("K1", "K2", "DNB", "CPB")}
    assert len(zonder_account(kring(overleg))) == 8
    assert [g.geleding for g in presentielijst(overleg)] == [Geleding.KROONLEDEN]


def test_een_plaatsvervanger_zonder_zetel_vervangt_alleen_het_eigen_lid(wereld: Wereld) -> None:
    eigen = Genodigde(wereld.plv["O1"], AanwezigAls.PLAATSVERVANGER, "kroonleden", vervangt=wereld.leden["O1"])
    assert mag_zetel_vervangen(eigen, Genodigde(wereld.leden["O1"], AanwezigAls.LID, "ondernemers"))
    assert not mag_zetel_vervangen(eigen, Genodigde(wereld.leden["K1"], AanwezigAls.LID, "kroonleden"))


def test_het_voorstel_loopt_over_de_jaargrens(db: None) -> None:
    assert voorstel_datum(Orgaan.RAAD, date(2026, 12, 18)) == date(2027, 1, 15)


def test_de_stukkentermijn_waarschuwt_eigenaar_of_raadssecretaris(
    wereld: Wereld, maak_gebruiker: Callable[..., Gebruiker]
) -> None:
    rij = wereld.plan(vandaag() + timedelta(days=30))
    termijn = laatste(rij, "vergaderstukken")
    assert termijn is not None
    assert termijn.vervalt_op == rij.datum - timedelta(days=10)
    assert list(apps.ontvangers(termijn, vandaag())) == [wereld.door]
    assert apps.adres(termijn) == f"/werk/vergaderingen/{rij.pk}/"
    ander = maak_gebruiker("", Rol.RAADSSECRETARIS)
    wereld.door.is_active = False
    wereld.door.save()
    termijn = laatste(rij, "vergaderstukken")
    assert termijn is not None
    assert list(apps.ontvangers(termijn, vandaag())) == [ander]


def test_alleen_de_raad_bewaakt_stukken_en_afgelasten_sluit_de_termijn(wereld: Wereld) -> None:
    assert laatste(wereld.plan(orgaan=Orgaan.DAGELIJKS_BESTUUR), "vergaderstukken") is None
    rij = wereld.plan(vandaag() + timedelta(days=30))
    actions.gelast_af(vergadering=rij, versie=None, reden="Geen stukken", door=wereld.door)
    assert laatste(rij, "vergaderstukken").status == "vervallen"


def test_een_afgelaste_vergadering_van_gisteren_geeft_geen_bericht(wereld_met_accounts: Wereld) -> None:
    from berichten.models import Bericht

    rij = wereld_met_accounts.plan(vandaag() - timedelta(days=1))
    af = actions.gelast_af(vergadering=rij, versie=None, reden="Vergeten", door=wereld_met_accounts.door)
    assert af.status == Status.AFGELAST
    assert not Bericht.objects.exists()


def test_namen_op_het_scherm(wereld: Wereld) -> None:
    rij = wereld.geopend()
    assert str(rij) == f"Raadsvergadering, {rij.datum_tekst}"
    besloten = wereld.plan(vandaag() + timedelta(days=9), openbaar=False, besloten_reden="Personen")
    assert besloten.naam == "Besloten raadsvergadering"
    commissie = wereld.plan(orgaan=Orgaan.COMMISSIE, commissie=maak_commissie(wereld))
    assert commissie.naam == "Commissie Proef"
    assert wereld.plan(orgaan=Orgaan.DAGELIJKS_BESTUUR).naam == "Dagelijks bestuur"
    punt = wereld.punt(rij, "Ontwerpadvies over water", soort="advies", toelichting="Tweede lezing")
    assert (str(punt), punt.bijschrift) == ("Ontwerpadvies over water", "Tweede lezing")
    assert str(Presentie.objects.order_by("pk")[0]).endswith("(lid)")
    verslag = Verslag(vergadering=rij, status=Verslagstatus.CONCEPT)
    assert str(verslag).startswith("Verslag van Raadsvergadering")
    besluit = actions.leg_besluit_vast(agendapunt=punt, tekst="Akkoord.", door=wereld.door)
    assert (str(besluit), str(actions.geef_stuknummer(agendapunt=punt, door=wereld.door).stuknummer)[-2:]) == (
        "Akkoord.",
        "/1",
    )
    actions.teken_presentie(vergadering=rij, persoon=wereld.plv["O1"], door=wereld.door)
    vervanging = actions.vervang(
        agendapunt=punt, zetel=wereld.zetels["O1"], vervanger=wereld.plv["O1"], door=wereld.door
    )
    assert str(vervanging) == "Plv O1 bij Ontwerpadvies over water"
