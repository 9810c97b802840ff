"""/lezen/vergelijk/…: twee versies naast elkaar, en waarom een alinea luidt zoals zij luidt."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from adviezen import permissions
from adviezen.models import Versie
from adviezen.queries import lezen
from adviezen.queries.geschiedenis import geschiedenis
from adviezen.queries.herkomst import herkomst
from adviezen.queries.vergelijken import verschillen, zichtbare_versies
from kern.getal import geheel
from logboek.actions import leg_inzage_vast
from toegang.routes import ingelogd
from toegang.verzoek import gebruiker


def _paar(request: HttpRequest, oud: int, nieuw: int) -> tuple[Versie, Versie]:
    """Geef twee versies van hetzelfde traject die deze lezer mag zien; anders 404."""
    gevonden = {v.pk: v for v in lezen.laad(gebruiker(request)).filter(pk__in=[oud, nieuw])}
    if oud == nieuw or len(gevonden) != 2 or gevonden[oud].traject_id != gevonden[nieuw].traject_id:
        raise Http404
    return gevonden[oud], gevonden[nieuw]


def _teken_inzage_aan(request: HttpRequest, *versies: Versie) -> None:
    if request.method == "GET":
        for versie in versies:
            if lezen.is_vertrouwelijk(versie):
                leg_inzage_vast(object=versie, door=gebruiker(request))


@ingelogd
@require_safe
def kies(request: HttpRequest) -> HttpResponse:
    """Van het keuzeformulier naar het vaste adres van de vergelijking; de oudste versie komt altijd links."""
    oud, nieuw = geheel(request.GET.get("van", "")), geheel(request.GET.get("naar", ""))
    if oud is None or nieuw is None:
        raise Http404
    if oud == nieuw:
        return redirect("lezen:versie", pk=get_object_or_404(lezen.laad(gebruiker(request)), pk=oud).pk)
    een, ander = _paar(request, min(oud, nieuw), max(oud, nieuw))
    adres = reverse("lezen:vergelijk", kwargs={"oud": een.pk, "nieuw": ander.pk})
    keuze = {naam: "1" for naam in ("naast", "alleen") if request.GET.get(naam)}
    return redirect(f"{adres}?{urlencode(keuze)}" if keuze else adres)


@ingelogd
@require_safe
def vergelijk(request: HttpRequest, oud: int, nieuw: int) -> HttpResponse:
    """Vergelijk twee versies: doorlopend of `?naast=1`, alles of `?alleen=1` (wat wijzigde)."""
    een, ander = _paar(request, oud, nieuw)
    _teken_inzage_aan(request, een, ander)
    naast, alleen = bool(request.GET.get("naast")), bool(request.GET.get("alleen"))

    def adres(*, naast: bool = naast, alleen: bool = alleen) -> str:
        keuze = urlencode({naam: "1" for naam, aan in (("naast", naast), ("alleen", alleen)) if aan})
        return f"{request.path}?{keuze}" if keuze else request.path

    uitkomst = verschillen(een, ander)
    return render(
        request,
        "adviezen/versies/vergelijk.html",
        {
            "traject": ander.traject,
            "oud": een,
            "nieuw": ander,
            "versies": zichtbare_versies(ander.traject, gebruiker(request)),
            "uitkomst": uitkomst,
            "naast": naast,
            "alleen": alleen,
            "naar_doorlopend": adres(naast=False),
            "naar_naast": adres(naast=True),
            "naar_alles": adres(alleen=False),
            "naar_alleen": adres(alleen=True),
            "geschiedenis": f"{reverse('lezen:versie', kwargs={'pk': ander.pk})}geschiedenis/",
            "geschiedenis_oud": f"{reverse('lezen:versie', kwargs={'pk': een.pk})}geschiedenis/",
            "is_staf": permissions.is_secretariaat(gebruiker(request)),
            "vertrouwelijk": lezen.is_vertrouwelijk(een) or lezen.is_vertrouwelijk(ander),
        },
    )


@ingelogd
@require_safe
def geschiedenis_van(request: HttpRequest, pk: int, blok: str) -> HttpResponse:
    """De geschiedenis van één alinea: alle versies ervan, de reacties erover en wat daarmee gebeurde."""
    versie: Versie = get_object_or_404(lezen.laad(gebruiker(request)), pk=pk)
    standen = geschiedenis(versie.traject, blok, gebruiker(request))
    if not standen:
        raise Http404
    _teken_inzage_aan(request, versie)
    return render(
        request,
        "adviezen/versies/alinea.html",
        {
            "traject": versie.traject,
            "versie": versie,
            "blok": blok,
            "staat_er": f'data-blok="{blok}"' in versie.html,
            "standen": standen[::-1],
            "herkomst": herkomst(standen, blok),
            "eerste": standen[0],
            "is_staf": permissions.is_secretariaat(gebruiker(request)),
        },
    )
