"""Het jaarrooster: derde vrijdag, nooit op een feestdag, het reces zichtbaar, en alles of niets gepland."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from adviezen.terugplannen import reces_in
from berichten.models import Bericht
from tests.vergaderingen.conftest import Wereld
from vergaderingen.models import Vergadering
from vergaderingen.rooster import feestdagen, voorstel

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    """Het scherm slaat over wat voorbij is: hier is het altijd 30 november 2026."""
    monkeypatch.setattr("vergaderingen.views.lijst.vandaag", lambda: date(2026, 11, 30))


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


def test_zonder_opgave_geldt_het_zomerreces_waar_terugplannen_mee_rekent() -> None:
    for jaar in range(2020, 2040):
        zomer = next(p for p in reces_in([jaar]) if p.naam == "zomerreces")
        assert all(v.reces == zomer.bevat(v.dag) for v in voorstel(jaar)), jaar
    assert [v.maand for v in voorstel(2027) if v.reces] == [7, 8]
    assert not any(v.reces for v in voorstel(2027, reces=(date(2027, 2, 1), date(2027, 2, 3)))), "het opgegeven reces"


def test_het_scherm_stelt_niets_voor_in_het_reces_of_in_het_verleden(wereld: Wereld, client: Client) -> None:
    client.force_login(wereld.door)
    adres = reverse("vergaderingen:rooster")
    blad = client.get(adres).content.decode()
    assert 'value="2027-06-18"' in blad
    assert "2027-07-16" not in blad
    assert "Valt in het zomerreces (aanname: ma 12 juli 2027 tot en met zo 22 augustus 2027). Voorstel was" in blad
    dit_jaar = client.get(adres, {"jaar": 2026}).content.decode()
    assert re.findall(r'name="(dag_\d+)"', dit_jaar) == ["dag_12"]
    vorig = client.get(adres, {"jaar": 2025}).content.decode()
    assert "elke maand is gepland of voorbij" in vorig
    assert "Plan deze vergaderingen" not in vorig


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
    assert "Deze dag staat ook bij maart." in dubbel.content.decode()
    assert set(dubbel.context["formulier"].errors) == {"dag_4"}, "bij maart staat hij goed"
    assert "vergadert al op" not in dubbel.content.decode(), "er is daar niets gepland"
    for dag, zin in (
        ("2027-07-07", "7 juli 2027 valt niet in februari 2027."),
        ("2028-05-19", "valt niet in mei 2027"),
    ):
        maand = {"2027-07-07": "dag_2", "2028-05-19": "dag_5"}[dag]
        Vergadering.objects.filter(datum=date(2027, 2, 18)).update(status="afgelast", afgelast_reden="Proef")
        fout = client.post(adres, {maand: dag, "begin": "10:15"}).content.decode()
        assert zin in fout
        assert f'value="{dag}"' in fout, "wat getypt is blijft staan"
    Vergadering.objects.filter(datum=date(2027, 2, 18)).update(status="gepland", afgelast_reden="")
    assert Vergadering.objects.count() == 2, "kan er één niet, dan komt er geen"
    assert (
        "laatste dag"
        in client.get(reverse("vergaderingen:rooster") + "?jaar=2027&reces_van=2027-07-10").content.decode()
    )
    een = client.post(adres, {"dag_3": "2027-03-19", "begin": "10:15"}, follow=True).content.decode()
    assert "1 raadsvergadering van 2027 is gepland." in een
    client.post(reverse("vergaderingen:plan"), {"orgaan": "raad", "datum": "2027-04-16"})
    assert Bericht.objects.filter(onderwerp="Nieuw in het rooster: Raadsvergadering op vr 16 april 2027").exists()
