"""De vergaderingen voor leden: alleen lezen, alleen de eigen kring en wat openbaar is."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kern.tijd import vandaag
from toegang.enums import Rol
from toegang.rollen import heeft
from toegang.routes import ingelogd
from vergaderingen import policies
from vergaderingen.enums import Status
from vergaderingen.models import Presentie, Vergadering, Verslag
from vergaderingen.models.vergadering import kring_filter
from vergaderingen.views.bladzijde import agendaregels
from vergaderingen.views.hulp import laad, wie

PER_BLADZIJDE = 25


@ingelogd
@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """Toon de komende en gehouden vergaderingen van deze lezer."""
    zichtbaar = Vergadering.objects.zichtbaar_voor(wie(request)).select_related("commissie")
    komend = zichtbaar.komend(vandaag())
    geweest = zichtbaar.filter(status=Status.GESLOTEN).order_by("-datum", "-pk")
    bladzijde = Paginator(geweest, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    return render(request, "vergaderingen/lezen_lijst.html", {"komend": komend[:50], "bladzijde": bladzijde})


@ingelogd
@require_safe
def vergadering(request: HttpRequest, pk: int) -> HttpResponse:
    """Toon één vergadering om te lezen: agenda, stukken, besluiten en verslag."""
    rij = laad(request, pk)
    gebruiker = wie(request)
    in_kring = Vergadering.objects.filter(kring_filter(gebruiker), pk=rij.pk).exists()
    verslag = Verslag.objects.zichtbaar_voor(gebruiker).filter(vergadering=rij).first()
    return render(
        request,
        "vergaderingen/lezen.html",
        {
            "vergadering": rij,
            "regels": agendaregels(rij, gebruiker),
            "verslag": verslag,
            "verslagtekst": (verslag.html if in_kring else verslag.openbaar_html) if verslag else "",
            "eigen_presentie": Presentie.objects.filter(vergadering=rij, persoon__gebruiker=gebruiker)
            .select_related("vervangt")
            .first(),
            "quorum": policies.quorum(rij) if in_kring and rij.status == Status.GESLOTEN else None,
            "is_staf": heeft(gebruiker, Rol.SECRETARIAAT),
        },
    )
