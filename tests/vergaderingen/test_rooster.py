"""Het jaarrooster: derde vrijdag, nooit op een feestdag, het reces zichtbaar, en alles of niets gepland."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from berichten.models import Bericht
from tests.vergaderingen.conftest import Wereld
from vergaderingen.models import Vergadering
from vergaderingen.rooster import feestdagen, voorstel

pytestmark = pytest.mark.django_db


def test_elke_maand_de_derde_vrijdag_tenzij_het_feest_is() -> None:
    rooster = voorstel(2027)
    assert [v.dag.isoformat() for v in rooster[:4]] == ["2027-01-15", "2027-02-19", "2027-03-19", "2027-04-16"]
    goede_vrijdag = voorstel(2025)[3]  # 18 april 2025
    assert (goede_vrijdag.dag, goede_vrijdag.reden) == (date(2025, 4, 17), "De derde vrijdag is Goede Vrijdag.")
    for jaar in range(2000, 2101):
        vrij = feestdagen(jaar)
        assert len(vrij) in (8, 9)  # Hemelvaart valt soms op Bevrijdingsdag
        assert all(v.dag not in vrij and v.dag.weekday() <= 4 for v in voorstel(jaar))


def test_koningsdag_schuift_van_zondag_naar_zaterdag() -> None:
    assert date(2025, 4, 26) in feestdagen(2025)
    assert date(2026, 4, 27) in feestdagen(2026)


def test_wat_in_het_reces_valt_staat_er_wel_maar_is_niet_gekozen() -> None:
    rooster = voorstel(2027, reces=(date(2027, 7, 10), date(2027, 8, 29)))
    assert [v.maand for v in rooster if v.reces] == [7, 8]


def test_een_geplande_vergadering_is_enkelvoud(wereld: Wereld, client: Client) -> None:
    client.force_login(wereld.door)
    adres = reverse("vergaderingen:rooster") + "?jaar=2027"
    blad = client.post(adres, {"dag_1": "2027-01-15", "begin": "10:15"}, follow=True).content.decode()
    assert "1 raadsvergadering van 2027 is gepland." in blad


def test_het_rooster_plannen_langs_het_scherm_lukt_heel_of_niet(wereld_met_accounts: Wereld, client: Client) -> None:
    wereld = wereld_met_accounts
    client.force_login(wereld.door)
    adres = reverse("vergaderingen:rooster") + "?jaar=2027&reces_van=2027-07-10&reces_tot=2027-08-29"
    blad = client.get(adres).content.decode()
    assert 'value="2027-01-15"' in blad
    assert "Valt in het reces. Voorstel was vr 16 juli 2027." in blad
    assert "Kies ten minste" in client.post(adres, {"begin": "10:15"}).content.decode()
    dagen = {"dag_1": "2027-01-15", "dag_2": "2027-02-18", "begin": "10:15", "plaats": "Raadzaal"}
    assert client.post(adres, dagen).status_code == 302
    assert list(Vergadering.objects.order_by("datum").values_list("datum", flat=True)) == [
        date(2027, 1, 15), date(2027, 2, 18),
    ]  # fmt: skip
    assert set(Bericht.objects.values_list("onderwerp", flat=True)) == {
        "Rooster 2027: 2 raadsvergaderingen, de eerste op vr 15 januari 2027"
    }
    opnieuw = client.get(adres).content.decode()
    assert "Al gepland" in opnieuw
    assert 'name="dag_1"' not in opnieuw
    dubbel = client.post(adres, {"dag_3": "2027-03-19", "dag_4": "2027-03-19", "begin": "10:15"})
    assert "vergadert al op" in dubbel.content.decode()
    assert Vergadering.objects.count() == 2, "kan er één niet, dan komt er geen"
    assert (
        "laatste dag"
        in client.get(reverse("vergaderingen:rooster") + "?jaar=2027&reces_van=2027-07-10").content.decode()
    )
    een = client.post(adres, {"dag_3": "2027-03-19", "begin": "10:15"}, follow=True).content.decode()
    assert "1 raadsvergadering van 2027 is gepland." in een
    client.post(reverse("vergaderingen:plan"), {"orgaan": "raad", "datum": "2027-04-16"})
    assert Bericht.objects.filter(onderwerp="Nieuw in het rooster: Raadsvergadering op vr 16 april 2027").exists()
