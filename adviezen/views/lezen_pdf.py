"""Een PDF van een versie met de naam van de lezer erop, desgewenst met zijn eigen opmerkingen erachter."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from adviezen.models import Versie
from adviezen.queries import lezen as queries
from adviezen.queries.eigen import eigen_opmerkingen
from adviezen.views.gedeeld import laad_versie, naar_versie
from kern.tijd import dag_van
from logboek.actions import leg_inzage_vast
from stukken.actions import probeer_pdf_opnieuw, vraag_pdf
from stukken.leveren import lever
from stukken.queries import laatste_opdracht, laatste_pdf
from stukken.voortgang import PdfGegevens, gegevens, paneel
from toegang.routes import ingelogd
from toegang.verzoek import gebruiker

GET_POST = ["GET", "HEAD", "POST"]


def _onderwerp(request: HttpRequest, gevonden: Versie, met: bool) -> str:
    return f"versie:{gevonden.pk}:{gebruiker(request).pk}" + (":opmerkingen" if met else "")


def stand(request: HttpRequest, gevonden: Versie, met: bool | None = None) -> PdfGegevens:
    """Geef hoe ver de PDF is; zonder `met` (met opmerkingen of niet) die het laatst gevraagd is."""
    if met is None:
        gevraagd = [laatste_opdracht(_onderwerp(request, gevonden, keuze)) for keuze in (False, True)]
        met = gevraagd[1] is not None and (gevraagd[0] is None or gevraagd[1].gevraagd_op > gevraagd[0].gevraagd_op)
        opdracht = gevraagd[met]
    else:
        opdracht = laatste_opdracht(_onderwerp(request, gevonden, met))
    pad, erbij = {"pk": gevonden.pk}, "?opmerkingen=1" if met else ""
    return gegevens(
        opdracht,
        stand=reverse("lezen:pdf", kwargs=pad) + erbij,
        download=reverse("lezen:pdf_bestand", kwargs=pad) + erbij,
        opnieuw=reverse("lezen:pdf", kwargs=pad) + erbij,
        terug=reverse("lezen:versie", kwargs=pad),
    )


@ingelogd
@require_http_methods(GET_POST)
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Vraag een PDF van deze versie met de eigen naam erop (POST), of kijk hoe ver zij is (GET).

    Met `opmerkingen` staan de eigen opmerkingen erachter, met hun alinea.
    """
    gevonden = laad_versie(request, pk)
    met = bool(request.GET.get("opmerkingen") or request.POST.get("opmerkingen"))
    if request.method != "POST":
        return paneel(request, stand(request, gevonden, met))
    traject = gevonden.traject
    eigen = eigen_opmerkingen(gevonden, gebruiker(request)) if met else ""
    opdracht = vraag_pdf(
        soort="versie",
        sleutel=_onderwerp(request, gevonden, met),
        html=gevonden.html + eigen,
        titel=traject.titel,
        ondertitel=str(gevonden).capitalize() + (", met mijn opmerkingen" if met else ""),
        soort_naam=str(gevonden.get_soort_display()).capitalize(),
        datum=dag_van(gevonden.aangemaakt_op),
        merk="VERTROUWELIJK" if eigen else queries.merk(gevonden),
        lezer=gebruiker(request).naam,
        nummering=True,
        voorbeeld=traject.voorbeeld,
        naam=f"{traject.slug}-{gevonden}{'-met-opmerkingen' if met else ''}.pdf",
        colofon=[("Versie", str(gevonden)), ("Kenmerk van de tekst", gevonden.hash[:16])],
        door=gebruiker(request),
    )
    probeer_pdf_opnieuw(opdracht=opdracht, door=gebruiker(request))  # alleen als juist deze mislukte
    return naar_versie(gevonden, "pdf-stand")


@ingelogd
@require_safe
def pdf_bestand(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Lever de eigen PDF; ook dat is een inzage."""
    gevonden = laad_versie(request, pk)
    opdracht = laatste_pdf(_onderwerp(request, gevonden, bool(request.GET.get("opmerkingen"))))
    if opdracht is None or opdracht.bestand is None:
        raise Http404
    if queries.is_vertrouwelijk(gevonden) and request.method == "GET":
        leg_inzage_vast(object=gevonden, door=gebruiker(request))
    return lever(opdracht.bestand, naam=opdracht.naam)
