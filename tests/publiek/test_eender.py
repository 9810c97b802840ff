"""Eén feit, overal eender: wat de ene openbare plek verbetert of terugneemt, zegt de andere ook."""

from datetime import date, time, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connections
from django.test import Client
from icalendar import Calendar

from adviezen.models import Advies as Dossier
from kern.tijd import datum_nl, nu, vandaag
from opvolging.actions import trek_reactie_in
from opvolging.enums import Vorm
from publicatie.actions import trek_in
from publicatie.models import Publicatie
from publicatie.queries import laatste
from publiek import planning, verwijzen
from publiek.api.vormen import Reactie
from publiek.gegevens import bijlage
from publiek.models import Advies
from publiek.verbinding import ALIAS, leestransactie
from publiek.woorden import bedoelde
from tests.hulp import zonder_bewaking
from tests.opvolging.hulp import openbare_reactie
from tests.publiek.wereld import publiceer_advies
from toegang.enums import Rol
from vergaderingen.actions import plan_vergadering, verplaats
from vergaderingen.models import Agendapunt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kleine_wereld")]
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_een_verbeterd_advies_blijft_in_de_feed_van_zijn_eerste_dag(client: Client) -> None:
    eerste = Publicatie.objects.get(sleutel="advies:adv-3").vanaf
    publiceer_advies("adv-3", "Zonder veel gegevens, beter", jaar=2010, samenvatting="Kort.", vanaf=nu())
    boom = ElementTree.fromstring(client.get("/feeds/adviezen.atom").content)
    punt = boom.findall("a:entry", ATOM)[0]
    assert punt.findtext("a:title", "", ATOM) == "Zonder veel gegevens, beter"
    assert punt.findtext("a:published", "", ATOM) == f"{eerste:%Y-%m-%dT%H:%M:%SZ}"
    assert punt.findtext("a:updated", "", ATOM) > punt.findtext("a:published", "", ATOM)


def test_een_teken_dat_niet_in_xml_mag_breekt_de_feed_niet(client: Client) -> None:
    publiceer_advies("adv-60", "Uit Word\x0bgeplakt", jaar=2026, samenvatting="Kort \x0c& goed.", vanaf=nu())
    boom = ElementTree.fromstring(client.get("/feeds/adviezen.atom").content)
    punt = boom.findall("a:entry", ATOM)[0]
    assert punt.findtext("a:title", "", ATOM) == "Uit Wordgeplakt"
    assert punt.findtext("a:summary", "", ATOM) == "Kort & goed."


def test_een_vergadering_die_niet_doorging_staat_nergens_als_gehouden(client: Client, maak_gebruiker: Any) -> None:
    wie = maak_gebruiker("Raad", Rol.RAADSSECRETARIS)
    rij = plan_vergadering(orgaan="raad", datum=vandaag() - timedelta(days=3), begin=time(10), door=wie)
    with zonder_bewaking() as cursor:
        cursor.execute(
            "UPDATE vergaderingen_vergadering SET status = 'niet_doorgegaan', opgeroepen_op = datum - 10 WHERE id = %s",
            [rij.pk],
        )
    (punt,) = Calendar.from_ical(client.get("/agenda.ics").content).walk("VEVENT")
    assert str(punt["STATUS"]) == "CANCELLED"
    assert str(punt["SUMMARY"]).endswith("Raadsvergadering SER (niet doorgegaan)")
    lijst = client.get("/vergaderingen/").content.decode()
    assert '<span class="lijst-feit">niet doorgegaan: geen quorum</span>' in lijst


