"""Wie er gehoord is, voor het secretariaat en voor wie meeleest; en het kroonledenoverleg van beide kanten."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from adviezen import permissions
from adviezen.actions import inspraak as acties
from adviezen.actions import kroonleden as kroonacties
from adviezen.enums import EINDSTANDEN, MET_COMMISSIE
from adviezen.forms.inspraak import InspraakForm, KroonledenopmerkingForm, OverbrengForm, RapportageForm, RedenForm
from adviezen.models import Adviestraject, Inspraak, Kroonledenopmerking
from adviezen.queries import inspraak as queries
from adviezen.views.aanvraag import GET_POST, _versie
from adviezen.views.gedeeld import laad_traject, meld, probeer
from toegang.routes import ingelogd, voor_secretariaat
from toegang.verzoek import gebruiker


def _mag(traject: Adviestraject, request: HttpRequest) -> bool:
    return traject.stap not in EINDSTANDEN and permissions.mag_bewerken(traject, gebruiker(request))


@voor_secretariaat
@require_safe
def lijst(request: HttpRequest, slug: str) -> HttpResponse:
    """Wie er gehoord is, en wat daarvan openbaar wordt."""
    traject = laad_traject(request, slug)
    return render(
        request,
        "adviezen/inspraak/lijst.html",
        {
            "traject": traject,
            "regels": queries.regels(traject, gebruiker(request)),
            "openbaar": queries.openbare_lijst(traject),
            "mag": _mag(traject, request),
        },
    )


def _laad(request: HttpRequest, traject: Adviestraject, pk: int) -> Inspraak:
    rij: Inspraak = get_object_or_404(Inspraak.objects.zichtbaar_voor(request.user).filter(traject=traject), pk=pk)
    return rij


@voor_secretariaat
@require_http_methods(GET_POST)
def wijzig(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """Leg vast wie er gehoord is, of wijzig dat."""
    traject = laad_traject(request, slug)
    rij = None if pk is None else _laad(request, traject, pk)
    form = InspraakForm(request.POST if request.method == "POST" else None, inspraak=rij)
    if request.method == "POST" and form.is_valid():
        versie = None if rij is None else _versie(request)
        klaar = probeer(
            request,
            form,
            lambda: acties.leg_inspraak_vast(
                traject=traject, inspraak=rij, rijversie=versie, door=gebruiker(request), **form.voor_actie()
            ),
        )
        if klaar is not None:
            meld(request, f"Vastgelegd: {klaar.get_vorm_display()} op {queries.wanneer(klaar)}.")
            return redirect("adviezen:inspraak", slug=slug)
    return render(
        request,
        "adviezen/inspraak/wijzig.html",
        {
            "traject": traject,
            "rij": rij,
            "form": form,
            "versie": rij.rijversie if rij else "",
            "mag": _mag(traject, request),
        },
        status=422 if form.is_bound else 200,
    )


@voor_secretariaat
@require_http_methods(GET_POST)
def weg(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Haal een verkeerd vastgelegde regel weg, met een reden."""
    traject = laad_traject(request, slug)
    rij = _laad(request, traject, pk)
    form = RedenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():

        def haal_weg() -> bool:
            acties.haal_inspraak_weg(inspraak=rij, door=gebruiker(request), **form.cleaned_data)
            return True

        if probeer(request, form, haal_weg):
            meld(request, "De regel is weg; de reden staat in het dossier.")
            return redirect("adviezen:inspraak", slug=slug)
    return render(
        request,
        "adviezen/inspraak/weg.html",
        {"traject": traject, "rij": rij, "form": form, "wanneer": queries.wanneer(rij)},
        status=422 if form.is_bound else 200,
    )


@ingelogd
@require_safe
def lezen(request: HttpRequest, slug: str) -> HttpResponse:
    """Wie er gehoord is en wat het opleverde, voor de commissie en de kroonleden."""
    traject = laad_traject(request, slug)
    regels = queries.regels(traject, gebruiker(request))
    if not regels:
        raise Http404
    return render(request, "adviezen/inspraak/lezen.html", {"traject": traject, "regels": regels})


