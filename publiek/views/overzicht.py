"""Overzichten over alle adviezen heen: reacties, aanbevelingen, thema's, cijfers."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from publiek import cijfers as tel
from publiek.lezen import klok_van, reactie_datum, reactie_merk
from publiek.models import Advies, Kabinetsreactie, Klok
from publiek.queries import dekking, kort, met_reactie, namen_van_themas, themas
from publiek.views import openbaar

PER_PAGINA = 50


@openbaar
def kabinetsreacties(request: HttpRequest) -> HttpResponse:
    """De klokken van drie maanden: wat loopt, wat uitbleef, wat kwam. Geen record betekent niet: geen antwoord."""
    adviezen = list(met_reactie()[:500])
    klokken = {k.kenmerk: k for k in Klok.objects.all()}
    reacties: dict[str, list[Kabinetsreactie]] = {}
    for reactie in Kabinetsreactie.objects.order_by("datum"):
        reacties.setdefault(reactie.kenmerk, []).append(reactie)
    rijen: list[dict[str, Any]] = []
    for advies in adviezen:
        eigen = reacties.get(advies.kenmerk, [])
        rijen.append(
            {
                "advies": advies,
                "klok": klok_van(advies, klokken.get(advies.kenmerk), eigen),
                "merk": reactie_merk(advies.reactie),
                "reacties": [(r, reactie_datum(r)) for r in eigen],
            }
        )
    verwacht = kort().filter(voorbeeld=False).exclude(reactie="geen")
    return render(
        request,
        "publiek/kabinetsreacties.html",
        {
            "lopend": [r for r in rijen if r["advies"].reactie in {"afgewacht", "uitgebleven"}],
            "ontvangen": [r for r in rijen if r["advies"].reactie not in {"afgewacht", "uitgebleven"}],
            "onbekend": verwacht.filter(reactie="niet_bekend").count(),
            "totaal": verwacht.count(),
        },
    )


@openbaar
def aanbevelingen(request: HttpRequest) -> HttpResponse:
    """Elke aanbeveling uit elk advies, met het advies waar zij in staat."""
    nummer = request.GET.get("pagina", "1")
    rijen = [
        {"advies": advies, "aanbeveling": a}
        for advies in kort().exclude(metadata__aanbevelingen=[])
        for a in advies.metadata.get("aanbevelingen") or []
    ]
    pagina = Paginator(rijen, PER_PAGINA).get_page(nummer if nummer.isascii() and nummer.isdigit() else 1)
    return render(
        request,
        "publiek/aanbevelingen.html",
        {"pagina": pagina, "adviezen": len({r["advies"].pk for r in rijen}), "dekking": dekking()},
    )


@openbaar
def thema(request: HttpRequest, slug: str) -> HttpResponse:
    """Alle adviezen bij één thema, per decennium."""
    naam = namen_van_themas().get(slug)
    if naam is None:
        raise Http404
    adviezen = list(kort().filter(themas__contains=[slug]))
    per: dict[str, list[Advies]] = {}
    for advies in adviezen:
        per.setdefault(
            f"{advies.jaar // 10 * 10}–{advies.jaar // 10 * 10 + 9}" if advies.jaar else "Zonder jaar", []
        ).append(advies)
    return render(
        request,
        "publiek/thema.html",
        {"naam": naam, "slug": slug, "per": per, "aantal": len(adviezen), "themas": themas()},
    )


@openbaar
def cijfers(request: HttpRequest) -> HttpResponse:
    """Cijfers, geteld uit de records zelf, met het aantal waarop zij rusten. Voorbeelden tellen niet mee."""
    return render(request, "publiek/cijfers.html", {"grafieken": tel.alle(), "dekking": dekking()})