def test_wat_besloten_werd_verdwijnt_niet_uit_de_agenda(client: Client, maak_gebruiker: Any) -> None:
    """Wie zich op de agenda abonneerde, leest dat hij niet hoeft te komen, en krijgt zijn dag terug."""
    wie = maak_gebruiker("Raad", Rol.RAADSSECRETARIS)
    plan_vergadering(
        orgaan="raad", datum=vandaag() + timedelta(days=30), plaats="Zaal (voorbeeld)", door=wie,
        openbaar=False, besloten_reden="Bespreking van personen (voorbeeld).",
    )  # fmt: skip
    (punt,) = Calendar.from_ical(client.get("/agenda.ics").content).walk("VEVENT")
    assert str(punt["SUMMARY"]) == "VOORBEELD: Raadsvergadering SER (besloten: niet bij te wonen)"
    assert (str(punt["STATUS"]), str(punt["TRANSP"]), "LOCATION" in punt) == ("CONFIRMED", "TRANSPARENT", False)


def test_het_adres_van_voor_een_verplaatsing_stuurt_door(client: Client, maak_gebruiker: Any) -> None:
    """Het staat in mails, agenda's en op andere sites. Komt er op die dag een andere, dan is het adres van haar."""
    wie = maak_gebruiker("Raad", Rol.RAADSSECRETARIS)
    eerst, dan, later = (vandaag() + timedelta(days=dagen) for dagen in (30, 31, 32))
    rij = plan_vergadering(orgaan="raad", datum=eerst, door=wie)
    for dag in (dan, later):
        rij = verplaats(vergadering=rij, versie=None, datum=dag, door=wie, reden="Zaal bezet (voorbeeld).")
    for dag in (eerst, dan):
        antwoord = client.get(f"/vergaderingen/{dag}/")
        assert (antwoord.status_code, antwoord["Location"]) == (302, f"/vergaderingen/{later}/")
    plan_vergadering(orgaan="raad", datum=eerst, door=wie)
    assert client.get(f"/vergaderingen/{eerst}/").status_code == 200
    terug = verplaats(vergadering=rij, versie=None, datum=dan, door=wie, reden="Toch weer vrij (voorbeeld).")
    assert client.get(f"/vergaderingen/{dan}/").status_code == 200
    assert client.get(f"/vergaderingen/{later}/")["Location"] == f"/vergaderingen/{terug.slug}/"


def test_de_agenda_noemt_geen_tijdzone_die_zij_niet_beschrijft(client: Client, maak_gebruiker: Any) -> None:
    """RFC 5545 (3.2.19): bij elke TZID hoort een VTIMEZONE. Een tijd in UTC heeft er geen nodig."""
    wie = maak_gebruiker("Raad", Rol.RAADSSECRETARIS)
    plan_vergadering(orgaan="raad", datum=vandaag() + timedelta(days=30), begin=time(10), eind=time(12), door=wie)
    agenda = client.get("/agenda.ics").content.decode()
    assert "DTSTART:" in agenda
    assert agenda.count("TZID=") == 0 or "BEGIN:VTIMEZONE" in agenda


def test_een_voorbeeld_draagt_zijn_merk_in_elke_verwijzing() -> None:
    advies = Advies.objects.get(kenmerk="t-9")
    assert "note = {VOORBEELD}" in verwijzen.bibtex(advies)
    assert "N1  - VOORBEELD\r\n" in verwijzen.ris(advies)
    assert "VOORBEELD" not in verwijzen.ris(Advies.objects.get(kenmerk="adv-2"))


def test_een_voorbeeld_draagt_zijn_merk_in_elke_lijst(client: Client) -> None:
    """Ook bij "over hetzelfde onderwerp", bij de laatste reacties op de beginpagina, en tijdens het typen."""
    reactie = {"datum": "2026-07-03", "nummer": "Kamerstuk 2", "toelichting": None, "bron": None}
    for kenmerk, jaar in (("t-10", 2025), ("t-11", 2026)):
        publiceer_advies(
            kenmerk, f"Windmolens in {jaar}", jaar=jaar, samenvatting="Kort.", voorbeeld=True, kabinetsreactie=reactie
        )
    merk = "voorbeeldmerk"
    for adres, begin in (("/adviezen/2026/t-11/", "Over hetzelfde onderwerp"), ("/", "De laatste reacties")):
        deel = client.get(adres).content.decode().partition(begin)[2]
        assert merk in deel[deel.index("Windmolens in 2025") :][:120], adres
    assert "advies (voorbeeld)" in client.get("/zoeken/suggesties/?q=windmol").content.decode()


