"""De embargobalie: wat er binnenkort openbaar wordt, met persbericht, woordvoerder en wie het al leest."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from adviezen.actions import perslezers as lezeracties
from adviezen.actions.embargo import verzet_embargo
from adviezen.actions.pers import schrijf_persbericht
from adviezen.enums import Stap
from adviezen.forms.aanbieding import EmbargoForm
from adviezen.forms.pers import PersForm, PerslezerForm
from adviezen.models import Aanbieding, Persbericht
from adviezen.permissions import mag_aanbieden, mag_klaarzetten
from adviezen.queries.embargo import balie, loopt_embargo
from adviezen.queries.pers import met_stand, van_traject
from adviezen.queries.uitnodiging import zonder_inlog
from adviezen.views.aanvraag import GET_POST, _versie
from adviezen.views.gedeeld import laad_traject, meld, probeer
from kern.tijd import moment_nl, nu
from toegang.opnieuw import opnieuw_bevestigd
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker


@voor_secretariaat
@require_safe
def embargo(request: HttpRequest) -> HttpResponse:
    """Elk advies dat klaarligt of onder embargo staat, met wat er voor de buitenwereld nog ontbreekt."""
    return render(request, "adviezen/embargo.html", {"regels": balie(gebruiker(request))})


@voor_secretariaat
@require_http_methods(GET_POST)
@opnieuw_bevestigd
def embargo_verzet(request: HttpRequest, slug: str) -> HttpResponse:
    """Verzet het embargo van een aangeboden advies, of hef het op; 404 voor wie niet aanbiedt, of zonder embargo."""
    traject = laad_traject(request, slug)
    if not loopt_embargo(traject) or not mag_aanbieden(traject, gebruiker(request)):
        raise Http404
    form = EmbargoForm(request.POST or None, initial={"tot": traject.aanbieding.embargo_tot})
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: verzet_embargo(
                traject=traject, versie=_versie(request), door=gebruiker(request), **form.cleaned_data
            ),
        )
        if klaar is not None and klaar.embargo_tot is not None:
            meld(request, f"Het advies wordt openbaar op {moment_nl(klaar.embargo_tot)}. Tot dan kunt u het verzetten.")
            return redirect("adviezen:aanbieding", slug=slug)
    return render(
        request,
        "adviezen/embargo_verzet.html",
        {"traject": traject, "aanbieding": traject.aanbieding, "form": form, "versie": traject.rijversie},
        status=422 if form.is_bound else 200,
    )


@voor_secretariaat
@require_http_methods(GET_POST)
def persbericht(request: HttpRequest, slug: str) -> HttpResponse:
    """Schrijf het persbericht en noem de woordvoerder; na het aanbieden alleen nog te lezen."""
    traject = laad_traject(request, slug)
    rij = Persbericht.objects.filter(traject=traject).first()
    open_ = traject.stap == Stap.AANBIEDING
    mag = open_ and mag_klaarzetten(Aanbieding(traject=traject), gebruiker(request))
    if rij is None and not mag:
        raise Http404
    form = PersForm(request.POST or None, rij=rij)
    if request.method == "POST" and mag and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: schrijf_persbericht(
                traject=traject, versie=_versie(request), door=gebruiker(request), **form.cleaned_data
            ),
        )
        if klaar is not None:
            meld(request, "Het persbericht is bewaard. Het wordt openbaar met het advies.")
            return redirect("adviezen:aanbieding", slug=slug)
    return render(
        request,
        "adviezen/persbericht.html",
        {"traject": traject, "rij": rij, "form": form, "mag": mag, "versie": traject.rijversie},
        status=422 if form.is_bound else 200,
    )


@voor_secretariaat
@require_http_methods(GET_POST)
def perslezers(request: HttpRequest, slug: str) -> HttpResponse:
    """Welke journalisten dit advies onder embargo lezen, en er een toelaten; na het embargo alleen nog te lezen."""
    traject = laad_traject(request, slug)
    rijen = met_stand(traject)
    aanbieding = Aanbieding.objects.filter(traject=traject).first() or Aanbieding(traject=traject)
    beheert = mag_klaarzetten(aanbieding, gebruiker(request))
    mag = beheert and (traject.stap == Stap.AANBIEDING or loopt_embargo(traject))
    if not rijen and not mag:
        raise Http404
    form = PerslezerForm(request.POST or None)
    if request.method == "POST" and mag and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: lezeracties.laat_perslezer_toe(traject=traject, door=gebruiker(request), **form.cleaned_data),
        )
        if klaar is not None:
            hoe = " met een link om een account te maken" if zonder_inlog(klaar.gebruiker) else ""
            meld(request, f"{klaar.gebruiker.naam} krijgt een e-mail{hoe}.")
            return redirect("adviezen:perslezers", slug=slug)
    lezen = {lezer.gebruiker_id for lezer, _ in rijen if lezer.gestopt_op is None}
    return render(
        request,
        "adviezen/perslezers.html",
        {
            "traject": traject,
            "rijen": [(lezer, stand, mag and lezer.gebruiker_id not in lezen) for lezer, stand in rijen],
            "form": form,
            "mag": mag,
            "beheert": beheert,
            "aanbieding": aanbieding,
            "onder_embargo": aanbieding.embargo_tot is not None and aanbieding.embargo_tot > nu(),
        },
        status=422 if form.is_bound else 200,
    )


@voor_secretariaat
@require_POST
def perslezer_stop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Neem de toelating van een journalist terug, meteen."""
    traject = laad_traject(request, slug)
    lezer = get_object_or_404(van_traject(traject), pk=pk)
    if not mag_klaarzetten(Aanbieding(traject=traject), gebruiker(request)):
        raise Http404
    reden = "".join(c for c in request.POST.get("reden", "") if c.isprintable())[:500]
    lezeracties.stop_perslezer(lezer=lezer, door=gebruiker(request), reden=reden)
    meld(request, f"{lezer.gebruiker.naam} leest dit advies niet meer onder embargo.")
    return redirect("adviezen:perslezers", slug=slug)
