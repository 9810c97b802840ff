"""Nevenfuncties, vertegenwoordigers van ministeries, en de bekendmaking van benoemingen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kern.tijd import datum_nl, vandaag
from raad import actions, forms, queries
from raad.models import Benoeming, MinisterieVertegenwoordiger, Nevenfunctie, Persoon
from raad.views.daad import doe, naar_persoon, naar_raad
from toegang.routes import voor_secretariaat


@voor_secretariaat
@require_safe
def nevenfuncties(request: HttpRequest) -> HttpResponse:
    """Alle nevenfuncties van wie nu zit; wie er nog geen opgaf staat apart."""
    dag = vandaag()
    periode = queries.periode_op(dag)
    per: dict[int, tuple[Persoon, list[Nevenfunctie]]] = {}
    for rij in queries.nevenfuncties_op(dag, periode):
        per.setdefault(rij.persoon_id, (rij.persoon, []))[1].append(rij)
    zittend: dict[int, Persoon] = {}
    for plek in queries.zetels_op(dag, periode):
        zittend |= {p.pk: p for p in (plek.lid, plek.plaatsvervanger) if p is not None}
    zonder = sorted((p for pk, p in zittend.items() if pk not in per), key=lambda p: p.sorteersleutel)
    return render(request, "raad/nevenfuncties.html", {"per": list(per.values()), "zonder": zonder, "periode": periode})


@voor_secretariaat
@require_http_methods(["GET", "POST"])
def nevenfunctie(request: HttpRequest, pk: int) -> HttpResponse:
    """Leg een nevenfunctie van iemand vast."""
    persoon = get_object_or_404(Persoon, pk=pk)
    return doe(
        request,
        forms.NevenfunctieForm(request.POST or None, initial={"van": vandaag()}),
        actions.registreer_nevenfunctie,
        titel=f"Leg een nevenfunctie van {persoon.naam} vast",
        knop="Leg de nevenfunctie vast",
        gelukt="De nevenfunctie is vastgelegd.",
        terug=reverse("raad:persoon", args=[pk]),
        kruimels=naar_persoon(persoon),
        gevolgen=["De functie staat daarna op de openbare lijst van nevenfuncties, zolang iemand een zetel heeft."],
        persoon=persoon,
    )


@voor_secretariaat
@require_http_methods(["GET", "POST"])
def beeindig_nevenfunctie(request: HttpRequest, pk: int) -> HttpResponse:
    """Beëindig een nevenfunctie."""
    rij = get_object_or_404(Nevenfunctie.objects.select_related("persoon"), pk=pk)
    return doe(
        request,
        forms.BeeindigForm(request.POST or None),
        actions.beeindig_nevenfunctie,
        titel=f"Beëindig de nevenfunctie {rij} van {rij.persoon.naam}",
        knop="Beëindig",
        gelukt="De nevenfunctie is beëindigd.",
        terug=reverse("raad:persoon", args=[rij.persoon_id]),
        kruimels=naar_persoon(rij.persoon),
        gevolgen=["Na de laatste dag staat zij niet meer op de openbare lijst. Een zetel komt er niet mee terug."],
        gevaar=True,
        nevenfunctie=rij,
    )


@voor_secretariaat
@require_http_methods(["GET", "POST"])
def vertegenwoordiger(request: HttpRequest) -> HttpResponse:
    """Leg vast wie een ministerie in de raad vertegenwoordigt, of wie hem vervangt."""
    periode = queries.periode_op(vandaag())
    wie = queries.vertegenwoordigers_op(vandaag(), voorbeeld=bool(periode and periode.voorbeeld))
    return doe(
        request,
        forms.VertegenwoordigerForm(
            request.POST or None, vertegenwoordigers=wie,
            initial={"van": vandaag(), "vervangt": request.GET.get("vervangt")},
        ),
        actions.leg_vertegenwoordiger_vast,
        titel="Leg een vertegenwoordiger van een ministerie vast",
        knop="Leg de vertegenwoordiger vast",
        gelukt="De vertegenwoordiger is vastgelegd.",
        terug=reverse("raad:overzicht"),
        kruimels=naar_raad(),
        gevolgen=[
            "Hij krijgt de oproeping en de stukken van elke openbare raadsvergadering, tegelijk met de leden.",
            "Hij staat op de presentielijst met een raadgevende stem en telt niet mee voor het quorum.",
        ],
    )  # fmt: skip


@voor_secretariaat
@require_http_methods(["GET", "POST"])
def beeindig_vertegenwoordiger(request: HttpRequest, pk: int) -> HttpResponse:
    """Beëindig een vertegenwoordiging."""
    rij = get_object_or_404(MinisterieVertegenwoordiger.objects.select_related("persoon"), pk=pk)
    return doe(
        request,
        forms.BeeindigForm(request.POST or None),
        actions.beeindig_vertegenwoordiger,
        titel=f"Beëindig de vertegenwoordiging door {rij.persoon.naam}",
        knop="Beëindig",
        gelukt="De vertegenwoordiging is beëindigd.",
        terug=reverse("raad:overzicht"),
        kruimels=naar_raad(),
        gevolgen=[f"Begonnen op {datum_nl(rij.van)}. Wie hem vervangt, eindigt op dezelfde dag."],
        gevaar=True,
        vertegenwoordiger=rij,
    )


@voor_secretariaat
@require_http_methods(["GET", "POST"])
def bekendmaking(request: HttpRequest) -> HttpResponse:
    """Leg vast dat aanvaardingen in de Staatscourant staan."""
    wachtend = [b.pk for b in queries.openstaand(vandaag()).niet_bekend]
    open_ = Benoeming.objects.filter(pk__in=wachtend).select_related("persoon", "zetel__organisatie")
    return doe(
        request,
        forms.BekendmakingForm(request.POST or None, benoemingen=open_, initial={"op": vandaag()}),
        actions.maak_bekend,
        titel="Maak benoemingen bekend",
        knop="Leg de bekendmaking vast",
        gelukt="De bekendmaking is vastgelegd.",
        terug=reverse("raad:overzicht"),
        kruimels=naar_raad(),
        gevolgen=[
            "De algemeen secretaris maakt aanvaardingen bekend in de Staatscourant. Hier legt u vast waar dat staat.",
            *([] if wachtend else ["Er wacht nu geen aanvaarding op bekendmaking."]),
        ],
    )
