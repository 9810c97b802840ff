"""De catalogus volgens DCAT-AP-NL 3: één dataset, met de API en de bestanden per jaar als vormen ervan."""

from typing import TYPE_CHECKING, Any

from django.db.models import Max

from kern.tijd import dag_van
from publiek.api.beschrijving import contact
from publiek.lezen import absoluut
from publiek.licentie import licentie
from publiek.models import Advies
from publiek.queries import dekking

if TYPE_CHECKING:
    from rdflib import Graph

SER = "https://identifier.overheid.nl/tooi/id/oorg/oorg10223"
EU = "http://publications.europa.eu/resource/authority/"
TITEL = "Adviezen van de Sociaal-Economische Raad"
OVER = (
    "Adviezen, briefadviezen, rapporten en verkenningen van de Sociaal-Economische Raad sinds 1950, met aanbevelingen, "
    "standpunten en kabinetsreacties. Per gegeven staat hoe zeker het is en waar het vandaan komt. "
    "Bekend zijn {aantal} van circa {geheel} publicaties."
)
# Achter het adres: hoe rdflib de vorm noemt, en haar mediatype.
VORMEN = {"ttl": ("turtle", "text/turtle; charset=utf-8"), "jsonld": ("json-ld", "application/ld+json")}


def catalogus(vorm: str) -> bytes:
    """Geef de catalogus als "ttl" of "jsonld"; gelijke gegevens geven in Turtle dezelfde bytes."""
    uit: str = graaf().serialize(format=VORMEN[vorm][0], auto_compact=True)
    return uit.encode()


