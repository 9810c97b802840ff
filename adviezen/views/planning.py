"""De planning: alle trajecten op één tijdlijn, één traject terugplannen, en een bureau overdragen."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from adviezen.actions.bureau import Bureau, bureau_van, draag_bureau_over
from adviezen.actions.eigen_termijn import zet_eigen_termijn
from adviezen.forms.planning import AannamesForm, BureauForm, EigenTermijnForm
from adviezen.models import Adviestraject
from adviezen.queries.planning import Regel, drukte, nog_te_komen, planning, raadsdagen, samen_met, stap_van
from adviezen.terugplannen import Plan, plan_terug, reces_in
from adviezen.views.gedeeld import laad_traject, meld, probeer
from kern.svg import getal
from kern.tijd import MAANDEN_KORT, vandaag
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker

MEESTE_REGELS = 40
VOOR, KORTST, LANGST, UITLOOP = timedelta(days=45), timedelta(days=120), timedelta(days=500), timedelta(days=21)


def _beeld(regels: list[Regel], dag: date) -> dict[str, Any]:
    """Geef de tijdlijn tot de laatste termijn: per traject een strook, de ronde als balk en elke mijlpaal als stip."""
    laatst = max((r.traject.adviestermijn or dag for r in regels), default=dag)
    begin, eind = dag - VOOR, dag + min(max(laatst + UITLOOP - dag, KORTST), LANGST)
    duur = (eind - begin).days

    def x(d: date) -> float:
        return round(100 * min(max((d - begin).days, 0), duur) / duur, 2)

    maanden = []
    eerste = (begin.replace(day=1) + timedelta(days=32)).replace(day=1)
    while eerste < eind:
        maanden.append({"x": getal(x(eerste)), "naam": MAANDEN_KORT[eerste.month - 1]})
        eerste = (eerste + timedelta(days=32)).replace(day=1)
    lijnen = []
    for regel in regels:
        plan = regel.plan
        stippen = [m for m in plan.mijlpalen if begin <= m.uiterlijk <= eind] if plan else []
        lijn: dict[str, Any] = {
            "regel": regel,
            "stippen": [{"x": getal(x(m.uiterlijk)), "laat": m.voorbij, "naam": m.naam} for m in stippen],
        }
        if regel.ronde is not None and regel.ronde.tot > begin and regel.ronde.van < eind:
            lijn["ronde"] = (getal(x(regel.ronde.van)), getal(max(x(regel.ronde.tot) - x(regel.ronde.van), 0.4)))
        lijnen.append(lijn)
    return {
        "lijnen": lijnen,
        "maanden": maanden,
        "nu": getal(x(dag)),
        "recessen": [
            {"x": getal(x(p.van)), "breed": getal(x(p.tot) - x(p.van)), "naam": p.naam}
            for p in reces_in([begin.year, eind.year])
            if p.tot > begin and p.van < eind
        ],
    }


@voor_secretariaat
@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """Alle lopende trajecten met een adviestermijn op één tijdlijn, met wat knelt en waar het druk wordt."""
    dag = vandaag()
    regels = planning(gebruiker(request), dag)
    return render(
        request,
        "adviezen/planning.html",
        {
            "regels": regels,
            "beeld": _beeld(regels[:MEESTE_REGELS], dag),
            "meeste": MEESTE_REGELS,
            "drukte": drukte(regels, dag),
            "vandaag": dag,
        },
    )


@voor_secretariaat
@require_safe
def terugplannen(request: HttpRequest, slug: str) -> HttpResponse:
    """Plan één traject terug; de aannames staan in het adres, dus een plan is te delen. Er wordt niets bewaard."""
    traject, dag = laad_traject(request, slug), vandaag()
    form = AannamesForm(request.GET or None, initial={"termijn": traject.adviestermijn})
    termijn = traject.adviestermijn
    if form.is_bound and form.is_valid() and form.cleaned_data["termijn"]:
        termijn = form.cleaned_data["termijn"]
    plan: Plan | None = None
    if termijn is not None and termijn >= dag - timedelta(days=3660):
        plan = plan_terug(
            termijn,
            raden=raadsdagen(dag),
            recessen=reces_in(range(dag.year - 2, min(termijn.year, dag.year + 10) + 1)),
            vandaag=dag,
            vanaf=stap_van(traject),
            aannames=form.aannames() if form.is_bound else None,
        )
    druk = _tegelijk(traject, plan, planning(gebruiker(request), dag), dag)
    return render(
        request,
        "adviezen/terugplannen.html",
        {"traject": traject, "form": form, "plan": plan, "termijn": termijn, "druk": druk},
        status=422 if form.is_bound and form.errors else 200,
    )


def _tegelijk(traject: Adviestraject, plan: Plan | None, alle: list[Regel], dag: date) -> list[Regel]:
    """Geef wat met de ronde van dit traject samenvalt: de ronde die loopt, of anders het tijdvak van dit plan."""
    zelf = next((r for r in alle if r.traject.pk == traject.pk and r.open), None)
    ronde = zelf.ronde if zelf is not None else nog_te_komen(plan, dag)
    return samen_met(Regel(traject, plan, ronde), [r for r in alle if r.traject.pk != traject.pk])


def _hoeveel(getal: int, een: str) -> str:
    return f"{getal} {een}" if getal == 1 else f"{getal} {een}en"


def _gedaan(naam: str, hoe: str, klaar: Bureau) -> str:
    trajecten = _hoeveel(klaar.trajecten, "traject")
    if hoe == "overdragen":
        voortrajecten, termijnen = _hoeveel(klaar.voortrajecten, "voortraject"), _hoeveel(klaar.termijnen, "termijn")
        return f"Gedaan: {naam} behandelt nu {trajecten} en {voortrajecten}, en bewaakt {termijnen}."
    return f"Gedaan: {naam} neemt {trajecten} {'waar' if hoe == 'waarnemen' else 'niet meer waar'}."


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def bureau(request: HttpRequest) -> HttpResponse:
    """Draag een heel bureau over of laat het waarnemen."""
    wie = gebruiker(request)
    form = BureauForm(request.POST or None, initial={"van": wie.pk})
    if request.method == "POST" and form.is_valid():
        klaar = probeer(request, form, lambda: draag_bureau_over(door=wie, **form.cleaned_data))
        if klaar is not None:
            meld(request, _gedaan(form.cleaned_data["naar"].naam, form.cleaned_data["hoe"], klaar))
            return redirect("adviezen:lijst")
    return render(
        request, "adviezen/bureau.html", {"form": form, "mijn": bureau_van(wie)}, status=422 if form.is_bound else 200
    )


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def eigen_termijn(request: HttpRequest, slug: str) -> HttpResponse:
    """Zet een zelf gekozen dag bij een traject."""
    traject = laad_traject(request, slug)
    form = EigenTermijnForm(request.POST or None, initial={"wie": request.user.pk})
    if request.method == "POST" and form.is_valid():
        termijn = probeer(
            request,
            form,
            lambda: zet_eigen_termijn(traject=traject, door=gebruiker(request), **form.cleaned_data),
        )
        if termijn is not None:
            meld(request, "De termijn loopt. U vindt haar ook bij Termijnen.")
            return redirect("adviezen:traject", slug=slug)
    return render(
        request,
        "adviezen/eigen_termijn.html",
        {"traject": traject, "form": form},
        status=422 if form.is_bound else 200,
    )
