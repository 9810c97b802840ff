"""De lijst van vergaderingen en het plannen."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kern.tijd import vandaag
from toegang.routes import voor_secretariaat
from vergaderingen import actions, permissions
from vergaderingen.enums import Orgaan, Status
from vergaderingen.forms import FilterForm, JaarForm, PlanForm, RoosterForm
from vergaderingen.models import Vergadering
from vergaderingen.queries import ook_die_maand, voorstel_datum
from vergaderingen.rooster import voorstel
from vergaderingen.views.hulp import probeer, wie

PER_BLADZIJDE = 25


@voor_secretariaat
@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """Toon eerst wat komt, vroegste boven; met ?toon=geweest wat geweest is, nieuwste boven."""
    gebruiker = wie(request)
    filter_ = FilterForm(request.GET or None)
    rijen = Vergadering.objects.zichtbaar_voor(gebruiker).select_related("commissie")
    if filter_.is_valid():
        if filter_.cleaned_data["orgaan"]:
            rijen = rijen.filter(orgaan=filter_.cleaned_data["orgaan"])
        if filter_.cleaned_data["commissie"]:
            rijen = rijen.filter(commissie=filter_.cleaned_data["commissie"])
    geweest = request.GET.get("toon") == "geweest"
    komend = rijen.komend(vandaag())
    if geweest:
        gekozen = rijen.exclude(pk__in=komend.order_by().values("pk")).order_by("-datum", "-pk")
    else:
        gekozen = komend
    bladzijde = Paginator(gekozen, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    zonder_toon = request.GET.copy()
    for sleutel in ("toon", "pagina"):
        zonder_toon.pop(sleutel, None)
    return render(
        request,
        "vergaderingen/lijst.html",
        {
            "bladzijde": bladzijde,
            "filter": filter_,
            "geweest": geweest,
            "vraag": zonder_toon.urlencode(),
            "mag_plannen": any(permissions.mag_voor_orgaan(orgaan, gebruiker) for orgaan in Orgaan.values),
        },
    )


def _voorstel(orgaan: str) -> dict[str, Any]:
    """Geef wat het formulier voor dit orgaan alvast invult. Alleen de raad heeft een vaste dag, tijd en zaal."""
    if orgaan != Orgaan.RAAD:
        return {"openbaar": "nee"}
    dag = voorstel_datum(Orgaan.RAAD, vandaag())
    return {"datum": dag, "begin": time(10, 15), "plaats": "Raadzaal, SER-gebouw", "openbaar": "ja"}


def _met_ander_voorstel(verzonden: PlanForm) -> tuple[dict[str, Any], bool] | None:
    """Geef de invoer met het voorstel van het gekozen orgaan, en of dag, tijd of plaats daardoor anders is.

    Alleen wat nog precies het vorige voorstel is wisselt: wat iemand typte blijft staan. None als het orgaan gelijk is.
    """
    oud, nieuw = verzonden.data.get("voorstel"), verzonden.data.get("orgaan")
    if oud == nieuw or oud not in Orgaan.values or nieuw not in Orgaan.values:
        return None
    stond, wordt = _voorstel(oud), _voorstel(nieuw)
    uit = {naam: verzonden.data.get(naam, "") for naam in verzonden.fields} | {"voorstel": nieuw}
    anders = False
    verzonden.is_valid()
    for naam in ("datum", "begin", "plaats", "openbaar"):
        if naam == "openbaar":
            getypt = uit["openbaar"] if not uit["besloten_reden"] else None
        else:
            getypt = verzonden.cleaned_data.get(naam, uit[naam]) or None
        if getypt == stond.get(naam) and getypt != wordt.get(naam):
            uit[naam] = wordt.get(naam, "")
            anders = anders or naam != "openbaar"
    return uit, anders


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Plan een vergadering; het voorstel hoort bij het gekozen orgaan (raad: de eerstvolgende vrije derde vrijdag).

    Wie een ander orgaan kiest en op Plan drukt terwijl er nog een voorstel van het vorige staat, ziet eerst het nieuwe.
    """
    gebruiker = wie(request)
    if request.method == "POST":
        formulier = PlanForm(request.POST, gebruiker=gebruiker)
        ander = _met_ander_voorstel(formulier)
        if "toon" in request.POST or (ander and ander[1]):
            begin = ander[0] if ander else {naam: request.POST.get(naam, "") for naam in formulier.fields}
            formulier = PlanForm(gebruiker=gebruiker, initial=begin)
            messages.info(request, "Dit is het voorstel voor het gekozen orgaan. Wat u zelf invulde bleef staan.")
        elif formulier.is_valid():
            gemaakt = probeer(formulier, lambda: actions.plan_met_bericht(door=gebruiker, **formulier.cleaned_data))
            if gemaakt:
                zinnen = [f"{gemaakt} is gepland. Zet nu de agenda klaar.", *ook_die_maand(gemaakt)]
                messages.success(request, " ".join(zinnen))
                return redirect("vergaderingen:vergadering", gemaakt.pk)
    else:
        orgaan = request.GET.get("orgaan", Orgaan.RAAD)
        begin = {"orgaan": orgaan, "voorstel": orgaan, "commissie": request.GET.get("commissie")} | _voorstel(orgaan)
        formulier = PlanForm(gebruiker=gebruiker, initial=begin)
    return render(
        request, "vergaderingen/formulier.html",
        {"formulier": formulier, "kop": "Plan een vergadering", "knop": "Plan de vergadering",
         "toonknop": "Toon het voorstel voor dit orgaan",
         "uitleg": "Voor de raad zijn de derde vrijdag van de maand, de tijd en de zaal voorgesteld; u kunt die "
         "aanpassen. Komt er een raadsvergadering bij, dan horen de leden dat over tien minuten."},
    )  # fmt: skip


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def rooster(request: HttpRequest) -> HttpResponse:
    """Stel het jaarrooster van de raad voor; de secretaris past het aan en plant alles in één keer."""
    gebruiker = wie(request)
    gevraagd = JaarForm(request.GET if "jaar" in request.GET else {"jaar": vandaag().year + 1})
    geldig = gevraagd.is_valid()
    jaar = gevraagd.cleaned_data.get("jaar") or vandaag().year + 1
    al = Vergadering.objects.filter(orgaan=Orgaan.RAAD, datum__year=jaar).exclude(status=Status.AFGELAST)
    bezet = {v.datum.month: v for v in al.order_by("-datum") if v.datum}
    formulier = RoosterForm(
        request.POST if request.method == "POST" else None,
        jaar=jaar,
        voorstellen=voorstel(jaar, reces=gevraagd.reces if geldig else None, vanaf=vandaag()),
        bezet={maand: v.datum for maand, v in bezet.items() if v.datum},
    )
    if request.method == "POST" and formulier.is_valid():
        velden = {naam: formulier.cleaned_data[naam] for naam in ("dagen", "begin", "eind", "plaats")}
        gepland = probeer(formulier, lambda: actions.plan_rooster(door=gebruiker, **velden))
        if gepland:
            wat = "1 raadsvergadering" if len(gepland) == 1 else f"{len(gepland)} raadsvergaderingen"
            messages.success(request, f"{wat} van {jaar} {'is' if len(gepland) == 1 else 'zijn'} gepland.")
            return redirect("vergaderingen:lijst")
    return render(
        request, "vergaderingen/rooster.html",
        {"gevraagd": gevraagd, "formulier": formulier, "jaar": jaar,
         "dagen": [naam for naam in formulier.fields if naam.startswith("dag_")],
         "bezet": sorted(bezet.values(), key=lambda v: (v.datum is None, v.datum))},
    )  # fmt: skip