def test_het_adres_met_een_verbeterd_nummer_vindt_het_advies_terug(client: Client) -> None:
    """Het oude nummer staat in brieven, verwijzingen en PDF's van wie het toen las."""
    publiceer_advies("adv-61", "Met een verkeerd nummer", jaar=2024, nummer="2024/11", samenvatting="Kort.")
    pers = {"titel": "Kop", "html": "<p>Tekst.</p>", "adres": "persbericht/"}
    publiceer_advies(
        "adv-61",
        "Met het goede nummer",
        jaar=2024,
        nummer="2024/12",
        samenvatting="Kort.",
        vanaf=nu(),
        persbericht=pers,
    )
    oud = client.get("/adviezen/2024/11/")
    assert (oud.status_code, oud["Location"]) == (302, "/adviezen/2024/12/")  # het nummer kan nog vergeven worden
    assert client.get("/adviezen/2024/11/verwijzing.bib").status_code == 200
    assert client.get("/adviezen/2024/11/persbericht/")["Location"] == "/adviezen/2024/12/persbericht/"
    assert client.get("/adviezen/2024/11/persbericht/").status_code == 302
    publiceer_advies("adv-62", "Wie het nummer nu heeft", jaar=2024, nummer="2024/11", samenvatting="Kort.", vanaf=nu())
    assert "Wie het nummer nu heeft" in client.get("/adviezen/2024/11/").content.decode()
    assert client.get("/adviezen/2024/adv-61/").status_code == 301


def test_een_vorige_uitgave_noemt_elk_gegeven_dat_anders_werd(client: Client) -> None:
    velden = {"jaar": 2024, "nummer": "2024/13", "samenvatting": "Kort.", "adviesvragers": ["minister van Proef"]}
    publiceer_advies("adv-63", "Verbeterd", aanvraagdatum_tekst="wo 3 januari 2024", **velden)
    eerst = Publicatie.objects.get(sleutel="advies:adv-63")
    publiceer_advies("adv-63", "Verbeterd", aanvraagdatum_tekst="do 4 januari 2024", vanaf=nu(), **velden)
    tekst = client.get(f"/adviezen/2024/13/uitgaven/{eerst.pk}/").content.decode()
    assert "wo 3 januari 2024" in tekst
    assert "gelijk gebleven. Wat veranderde" not in tekst


@pytest.mark.parametrize(
    ("getypt", "verwacht"),
    [
        ("pensioenstelsls", "pensioenstelsels"),
        ("brieven -huizenprijs", ""),
        ("stden -huizenprijsen", "steden -huizenprijzen"),
        ('"sociale inovatie"', '"sociale innovatie"'),
    ],
)
def test_bedoelde_u_houdt_minteken_en_woordgroep(getypt: str, verwacht: str) -> None:
    publiceer_advies("adv-64", "Over steden en innovatie", jaar=2025, samenvatting="Kort.")
    with leestransactie(), connections[ALIAS].cursor() as cursor:
        assert bedoelde(cursor, getypt) == verwacht


def test_een_archiefadvies_waarvan_de_reactie_is_ingetrokken_is_niet_bekend_en_nooit_te_laat(
    client: Client, secretaris: Any
) -> None:
    advies = Dossier.objects.create(kenmerk="adv-2", titel="Sociale innovatie in bedrijven")
    brief = openbare_reactie(adviezen=[advies], datum=date(2025, 7, 3), afzenders="De minister", door=secretaris)
    assert Advies.objects.get(kenmerk="adv-2").reactie == "later"
    trek_reactie_in(reactie=brief, reden="Hoorde bij een ander advies.", door=secretaris)
    assert Advies.objects.get(kenmerk="adv-2").reactie == "niet_bekend"
    tekst = client.get("/adviezen/2023/04/").content.decode()
    assert "nog geen reactie ontvangen" not in tekst.casefold()
    assert client.get("/api/v1/adviezen/adv-2").json()["termijn"] is None