# --- kroonleden: het secretariaat -------------------------------------------------------------------------------


@voor_secretariaat
@require_http_methods(GET_POST)
def kroonleden(request: HttpRequest, slug: str) -> HttpResponse:
    """Voortgangsrapportages schrijven, en zien wat de kroonleden ervan vinden."""
    traject = laad_traject(request, slug)
    context = queries.overleg(traject, gebruiker(request))
    laatste = context["laatste"]
    form = RapportageForm(
        request.POST if request.method == "POST" else None, initial={"na": laatste.nummer if laatste else 0}
    )
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: kroonacties.schrijf_rapportage(traject=traject, door=gebruiker(request), **form.cleaned_data),
        )
        if klaar is not None:
            meld(request, "De rapportage staat er. Kroonleden en plaatsvervangers krijgen na tien minuten bericht.")
            return redirect("adviezen:kroonleden", slug=slug)
    return render(
        request,
        "adviezen/kroonleden/werk.html",
        context
        | {
            "form": form,
            "mag": _mag(traject, request) and traject.stap in MET_COMMISSIE,
            "mag_over": permissions.mag_als_commissiesecretaris(traject, gebruiker(request)),
        },
        status=422 if form.is_bound else 200,
    )


@voor_secretariaat
@require_http_methods(GET_POST)
def breng_over(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Breng een opmerking uit het kroonledenoverleg over in de commissie."""
    traject = laad_traject(request, slug)
    rij: Kroonledenopmerking = get_object_or_404(
        Kroonledenopmerking.objects.zichtbaar_voor(request.user).filter(traject=traject), pk=pk
    )
    if not permissions.mag_als_commissiesecretaris(traject, gebruiker(request)):
        raise Http404
    form = OverbrengForm(request.POST if request.method == "POST" else None, traject=traject)
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: kroonacties.breng_over(opmerking=rij, door=gebruiker(request), **form.voor_actie()),
        )
        if klaar is not None:
            meld(request, "De opmerking is overgebracht in de commissie.")
            return redirect("adviezen:kroonleden", slug=slug)
    return render(
        request,
        "adviezen/kroonleden/breng_over.html",
        {"traject": traject, "rij": rij, "form": form},
        status=422 if form.is_bound else 200,
    )


# --- kroonleden: zijzelf ----------------------------------------------------------------------------------------


@ingelogd
@require_safe
def overzicht(request: HttpRequest) -> HttpResponse:
    """De lopende trajecten met hun laatste rapportage, voor kroonleden en plaatsvervangers."""
    if not queries.is_kroonlezer(gebruiker(request)):
        raise Http404
    return render(
        request,
        "adviezen/kroonleden/overzicht.html",
        {"trajecten": queries.trajecten_voor_kroonleden(gebruiker(request))},
    )


@ingelogd
@require_http_methods(GET_POST)
def overleg(request: HttpRequest, slug: str) -> HttpResponse:
    """Een traject in het kroonledenoverleg: de rapportage lezen, en er iets over zeggen."""
    traject = laad_traject(request, slug)
    if not queries.is_kroonlezer(gebruiker(request)):
        raise Http404
    form = KroonledenopmerkingForm(
        request.POST if request.method == "POST" else None, traject=traject, gebruiker=gebruiker(request)
    )
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: kroonacties.plaats_kroonledenopmerking(
                traject=traject, door=gebruiker(request), **form.cleaned_data
            ),
        )
        if klaar is not None:
            meld(request, "Uw opmerking staat in het kroonledenoverleg; de secretaris krijgt bericht.")
            return redirect("lezen:overleg", slug=slug)
    return render(
        request,
        "adviezen/kroonleden/overleg.html",
        queries.overleg(traject, gebruiker(request)) | {"form": form, "loopt": traject.stap not in EINDSTANDEN},
        status=422 if form.is_bound else 200,
    )
