"""Stap 4 in de browser: een ronde voorbereiden, de stand van de reacties, verlengen en openstellen."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from adviezen import permissions
from adviezen.actions import beraad as acties
from adviezen.actions import organisatie as organisatie_acties
from adviezen.actions.herinner import herinner as herinner_actie
from adviezen.actions.tijd import verleng_voor
from adviezen.enums import Stap
from adviezen.forms.beraad import BeraadForm, HerinnerForm, OpenstelForm, VerlengForm
from adviezen.forms.reacties import KnelpuntantwoordForm
from adviezen.models import Achterbanberaad, Adviestraject, Deelname, Knelpunt
from adviezen.policies.beraad import (
    mag_start_beraad,
    na_adviestermijn,
    open_beraad,
    voorbereid_beraad,
    witte_versie,
)
from adviezen.queries import reacties as queries
from adviezen.queries.beraad import te_herstellen_tot, te_herstellen_van, tijdvraag, volgende_herinnering
from adviezen.views.aanvraag import GET_POST, _versie
from adviezen.views.gedeeld import laad_traject, meld, noteer_inzage, probeer
from kern.getal import geheel
from kern.tijd import datum_nl
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker


@voor_secretariaat
@require_http_methods(GET_POST)
def beraad(request: HttpRequest, slug: str) -> HttpResponse:
    """Bereid een ronde voor; er gaat nog niets uit."""
    traject = laad_traject(request, slug)
    klaar_te_zetten = traject.stap in (Stap.CONCEPT, Stap.VERWERKING)
    ronde = voorbereid_beraad(traject)
    form = BeraadForm(request.POST or None, traject=traject, beraad=ronde)
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: acties.bereid_voor(
                traject=traject, versie=_versie(request), door=gebruiker(request), **form.voor_actie()
            ),
        )
        if klaar is not None:
            meld(request, "De voorbereiding is vastgelegd. Er is nog niets verstuurd.")
            return redirect("adviezen:beraad", slug=traject.slug)
    return render(
        request,
        "adviezen/beraad/voorbereiden.html",
        {
            "traject": traject,
            "form": form,
            "versie": traject.rijversie,
            "klaar_te_zetten": klaar_te_zetten,
            "ronde": ronde,
            "open": open_beraad(traject),
            "laat": na_adviestermijn(ronde) if ronde is not None else None,
            "wit": witte_versie(traject) if klaar_te_zetten else None,
            "tekorten": mag_start_beraad(traject) if klaar_te_zetten else [],
            "start": "start_achterbanberaad" if traject.stap == Stap.CONCEPT else "open_nieuw_achterbanberaad",
        },
        status=422 if form.is_bound else 200,
    )


@voor_secretariaat
@require_safe
def reacties(request: HttpRequest, slug: str) -> HttpResponse:
    """De stand per organisatie en per ronde, de reacties die er zijn, en de knelpunten."""
    return _toon_reacties(request, laad_traject(request, slug))


def _toon_reacties(request: HttpRequest, traject: Adviestraject, **anders: Any) -> HttpResponse:
    noteer_inzage(request, traject)
    context = queries.overzicht(traject, gebruiker(request)) | {"antwoord": KnelpuntantwoordForm(prefix="antwoord")}
    return render(request, "adviezen/beraad/reacties.html", context | anders, status=422 if anders else 200)


@voor_secretariaat
@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Alle open achterbanberaden naast elkaar: organisaties maal trajecten."""
    van = request.GET.get("van", "alle")
    van = van if van in ("mij", "waarneming", "alle") else "alle"
    alle = queries.ronden(gebruiker(request), van)
    return render(
        request,
        "adviezen/beraad/matrix.html",
        {
            "matrix": queries.matrix(alle),
            "van": van,
            "tabs": [("alle", "Alle"), ("mij", "Van mij"), ("waarneming", "Waarneming")],
            "aantal": len(alle),
            "later": alle[queries.MEESTE_KOLOMMEN :],
        },
    )


@voor_secretariaat
@require_http_methods(GET_POST)
def herinner(request: HttpRequest, slug: str) -> HttpResponse:
    """Herinner organisaties die nog niet reageerden; het bericht wacht tien minuten."""
    traject = laad_traject(request, slug)
    ronde = open_beraad(traject)
    form = HerinnerForm(request.POST if request.method == "POST" else None, beraad=ronde)
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: herinner_actie(
                traject=traject, versie=_versie(request), door=gebruiker(request), **form.cleaned_data
            ),
        )
        if klaar is not None:
            namen = ", ".join(str(d.organisatie) for d in klaar)
            meld(request, f"Herinnerd: {namen}. Het bericht gaat over tien minuten weg.")
            return redirect("adviezen:reacties", slug=traject.slug)
    return render(
        request,
        "adviezen/beraad/herinner.html",
        {
            "traject": traject,
            "form": form,
            "versie": traject.rijversie,
            "open": ronde,
            "vanzelf": volgende_herinnering(ronde) if ronde else None,
        },
        status=422 if form.is_bound else 200,
    )