def test_een_bestand_dat_blijft_zegt_van_welke_dag_de_stand_van_de_reactie_is() -> None:
    """De PDF en de archiefkopie worden één keer gemaakt; een reactie kan daarna nog komen of worden ingetrokken."""
    dag = vandaag()
    with leestransactie():
        advies = Advies.objects.get(kenmerk="adv-1")
        feiten, gegevens = dict(planning.pdf_invoer(advies)["feiten"]), bijlage(advies)
    assert feiten["Reactie van het kabinet"] == f"reactie niet bekend (stand op {datum_nl(dag, weekdag=False)})"
    assert f'"stand_op": "{dag.isoformat()}"' in gegevens


def test_wat_hersteld_is_en_wie_gehoord_is_staat_ook_in_de_api(client: Client) -> None:
    gehoord = {"vorm": "gesprek", "van": "2026-01-12", "tot": "", "wanneer": "ma 12 januari 2026"}
    publiceer_advies(
        "adv-65", "Hersteld", jaar=2026, samenvatting="Kort.", vanaf=nu(),
        correcties=[{"gegeven": "titel", "was": "Oud", "wordt": "Hersteld", "op": "za 28 november 2026"}],
        gehoord=[gehoord | {"partijen": ["Stichting (voorbeeld)"], "anderen": 2}],
        rechtstreeks="machtiging",
    )  # fmt: skip
    los = client.get("/api/v1/adviezen/adv-65").json()
    (jaar,) = (a for a in client.get("/data/adviezen-2026.json").json()["adviezen"] if a["kenmerk"] == "adv-65")
    for advies in (los, jaar):
        assert [(c["was"], c["wordt"]) for c in advies["correcties"]] == [("Oud", "Hersteld")]
        assert advies["rechtstreeks"] == "machtiging"
        assert [(g["van"], g["tot"], g["partijen"], g["anderen"]) for g in advies["gehoord"]] == [
            ("2026-01-12", None, ["Stichting (voorbeeld)"], 2)
        ]


def test_het_codeboek_noemt_elke_vorm_van_een_reactie() -> None:
    uitleg = Reactie.model_fields["vorm"].description or ""
    assert [str(vorm) for vorm in Vorm.values if vorm not in uitleg] == []


def test_een_vervallen_agendapunt_is_dat_ook_in_de_api(client: Client, maak_gebruiker: Any) -> None:
    rij = plan_vergadering(
        orgaan="raad", datum=vandaag() + timedelta(days=30), door=maak_gebruiker("Raad", Rol.RAADSSECRETARIS)
    )
    Agendapunt.objects.create(
        vergadering=rij, volgorde=1, onderwerp="Vervalt", vervallen_reden="Ingetrokken (voorbeeld)."
    )
    with zonder_bewaking() as cursor:
        cursor.execute(
            "UPDATE vergaderingen_vergadering SET status = 'opgeroepen', opgeroepen_op = datum - 40, "
            "agenda_vanaf = now() WHERE id = %s",
            [rij.pk],
        )
    assert "Vervallen: Ingetrokken (voorbeeld)." in client.get(f"/vergaderingen/{rij.slug}/").content.decode()
    (punt,) = client.get(f"/api/v1/vergaderingen/{rij.slug}").json()["agenda"]
    assert punt["vervallen"] == "Ingetrokken (voorbeeld)."


def test_een_ingetrokken_advies_is_op_elk_van_zijn_adressen_ingetrokken(client: Client) -> None:
    trek_in(publicatie=laatste("advies:adv-2"), reden="Verkeerde tekst.", door=None)
    for adres in (
        "/adviezen/2023/04/",
        "/adviezen/2023/04/advies.pdf",
        "/kabinetsreacties/adv-2/",
        "/api/v1/adviezen/adv-2",
    ):
        antwoord = client.get(adres)
        assert antwoord.status_code == 410, adres
        assert "Verkeerde tekst." in antwoord.content.decode(), adres
    assert client.get("/kabinetsreacties/adv-bestaat-niet/").status_code == 404
