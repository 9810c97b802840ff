"""/werk/opvolging/: welke reacties worden afgewacht, welke kwamen, en een nieuwe vastleggen."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kern.fouten import InvoerFout, PortaalFout
from opvolging import actions, queries
from opvolging.forms.aanbeveling import RedenForm
from opvolging.forms.reactie import ReactieForm
from opvolging.models import Kabinetsreactie
from stukken.actions import bewaar
from stukken.leveren import lever
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker

PER_BLADZIJDE = 50


@voor_secretariaat
@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """De lopende klokken, het langst verstreken bovenaan; met ?toon=ontvangen de reacties die kwamen."""
    toon = "ontvangen" if request.GET.get("toon") == "ontvangen" else "afgewacht"
    rijen: Any = queries.klokken()
    if toon == "ontvangen":
        rijen = Kabinetsreactie.objects.zichtbaar_voor(gebruiker(request)).prefetch_related("adviezen", "deels")
    pagina = Paginator(rijen, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    regels: Any = (queries.ontvangen if toon == "ontvangen" else queries.afgewacht)(list(pagina.object_list))
    return render(request, "opvolging/lijst.html", {"toon": toon, "pagina": pagina, "regels": regels})


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: HttpRequest) -> HttpResponse:
    """Leg een kabinetsreactie vast; ?advies=<pk> zet dat advies vast aan."""
    form = ReactieForm(request.POST or None, request.FILES or None, advies=request.GET.get("advies", ""))
    if request.method == "POST" and form.is_valid():
        try:
            reactie = _leg_vast(request, form)
        except InvoerFout as fout:
            form.add_error(fout.veld if fout.veld in form.fields else None, fout.tekst)
        except PortaalFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(
                request,
                "De kabinetsreactie is vastgelegd. Over tien minuten is zij openbaar, samen met de antwoorden die u "
                "tot dan invult.",
            )
            return redirect("opvolging:reactie", pk=reactie.pk)
    return render(request, "opvolging/nieuw.html", {"form": form}, status=422 if form.is_bound else 200)


def _leg_vast(request: HttpRequest, form: ReactieForm) -> Kabinetsreactie:
    gegevens = dict(form.cleaned_data)
    gegevens["adviezen"], gegevens["deels"] = list(gegevens["adviezen"]), list(gegevens["deels"])
    upload = gegevens.pop("bestand")
    bestand = bewaar(upload=upload, door=gebruiker(request), veld="bestand") if upload else None
    return actions.leg_reactie_vast(door=gebruiker(request), bestand=bestand, **gegevens)


@voor_secretariaat
@require_safe
def reactie(request: HttpRequest, pk: int) -> HttpResponse:
    """Eén reactie, met per advies of zij op tijd was."""
    rij = get_object_or_404(
        Kabinetsreactie.objects.zichtbaar_voor(gebruiker(request)).prefetch_related("adviezen", "deels"), pk=pk
    )
    return render(request, "opvolging/reactie.html", {"reactie": rij, "regel": queries.ontvangen([rij])[0]})


@voor_secretariaat
@require_safe
def bestand(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Geef de brief."""
    rij = get_object_or_404(Kabinetsreactie.objects.zichtbaar_voor(gebruiker(request)), pk=pk)
    if rij.bestand is None:
        raise Http404
    return lever(rij.bestand)


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def trek_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Leg vast dat een reactie is ingetrokken, met reden."""
    rij = get_object_or_404(Kabinetsreactie.objects.zichtbaar_voor(gebruiker(request)), pk=pk)
    form = RedenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.trek_reactie_in(reactie=rij, door=gebruiker(request), **form.cleaned_data)
        except InvoerFout as fout:
            form.add_error(fout.veld if fout.veld in form.fields else None, fout.tekst)
        except PortaalFout as fout:
            form.add_error(None, str(fout))
        else:
            daad = "herroepen" if rij.wacht else "ingetrokken"
            messages.success(request, f"De reactie is {daad}. De klok loopt weer als geen andere brief antwoordt.")
            return redirect("opvolging:reactie", pk=pk)
    return render(
        request,
        "opvolging/reden.html",
        {
            "form": form,
            "kop": "Herroep een reactie" if rij.wacht else "Trek een reactie in",
            "over": str(rij),
            "gevolg": (
                "De reactie was nog niet openbaar en wordt dat ook niet; uw reden blijft binnen het secretariaat."
                if rij.wacht
                else "De reactie blijft openbaar zichtbaar als ingetrokken, met uw reden."
            )
            + " De klok van drie maanden loopt weer, met dezelfde dag, tenzij een andere brief het advies beantwoordt. "
            "Antwoorden uit deze brief gelden dan niet meer.",
            "knop": "Herroep de reactie" if rij.wacht else "Trek de reactie in",
            "terug": ("opvolging:reactie", pk),
        },
        status=422 if form.is_bound else 200,
    )
