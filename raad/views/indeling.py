"""De volgende zittingsperiode in twee schermen: de zetels, en wie erin komt. Vastleggen gebeurt in één keer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kern.fouten import InvoerFout
from kern.tijd import vandaag
from raad import actions, queries
from raad.enums import Geleding, Voorzittersfunctie
from raad.forms import IndelingForm, PeriodeForm
from raad.indeling import Bevinding, Keuze, Plek, Zittend, controleer, plekken, voorstel
from raad.models import Persoon, Zittingsperiode
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker


def _laatste() -> Zittingsperiode | None:
    """De laatste volledige periode van deze wereld: die heeft een opvolger nodig."""
    return (
        Zittingsperiode.objects.filter(voorbeeld=settings.VOORBEELD, volledig=True, tot__isnull=False)
        .order_by("-van")
        .first()
    )


def _laatste_dag(periode: Zittingsperiode) -> date:
    return periode.laatste_dag or vandaag()


def _begin(periode: Zittingsperiode) -> dict[str, Any]:
    """De verdeling van nu, als begin van de nieuwe."""
    zetels = queries.zetels_op(_laatste_dag(periode), periode)
    uit: dict[str, Any] = {
        "van": periode.tot,
        "naam": f"{periode.tot.year}-{periode.tot.year + 2}" if periode.tot else "",
        "per_zijde": sum(1 for z in zetels if z.geleding == Geleding.ONDERNEMERS),
        "kroonleden": sum(1 for z in zetels if z.geleding == Geleding.KROONLEDEN),
        "db_per_geleding": periode.db_per_geleding,
    }
    for zetel in zetels:
        if zetel.organisatie:
            sleutel = f"organisatie_{zetel.organisatie.pk}"
            uit[sleutel] = uit.get(sleutel, 0) + 1
    return uit


@voor_secretariaat
@require_safe
def zetels(request: HttpRequest) -> HttpResponse:
    """Scherm 1: hoeveel zetels elke organisatie krijgt, met de verdeling van nu ingevuld."""
    periode = _laatste()
    form = PeriodeForm(initial=_begin(periode) if periode else {})
    return render(request, "raad/volgende_zetels.html", {"form": form, "periode": periode})


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def indeling(request: HttpRequest) -> HttpResponse:
    """Scherm 2: per zetel wie erin komt. "Controleer" verandert niets; "Leg vast" doet alles in één keer of niets."""
    gegeven = request.POST if request.method == "POST" else request.GET
    zetelform = PeriodeForm(gegeven)
    periode = _laatste()
    if not gegeven:
        return redirect("raad:volgende-periode")
    if not zetelform.is_valid():
        return render(request, "raad/volgende_zetels.html", {"form": zetelform, "periode": periode}, status=422)
    velden = zetelform.argumenten()
    nieuw = plekken(velden["zetels"])
    nu = queries.zittend(_laatste_dag(periode), periode) if periode else []
    form = IndelingForm(
        request.POST if request.method == "POST" else None,
        plekken=nieuw,
        keuzelijst=_keuzelijst(nu),
        voorstel=voorstel(nieuw, nu),
    )
    keuzen = form.argumenten()["keuzen"] if form.is_bound and form.is_valid() else voorstel(nieuw, nu)
    bevindingen = _controle(velden["van"], nieuw, keuzen, nu)
    fouten = [b for b in bevindingen if b.fout]
    if form.is_bound and form.is_valid() and gegeven.get("daad") == "leg-vast" and not fouten:
        try:
            klaar = actions.richt_periode_in_met_benoemingen(**velden, **form.argumenten(), door=gebruiker(request))
        except InvoerFout as fout:
            form.weiger(fout)
        else:
            hoeveel = "1 benoeming" if len(keuzen) == 1 else f"{len(keuzen)} benoemingen"
            messages.success(request, f"Zittingsperiode {klaar.naam} is ingericht, met {hoeveel}.")
            return redirect(f"{reverse('raad:overzicht')}?op={klaar.van.isoformat()}")
    geweigerd = form.is_bound and (bool(form.errors) or bool(fouten))
    return render(
        request,
        "raad/volgende_indeling.html",
        {
            "form": form,
            "zetelform": zetelform,
            "velden": velden,
            "bevindingen": bevindingen,
            "fouten": fouten,
            "aantal": len(nieuw),
            "leden": sum(1 for k in keuzen if k.soort == "lid"),
            "gevolgen": [
                "De periode komt er met al haar zetels, en ieder die hier staat is benoemd tot het einde ervan.",
                "Lukt er één ding niet, dan gebeurt er niets en blijft staan wat u koos.",
                "Voorzitter, plaatsvervangers en dagelijks bestuur legt u daarna vast.",
            ],
        },
        status=422 if geweigerd else 200,
    )


def _keuzelijst(nu: list[Zittend]) -> dict[Geleding, list[tuple[int, str]]]:
    """Per geleding wie daar nu zit, en daarna wie nergens zit: zo staat wie men zoekt bovenaan."""
    ieder = list(Persoon.objects.filter(voorbeeld=settings.VOORBEELD).values_list("pk", "naam"))
    zit = {z.persoon: z.groep[0] for z in nu}
    vrij = [rij for rij in ieder if rij[0] not in zit]
    return {geleding: [rij for rij in ieder if zit.get(rij[0]) == geleding] + vrij for geleding in Geleding}


def _controle(van: date, nieuw: list[Plek], keuzen: list[Keuze], nu: list[Zittend]) -> list[Bevinding]:
    voorzitters = queries.voorzitters_op(vandaag())
    genoemd = {k.persoon for k in keuzen}
    namen = dict(Persoon.objects.filter(pk__in=genoemd).values_list("pk", "naam"))
    organisaties = {p.organisatie.pk: p.organisatie.naam for p in nieuw if p.organisatie}
    met = {c.organisatie_id for c in queries.contacten_op(van)}
    return controleer(
        nieuw,
        keuzen,
        van=van,
        vandaag=vandaag(),
        namen=namen,
        zittend=nu,
        onverenigbaar=queries.met_onverenigbaar_ambt(van),
        voorzitters=[voorzitters[f].persoon_id for f in Voorzittersfunctie if f in voorzitters],
        zonder_coordinator=[naam for pk, naam in organisaties.items() if pk not in met],
    )
