"""Stap 3 en 5 in de browser: versies inlezen, schrijven, bekijken en vaststellen."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from adviezen import permissions, policies
from adviezen.actions import versies as acties
from adviezen.enums import SoortVersie, Stap
from adviezen.forms.versies import SchrijfForm, VaststelForm, WordForm
from adviezen.models import Adviestraject, Schrijfstand
from adviezen.views.aanvraag import GET_POST, _versie
from adviezen.views.gedeeld import bewaar_bestand, laad_traject, meld, probeer
from kern.fouten import InvoerFout, PortaalFout
from kern.getal import geheel
from kern.tijd import moment_nl
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker

VASTSTELLEN = {
    "wit": (SoortVersie.WIT, acties.stel_wit_vast, policies.beraad.mag_wit_vaststellen),
    "groen": (SoortVersie.GROEN, acties.stel_groen_vast, policies.verwerking.mag_groen_vaststellen),
}
WANNEER = {"wit": (Stap.CONCEPT, Stap.VERWERKING), "groen": (Stap.VERWERKING,)}


def _eigen_stand(traject: Adviestraject, request: HttpRequest) -> Schrijfstand | None:
    return Schrijfstand.objects.filter(traject=traject, auteur=gebruiker(request)).first()


@voor_secretariaat
@require_safe
def versies(request: HttpRequest, slug: str) -> HttpResponse:
    """Alle versies van een traject, met wat de secretaris er nu mee kan doen."""
    traject = laad_traject(request, slug)
    alle = list(traject.versies.select_related("vastgesteld_in__commissie", "bron_bestand").order_by("-pk"))
    mag = permissions.mag_bewerken(traject, gebruiker(request))
    return render(
        request,
        "adviezen/versies/lijst.html",
        {
            "traject": traject,
            "versies": alle,
            "mag_schrijven": mag and traject.stap in acties.SCHRIJFSTAPPEN,
            "vast_te_stellen": [naam for naam, stappen in WANNEER.items() if mag and alle and traject.stap in stappen],
            "stand": _eigen_stand(traject, request),
        },
    )


@voor_secretariaat
@require_http_methods(GET_POST)
def inlezen(request: HttpRequest, slug: str) -> HttpResponse:
    """Lees een Word-bestand in als nieuwe versie."""
    traject = laad_traject(request, slug)
    laatste = traject.versies.last()
    form = WordForm(request.POST or None, request.FILES or None, initial={"basis": laatste.pk if laatste else None})
    if request.method == "POST" and form.is_valid():

        def lees() -> acties.Ingelezen:
            bestand = bewaar_bestand(request, form, "bestand", toegestaan=("docx",))
            assert bestand is not None  # noqa: S101 - het veld is verplicht
            return acties.lees_word_in(
                traject=traject,
                basis=form.cleaned_data["basis"],
                bestand=bestand,
                notitie=form.cleaned_data["notitie"],
                door=gebruiker(request),
            )

        klaar = probeer(request, form, lees)
        if klaar is not None:
            meld(request, f"Ingelezen als {klaar.versie}. Kijk de tekst na.")
            for tekst in klaar.meldingen:
                messages.warning(request, tekst)
            return redirect("lezen:versie", pk=klaar.versie.pk)
    return render(
        request,
        "adviezen/versies/inlezen.html",
        {"traject": traject, "form": form, "laatste": laatste},
        status=422 if form.is_bound else 200,
    )


@voor_secretariaat
@require_http_methods(GET_POST)
def schrijven(request: HttpRequest, slug: str) -> HttpResponse:
    """Schrijf in de browser; de tekst wordt onderweg bewaard en pas met de knop een nieuwe versie."""
    traject = laad_traject(request, slug)
    laatste, stand = traject.versies.last(), _eigen_stand(traject, request)
    basis = laatste.pk if laatste else None
    begin = {"basis": basis, "html": laatste.html if laatste else ""}
    if stand is not None and stand.html:
        begin = {"basis": stand.basis_id, "html": stand.html}
    form = SchrijfForm(request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: acties.schrijf_concept(traject=traject, door=gebruiker(request), **form.cleaned_data),
        )
        if klaar is not None:
            meld(request, f"Bewaard als {klaar}.")
            return redirect("lezen:versie", pk=klaar.pk)
    op_basis = form["basis"].value()
    verouderd = laatste if laatste is not None and str(op_basis or "") != str(laatste.pk) else None
    if verouderd is not None and form.is_bound:
        # De tekst van de ander staat ernaast; wie verdergaat, bouwt daarop voort en neemt zelf over wat nodig is.
        form.data = request.POST.copy()
        form.data["basis"] = str(verouderd.pk)
    return render(
        request,
        "adviezen/versies/schrijven.html",
        {
            "traject": traject,
            "form": form,
            "laatste": laatste,
            "stand": stand,
            "verouderd": verouderd,
            "anderen": traject.schrijfstanden.exclude(auteur=request.user.pk).select_related("auteur"),
        },
        status=422 if form.is_bound else 200,
    )


@voor_secretariaat
@require_POST
def schrijfstand(request: HttpRequest, slug: str) -> HttpResponse:
    """Bewaar onderweg wat iemand schrijft; geeft JSON, 409 als er een ander venster of geen recht is."""
    traject = laad_traject(request, slug)
    tekst = {naam: request.POST.get(naam, "") for naam in ("basis", "rijversie")}
    getal = {naam: geheel(waarde) for naam, waarde in tekst.items()}
    if getal["basis"] is not None and not traject.versies.filter(pk=getal["basis"]).exists():
        return JsonResponse({"fout": "Deze versie bestaat niet."}, status=409)
    try:
        stand = acties.bewaar_schrijfstand(
            traject=traject,
            basis=getal["basis"],
            html=request.POST.get("html", ""),
            rijversie=getal["rijversie"],
            door=gebruiker(request),
        )
    except InvoerFout as fout:
        return JsonResponse({"fout": fout.tekst}, status=409)
    except PortaalFout as fout:
        return JsonResponse({"fout": str(fout)}, status=409)
    return JsonResponse({"rijversie": stand.rijversie, "bewaard": moment_nl(stand.bewaard_op)})


@voor_secretariaat
@require_POST
def schrijfstand_weg(request: HttpRequest, slug: str) -> HttpResponse:
    """Gooi de eigen onbewaarde tekst weg en begin weer bij de laatste versie."""
    traject = laad_traject(request, slug)
    acties.gooi_schrijfstand_weg(traject=traject, door=gebruiker(request))
    meld(request, "Uw onbewaarde tekst is weg. U begint weer bij de laatste versie.")
    return redirect("adviezen:schrijven", slug=traject.slug)


@voor_secretariaat
@require_http_methods(GET_POST)
def vaststellen(request: HttpRequest, slug: str, soort: str) -> HttpResponse:
    """Leg vast dat de commissie de witte of groene versie vaststelde."""
    traject = laad_traject(request, slug)
    if soort not in VASTSTELLEN:
        raise Http404
    naam, daad, beleid = VASTSTELLEN[soort]
    form = VaststelForm(request.POST or None, traject=traject, slot=soort == "groen")
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: daad(traject=traject, versie=_versie(request), door=gebruiker(request), **form.cleaned_data),
        )
        if klaar is not None:
            meld(request, f"Vastgelegd: {klaar}.")
            return redirect("adviezen:versies", slug=traject.slug)
    return render(
        request,
        "adviezen/versies/vaststellen.html",
        {
            "traject": traject,
            "form": form,
            "versie": traject.rijversie,
            "naam": naam.label,
            "soort": soort,
            "laatste": traject.versies.last(),
            "tekorten": beleid(traject),
        },
        status=422 if form.is_bound else 200,
    )
