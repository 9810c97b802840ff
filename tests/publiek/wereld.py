"""Een kleine openbare wereld: vijf adviezen waarvan er één een voorbeeld is."""

from datetime import datetime
from typing import Any

from adviezen.models import Thema
from kern.tijd import AMSTERDAM
from publicatie.actions import publiceer
from publicatie.models import Publicatie
from publiek.woorden import gezocht, verruimd

ADRESSEN = [
    "/",
    "/adviezen/",
    "/adviezen/?q=innovatie&jaar=2023&thema=arbeid",
    "/adviezen/?thema=arbeid&thema=onbekend&vrager=onbekend&van=1990&tot=2025",
    "/adviezen/uitslag.csv?q=stad",
    "/adviezen/uitslag.json?oordeel=onbekend",
    "/adviezen/uitslag.bib",
    "/zoeken/",
    "/zoeken/?q=stad",
    "/zoeken/?q=stad&in=commissies",
    "/zoeken/suggesties/?q=pens",
    "/feeds/adviezen.atom?thema=arbeid&q=stad",
    "/adviezen/2023/04/",
    "/adviezen/2023/04/verwijzing.bib",
    "/adviezen/2023/04/verwijzing.ris",
    "/adviezen/2010/adv-3/",
    "/adviezen/2026/v01/",
    "/trajecten/",
    "/kabinetsreacties/",
    "/aanbevelingen/",
    "/jaarverslagen/",
    "/raad/",
    "/raad/?op=1999-01-01",
    "/commissies/",
    "/vergaderingen/",
    "/themas/arbeid/",
    "/cijfers/",
    "/agenda.ics",
    "/feeds/adviezen.atom",
    "/sitemap.xml",
    "/robots.txt",
    "/toegankelijkheid",
    "/privacy",
    "/.well-known/security.txt",
    "/api/v1/openapi.json",
    "/api/v1/adviezen",
    "/api/v1/adviezen/adv-2",
    "/api/v1/commissies",
    "/api/v1/vergaderingen",
    "/api/v1/trajecten",
    "/api/v1/aanbevelingen",
    "/api/v1/kabinetsreacties",
    "/api/v1/raad?op=1999-01-01",
    "/api/v1/zittingsperioden",
    "/api/v1/themas",
    "/api/v1/bulkbestanden",
    "/dcat/catalog.ttl",
    "/dcat/catalog.jsonld",
    "/api/",
    "/data/adviezen-2023.json",
    "/data/adviezen-zonder-jaar.csv",
]
NIET_BEWAARD = ["/adviezen/2023/04/advies.pdf"]
ARBEID = {"naam": "arbeid", "slug": "arbeid"}


def metadata(**velden: Any) -> dict[str, Any]:
    """Geef metadata zoals adviezen.openbaar die maakt, met `velden` erover."""
    uit: dict[str, Any] = {
        "nummer": "",
        "jaar": None,
        "datum": None,
        "datum_precisie": "onbekend",
        "datum_tekst": "datum niet bekend",
        "vorm": "advies",
        "uitkomst": "",
        "samenvatting": "",
        "adviesvragers": [],
        "themas": [],
        "onderwerpen": [],
        "aanbevelingen": [],
        "bron": [],
        "bron_verkort": [],
        "bron_afgeleid": [],
        "archief": True,
        "volledig": False,
    }
    return uit | velden


def publiceer_advies(kenmerk: str, titel: str, *, html: str = "", voorbeeld: bool = False, **velden: Any) -> Publicatie:
    """Maak een advies openbaar vanaf het begin van zijn jaar (of 2000)."""
    vanaf = velden.pop("vanaf", None) or datetime(velden.get("jaar") or 2000, 1, 1, tzinfo=AMSTERDAM)
    return publiceer(
        soort="advies",
        sleutel=f"advies:{kenmerk}",
        titel=titel,
        html=html,
        metadata=metadata(**velden),
        vanaf=vanaf,
        door=None,
        voorbeeld=voorbeeld,
    )


def maak_wereld() -> None:
    """Vijf adviezen: een gewoon, een met klok en reactie, een kaal, een rapport zonder jaar, en een voorbeeld."""
    Thema.objects.create(naam="arbeid", slug="arbeid")
    publiceer_advies(
        "adv-1",
        "Brieven over steden",
        jaar=2007,
        nummer="2007/04",
        datum="2007-05-11",
        datum_precisie="dag",
        datum_tekst="vr 11 mei 2007",
        uitkomst="verdeeld",
        samenvatting="Eén brief per stad; de raad geeft adviezen over huizenprijzen.",
        themas=[ARBEID],
        onderwerpen=["arbeid"],
        html='<p data-blok="a1">In elke stad staat een huis.</p><p data-blok="a2">Over pensioenstelsels: niets.</p>',
    )
    publiceer_advies(
        "adv-2",
        "Sociale innovatie in bedrijven",
        jaar=2023,
        nummer="2023/04",
        datum="2023-03-16",
        datum_precisie="dag",
        datum_tekst="do 16 maart 2023 (afgeleid)",
        dag_afgeleid=True,
        uitkomst="unaniem",
        adviesvragers=["minister van Proef"],
        samenvatting="Een advies over werk & <b>innovatie</b>.",
        themas=[ARBEID],
        onderwerpen=["arbeid"],
        aanbevelingen=[{"nummer": 1, "tekst": "Help bedrijven", "blok": "aanbeveling-1", "geadresseerden": ""}],
        html='<ol><li data-blok="aanbeveling-1">Help bedrijven</li></ol>',
        kabinetsreactie={"datum": "2025-07-03", "nummer": "Kamerstuk 1", "toelichting": None, "bron": None},
        klok={
            "basis": "2023-03-16",
            "vervalt_op": "2023-06-16",
            "uitleg": "3 maanden na uitbrengen op do 16 maart 2023 = vr 16 juni 2023",
            "aannames": [
                "De dag van vaststelling, do 16 maart 2023, is zelf afgeleid.",
                "De dag van uitbrengen is niet bekend; gerekend is vanaf de dag van vaststelling.",
            ],
        },
    )
    publiceer_advies("adv-3", "Zonder veel gegevens", jaar=2010, samenvatting="Kort.")
    publiceer_advies("adv-4", "Rapport zonder jaar", vorm="rapport", samenvatting="Ook kort.")
    publiceer_advies(
        "t-9", "Proefveld (voorbeeld)", jaar=2026, nummer="V26/01", samenvatting="Een proefveld.", voorbeeld=True
    )


def lexemen_van(cursor: Any, q: str) -> str:
    """Geef een zoekvraag als tekst van een tsquery, zoals de kaart haar stelt."""
    cursor.execute(*gezocht(q))
    return verruimd(*cursor.fetchone()[:3])
