"""/lezen/versie/…: een versie lezen op elk scherm, opmerkingen per passage, klaar met lezen, en een eigen PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from adviezen.actions import opmerkingen as acties
from adviezen.forms.opmerkingen import AfdoenForm, AntwoordForm, OpmerkingForm
from adviezen.models import Opmerking, Versie
from adviezen.queries import lezen as queries
from adviezen.queries.beraad import kringkeuzes
from adviezen.queries.tekst import citaat
from adviezen.views.gedeeld import meld, probeer
from kern.tijd import dag_van
from logboek.actions import leg_inzage_vast
from stukken.actions import probeer_pdf_opnieuw, vraag_pdf
from stukken.leveren import lever
from stukken.queries import laatste_opdracht, laatste_pdf
from stukken.voortgang import PdfGegevens, gegevens, paneel
from toegang.routes import ingelogd
from toegang.verzoek import gebruiker

GET_POST = ["GET", "HEAD", "POST"]


def _laad(request: HttpRequest, pk: int) -> Versie:
    versie: Versie = get_object_or_404(queries.laad(gebruiker(request)), pk=pk)
    return versie


def _naar(versie: Versie, anker: str = "") -> HttpResponse:
    adres = reverse("lezen:versie", kwargs={"pk": versie.pk})
    return redirect(f"{adres}#{anker}" if anker else adres)


@ingelogd
@require_safe
def versie(request: HttpRequest, pk: int) -> HttpResponse:
    """Lees een versie; met `?sinds=1` staan de wijzigingen sinds de vorige keer erin."""
    gevonden = _laad(request, pk)
    context = queries.bladzijde(gevonden, gebruiker(request), request.GET.get("sinds", ""))
    if request.method == "GET":
        if context["vertrouwelijk"]:
            leg_inzage_vast(object=gevonden, door=gebruiker(request))
        acties.onthoud_gelezen(versie=gevonden, door=gebruiker(request))
    context["pdf"] = _pdf(request, gevonden)
    return render(request, "adviezen/lezen/versie.html", context)


@ingelogd
@require_http_methods(GET_POST)
def opmerken(request: HttpRequest, pk: int) -> HttpResponse:
    """Schrijf een opmerking bij een passage (`?blok=`) of bij het geheel; met htmx alleen het formulier."""
    gevonden = _laad(request, pk)
    keuzes = kringkeuzes(gevonden, gebruiker(request))
    blok = (request.POST if request.method == "POST" else request.GET).get("blok", "")
    form = OpmerkingForm(request.POST or None, keuzes=keuzes, initial={"blok": blok, "kring": keuzes[0].waarde})
    tekst = citaat(gevonden.html, blok) if blok else ""
    if blok and not tekst and f'data-blok="{blok}"' not in gevonden.html:
        raise Http404
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: acties.plaats_opmerking(versie=gevonden, door=gebruiker(request), citaat=tekst, **form.velden()),
        )
        if klaar is not None:
            meld(request, "Uw opmerking staat in de kantlijn.")
            return _naar(gevonden, f"opmerking-{klaar.pk}")
    deel = getattr(request, "htmx", False) and request.method != "POST"
    return render(
        request,
        "adviezen/lezen/_opmerken.html" if deel else "adviezen/lezen/opmerken.html",
        {"versie": gevonden, "traject": gevonden.traject, "form": form, "citaat": tekst, "blok": blok},
        status=422 if form.is_bound else 200,
    )


def _opmerking(request: HttpRequest, pk: int) -> Opmerking:
    zichtbaar = Opmerking.objects.zichtbaar_voor(request.user).select_related("versie__traject", "antwoord_op")
    gevonden: Opmerking = get_object_or_404(zichtbaar, pk=pk)
    _laad(request, gevonden.versie_id)
    return gevonden


@ingelogd
@require_http_methods(GET_POST)
def antwoord(request: HttpRequest, pk: int) -> HttpResponse:
    """Antwoord op een opmerking, in dezelfde kring."""
    opmerking = _opmerking(request, pk)
    form = AntwoordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: acties.plaats_opmerking(
                versie=opmerking.versie,
                kring=opmerking.kring,
                antwoord_op=opmerking,
                door=gebruiker(request),
                **form.cleaned_data,
            ),
        )
        if klaar is not None:
            return _naar(opmerking.versie, f"opmerking-{klaar.antwoord_op_id}")
    return render(
        request,
        "adviezen/lezen/bij_opmerking.html",
        {"opmerking": opmerking, "traject": opmerking.versie.traject, "form": form, "daad": "Plaats antwoord"},
        status=422 if form.is_bound else 200,
    )


@ingelogd
@require_http_methods(GET_POST)
def afdoen(request: HttpRequest, pk: int) -> HttpResponse:
    """Doe een opmerking af, met wat ermee gedaan is."""
    opmerking = _opmerking(request, pk)
    form = AfdoenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: acties.doe_opmerking_af(opmerking=opmerking, door=gebruiker(request), **form.cleaned_data),
        )
        if klaar is not None:
            meld(request, "De opmerking is afgedaan.")
            return _naar(opmerking.versie, f"opmerking-{opmerking.pk}")
    return render(
        request,
        "adviezen/lezen/bij_opmerking.html",
        {"opmerking": opmerking, "traject": opmerking.versie.traject, "form": form, "daad": "Doe af"},
        status=422 if form.is_bound else 200,
    )


@ingelogd
@require_POST
def klaar(request: HttpRequest, pk: int) -> HttpResponse:
    """Onthoud dat deze lezer klaar is, of toch niet; niemand anders ziet dat."""
    gevonden = _laad(request, pk)
    af = request.POST.get("klaar") != "nee"
    acties.onthoud_gelezen(versie=gevonden, door=gebruiker(request), klaar=af)
    meld(request, "U bent klaar met lezen." if af else "Deze versie staat weer op uw leeslijst.")
    return redirect("werkplek_lezen:lezen") if af else _naar(gevonden)


# --- een PDF met de eigen naam erop -------------------------------------------------------------------------------


def _onderwerp(request: HttpRequest, gevonden: Versie) -> str:
    return f"versie:{gevonden.pk}:{gebruiker(request).pk}"


def _pdf(request: HttpRequest, gevonden: Versie) -> PdfGegevens:
    pad = {"pk": gevonden.pk}
    return gegevens(
        laatste_opdracht(_onderwerp(request, gevonden)),
        stand=reverse("lezen:pdf", kwargs=pad),
        download=reverse("lezen:pdf_bestand", kwargs=pad),
        opnieuw=reverse("lezen:pdf", kwargs=pad),
        terug=reverse("lezen:versie", kwargs=pad),
    )


@ingelogd
@require_http_methods(GET_POST)
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Vraag een PDF van deze versie met de eigen naam erop (POST), of kijk hoe ver zij is (GET)."""
    gevonden = _laad(request, pk)
    if request.method != "POST":
        return paneel(request, _pdf(request, gevonden))
    opdracht = laatste_opdracht(_onderwerp(request, gevonden))
    if opdracht is not None and opdracht.status == "mislukt":
        probeer_pdf_opnieuw(opdracht=opdracht, door=gebruiker(request))
    else:
        traject, openbaar = gevonden.traject, not queries.is_vertrouwelijk(gevonden)
        vraag_pdf(
            soort="versie",
            sleutel=_onderwerp(request, gevonden),
            html=gevonden.html,
            titel=traject.titel,
            ondertitel=str(gevonden).capitalize(),
            soort_naam=str(gevonden.get_soort_display()).capitalize(),
            datum=dag_van(gevonden.aangemaakt_op),
            merk="" if openbaar else ("ONTWERP" if traject.ontwerp_openbaar else "VERTROUWELIJK"),
            lezer=gebruiker(request).naam,
            nummering=True,
            voorbeeld=traject.voorbeeld,
            naam=f"{traject.slug}-{gevonden}.pdf",
            colofon=[("Versie", str(gevonden)), ("Kenmerk van de tekst", gevonden.hash[:16])],
            door=gebruiker(request),
        )
    return _naar(gevonden, "pdf-stand")


@ingelogd
@require_safe
def pdf_bestand(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Lever de eigen PDF; ook dat is een inzage."""
    gevonden = _laad(request, pk)
    opdracht = laatste_pdf(_onderwerp(request, gevonden))
    if opdracht is None or opdracht.bestand is None:
        raise Http404
    if queries.is_vertrouwelijk(gevonden) and request.method == "GET":
        leg_inzage_vast(object=gevonden, door=gebruiker(request))
    return lever(opdracht.bestand, naam=opdracht.naam)
