"""/werk/beheer/rollen/: wie een rol van de staf heeft. Dat geeft wie zelf alle dossiers leest, niet de beheerder."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from beheer import actions, forms, queries
from beheer.permissions import ROLGEVERS
from beheer.views.accounts import PER_BLADZIJDE, weiger
from kern.fouten import PortaalFout
from toegang.opnieuw import opnieuw_bevestigd
from toegang.routes import voor
from toegang.verzoek import gebruiker


@voor(*ROLGEVERS)
@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """Toon wie een rol van de staf heeft, of met een zoekwoord ieder account dat past."""
    q = request.GET.get("q", "")[:200]
    bladzijde = Paginator(queries.accounts(q, "" if q.strip() else "staf"), PER_BLADZIJDE).get_page(
        request.GET.get("pagina")
    )
    rijen = [(g, queries.stafrollen(g)) for g in bladzijde]
    return render(request, "beheer/rollen.html", {"q": q, "bladzijde": bladzijde, "rijen": rijen})


@voor(*ROLGEVERS)
@require_http_methods(["GET", "HEAD", "POST"])
@opnieuw_bevestigd
def rol(request: HttpRequest, pk: int) -> HttpResponse:
    """Toon de rollen van één account en wat ermee gebeurde, en wijzig ze met een reden."""
    wie = get_object_or_404(queries.accounts(), pk=pk)
    form = forms.RolForm(request.POST or None, wie=wie)
    if request.method == "POST" and form.is_valid():
        try:
            actions.zet_rollen(gebruiker=wie, door=gebruiker(request), **form.cleaned_data)
        except PortaalFout as fout:
            weiger(form, fout)
        else:
            messages.success(request, f"De rollen van {wie.naam} zijn gewijzigd. Dat geldt meteen.")
            return redirect("beheer:rol", pk=pk)
    gegevens = {
        "wie": wie,
        "form": form,
        "zelf": wie.pk == gebruiker(request).pk,
        "stafrollen": queries.stafrollen(wie),
        "geschiedenis": queries.geschiedenis(wie),
    }
    return render(request, "beheer/rol.html", gegevens, status=422 if form.errors else 200)
