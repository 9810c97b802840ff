"""Het eigen postvak, en voor het secretariaat de post die nog wacht."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from berichten import actions, queries, waarover
from berichten.enums import Status
from berichten.models import SAMEN_OPNIEUW, Bericht
from berichten.terugdraaien import eigen_weg
from kern.fouten import PortaalFout
from toegang.routes import ingelogd, voor_secretariaat

PER_BLADZIJDE = 50


@ingelogd
@require_safe
def postvak(request: HttpRequest) -> HttpResponse:
    """Toon de eigen berichten, nieuwste eerst."""
    bladzijde = Paginator(queries.berichten_van(request.user), PER_BLADZIJDE).get_page(request.GET.get("pagina"))  # type: ignore[arg-type]
    over = waarover.namen(request.user, bladzijde.object_list)  # type: ignore[arg-type]
    return render(
        request,
        "berichten/postvak.html",
        {
            "bladzijde": bladzijde,
            "rijen": [(bericht, over.get(bericht.pk, "")) for bericht in bladzijde],
            "ongelezen": queries.ongelezen(request.user),  # type: ignore[arg-type]
        },
    )


@ingelogd
@require_POST
def open_bericht(request: HttpRequest, pk: int) -> HttpResponse:
    """Teken een eigen bericht af als gelezen en ga naar de plek waar het over gaat."""
    bericht = get_object_or_404(queries.berichten_van(request.user), pk=pk)  # type: ignore[arg-type]
    actions.markeer_gelezen(gebruiker=request.user, bericht=bericht)  # type: ignore[arg-type]
    return redirect(bericht.pad)


@ingelogd
@require_POST
def alles_gelezen(request: HttpRequest) -> HttpResponse:
    """Teken alle eigen berichten af als gelezen."""
    aantal = actions.markeer_gelezen(gebruiker=request.user)  # type: ignore[arg-type]
    messages.success(request, f"{aantal} {'bericht is' if aantal == 1 else 'berichten zijn'} als gelezen aangemerkt.")
    return redirect("berichten:postvak")


@voor_secretariaat
@require_safe
def wachtend(request: HttpRequest) -> HttpResponse:
    """Toon per handeling wat nog niet verstuurd is, en wat niet verstuurd kon worden."""
    bladzijde = Paginator(queries.wachtende_handelingen(), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    mislukte = Paginator(queries.mislukte(), PER_BLADZIJDE).get_page(request.GET.get("mislukt"))
    return render(
        request,
        "berichten/wachtend.html",
        {
            "bladzijde": bladzijde,
            "mislukte": mislukte,
            "achterstand": queries.achterstand(),
            "samen": min(queries.mislukte_van_kort().count(), actions.SAMEN_HOOGSTENS) if mislukte.object_list else 0,
            "dagen": SAMEN_OPNIEUW.days,
        },
    )


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def herroep(request: HttpRequest) -> HttpResponse:
    """Toon wie wat zou krijgen, en haal op verzoek alle berichten van één handeling terug."""
    invoer = request.POST if request.method == "POST" else request.GET
    handeling = invoer.get("handeling", "")
    rijen = queries.van_handeling(handeling)
    bladzijde = Paginator(rijen, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    if not bladzijde.object_list:
        raise Http404
    fout = ""
    if request.method == "POST":
        try:
            aantal = actions.herroep_in_postbus(handeling=handeling, door=request.user)  # type: ignore[arg-type]
        except PortaalFout as geweigerd:
            fout = str(geweigerd)
        else:
            wat = "1 bericht is" if aantal == 1 else f"{aantal} berichten zijn"
            if aantal:
                messages.success(request, f"{wat} herroepen. Niemand krijgt er iets van te zien.")
            else:
                messages.info(request, "Deze berichten waren al herroepen.")
            return redirect("berichten:wachtend")
    return render(
        request,
        "berichten/herroep.html",
        {
            "handeling": handeling,
            "bladzijde": bladzijde,
            "open": rijen.exclude(status=Status.HERROEPEN).count(),
            "fout": fout,
            "weg": eigen_weg(bladzijde.object_list[0]),
        },
        status=409 if fout else 200,
    )


@voor_secretariaat
@require_POST
def opnieuw(request: HttpRequest, pk: int) -> HttpResponse:
    """Zet een mislukt bericht weer in de rij."""
    try:
        actions.probeer_opnieuw(bericht=get_object_or_404(Bericht, pk=pk), door=request.user)  # type: ignore[arg-type]
    except PortaalFout as fout:
        messages.error(request, str(fout))
    else:
        messages.success(request, "Het bericht staat weer in de rij.")
    return redirect("berichten:wachtend")


@voor_secretariaat
@require_POST
def samen_opnieuw(request: HttpRequest) -> HttpResponse:
    """Zet alles wat kort geleden apart is gelegd weer in de rij."""
    aantal = actions.probeer_samen_opnieuw(door=request.user)  # type: ignore[arg-type]
    if aantal:
        wat = "1 bericht staat" if aantal == 1 else f"{aantal} berichten staan"
        messages.success(request, f"{wat} weer in de rij.")
    else:
        messages.info(request, "Er ligt niets van kort geleden apart; opnieuw proberen hoeft niet.")
    return redirect("berichten:wachtend")
