"""De beginpagina en de vaste teksten."""

from datetime import date, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from kern.tijd import nu, vandaag
from publiek.lezen import absoluut, reactie_merk
from publiek.models import Vergadering
from publiek.queries import dekking, kort, lopende_trajecten, met_reactie, themas
from publiek.toegankelijkheid import uitslag
from publiek.views import openbaar
from publiek.views.oogst import INDEX, heeft_documenten
from publiek.views.voeding import NIET_GEHOUDEN
from publiek.zoekvraag import WACHT

NOG = ("gepland", "opgeroepen", "geopend")


@openbaar
def begin(request: HttpRequest) -> HttpResponse:
    """Het nieuwste, wat komt, wat loopt en wat wordt afgewacht."""
    dag = vandaag()
    return render(
        request,
        "publiek/begin.html",
        {
            "nieuwste": kort()[:6],
            "volgende": Vergadering.objects.filter(openbaar=True, status__in=NOG, datum__gte=dag)
            .order_by("datum", "begin")
            .first(),
            "vorige": Vergadering.objects.filter(openbaar=True, datum__lt=dag)
            .exclude(status__in=NIET_GEHOUDEN)
            .order_by("-datum")
            .first(),
            "trajecten": lopende_trajecten()[:6],
            "afgewacht": [(a, reactie_merk(a.reactie)) for a in met_reactie().filter(reactie__in=WACHT)[:5]],
            "laatst": [
                (a, reactie_merk(a.reactie))
                for a in met_reactie().filter(reactie__in=["op_tijd", "later", "ontvangen"])[:4]
            ],
            "themas": themas(),
            "dekking": dekking(),
        },
    )


@openbaar
def toegankelijkheid(request: HttpRequest) -> HttpResponse:
    """De toegankelijkheidsverklaring in wording, met de uitslag van de laatste automatische toets."""
    gegevens = uitslag()
    dag = date.fromisoformat(gegevens["datum"]) if gegevens else None
    context = {"uitslag": gegevens, "dag": dag, "contact": settings.CONTACT_ADRES}
    return render(request, "publiek/toegankelijkheid.html", context)


@openbaar
def privacy(request: HttpRequest) -> HttpResponse:
    """Welke persoonsgegevens het portaal verwerkt."""
    return render(request, "publiek/privacy.html", {"contact": settings.CONTACT_ADRES})


@openbaar
def zonder_streep(request: HttpRequest, naam: str) -> HttpResponse:
    """Stuur het adres met een schuine streep aan het eind door: alle andere bladzijden hebben die wel."""
    return HttpResponsePermanentRedirect(reverse(f"publiek:{naam}"))


@openbaar
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116: waar een beveiligingslek te melden is. Verloopt elf maanden later, op de eerste van de maand."""
    vervalt = (nu() + timedelta(days=330)).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    regels = [
        f"Contact: mailto:{settings.CONTACT_ADRES}",
        f"Expires: {vervalt:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {absoluut(reverse('publiek:security'))}",
    ]
    return HttpResponse("\n".join(regels) + "\n", content_type="text/plain; charset=utf-8")


@openbaar
def robots(request: HttpRequest) -> HttpResponse:
    """Wat zoekmachines mogen: alles wat openbaar is; niets achter de inlog, geen gefilterde lijsten."""
    regels = [
        "User-agent: *",
        "Disallow: /werk/",
        "Disallow: /lezen/",
        "Disallow: /organisatie/",
        "Disallow: /account/",
        "Disallow: /thuis/",
        "Disallow: /adviezen/?",
        "Disallow: /zoeken/",
        f"Sitemap: {absoluut(reverse('publiek:sitemap'))}",
    ]
    if heeft_documenten():
        regels.append(f"Sitemap: {absoluut(INDEX)}")
    return HttpResponse("\n".join(regels) + "\n", content_type="text/plain; charset=utf-8")
