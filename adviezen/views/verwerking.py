"""Stap 5 in de browser: de verwerkingstabel, het besluit van de commissie, en de uitvoeringstoets."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from adviezen import permissions
from adviezen.actions import verwerking as acties
from adviezen.enums import Stap
from adviezen.forms.verwerking import BesluitForm, ToetsForm, VoorstelForm
from adviezen.models import Adviestraject, ReactieItem, Verwerking
from adviezen.policies.verwerking import punten_tekorten, toets_tekorten
from adviezen.queries import verwerking as queries
from adviezen.views.aanvraag import GET_POST, _versie
from adviezen.views.gedeeld import laad_traject, meld, probeer
from toegang.routes import ingelogd, voor_secretariaat
from toegang.verzoek import gebruiker


def _mag(traject: Adviestraject, request: HttpRequest) -> bool:
    return traject.stap == Stap.VERWERKING and permissions.mag_als_commissiesecretaris(traject, gebruiker(request))


@voor_secretariaat
@require_http_methods(GET_POST)
def tabel(request: HttpRequest, slug: str) -> HttpResponse:
    """De tabel; met POST legt de secretaris vast waarover de commissie besloot."""
    traject = laad_traject(request, slug)
    groepen = queries.tabel(traject, gebruiker(request))
    alle = [p for g in groepen for p in g.punten]
    form = BesluitForm(request.POST if request.method == "POST" else None, traject=traject, punten=alle)
    if request.method == "POST" and form.is_valid():
        aantal = probeer(
            request,
            form,
            lambda: acties.besluit_over_verwerking(
                traject=traject, versie=_versie(request), door=gebruiker(request), **form.cleaned_data
            ),
        )
        if aantal is not None:
            meld(request, f"Vastgelegd: de commissie besloot over {aantal} {'punt' if aantal == 1 else 'punten'}.")
            return redirect("adviezen:verwerking", slug=slug)
    return render(
        request,
        "adviezen/verwerking/tabel.html",
        {
            "traject": traject,
            "groepen": groepen,
            "stand": queries.stand(groepen),
            "form": form,
            "versie": traject.rijversie,
            "mag": _mag(traject, request),
            "volgende": queries.volgende_open(groepen),
            "tekorten": punten_tekorten(traject) + toets_tekorten(traject) if traject.stap == Stap.VERWERKING else [],
        },
        status=422 if form.is_bound else 200,
    )


@voor_secretariaat
@require_http_methods(GET_POST)
def voorstel(request: HttpRequest, slug: str, item: int) -> HttpResponse:
    """Stel voor wat er met één punt gebeurt, en ga door naar het volgende."""
    traject = laad_traject(request, slug)
    zichtbaar = ReactieItem.objects.zichtbaar_voor(request.user).filter(reactie__deelname__beraad__traject=traject)
    punt: ReactieItem = get_object_or_404(
        zichtbaar.select_related("reactie__deelname__organisatie", "reactie__deelname__beraad__traject"), pk=item
    )
    bestaand = Verwerking.objects.filter(item=punt).select_related("vastgesteld_in").first()
    laatste = traject.versies.last()
    form = VoorstelForm(request.POST or None, verwerking=bestaand, versie=laatste)
    if request.method == "POST" and form.is_valid():

        def stel_voor() -> Verwerking:
            gegevens = dict(form.cleaned_data)
            # Nog geen voorstel gezien is stand 0: deed een collega er intussen een, dan overschrijven we dat niet.
            gegevens["rijversie"] = gegevens["rijversie"] or 0
            gegevens["antwoord_versie"] = laatste if gegevens["antwoord_blok"] else None
            return acties.stel_verwerking_voor(item=punt, door=gebruiker(request), **gegevens)

        if probeer(request, form, stel_voor) is not None:
            volgende = queries.volgende_open(queries.tabel(traject, gebruiker(request)), punt.pk)
            meld(request, "Het voorstel staat in de tabel." + ("" if volgende else " Elk punt heeft nu een voorstel."))
            if volgende and "volgende" in request.POST:
                return redirect("adviezen:voorstel", slug=slug, item=volgende)
            return redirect("adviezen:verwerking", slug=slug)
    return render(
        request,
        "adviezen/verwerking/voorstel.html",
        {"traject": traject, "punt": punt, "bestaand": bestaand, "form": form, "mag": _mag(traject, request)},
        status=422 if form.is_bound else 200,
    )


@voor_secretariaat
@require_http_methods(GET_POST)
def toets(request: HttpRequest, slug: str) -> HttpResponse:
    """Leg vast wat de commissie zag bij uitvoerbaarheid, kosten en geraakte groepen."""
    traject = laad_traject(request, slug)
    huidig = getattr(traject, "uitvoeringstoets", None)
    begin = {n: getattr(huidig, n) for n in ToetsForm.base_fields} if huidig is not None else {}
    form = ToetsForm(request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: acties.leg_toets_vast(
                traject=traject, versie=_versie(request), door=gebruiker(request), **form.cleaned_data
            ),
        )
        if klaar is not None:
            meld(request, "De uitvoeringstoets is vastgelegd.")
            return redirect("adviezen:traject", slug=slug)
    return render(
        request,
        "adviezen/verwerking/toets.html",
        {
            "traject": traject,
            "form": form,
            "versie": traject.rijversie,
            "mag": _mag(traject, request),
            "toets": huidig,
        },
        status=422 if form.is_bound else 200,
    )


@ingelogd
@require_safe
def tabel_lezen(request: HttpRequest, slug: str) -> HttpResponse:
    """De verwerkingstabel om te lezen, voor leden en plaatsvervangers van de commissie en kroonleden."""
    traject = laad_traject(request, slug)
    if not queries.mag_tabel_lezen(traject, gebruiker(request)):
        raise Http404
    groepen = queries.tabel(traject, gebruiker(request))
    return render(
        request,
        "adviezen/verwerking/lezen.html",
        {"traject": traject, "groepen": groepen, "stand": queries.stand(groepen)},
    )
