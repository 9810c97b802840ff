"""De termijnen van het secretariaat: de lijst, één termijn, en de handelingen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kern.fouten import InvoerFout, PortaalFout
from kern.tijd import vandaag
from overgangen import beschikbaar
from termijnen import actions, forms, queries, soorten
from termijnen.enums import LOPEND, Status
from termijnen.models import Termijn, TermijnQuerySet
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker

PER_BLADZIJDE = 50


@dataclass(frozen=True)
class Handeling:
    """Hoe het scherm een overgang uitvoert."""

    overgang: str
    voer_uit: Callable[..., Termijn]
    formulier: type[forms.HandelingForm]
    gedaan: str


HANDELINGEN: dict[str, Handeling] = {
    "voldaan": Handeling("voldoe", actions.voldoe, forms.VoldoeForm, "De termijn is voldaan."),
    "verleng": Handeling("verleng", actions.verleng, forms.VerlengForm, "De termijn is verlengd."),
    "herroep-verlenging": Handeling(
        "herroep_verlenging", actions.herroep_verlenging, forms.HandelingForm, "De verlenging is herroepen."
    ),
    "zet-stil": Handeling("pauzeer", actions.pauzeer, forms.HandelingForm, "De termijn staat stil."),
    "hervat": Handeling("hervat", actions.hervat, forms.HandelingForm, "De termijn loopt weer."),
    "laat-vervallen": Handeling(
        "laat_vervallen", actions.laat_vervallen, forms.HandelingForm, "De termijn is vervallen."
    ),
    "heropen": Handeling("heropen", actions.heropen, forms.HandelingForm, "De termijn is heropend."),
}
ADRES_VAN = {handeling.overgang: adres for adres, handeling in HANDELINGEN.items()}


@voor_secretariaat
@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """Toon mijn of alle termijnen, verstreken eerst."""
    filter = forms.FilterForm(request.GET)
    keuze: dict[str, str] = filter.cleaned_data if filter.is_valid() else {}
    dag = vandaag()
    alles = Termijn.objects.zichtbaar_voor(request.user).select_related("eigenaar")  # type: ignore[arg-type]
    wie = keuze.get("wie") or "mijn"
    if wie != "alle":
        van = queries.waargenomen if wie == "waarneming" else queries.van_mij
        alles = alles.filter(van(request.user))  # type: ignore[arg-type]
    if keuze.get("soort"):
        alles = alles.filter(soort=keuze["soort"])
    telling = queries.telling(alles, dag)
    rijen = queries.urgentste_eerst(_met_stand(alles, keuze.get("stand", ""), dag), dag)
    bladzijde = Paginator(rijen, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    return render(
        request,
        "termijnen/lijst.html",
        {
            "filter": filter,
            # De tellingen leiden naar wat zij tellen: dezelfde keuze, met alleen een andere stand.
            "keuze": urlencode({"wie": wie, **({"soort": keuze["soort"]} if keuze.get("soort") else {})}),
            "bladzijde": bladzijde,
            "telling": telling,
            "vandaag": dag,
            "apart": queries.apart_gelegd().count(),
        },
    )


def _met_stand(termijnen: TermijnQuerySet, stand: str, dag: date) -> TermijnQuerySet:
    if stand == "alle":
        return termijnen
    if stand == "afgesloten":
        return termijnen.exclude(status__in=LOPEND)
    if stand == "verstreken":
        return termijnen.filter(status=Status.OPEN, vervalt_op__lt=dag)
    if stand == "deze_week":
        return termijnen.filter(queries.deze_week(dag))
    return termijnen.lopend()


@voor_secretariaat
@require_safe
def termijn(request: HttpRequest, pk: int) -> HttpResponse:
    """Toon één termijn: de klok, de som, wat er veranderde, wie er gewaarschuwd is."""
    rij = _zoek(request, pk)
    return render(
        request,
        "termijnen/termijn.html",
        {
            "termijn": rij,
            "adres": rij.adres,
            # Een verlenging is maar tien minuten te herroepen, en meestal is er geen: dan staat de knop er niet.
            "keuzen": [
                (ADRES_VAN[k.naam], k)
                for k in beschikbaar(rij, request.user)
                if not (k.naam == "herroep_verlenging" and k.tekorten)
            ],
            "wijzigingen": rij.wijzigingen.select_related("door"),
            "herinneringen": rij.herinneringen.select_related("ontvanger", "bericht", "overzichtregel__bericht"),
            "uitstellen": rij.uitstellen.select_related("gebruiker"),
            "komend": queries.komende_waarschuwingen(rij, vandaag()),
        },
    )


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def handeling(request: HttpRequest, pk: int, naam: str) -> HttpResponse:
    """Vraag de reden van een handeling en voer haar uit."""
    if naam not in HANDELINGEN:
        raise Http404
    gekozen, rij = HANDELINGEN[naam], _zoek(request, pk)
    keuze = next((k for k in beschikbaar(rij, request.user) if k.naam == gekozen.overgang), None)
    if request.method == "POST":
        formulier = gekozen.formulier(request.POST)
        if formulier.is_valid():
            try:
                gekozen.voer_uit(termijn=rij, door=request.user, **formulier.cleaned_data)
            except InvoerFout as fout:
                formulier.add_error(fout.veld if fout.veld in formulier.fields else None, fout.tekst)
            except PortaalFout as fout:
                formulier.add_error(None, str(fout))
            else:
                messages.success(request, gekozen.gedaan)
                return redirect("termijnen:termijn", pk=rij.pk)
    else:
        begin = {"versie": rij.rijversie, "op": vandaag()}
        formulier = gekozen.formulier(initial=begin)
    return render(
        request,
        "termijnen/handeling.html",
        {
            "termijn": rij,
            "form": formulier,
            "keuze": keuze,
            "naam": naam,
            "openbaar": soorten.wat_openbaar(rij.soort) if naam == "verleng" else "",
        },
        status=200 if keuze is not None or request.method != "POST" else 409,
    )


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def uitstel(request: HttpRequest, pk: int) -> HttpResponse:
    """Waarschuw mij later over deze termijn, met reden."""
    rij = _zoek(request, pk)
    form = forms.UitstelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.stel_uit(termijn=rij, door=gebruiker(request), **form.cleaned_data)
        except InvoerFout as fout:
            form.add_error(fout.veld if fout.veld in form.fields else None, fout.tekst)
        else:
            messages.success(request, "U wordt op die dag weer gewaarschuwd. Anderen krijgen hun waarschuwing gewoon.")
            return redirect("termijnen:termijn", pk=pk)
    return render(
        request, "termijnen/uitstel.html", {"termijn": rij, "form": form}, status=422 if form.is_bound else 200
    )


def _zoek(request: HttpRequest, pk: int) -> Termijn:
    zichtbaar = Termijn.objects.zichtbaar_voor(request.user).select_related("eigenaar")  # type: ignore[arg-type]
    return get_object_or_404(zichtbaar, pk=pk)
