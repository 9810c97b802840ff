"""De eigen termijnen als agenda-abonnement, met de sleutel van de vergaderagenda. Nooit een titel in wording."""

from datetime import UTC, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from adviezen.models import Adviestraject
from kern.tijd import vandaag
from termijnen.enums import Status
from termijnen.models import Termijn
from termijnen.queries import van_mij
from toegang.routes import open_route
from vergaderingen.actions import gebruiker_bij

TERUG = timedelta(days=60)


@open_route
@require_safe
def eigen_termijnen(request: HttpRequest, sleutel: str) -> HttpResponse:
    """Geef de lopende termijnen van wie deze sleutel heeft. Ingetrokken, onbekend of een dicht account: 404.

    Elke termijn is een hele dag, met haar soort en zo mogelijk het kenmerk van het traject; wat al lang verstreken is,
    staat niet meer in de agenda maar wel in het portaal.
    """
    eigenaar = gebruiker_bij(sleutel)
    if eigenaar is None:
        raise Http404
    kalender = Calendar()
    kalender.add("prodid", "-//SER//portaal//NL")
    kalender.add("version", "2.0")
    kalender.add("x-wr-calname", "Mijn termijnen bij de SER")
    termijnen = list(
        Termijn.objects.zichtbaar_voor(eigenaar)
        .lopend()
        .filter(van_mij(eigenaar), vervalt_op__gte=vandaag() - TERUG)
        .order_by("vervalt_op", "pk")
    )
    kenmerk = dict(
        Adviestraject.objects.filter(pk__in=[int(t.object_id) for t in termijnen if _is_traject(t)]).values_list(
            "pk", "kenmerk"
        )
    )
    for termijn in termijnen:
        bij = kenmerk.get(int(termijn.object_id), "") if _is_traject(termijn) else ""
        kalender.add_component(_punt(termijn, bij))
    antwoord = HttpResponse(kalender.to_ical(), content_type="text/calendar; charset=utf-8")
    antwoord["Cache-Control"] = "private, no-store"
    return antwoord


def _is_traject(termijn: Termijn) -> bool:
    return termijn.object_soort == Adviestraject._meta.label_lower


def _punt(termijn: Termijn, kenmerk: str) -> Event:
    stil = termijn.status == Status.GEPAUZEERD
    naam = f"{'VOORBEELD: ' if termijn.voorbeeld else ''}{termijn.omschrijving}{f' {kenmerk}' if kenmerk else ''}"
    punt = Event()
    punt.add("uid", f"termijn-{termijn.pk}@ser-portaal")
    punt.add("summary", f"{naam} (staat stil)" if stil else naam)
    punt.add("dtstart", termijn.vervalt_op)
    punt.add("dtend", termijn.vervalt_op + timedelta(days=1))
    punt.add("dtstamp", termijn.aangemaakt_op.astimezone(UTC))
    punt.add("sequence", termijn.rijversie)
    punt.add("status", "TENTATIVE" if stil else "CONFIRMED")
    punt.add("transp", "TRANSPARENT")  # een termijn houdt niemand de hele dag bezet
    punt.add("url", settings.PORTAL_ADRES + reverse("termijnen:termijn", args=[termijn.pk]))
    return punt
