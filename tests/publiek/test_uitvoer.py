"""De uitslag meenemen of volgen: CSV, JSON, BibTeX, Atom; zoeken in het andere; aanvullen tijdens het typen."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from django.test import Client

from commissies.models import Commissie
from publiek import verwijzen
from publiek.models import Advies
from tests.publiek.wereld import publiceer_advies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kleine_wereld")]
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_csv_heeft_elke_treffer_en_geen_formule(client: Client) -> None:
    publiceer_advies("adv-7", "=HYPERLINK(1)", jaar=2011, samenvatting="@som", adviesvragers=["-minister", "Kamer"])
    antwoord = client.get("/adviezen/uitslag.csv")
    rijen = list(csv.DictReader(io.StringIO(antwoord.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rijen) == 6
    kwaad = next(r for r in rijen if r["kenmerk"] == "adv-7")
    assert (kwaad["titel"], kwaad["samenvatting"]) == ("'=HYPERLINK(1)", "'@som")
    assert kwaad["gevraagd_door"] == "'-minister; Kamer"
    assert {r["oordeel"] for r in rijen} == {"verdeeld", "unaniem", "niet bekend"}
    assert "attachment" in antwoord["Content-Disposition"]


def test_uitvoer_volgt_de_vraag(client: Client) -> None:
    gegevens = json.loads(client.get("/adviezen/uitslag.json?thema=arbeid&oordeel=verdeeld").content)
    assert (gegevens["aantal"], gegevens["vraag"]) == (1, "thema=arbeid&oordeel=verdeeld")
    assert gegevens["adviezen"][0]["adres"].endswith("/adviezen/2007/04/")
    assert client.get("/adviezen/uitslag.bib?q=bestaatniet").content == b"% geen adviezen\n"
    assert "@techreport{ser-2007-04," in client.get("/adviezen/uitslag.bib?q=stad").content.decode()


def test_feed_van_een_zoekvraag(client: Client) -> None:
    boom = ElementTree.fromstring(client.get("/feeds/adviezen.atom?q=stad&thema=arbeid").content)
    titel = boom.find("a:title", ATOM)
    assert titel is not None
    assert titel.text == "Adviezen van de SER: “stad”, thema arbeid"
    assert [e.findtext("a:title", "", ATOM) for e in boom.findall("a:entry", ATOM)] == ["Brieven over steden"]
    alles = ElementTree.fromstring(client.get("/feeds/adviezen.atom").content)
    assert len(alles.findall("a:entry", ATOM)) == 5


def test_verwijzingen_raden_geen_dag() -> None:
    publiceer_advies("adv-8", "Kosten & baten: 100% {zeker}", jaar=2012, datum="2012-03-01", datum_precisie="maand")
    advies = Advies.objects.get(kenmerk="adv-8")
    assert verwijzen.apa(advies).startswith("Sociaal-Economische Raad. (2012, maart). Kosten & baten")
    assert "title = {{Kosten \\& baten: 100\\% \\{zeker\\}}}" in verwijzen.bibtex(advies)
    assert "date = {2012-03}" in verwijzen.bibtex(advies)
    ris = verwijzen.ris(Advies.objects.get(kenmerk="adv-2"))
    assert ris.startswith("TY  - RPRT\r\n")
    assert "SN  - 2023/04\r\n" in ris
    assert ris.endswith("ER  - \r\n")
    assert verwijzen.apa(Advies.objects.get(kenmerk="adv-4")).startswith("Sociaal-Economische Raad. (z.d.). Rapport")


def test_zoeken_in_al_het_andere(client: Client) -> None:
    Commissie.objects.create(naam="Commissie Stadsleven", slug="stadsleven", soort="ad_hoc")
    tekst = client.get("/zoeken/?q=stadsleven").content.decode()
    assert 'href="/commissies/stadsleven/"' in tekst
    alleen = client.get("/zoeken/?q=stadsleven&in=commissies").content.decode()
    assert "Commissie Stadsleven" in alleen
    assert "Kabinetsreacties <span" in alleen
    reacties = client.get("/zoeken/?q=innovatie&in=reacties").content.decode()
    assert "/adviezen/2023/adv-2/#kop-reactie" in reacties
    assert "is geen bekende soort" in client.get("/zoeken/?q=stad&in=onzin").content.decode()
    assert "Niets gevonden" in client.get("/zoeken/?q=qqqqqqqq").content.decode()
    op_adviezen = client.get("/adviezen/?q=stadsleven").content.decode()
    assert 'Commissies <span class="filter-aantal">1</span>' in op_adviezen


def test_aanvullen_tijdens_het_typen(client: Client) -> None:
    tekst = client.get("/zoeken/suggesties/?q=pensi").content.decode()
    assert 'href="/adviezen/?q=pensioenstelsels"' in tekst
    assert "Brieven over steden" in client.get("/zoeken/suggesties/?q=over st").content.decode()
    assert 'href="/themas/arbeid/"' in client.get("/zoeken/suggesties/?q=arb").content.decode()
    for weinig in ("p", "%25", "___", "%27%22"):
        assert client.get(f"/zoeken/suggesties/?q={weinig}").content.strip() == b""
