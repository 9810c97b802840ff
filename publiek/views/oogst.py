"""Wat landelijke verzamelaars ophalen: de DiWoo-sitemaps van de Woo-index, en de DCAT-catalogus.

DiWoo (Digitale infrastructuur Wet open overheid, metadata 0.9.8): `robots.txt` noemt de index per
informatiecategorie, de index noemt de sitemaps, en elke `<loc>` wijst naar het bestand zelf.
"""

from datetime import datetime, time
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from lxml import etree

from kern.tijd import AMSTERDAM
from publiek.dcat import EU, SER, VORMEN, catalogus
from publiek.lezen import absoluut
from publiek.models import Advies
from publiek.views import openbaar

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
DIWOO = "https://standaarden.overheid.nl/diwoo/metadata/"
TOOI = "https://identifier.overheid.nl/tooi/def/thes/kern/"
INDEX = "/sitemaps/sitemapindex-diwoo-infocat010.xml"  # 010: adviezen; die naam eist de Woo-index
PER_SITEMAP = 10_000
SOORT = "application/xml; charset=utf-8"


def documenten() -> QuerySet[Advies]:
    """Adviezen waarvan wij het document zelf hebben, met een dag van vaststelling; geen voorbeelden.

    Van een archiefadvies zonder eigen PDF maakt het portaal een archiefblad. Dat is het advies niet, dus hoort het
    niet in de Woo-index.
    """
    return (
        Advies.objects.defer("zoek", "zoek_kort", "html")
        .filter(voorbeeld=False, datum__isnull=False, metadata__datum_precisie="dag")
        .filter(bestanden__contains=[{"rol": "pdf"}])
        .order_by("id")
    )


def heeft_documenten() -> bool:
    """Of er iets voor de Woo-index is; zo niet, dan noemt robots.txt hem ook niet."""
    return documenten().exists()


@openbaar
def diwoo_index(request: HttpRequest) -> HttpResponse:
    """De index van de categorie adviezen; 404 zolang wij geen enkel document hebben."""
    aantal = documenten().count()
    if not aantal:
        raise Http404
    wortel = etree.Element(f"{{{SITEMAP}}}sitemapindex", nsmap={None: SITEMAP})  # type: ignore[dict-item]
    for nummer in range(1, -(-aantal // PER_SITEMAP) + 1):
        deel = etree.SubElement(wortel, f"{{{SITEMAP}}}sitemap")
        _zet(deel, SITEMAP, "loc", absoluut(f"/sitemaps/diwoo-adviezen-{nummer}.xml"))
    return _xml(wortel)


@openbaar
def diwoo_sitemap(request: HttpRequest, nummer: int) -> HttpResponse:
    """Eén sitemap met de DiWoo-metadata van elk document."""
    begin = (nummer - 1) * PER_SITEMAP
    rijen = list(documenten()[begin : begin + PER_SITEMAP]) if 1 <= nummer <= 10_000 else []
    if not rijen:
        raise Http404
    wortel = etree.Element(f"{{{SITEMAP}}}urlset", nsmap={None: SITEMAP, "diwoo": DIWOO})  # type: ignore[dict-item]
    for rij in rijen:
        url = etree.SubElement(wortel, f"{{{SITEMAP}}}url")
        _zet(url, SITEMAP, "loc", absoluut(f"{rij.get_absolute_url()}advies.pdf"))
        _zet(url, SITEMAP, "lastmod", rij.vanaf.replace(microsecond=0).isoformat())
        _document(url, rij)
    return _xml(wortel)


def _document(url: Any, rij: Advies) -> None:
    """Voeg de metadata toe: wie, wat, welke categorie, en wanneer vastgesteld."""
    assert rij.datum is not None  # noqa: S101 - documenten() laat alleen rijen met een dag door
    kern = etree.SubElement(etree.SubElement(url, f"{{{DIWOO}}}Document"), f"{{{DIWOO}}}DiWoo")
    nummers = etree.SubElement(kern, f"{{{DIWOO}}}identifiers")
    for waarde in filter(None, (rij.nummer, rij.kenmerk)):
        _zet(nummers, DIWOO, "identifier", waarde)
    _zet(kern, DIWOO, "publisher", "Sociaal-Economische Raad", SER)
    _zet(kern, DIWOO, "verantwoordelijke", "Sociaal-Economische Raad", SER)
    titels = etree.SubElement(kern, f"{{{DIWOO}}}titelcollectie")
    _zet(titels, DIWOO, "officieleTitel", rij.titel)
    if samenvatting := rij.metadata.get("samenvatting"):
        _zet(etree.SubElement(kern, f"{{{DIWOO}}}omschrijvingen"), DIWOO, "omschrijving", samenvatting)
    klasse = etree.SubElement(kern, f"{{{DIWOO}}}classificatiecollectie")
    _zet(etree.SubElement(klasse, f"{{{DIWOO}}}informatiecategorieen"), DIWOO, "informatiecategorie", "advies",
         f"{TOOI}c_99a836c7")  # fmt: skip
    if themas := rij.metadata.get("themas"):
        trefwoorden = etree.SubElement(klasse, f"{{{DIWOO}}}trefwoorden")
        for thema in themas:
            _zet(trefwoorden, DIWOO, "trefwoord", thema["naam"])
    _zet(kern, DIWOO, "creatiedatum", rij.datum.isoformat())
    _zet(kern, DIWOO, "language", "Nederlands", f"{EU}language/NLD")
    _zet(kern, DIWOO, "format", "PDF", f"{EU}file-type/PDF")
    handeling = etree.SubElement(
        etree.SubElement(kern, f"{{{DIWOO}}}documenthandelingen"), f"{{{DIWOO}}}documenthandeling"
    )
    _zet(handeling, DIWOO, "soortHandeling", "vaststelling", f"{TOOI}c_641ecd76")
    _zet(handeling, DIWOO, "atTime", datetime.combine(rij.datum, time(0), AMSTERDAM).isoformat())
    _zet(handeling, DIWOO, "wasAssociatedWith", "Sociaal-Economische Raad", SER)


def _zet(ouder: Any, ruimte: str, naam: str, tekst: str, adres: str = "") -> None:
    element = etree.SubElement(ouder, f"{{{ruimte}}}{naam}")
    element.text = "".join(c for c in tekst if c >= " " or c in "\n\t")
    if adres:
        element.set("resource", adres)


def _xml(wortel: Any) -> HttpResponse:
    inhoud = etree.tostring(wortel, xml_declaration=True, encoding="utf-8")
    return HttpResponse(inhoud, content_type=SOORT)


@openbaar
def dcat(request: HttpRequest, vorm: str) -> HttpResponse:
    """De catalogus voor data.overheid.nl, als Turtle of JSON-LD."""
    return HttpResponse(catalogus(vorm), content_type=VORMEN[vorm][1], headers={"Access-Control-Allow-Origin": "*"})
