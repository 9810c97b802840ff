"""Stap 5 in de browser: de verwerkingstabel, het besluit van de commissie, en de uitvoeringstoets."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from adviezen import permissions
from adviezen.actions import verwerking as acties
from adviezen.enums import Stap
from adviezen.forms.verwerking import BesluitForm, FilterForm, ToetsForm, VoorstelForm
from adviezen.models import Adviestraject, ReactieItem, Verwerking
from adviezen.policies.verwerking import punten_tekorten, toets_tekorten
from adviezen.queries import verwerking as queries
from adviezen.queries.inbreng import hang_namens, inbreng, zonder_reactie
from adviezen.tabelbestand import als_csv, als_xlsx
from adviezen.views.aanvraag import GET_POST, _versie
from adviezen.views.gedeeld import laad_traject, meld, noteer_inzage, probeer
from kern.getal import geheel as geheel_getal
from toegang.routes import ingelogd, voor_secretariaat
from toegang.verzoek import gebruiker


def _geheel(traject: Adviestraject, request: HttpRequest) -> dict[str, Any]:
    """Wat elk scherm met punten erbij zet: wat organisaties over het geheel zeiden, en wie niets zei."""
    wie = gebruiker(request)
    rijen = inbreng(traject, wie)
    return {
        "inbreng": rijen,
        "zonder_reactie": zonder_reactie(traject, wie),
        "los": sum(rij.los for rij in rijen),
    }


def _mag(traject: Adviestraject, request: HttpRequest) -> bool:
    return traject.stap == Stap.VERWERKING and permissions.mag_als_commissiesecretaris(traject, gebruiker(request))


@voor_secretariaat
@require_http_methods(GET_POST)
def tabel(request: HttpRequest, slug: str) -> HttpResponse:
    """De tabel; met POST legt de secretaris vast waarover de commissie besloot."""
    traject = laad_traject(request, slug)
    noteer_inzage(request, traject)
    geheel = queries.met_antwoorden(queries.tabel(traject, gebruiker(request)), traject, gebruiker(request))
    filters = FilterForm(request.GET, groepen=geheel)
    filter_ = filters.filter()
    vraag = request.GET
    bij = None if "pagina" in vraag else geheel_getal(vraag.get("punt", ""))
    groepen, blad = queries.bladzijde(queries.gefilterd(geheel, filter_), vraag.get("pagina"), bij)
    alle = [p for g in geheel for p in g.punten]
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
            wat = f"Vastgelegd: de commissie besloot over {aantal} {'punt' if aantal == 1 else 'punten'}."
            meld(request, wat if aantal else "Dit besluit stond er al.")
            return redirect("adviezen:verwerking", slug=slug)
    return render(
        request,
        "adviezen/verwerking/tabel.html",
        _geheel(traject, request)
        | {
            "traject": traject,
            "groepen": groepen,
            "blad": blad,
            "geheel": geheel,
            "filters": filters,
            "gefilterd": filter_.aan,
            "stand": queries.stand(geheel),
            "form": form,
            "versie": traject.rijversie,
            "mag": _mag(traject, request),
            "volgende": queries.volgende_open(geheel),
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
        zichtbaar.select_related(
            "reactie__deelname__organisatie", "reactie__deelname__beraad__traject", "reactie__deelname__beraad__versie"
        ),
        pk=item,
    )
    noteer_inzage(request, traject)
    hang_namens([punt.reactie], gebruiker(request))
    bestaand = Verwerking.objects.filter(item=punt).select_related("vastgesteld_in").first()
    laatste = traject.versies.last()
    wit = punt.reactie.deelname.beraad.versie
    form = VoorstelForm(request.POST or None, verwerking=bestaand, wit=wit, versie=laatste, blok=punt.blok)
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
        {
            "traject": traject,
            "punt": punt,
            "bestaand": bestaand,
            "form": form,
            "mag": _mag(traject, request),
            "nu": queries.bij_punt(punt, laatste),
            "plaats": queries.plaats(queries.tabel(traject, gebruiker(request)), punt.pk),
        },
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
    noteer_inzage(request, traject)
    groepen = queries.tabel(traject, gebruiker(request))
    hier, blad = queries.bladzijde(groepen, request.GET.get("pagina"))
    return render(
        request,
        "adviezen/verwerking/lezen.html",
        _geheel(traject, request)
        | {
            "traject": traject,
            "groepen": queries.met_antwoorden(hier, traject, gebruiker(request)),
            "blad": blad,
            "stand": queries.stand(groepen),
        },
    )


@ingelogd
@require_safe
def verschillen(request: HttpRequest, slug: str) -> HttpResponse:
    """Per passage wie wat wil, naast elkaar: voor wie bruggen bouwt."""
    traject = laad_traject(request, slug)
    if not queries.mag_tabel_lezen(traject, gebruiker(request)):
        raise Http404
    noteer_inzage(request, traject)
    alles = request.GET.get("alles") == "1"
    geheel = queries.tabel(traject, gebruiker(request))
    kolommen, rijen = queries.verschillen(geheel, alles=alles)
    return render(
        request,
        "adviezen/verwerking/verschillen.html",
        _geheel(traject, request)
        | {
            "traject": traject,
            "kolommen": kolommen,
            "rijen": rijen,
            "alles": alles,
            "passages": len(geheel),
            "oordelen": queries.oordelen(traject, gebruiker(request)),
        },
    )


BESTANDEN: dict[str, tuple[str, Callable[[list[list[Any]]], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", lambda rijen: als_csv(queries.KOPPEN, rijen)),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda rijen: als_xlsx(queries.KOPPEN, rijen, blad="Verwerkingstabel", breedtes=queries.BREEDTES),
    ),
}


@voor_secretariaat
@require_safe
def bestand(request: HttpRequest, slug: str, soort: str) -> HttpResponse:
    """De hele tabel als rekenblad. Dat zij meegenomen is, staat in het inzagelogboek."""
    traject = laad_traject(request, slug)
    if soort not in BESTANDEN:
        raise Http404
    mediatype, maak = BESTANDEN[soort]
    wie = gebruiker(request)
    inhoud = b""
    if request.method == "GET":
        inhoud = maak(queries.rijen(queries.tabel(traject, wie), inbreng(traject, wie)))
    antwoord = HttpResponse(inhoud, content_type=mediatype)
    antwoord["Content-Disposition"] = f'attachment; filename="verwerkingstabel-{traject.slug}.{soort}"'
    antwoord["Cache-Control"] = "private, no-store"
    noteer_inzage(request, traject)
    return antwoord
