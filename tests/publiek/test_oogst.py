"""Wat verzamelaars ophalen: DiWoo-sitemaps, DCAT en security.txt, elk tegen het schema van de uitgever."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from lxml import etree

from kern.tijd import AMSTERDAM
from publicatie.actions import trek_in
from publiek.cache import BEWARING
from publiek.views.oogst import DIWOO, INDEX, SITEMAP
from tests.publiek.wereld import ARBEID, publiceer_advies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kleine_wereld")]
BRON = Path(settings.BASE_DIR) / "tests" / "gereedschap"


class Lokaal(etree.Resolver):
    """Geef bij elk adres in een schema het bestand dat hier ligt; niets gaat het net op."""

    def resolve(self, system_url: str, public_id: str, context: Any) -> Any:
        naam = system_url.rpartition("/")[2]
        gevonden = [p for p in BRON.glob("*/*.xsd") if p.name == naam]
        return self.resolve_filename(str(gevonden[0]), context) if gevonden else None


def schema(pad: Path) -> etree.XMLSchema:
    lezer = etree.XMLParser(no_network=True)
    lezer.resolvers.add(Lokaal())
    return etree.XMLSchema(etree.parse(str(pad), lezer))


@pytest.fixture(scope="module")
def diwoo() -> etree.XMLSchema:
    """Het schema van DiWoo-metadata 0.9.8."""
    return schema(BRON / "diwoo" / "diwoo-metadata.xsd")


@pytest.fixture
def _met_document(db: None) -> None:
    """Twee adviezen met een eigen PDF: een gewoon, en een met lastige tekens."""
    for kenmerk, titel, samenvatting in (("pdf-1", "Met <PDF> & meer", "Kort \x0b& goed."), ("pdf-2", "Kaal", "")):
        publiceer_advies(
            kenmerk, titel, jaar=2024, nummer=f"2024/0{kenmerk[-1]}", datum="2024-03-15", datum_precisie="dag",
            themas=[ARBEID] if samenvatting else [], onderwerpen=["arbeid"], samenvatting=samenvatting,
            datum_tekst="vr 15 maart 2024",
        )  # fmt: skip
        from publicatie.models import Publicatie

        rij = Publicatie.objects.get(sleutel=f"advies:{kenmerk}")
        publiceer_pdf(rij)


def publiceer_pdf(rij: Any) -> None:
    """Geef een publicatie een eigen PDF, als nieuwe uitgave."""
    from publicatie.actions import publiceer

    publiceer(
        soort="advies", sleutel=rij.sleutel, titel=rij.titel, html="", metadata=rij.metadata, vanaf=rij.vanaf,
        bestanden=[{"rol": "pdf", "naam": "a.pdf", "sha256": "0" * 64, "soort": "application/pdf"}],
        door=None, voorbeeld=False,
    )  # fmt: skip


def lees(client: Client, adres: str) -> Any:
    antwoord = client.get(adres)
    assert antwoord.status_code == 200, adres
    return etree.fromstring(antwoord.content)


def test_zonder_documenten_is_er_geen_woo_index(client: Client) -> None:
    """Een archiefblad is niet het advies; dat hoort niet in de Woo-index."""
    assert client.get(INDEX).status_code == 404
    assert "diwoo" not in client.get("/robots.txt").content.decode()
    assert client.get("/sitemaps/diwoo-adviezen-1.xml").status_code == 404
    assert client.get("/sitemaps/diwoo-adviezen-0.xml").status_code == 404


@pytest.mark.usefixtures("_met_document")
def test_de_sitemap_voldoet_aan_het_schema_en_wijst_naar_het_bestand(client: Client, diwoo: etree.XMLSchema) -> None:
    assert f"Sitemap: {settings.PORTAL_ADRES}{INDEX}" in client.get("/robots.txt").content.decode()
    (adres,) = lees(client, INDEX).xpath("//s:loc/text()", namespaces={"s": SITEMAP})
    kaart = lees(client, adres.removeprefix(settings.PORTAL_ADRES))
    assert kaart.tag == f"{{{SITEMAP}}}urlset"
    urls = kaart.findall(f"{{{SITEMAP}}}url")
    assert len(urls) == 2
    for url in urls:
        assert [kind.tag for kind in url] == [
            f"{{{SITEMAP}}}loc", f"{{{SITEMAP}}}lastmod", f"{{{DIWOO}}}Document",
        ]  # fmt: skip
        assert url.findtext(f"{{{SITEMAP}}}loc").endswith("/advies.pdf")
        document = etree.fromstring(etree.tostring(url[2]))
        assert diwoo.validate(document), diwoo.error_log
    eerste = urls[0].find(f".//{{{DIWOO}}}soortHandeling")
    assert eerste.get("resource").endswith("c_641ecd76")
    assert urls[0].findtext(f".//{{{DIWOO}}}atTime") == "2024-03-15T00:00:00+01:00"


@pytest.mark.usefixtures("_met_document")
def test_en_het_schema_merkt_een_fout_op(client: Client, diwoo: etree.XMLSchema) -> None:
    kaart = lees(client, "/sitemaps/diwoo-adviezen-1.xml")
    document = etree.fromstring(etree.tostring(kaart[0][2]))
    document.find(f".//{{{DIWOO}}}informatiecategorie").set("resource", "https://voorbeeld.test/c_verzonnen")
    assert not diwoo.validate(document)


@pytest.mark.usefixtures("_met_document")
def test_ingetrokken_verdwijnt_uit_de_woo_index(client: Client) -> None:
    from publicatie.models import Publicatie

    rij = Publicatie.objects.filter(sleutel="advies:pdf-1").latest("pk")
    trek_in(publicatie=rij, reden="Fout", door=None)
    assert len(lees(client, "/sitemaps/diwoo-adviezen-1.xml")) == 1


def test_de_catalogus_voldoet_aan_dcat_ap_nl(client: Client) -> None:
    from pyshacl import validate
    from rdflib import DCAT, Graph

    turtle = client.get("/dcat/catalog.ttl")
    assert turtle["Content-Type"] == "text/turtle; charset=utf-8"
    catalogus = Graph().parse(data=turtle.content, format="turtle")
    vormen = Graph()
    for naam in ("dcat-ap-SHACL.ttl", "dcat-ap-nl-SHACL.ttl"):
        vormen.parse(BRON / "dcat" / naam)
    goed, _, verslag = validate(catalogus, shacl_graph=vormen, advanced=False)
    assert goed, verslag
    inhoud = client.get("/dcat/catalog.jsonld").content
    with pytest.warns(
        DeprecationWarning, match="ConjunctiveGraph"
    ):  # rdflib 7.6 leest JSON-LD met zijn eigen oude klas
        json_ld = Graph().parse(data=inhoud, format="json-ld")
    assert set(json_ld) == set(catalogus)
    BEWARING.wis()
    assert client.get("/dcat/catalog.ttl").content == turtle.content
    for vorm in catalogus.subjects(predicate=None, object=DCAT.Distribution):
        pad = str(catalogus.value(vorm, DCAT.accessURL)).removeprefix(settings.PORTAL_ADRES)
        assert client.get(pad).status_code == 200, pad
    # en de keuring merkt het als er iets verplichts ontbreekt
    catalogus.remove((None, DCAT.contactPoint, None))
    assert not validate(catalogus, shacl_graph=vormen, advanced=False)[0]


@pytest.mark.parametrize("maand", range(1, 13))
def test_security_txt_verloopt_nooit_binnenkort(client: Client, maand: int) -> None:
    """RFC 9116: hoogstens een jaar vooruit, en nooit minder dan dertig dagen."""
    for dag in (1, 28):
        nu = datetime(2027, maand, dag, 23, 59, tzinfo=AMSTERDAM)
        with time_machine.travel(nu, tick=False):
            BEWARING.wis()
            regels = client.get("/.well-known/security.txt").content.decode().splitlines()
        velden = dict(regel.split(": ", 1) for regel in regels)
        verloopt = datetime.strptime(velden["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        assert timedelta(days=30) < verloopt - nu < timedelta(days=365)
        assert velden["Contact"].startswith("mailto:")
        assert velden["Canonical"].endswith("/.well-known/security.txt")
