"""De opvolging van één advies: de matrix met antwoorden, en per aanbeveling de stand en het bewijs."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from adviezen.models import Aanbeveling, Advies
from kern.fouten import InvoerFout, PortaalFout
from kern.getal import geheel
from kern.tijd import moment_nl
from opvolging import actions
from opvolging.forms.aanbeveling import BewijsForm, MatrixForm, RedenForm, StandForm
from opvolging.models import Antwoord, Bewijs, Opvolgstand
from opvolging.queries import aanbeveling as queries
from opvolging.queries.dossier import dossier
from opvolging.queries.evaluatie import begindag, doorwerking_van, te_plannen
from stukken.actions import bewaar
from stukken.leveren import lever
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker

GET_POST = ("GET", "HEAD", "POST")
PER_BLADZIJDE = 50
LIJSTEN = {
    "te-beoordelen": ("Te beoordelen", queries.te_beoordelen),
    "te-herzien": ("Langer dan een jaar niet nagegaan", queries.te_herzien),
    "alle": ("Alle aanbevelingen", queries.met_opvolging),
}


@voor_secretariaat
@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """Wat er per aanbeveling te doen is: te beoordelen na een brief, te herzien na een jaar, of alles."""
    toon = request.GET.get("toon", "te-beoordelen")
    toon = toon if toon in LIJSTEN else "te-beoordelen"
    pagina = Paginator(LIJSTEN[toon][1](), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    return render(
        request,
        "opvolging/aanbevelingen.html",
        {
            "toon": toon,
            "tabs": [(naam, kop) for naam, (kop, _) in LIJSTEN.items()],
            "pagina": pagina,
            "regels": queries.opvolging_van(list(pagina.object_list)),
        },
    )


def laad_advies(kenmerk: str) -> Advies:
    """Geef een advies dat is uitgebracht of uit het archief komt; anders 404."""
    advies = get_object_or_404(Advies.objects.select_related("traject__secretaris"), kenmerk=kenmerk)
    if advies.traject_id is not None and advies.uitgebracht_op is None:
        raise Http404
    return advies


@voor_secretariaat
@require_safe
def advies(request: HttpRequest, kenmerk: str) -> HttpResponse:
    """Alles over de opvolging van één advies: klok, brieven, antwoorden, standen, bewijs."""
    rij = laad_advies(kenmerk)
    alles = dossier(rij, gebruiker(request))
    return render(
        request,
        "opvolging/advies.html",
        {
            "d": alles,
            "w": doorwerking_van(rij, gebruiker(request)),
            "te_plannen": rij.traject_id is None and te_plannen(rij),
            "zonder_dag": begindag(rij) is None,
            "ligt_klaar": any(brief.is_concept for brief in alles.brieven),
        },
    )


@voor_secretariaat
@require_http_methods(GET_POST)
def antwoorden(request: HttpRequest, kenmerk: str) -> HttpResponse:
    """Vul de matrix in: per aanbeveling wat de brief zegt."""
    rij = laad_advies(kenmerk)
    regels: list[Any] = []
    for aanbeveling in rij.aanbevelingen.prefetch_related("aan"):
        wie = list(aanbeveling.aan.all())
        regels += [(aanbeveling, g) for g in wie] if len(wie) > 1 else [(aanbeveling, None)]
    form = MatrixForm(request.POST or None, advies=rij, regels=regels, stond=queries.geldende_antwoorden(rij))
    if request.method == "POST" and form.is_valid():
        try:
            nieuw = actions.leg_antwoorden_vast(
                advies=rij,
                reactie=form.cleaned_data["reactie"],
                regels=form.ingevuld(),
                door=gebruiker(request),
            )
        except InvoerFout as fout:
            form.wijs_aan(fout.veld, fout.tekst)
        except PortaalFout as fout:
            form.add_error(None, str(fout))
        else:
            aantal = len(nieuw)
            wat = "1 antwoord is" if aantal == 1 else f"{aantal} antwoorden zijn"
            if aantal:
                wanneer = moment_nl(nieuw[0].openbaar_vanaf)
                samen = ", samen met de brief" if form.cleaned_data["reactie"].wacht else ""
                messages.success(request, f"{wat} vastgelegd; openbaar op {wanneer}{samen}.")
            else:
                messages.info(request, "Er veranderde niets.")
            return redirect("opvolging:advies", kenmerk=kenmerk)
    return render(
        request, "opvolging/antwoorden.html", {"advies": rij, "form": form}, status=422 if form.is_bound else 200
    )


def _laad(pk: int) -> Aanbeveling:
    rij = get_object_or_404(Aanbeveling.objects.select_related("advies"), pk=pk)
    laad_advies(rij.advies.kenmerk)
    return rij


@voor_secretariaat
@require_http_methods(GET_POST)
def aanbeveling(request: HttpRequest, pk: int) -> HttpResponse:
    """Eén aanbeveling: haar geschiedenis, en een nieuwe stand of nieuw bewijs."""
    rij = _laad(pk)
    stand = queries.laatste_stand(rij)
    zet = request.method == "POST" and "zet_stand" in request.POST
    bewijst = request.method == "POST" and "voeg_bewijs_toe" in request.POST
    standform = StandForm(
        request.POST if zet else None,
        initial={"stand": stand.stand if stand else "open", "gezien": stand.pk if stand else None},
    )
    bewijsform = BewijsForm(
        request.POST if bewijst else None,
        request.FILES if bewijst else None,
        advies=rij.advies,
        initial={"aanbevelingen": [rij.pk]},
    )
    if zet and standform.is_valid():
        if probeer(
            standform,
            lambda: actions.zet_stand(aanbeveling=rij, door=gebruiker(request), **standform.cleaned_data),
        ):
            messages.success(request, "De stand is vastgelegd; over tien minuten openbaar.")
            return redirect("opvolging:aanbeveling", pk=pk)
    elif bewijst and bewijsform.is_valid() and probeer(bewijsform, lambda: _voeg_toe(request, bewijsform)):
        messages.success(request, "Het bewijs is toegevoegd; over tien minuten openbaar.")
        return redirect("opvolging:aanbeveling", pk=pk)
    fout = standform.is_bound or bewijsform.is_bound
    return render(
        request,
        "opvolging/aanbeveling.html",
        {
            "o": queries.opvolging_van([rij])[0],
            "advies": rij.advies,
            "standform": standform,
            "bewijsform": bewijsform,
            "antwoorden": Antwoord.objects.zichtbaar_voor(gebruiker(request))
            .filter(aanbeveling=rij)
            .select_related("reactie", "geadresseerde")
            .order_by("-pk"),
            "standen": Opvolgstand.objects.zichtbaar_voor(gebruiker(request)).filter(aanbeveling=rij).order_by("-pk"),
            "bewijzen": Bewijs.objects.zichtbaar_voor(gebruiker(request))
            .filter(aanbevelingen=rij)
            .select_related("bestand", "vervangen_door")
            .order_by("-pk"),
        },
        status=422 if fout else 200,
    )


def _voeg_toe(request: HttpRequest, form: BewijsForm) -> Bewijs:
    gegevens = dict(form.cleaned_data)
    upload = gegevens.pop("bestand")
    gegevens["aanbevelingen"] = list(gegevens["aanbevelingen"])
    bestand = bewaar(upload=upload, door=gebruiker(request), veld="bestand") if upload else None
    return actions.voeg_bewijs_toe(door=gebruiker(request), bestand=bestand, **gegevens)


def versie_van(request: HttpRequest) -> int:
    """Geef welke stand van de rij de gebruiker zag; wie dat niet zegt, zag er geen, en dan gaat er niets door."""
    gezien = geheel(request.POST.get("versie", ""))
    return -1 if gezien is None else gezien


def probeer(form: Any, daad: Any) -> bool:
    """Doe een handeling; een weigering komt bij haar veld te staan."""
    try:
        daad()
    except InvoerFout as fout:
        form.add_error(fout.veld if fout.veld in form.fields else None, fout.tekst)
        return False
    except PortaalFout as fout:
        form.add_error(None, str(fout))
        return False
    return True


@voor_secretariaat
@require_http_methods(GET_POST)
def trek_bewijs_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Trek een bewijs in, met reden."""
    bewijs = get_object_or_404(Bewijs.objects.zichtbaar_voor(gebruiker(request)), pk=pk)
    eerste = bewijs.aanbevelingen.order_by("pk").first()
    if eerste is None:
        raise Http404
    form = RedenForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and probeer(form, lambda: actions.trek_bewijs_in(bewijs=bewijs, door=gebruiker(request), **form.cleaned_data))
    ):
        messages.success(request, "Het bewijs is ingetrokken. Het blijft in de geschiedenis staan.")
        return redirect("opvolging:aanbeveling", pk=eerste.pk)
    return render(
        request,
        "opvolging/reden.html",
        {
            "form": form,
            "kop": "Trek een bewijs in",
            "over": bewijs.titel,
            "gevolg": "Het bewijs telt niet meer mee en verdwijnt van de openbare bladzijde. In de geschiedenis van de "
            "aanbeveling blijft staan dat het er was.",
            "knop": "Trek het bewijs in",
            "terug": ("opvolging:aanbeveling", eerste.pk),
        },
        status=422 if form.is_bound else 200,
    )


@voor_secretariaat
@require_safe
def bewijsbestand(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Geef het bestand bij een bewijs."""
    bewijs = get_object_or_404(Bewijs.objects.zichtbaar_voor(gebruiker(request)), pk=pk)
    if bewijs.bestand is None:
        raise Http404
    return lever(bewijs.bestand)
