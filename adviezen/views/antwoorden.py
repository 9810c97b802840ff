"""/organisatie/beraad/…/antwoorden/: de eigen punten met de antwoorden van de commissie, als PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from adviezen.models import Deelname
from adviezen.queries import organisatie as queries
from adviezen.views.aanvraag import GET_POST
from adviezen.views.organisatie import laad
from kern.html import schoon
from kern.tijd import vandaag
from logboek.actions import leg_inzage_vast
from stukken.actions import probeer_pdf_opnieuw, vraag_pdf
from stukken.leveren import lever
from stukken.models import PdfOpdracht
from stukken.queries import laatste_pdf
from stukken.voortgang import paneel
from toegang.routes import ingelogd
from toegang.verzoek import gebruiker


@ingelogd
@require_http_methods(GET_POST)
def antwoorden(request: HttpRequest, pk: int) -> HttpResponse:
    """Vraag een PDF van de eigen punten en hun antwoorden (POST), of kijk hoe ver zij is (GET)."""
    deelname = laad(request, pk)
    if request.method != "POST":
        return paneel(request, queries.antwoorden_pdf(deelname, gebruiker(request)))
    probeer_pdf_opnieuw(opdracht=_vraag(request, deelname), door=gebruiker(request))  # alleen als juist deze mislukte
    return redirect(f"{reverse('organisatie:beraad', kwargs={'pk': pk})}#pdf-stand")


def _vraag(request: HttpRequest, deelname: Deelname) -> PdfOpdracht:
    reactie = queries.eigen_reactie(deelname)
    punten = [p for p in queries.punten(reactie, gebruiker(request)) if p.besluit is not None]
    if not punten:
        raise Http404
    traject = deelname.beraad.traject
    return vraag_pdf(
        soort="antwoorden",
        sleutel=queries.onderwerp(deelname, gebruiker(request)),
        html=schoon(render_to_string("adviezen/organisatie/_antwoorden_pdf.html", {"punten": punten})),
        titel=traject.titel,
        ondertitel=f"Punten van {deelname.organisatie} en de antwoorden van de commissie",
        soort_naam=f"Achterbanberaad, ronde {deelname.beraad.ronde}",
        datum=vandaag(),
        merk="VERTROUWELIJK",
        lezer=gebruiker(request).naam,
        voorbeeld=traject.voorbeeld,
        naam=f"{traject.slug}-antwoorden.pdf",
        door=gebruiker(request),
    )


@ingelogd
@require_safe
def antwoorden_bestand(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Lever de eigen PDF; ook dat is een inzage."""
    deelname = laad(request, pk)
    opdracht = laatste_pdf(queries.onderwerp(deelname, gebruiker(request)))
    if opdracht is None or opdracht.bestand is None:
        raise Http404
    if request.method == "GET":
        leg_inzage_vast(object=deelname, door=gebruiker(request))
    return lever(opdracht.bestand, naam=opdracht.naam)
