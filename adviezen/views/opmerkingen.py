"""/lezen/…/opmerken/ en /lezen/opmerking/…: een opmerking maken, beantwoorden en afdoen.

Hetzelfde adres werkt met en zonder script: een gewoon formulier krijgt een bladzijde, wie JSON vraagt krijgt JSON.
"""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from adviezen.actions import opmerkingen as acties
from adviezen.forms.opmerkingen import AfdoenForm, AntwoordForm, OpmerkingForm
from adviezen.models import Opmerking, Versie
from adviezen.queries import lezen as queries
from adviezen.queries.beraad import kringkeuzes
from adviezen.queries.opmerkingen import draad
from adviezen.queries.tekst import citaat
from adviezen.views.gedeeld import laad_versie, meld, naar_versie, probeer
from kern.fouten import InvoerFout
from kern.getal import geheel
from toegang.routes import ingelogd
from toegang.verzoek import gebruiker

GET_POST = ["GET", "HEAD", "POST"]


def _wil_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


@ingelogd
@require_http_methods(GET_POST)
def opmerken(request: HttpRequest, pk: int) -> HttpResponse:
    """Schrijf een opmerking bij een passage (`?blok=`), bij woorden daarin (`exact`), of bij het geheel."""
    gevonden = laad_versie(request, pk)
    keuzes = kringkeuzes(gevonden, gebruiker(request))
    blok = (request.POST if request.method == "POST" else request.GET).get("blok", "")
    form = OpmerkingForm(
        request.POST or None, keuzes=keuzes, geheel=not blok, initial={"blok": blok, "kring": keuzes[0].waarde}
    )
    tekst = citaat(gevonden.html, blok) if blok else ""
    if blok and not tekst and f'data-blok="{blok}"' not in gevonden.html:
        raise Http404
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: acties.plaats_opmerking(versie=gevonden, door=gebruiker(request), **form.velden()),
        )
        if klaar is not None and _wil_json(request):
            return JsonResponse({"opmerking": klaar.pk, "adres": queries.adres(gevonden, f"opmerking-{klaar.pk}")})
        if klaar is not None:
            meld(request, "Uw opmerking staat in de kantlijn.")
            return naar_versie(gevonden, f"opmerking-{klaar.pk}")
    if form.is_bound and _wil_json(request):
        fouten = {veld: [str(f) for f in lijst] for veld, lijst in form.errors.items()}
        return JsonResponse({"fouten": fouten}, status=422)
    return render(
        request,
        "adviezen/lezen/opmerken.html",
        {
            "versie": gevonden,
            "traject": gevonden.traject,
            "form": form,
            "citaat": tekst,
            "blok": blok,
            "kan_schrijven": queries.kan_schrijven(gevonden),
        },
        status=422 if form.is_bound else 200,
    )


def _laad(request: HttpRequest, pk: int) -> tuple[Opmerking, Versie]:
    """De opmerking, en de versie die de lezer voor zich heeft: zij kan met een latere versie meelopen (`?op=`)."""
    zichtbaar = Opmerking.objects.zichtbaar_voor(request.user).select_related(
        "versie__traject", "antwoord_op", "organisatie", "afgedaan_door"
    )
    gevonden: Opmerking = get_object_or_404(zichtbaar, pk=pk)
    eigen = laad_versie(request, gevonden.versie_id)
    op = geheel(request.GET.get("op", ""))
    if op is None:
        return gevonden, eigen
    later = queries.laad(gebruiker(request)).filter(pk=op, traject=eigen.traject_id).first()
    return gevonden, later or eigen


def _toon(request: HttpRequest, opmerking: Opmerking, op: Versie, form: object, daad: str) -> HttpResponse:
    hoofd = opmerking.antwoord_op or opmerking
    bound = bool(getattr(form, "is_bound", False))
    return render(
        request,
        "adviezen/lezen/bij_opmerking.html",
        {
            "opmerking": opmerking,
            "hoofd": hoofd,
            "op": op,
            "traject": op.traject,
            "form": form,
            "daad": daad,
            "antwoorden": draad(hoofd, gebruiker(request)),
            "kan_schrijven": queries.kan_schrijven(op),
        },
        status=422 if bound else 200,
    )


@ingelogd
@require_http_methods(GET_POST)
def antwoord(request: HttpRequest, pk: int) -> HttpResponse:
    """Het hele gesprek bij een opmerking, en een antwoord erop in dezelfde kring."""
    opmerking, op = _laad(request, pk)
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
            return naar_versie(op, f"opmerking-{klaar.antwoord_op_id}")
    return _toon(request, opmerking, op, form, "Plaats antwoord")


@ingelogd
@require_http_methods(GET_POST)
def afdoen(request: HttpRequest, pk: int) -> HttpResponse:
    """Doe een opmerking af, met wat ermee gedaan is. Was een ander eerder, dan blijft het getypte staan."""
    opmerking, op = _laad(request, pk)
    form = AfdoenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acties.doe_opmerking_af(opmerking=opmerking, door=gebruiker(request), **form.cleaned_data)
        except InvoerFout as fout:
            opmerking.refresh_from_db()
            if opmerking.afgedaan_op is not None:
                # Te laat: laat zien wat besloten is, met het getypte als antwoord dat alsnog kan.
                antwoordform = AntwoordForm({"tekst": form.cleaned_data["afdoening"]})
                antwoordform.add_error(None, fout.tekst)
                return _toon(request, opmerking, op, antwoordform, "Plaats antwoord")
            form.add_error("afdoening" if fout.veld else None, fout.tekst)
        else:
            meld(request, "De opmerking is afgedaan.")
            return naar_versie(op, f"opmerking-{opmerking.pk}")
    return _toon(request, opmerking, op, form, "Doe af")