def graaf() -> "Graph":
    """Geef de catalogus als graaf. Alle knopen hebben een adres, zodat de volgorde vastligt."""
    from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef

    vcard = Namespace("http://www.w3.org/2006/vcard/ns#")
    graaf = Graph(bind_namespaces="none")
    for naam, ruimte in (
        ("dcat", DCAT),
        ("dct", DCTERMS),
        ("foaf", FOAF),
        ("vcard", vcard),
        ("skos", SKOS),
        ("xsd", XSD),
    ):
        graaf.bind(naam, ruimte)

    def nl(tekst: str) -> Literal:
        return Literal(tekst, lang="nl")

    def zet(wat: URIRef, soort: URIRef, *feiten: tuple[URIRef, Any]) -> None:
        graaf.add((wat, RDF.type, soort))
        for eigenschap, waarde in feiten:
            graaf.add((wat, eigenschap, waarde))

    def begrip(adres: str, soort: URIRef, label: str = "") -> URIRef:
        """Noem een waarde uit een lijst van een ander, met haar soort: zo is de graaf op zichzelf te keuren."""
        waarde = URIRef(adres)
        graaf.add((waarde, RDF.type, soort))
        if label:
            graaf.add((waarde, SKOS.prefLabel, nl(label)))
        return waarde

    def plaats(pad: str) -> URIRef:
        return begrip(absoluut(pad), RDFS.Resource)

    basis = absoluut("/dcat/")
    kern, dataset, dienst = URIRef(f"{basis}catalogus"), URIRef(f"{basis}adviezen"), URIRef(f"{basis}api")
    bij = contact()
    punt = URIRef(f"{basis}contact")
    zet(punt, vcard.Organization, (vcard.fn, Literal(bij["name"])), (vcard.hasEmail, URIRef(f"mailto:{bij['email']}")),
        (vcard.hasURL, URIRef(bij["url"])))  # fmt: skip
    graaf.add((punt, RDF.type, vcard.Kind))
    ser = URIRef(SER)
    zet(
        ser,
        FOAF.Agent,
        (FOAF.name, nl("Sociaal-Economische Raad")),
        (FOAF.homepage, begrip("https://www.ser.nl/", FOAF.Document)),
    )
    taal = begrip(f"{EU}language/NLD", DCTERMS.LinguisticSystem)
    openbaar = begrip(f"{EU}access-right/PUBLIC", DCTERMS.RightsStatement)
    keuze = begrip(licentie().uri, DCTERMS.LicenseDocument)
    themas = [
        begrip(f"{EU}data-theme/{code}", SKOS.Concept, naam)
        for code, naam in (
            ("ECON", "Economie en financiën"),
            ("GOVE", "Overheid"),
            ("SOCI", "Bevolking en samenleving"),
        )
    ]
    bekend = dekking()
    gewijzigd = Advies.objects.aggregate(laatst=Max("vanaf"))["laatst"]
    dag = [(DCTERMS.modified, Literal(dag_van(gewijzigd).isoformat(), datatype=XSD.date))] if gewijzigd else []
    gedeeld = [
        (DCTERMS.publisher, ser), (DCTERMS.language, taal), (DCTERMS.license, keuze), (DCAT.contactPoint, punt),
        (DCTERMS.accessRights, openbaar),
    ]  # fmt: skip
    zet(
        kern, DCAT.Catalog, (DCTERMS.title, nl("Open data van de SER")),
        (DCTERMS.description, nl("De open data van de Sociaal-Economische Raad.")), (DCAT.dataset, dataset),
        (DCAT.service, dienst), (FOAF.homepage, begrip(absoluut("/"), FOAF.Document)), *gedeeld[:4], *dag,
    )  # fmt: skip
    zet(
        dataset, DCAT.Dataset, (DCTERMS.title, nl(TITEL)),
        (DCTERMS.description, nl(OVER.format(aantal=bekend.aantal, geheel=bekend.geheel))),
        (DCTERMS.identifier, Literal(str(dataset))), (DCTERMS.creator, ser),
        (DCAT.landingPage, begrip(absoluut("/api/"), FOAF.Document)),
        (DCTERMS.accrualPeriodicity, begrip(f"{EU}frequency/IRREG", DCTERMS.Frequency)),
        *[(DCAT.theme, thema) for thema in themas], *gedeeld, *dag,
        *[(DCAT.keyword, nl(woord)) for woord in ("advies", "kabinetsreactie", "sociaal-economisch beleid")],
    )  # fmt: skip
    if bekend.eerste and bekend.laatste:
        tijdvak = URIRef(f"{basis}tijdvak")
        zet(tijdvak, DCTERMS.PeriodOfTime,
            (DCAT.startDate, Literal(f"{bekend.eerste}-01-01", datatype=XSD.date)),
            (DCAT.endDate, Literal(f"{bekend.laatste}-12-31", datatype=XSD.date)))  # fmt: skip
        graaf.add((dataset, DCTERMS.temporal, tijdvak))
    zet(
        dienst, DCAT.DataService, (DCTERMS.title, nl("Lees-API van het SER-portaal")),
        (DCTERMS.description, nl("REST-API zonder sleutel, volgens de NLGov REST API Design Rules.")),
        (DCTERMS.identifier, Literal(str(dienst))), (DCAT.endpointURL, plaats("/api/v1")),
        (DCAT.endpointDescription, plaats("/api/v1/openapi.json")), (DCAT.servesDataset, dataset),
        *[(DCAT.theme, thema) for thema in themas], *gedeeld,
    )  # fmt: skip
    for naam, titel, plek, soort in (
        ("api", "Via de API (JSON)", "/api/v1/adviezen", "JSON"),
        ("json", "Bestanden per jaar, met de tekst (JSON)", "/api/v1/bulkbestanden", "JSON"),
        ("csv", "Bestanden per jaar, kerngegevens (CSV)", "/api/v1/bulkbestanden", "CSV"),
        ("atom", "Feed van nieuwe adviezen (Atom)", "/feeds/adviezen.atom", "ATOM"),
    ):
        vorm = URIRef(f"{basis}adviezen-{naam}")
        media = {"JSON": "application/json", "CSV": "text/csv", "ATOM": "application/atom+xml"}[soort]
        zet(
            vorm, DCAT.Distribution, (DCTERMS.title, nl(titel)), (DCAT.accessURL, plaats(plek)),
            (DCTERMS.license, keuze),
            (DCTERMS["format"], begrip(f"{EU}file-type/{soort}", DCTERMS.MediaTypeOrExtent)),
            (DCAT.mediaType, begrip(f"https://www.iana.org/assignments/media-types/{media}", DCTERMS.MediaType)),
        )  # fmt: skip
        graaf.add((dataset, DCAT.distribution, vorm))
        if naam == "api":
            graaf.add((vorm, DCAT.accessService, dienst))
    return graaf
