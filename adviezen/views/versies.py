"""Stap 3 en 5 in de browser: versies bekijken, schrijven en vaststellen. Inlezen uit Word staat in inlezen.py."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from adviezen import permissions, policies
from adviezen.actions import versies as acties
from adviezen.enums import SoortVersie, Stap
from adviezen.forms.versies import SchrijfForm, VaststelForm
from adviezen.models import Adviestraject, Schrijfstand, Versie
from adviezen.queries.schrijven import botsing, medeschrijvers, nieuwere_versie
from adviezen.views.aanvraag import GET_POST, _versie
from adviezen.views.gedeeld import laad_traject, meld, noteer_inzage, probeer
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
    alle = list(
        traject.versies.select_related("vastgesteld_in__commissie", "bron_bestand", "vorige")
        .defer("html", "vorige__html")
        .order_by("-pk")
    )
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
def schrijven(request: HttpRequest, slug: str) -> HttpResponse:
    """Schrijf in de browser; de tekst wordt onderweg bewaard en pas met de knop een nieuwe versie."""
    traject = laad_traject(request, slug)
    laatste, stand = traject.versies.last(), _eigen_stand(traject, request)
    basis = laatste.pk if laatste else None
    noteer_inzage(request, laatste)
    begin = {"basis": basis, "html": laatste.html if laatste else "", "gezien": basis}
    if stand is not None and stand.html:
        begin |= {"basis": stand.basis_id, "html": stand.html}
    form = SchrijfForm(request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        if "samen" in request.POST:
            if probeer(request, form, lambda: _voeg_samen(traject, form, request)):
                meld(request, "Samengevoegd: beide bewerkingen staan nu in het vak. Lees ze na en bewaar.")
                return redirect("adviezen:schrijven", slug=traject.slug)
        else:
            klaar = probeer(request, form, lambda: _schrijf(traject, form, request))
            if klaar is not None:
                meld(request, f"Bewaard als {klaar}.")
                return redirect("lezen:versie", pk=klaar.pk)
    laatste = traject.versies.last()
    botst = botsing(traject, geheel(str(form["basis"].value() or "")), str(form["html"].value() or ""))
    if botst is not None and form.is_bound:
        # Beide teksten staan nu op het scherm; wie weer bewaart, koos zelf wat erin staat.
        form.data = request.POST.copy()
        form.data["gezien"] = str(botst.ander.pk)
    return render(
        request,
        "adviezen/versies/schrijven.html",
        {
            "traject": traject,
            "form": form,
            "laatste": laatste,
            "stand": stand,
            "botsing": botst,
            "anderen": medeschrijvers(traject, gebruiker(request)),
        },
        status=422 if form.is_bound else 200,
    )


def _schrijf(traject: Adviestraject, form: SchrijfForm, request: HttpRequest) -> Versie:
    g = form.cleaned_data
    return acties.schrijf_concept(
        traject=traject, basis=g["gezien"] or g["basis"], html=g["html"], notitie=g["notitie"], door=gebruiker(request)
    )


def _voeg_samen(traject: Adviestraject, form: SchrijfForm, request: HttpRequest) -> bool:
    """Zet de twee bewerkingen samen in de schrijfstand; kan dat niet vanzelf, dan werpt dit InvoerFout."""
    g = form.cleaned_data
    botst = botsing(traject, g["basis"], g["html"])
    if botst is None:
        raise InvoerFout("", "Er is geen nieuwere versie om mee samen te voegen.")
    if botst.samen is None or botst.samen.botsingen:
        raise InvoerFout("", "Samenvoegen kan niet vanzelf: u wijzigde allebei dezelfde alinea.")
    acties.bewaar_schrijfstand(
        traject=traject, basis=botst.ander.pk, html=botst.samen.html, rijversie=None, door=gebruiker(request)
    )
    return True


@voor_secretariaat
@require_http_methods(GET_POST)
def schrijfstand(request: HttpRequest, slug: str) -> HttpResponse:
    """Bewaar onderweg wat iemand schrijft (POST) of kijk alleen wie er nog meer schrijft (GET); geeft JSON.

    409 als er een ander venster of geen recht is. Elk antwoord zegt wie er nu ook schrijft en of er een nieuwere versie
    is: zo ziet een schrijver dat tijdens het werk, en niet pas bij het bewaren.
    """
    traject = laad_traject(request, slug)
    invoer = request.POST if request.method == "POST" else request.GET
    basis = geheel(invoer.get("basis", ""))
    gezien = geheel(invoer.get("gezien", "")) or basis
    nieuws = {"anderen": medeschrijvers(traject, gebruiker(request)), "nieuwer": nieuwere_versie(traject, gezien)}
    if request.method != "POST":
        return JsonResponse(nieuws)
    if basis is not None and not traject.versies.filter(pk=basis).exists():
        return JsonResponse({"fout": "Deze versie bestaat niet."} | nieuws, status=409)
    try:
        stand = acties.bewaar_schrijfstand(
            traject=traject,
            basis=basis,
            html=request.POST.get("html", ""),
            rijversie=geheel(request.POST.get("rijversie", "")),
            door=gebruiker(request),
        )
    except InvoerFout as fout:
        return JsonResponse({"fout": fout.tekst} | nieuws, status=409)
    except PortaalFout as fout:
        return JsonResponse({"fout": str(fout)} | nieuws, status=409)
    return JsonResponse({"rijversie": stand.rijversie, "bewaard": moment_nl(stand.bewaard_op)} | nieuws)


@voor_secretariaat
@require_POST
def schrijfstand_weg(request: HttpRequest, slug: str) -> HttpResponse:
    """Gooi de eigen onbewaarde tekst weg en begin weer bij de laatste versie."""
    traject = laad_traject(request, slug)
    acties.gooi_schrijfstand_weg(traject=traject, door=gebruiker(request))
    meld(request, "Uw tekst die nog geen versie was, is weg. U begint weer bij de laatste versie.")
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
