"""Wat machines ophalen: feed, agenda, sitemap."""

from datetime import datetime, timedelta
from xml.sax.saxutils import escape, quoteattr

from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from icalendar import Calendar, Event

from kern.agenda import zet_tijden
from kern.tijd import dag_van, vandaag
from publiek import zoekvraag
from publiek.lezen import absoluut
from publiek.models import Commissie, Traject, Vergadering, VorigeUitgave
from publiek.queries import kort, namen_van_keuzes, themas
from publiek.views import openbaar
from publiek.zoeken import nummers

TIJDSTIP = "%Y-%m-%dT%H:%M:%SZ"


# Wat er in de plaats van een vergadering kwam, als zij niet gehouden is.
NIET_GEHOUDEN = {"afgelast": " (afgelast)", "niet_doorgegaan": " (niet doorgegaan)"}


def _utc(moment: datetime) -> str:
    return moment.strftime(TIJDSTIP)


def _xml(tekst: str) -> str:
    """Geef tekst voor in XML; een teken dat daar niet mag, maakt de hele feed onleesbaar."""
    return escape("".join(c for c in tekst if c >= " " or c in "\n\t"))


@openbaar
def atom(request: HttpRequest) -> HttpResponse:
    """De nieuwste vijftig adviezen als Atom-feed, van alles of van één zoekvraag (zelfde adres als de zoekpagina).

    Het kenmerk is het blijvende id van een advies; de zoekvraag zelf is het id van haar feed.
    """
    vraag = zoekvraag.lees(request.GET)
    kern = vraag.kern()
    deel = f"?{kern}" if kern else ""
    selectie = kort()
    titel = "Adviezen van de SER"
    if kern:
        selectie = selectie.filter(pk__in=nummers(vraag, 5_000))
        titel = f"{titel}: {zoekvraag.omschrijving(vraag, namen_van_keuzes())}"
    rijen = list(selectie.order_by("-vanaf", "-id")[:50])
    # Een verbetering verandert wanneer iets is bijgewerkt, niet wanneer het verscheen.
    vorige = VorigeUitgave.objects.filter(kenmerk__in=[rij.kenmerk for rij in rijen]).values_list("kenmerk")
    eerste = dict(vorige.annotate(eerst=Min("vanaf")))
    delen = [
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nl">',
        f"<title>{_xml(titel)}</title>",
        f"<id>{escape(absoluut('/adviezen/' + deel))}</id>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(absoluut("/feeds/adviezen.atom" + deel))}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(absoluut("/adviezen/" + deel))}/>',
        f"<updated>{_utc(rijen[0].vanaf) if rijen else '1950-01-01T00:00:00Z'}</updated>",
        "<author><name>Sociaal-Economische Raad</name></author>",
    ]
    for rij in rijen:
        adres = absoluut(rij.get_absolute_url())
        merk = "VOORBEELD: " if rij.voorbeeld else ""
        delen.append(
            f"<entry><title>{_xml(merk + rij.titel)}</title><id>{escape(absoluut(f'/adviezen/#{rij.kenmerk}'))}</id>"
            f"<link href={quoteattr(adres)}/><updated>{_utc(rij.vanaf)}</updated>"
            f"<published>{_utc(eerste.get(rij.kenmerk, rij.vanaf))}</published>"
            + (f"<summary>{_xml(rij.metadata['samenvatting'])}</summary>" if rij.metadata.get("samenvatting") else "")
            + "".join(
                f"<category term={quoteattr(t['slug'])} label={quoteattr(t['naam'])}/>" for t in rij.metadata["themas"]
            )
            + "</entry>"
        )
    delen.append("</feed>\n")
    return HttpResponse("".join(delen), content_type="application/atom+xml; charset=utf-8")


@openbaar
def agenda(request: HttpRequest) -> HttpResponse:
    """De vergaderingen van de raad vanaf een jaar terug, als agenda. Het id van een vergadering is vast.

    Ook de besloten: werd zij dat later, dan staat zij al in iemands agenda, en wat zonder bericht verdwijnt, zoekt men.
    """
    kalender = Calendar()
    kalender.add("prodid", "-//SER//portaal//NL")
    kalender.add("version", "2.0")
    kalender.add("x-wr-calname", "Vergaderingen van de SER")
    rijen = Vergadering.objects.filter(datum_precisie="dag", datum__gte=vandaag() - timedelta(days=365)).order_by(
        "datum", "begin"
    )
    for rij in rijen:
        if rij.datum is None:
            continue
        punt = Event()
        punt.add("uid", f"vergadering-{rij.pk}@ser-portaal")
        merk = "VOORBEELD: " if rij.voorbeeld else ""
        besloten = "" if rij.openbaar else " (besloten: niet bij te wonen)"
        punt.add("summary", f"{merk}Raadsvergadering SER{NIET_GEHOUDEN.get(rij.status, besloten)}")
        if not rij.openbaar:
            punt.add("transp", "TRANSPARENT")  # houdt niemands dag bezet
        zet_tijden(punt, datum=rij.datum, begin=rij.begin, eind=rij.eind, duur=timedelta(hours=3))
        punt.add("status", "CANCELLED" if rij.status in NIET_GEHOUDEN else "CONFIRMED")
        if rij.plaats:
            punt.add("location", rij.plaats)
        punt.add("url", absoluut(rij.get_absolute_url()))
        kalender.add_component(punt)
    return HttpResponse(kalender.to_ical(), content_type="text/calendar; charset=utf-8")


VAST = (
    "/",
    "/adviezen/",
    "/trajecten/",
    "/kabinetsreacties/",
    "/aanbevelingen/",
    "/jaarverslagen/",
    "/raad/",
    "/raad/nevenfuncties/",
    "/commissies/",
    "/vergaderingen/",
    "/bekendmakingen/",
    "/themas/",
    "/cijfers/",
    "/api/",
    "/toegankelijkheid",
    "/privacy",
)


@openbaar
def sitemap(request: HttpRequest) -> HttpResponse:
    """Elke openbare bladzijde met een eigen adres; voorbeelden staan er niet in."""
    regels = [f"<url><loc>{escape(absoluut(pad))}</loc></url>" for pad in VAST]
    regels += [
        f"<url><loc>{escape(absoluut(a.get_absolute_url()))}</loc><lastmod>{dag_van(a.vanaf)}</lastmod></url>"
        for a in kort().filter(voorbeeld=False)[:40_000]
    ]
    regels += [f"<url><loc>{escape(absoluut('/themas/' + t['slug'] + '/'))}</loc></url>" for t in themas()]
    for model in (Commissie, Vergadering, Traject):
        regels += [
            f"<url><loc>{escape(absoluut(rij.get_absolute_url()))}</loc></url>"
            for rij in model.objects.filter(voorbeeld=False)
        ]
    inhoud = (
        '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        + "".join(regels)
        + "</urlset>\n"
    )
    return HttpResponse(inhoud, content_type="application/xml; charset=utf-8")