@voor_secretariaat
@require_http_methods(GET_POST)
def verleng(request: HttpRequest, slug: str) -> HttpResponse:
    """Geef de organisaties meer tijd, allemaal of één; `?vraag=` is de vraag van een organisatie hierom."""
    traject = laad_traject(request, slug)
    ronde = open_beraad(traject)
    eerder = te_herstellen_tot(ronde) if ronde is not None else None
    vraag = tijdvraag(ronde, geheel(request.GET.get("vraag", "")))
    begin = {"voor": vraag.deelname_id, "uiterlijk_op": vraag.vraagt_tot} if vraag is not None else {}
    form = VerlengForm(request.POST or None, beraad=ronde, initial=begin)
    if request.method == "POST" and form.is_valid():
        g = dict(form.cleaned_data)
        een = g.pop("voor")
        kw: dict[str, Any] = {"traject": traject, "versie": _versie(request), "door": gebruiker(request), **g}
        herstel = te_herstellen_van(een) if een is not None else eerder

        def doe() -> Achterbanberaad | Deelname:
            return acties.verleng_ronde(**kw) if een is None else verleng_voor(deelname=een, **kw)

        if probeer(request, form, doe) is not None:
            dag = datum_nl(g["uiterlijk_op"])
            wie = "Wie nog niet reageerde of erom vroeg, krijgt" if een is None else f"{een.organisatie} krijgt"
            tot = f"Reageren kan nu tot en met {dag}." if een is None else f"{een} kan reageren tot en met {dag}."
            terug = g["uiterlijk_op"] == herstel
            meld(request, f"{tot} {'Er gaat geen bericht uit.' if terug else f'{wie} na tien minuten bericht.'}")
            return redirect("adviezen:reacties", slug=traject.slug)
    return render(
        request,
        "adviezen/beraad/verleng.html",
        {
            "traject": traject,
            "form": form,
            "versie": traject.rijversie,
            "open": ronde,
            "eerder": eerder,
            "vraag": vraag,
            "eigen": list(ronde.deelnames.met_eigen_dag()) if ronde is not None else [],
        },
        status=422 if form.is_bound else 200,
    )


@voor_secretariaat
@require_http_methods(GET_POST)
def openstellen(request: HttpRequest, slug: str, ronde: int) -> HttpResponse:
    """Leg vast dat de commissie de reacties ook aan adviserende leden, waarnemers en ministerie laat lezen."""
    traject = laad_traject(request, slug)
    gekozen = get_object_or_404(traject.beraden, ronde=ronde, geopend_op__isnull=False)
    form = OpenstelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: acties.stel_reacties_open(
                traject=traject, versie=_versie(request), beraad=gekozen, door=gebruiker(request), **form.cleaned_data
            ),
        )
        if klaar is not None:
            meld(request, "De reacties van deze ronde staan open voor de hele commissie.")
            return redirect("adviezen:reacties", slug=traject.slug)
    return render(
        request,
        "adviezen/beraad/openstellen.html",
        {"traject": traject, "form": form, "versie": traject.rijversie, "ronde": gekozen},
        status=422 if form.is_bound else 200,
    )


@voor_secretariaat
@require_POST
def knelpunt_gezien(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Leg vast dat de secretaris het knelpunt zag."""
    traject = laad_traject(request, slug)
    knelpunt = get_object_or_404(Knelpunt, pk=pk, deelname__beraad__traject=traject)
    if not permissions.mag_als_commissiesecretaris(traject, gebruiker(request)):
        raise Http404
    organisatie_acties.markeer_knelpunt_gezien(knelpunt=knelpunt, door=gebruiker(request))
    meld(request, "Vastgelegd: u heeft het knelpunt gezien.")
    return redirect("adviezen:reacties", slug=traject.slug)


@voor_secretariaat
@require_POST
def knelpunt_antwoord(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Antwoord de organisatie bij haar knelpunt; zij krijgt meteen bericht."""
    traject = laad_traject(request, slug)
    knelpunt = get_object_or_404(Knelpunt, pk=pk, deelname__beraad__traject=traject)
    if not permissions.mag_als_commissiesecretaris(traject, gebruiker(request)):
        raise Http404
    form = KnelpuntantwoordForm(request.POST, prefix="antwoord")
    if form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: organisatie_acties.beantwoord_knelpunt(
                knelpunt=knelpunt, door=gebruiker(request), **form.cleaned_data
            ),
        )
        if klaar is not None:
            meld(request, f"{knelpunt.deelname.organisatie} krijgt nu bericht van uw antwoord.")
            return redirect("adviezen:reacties", slug=traject.slug)
    return _toon_reacties(request, traject, antwoord=form, antwoord_bij=knelpunt.pk)
