"""De jaarverslagen: welke er zijn, één om te lezen, en de PDF die naar de ministers ging."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from opvolging.jaartekst import Hoofdstuk, als_html
from publiek.models import Jaarverslag
from publiek.views import openbaar
from publiek.views.pdf import als_pdf
from stukken import opslag


@openbaar
def jaarverslagen(request: HttpRequest) -> HttpResponse:
    """Elk jaarverslag dat is aangeboden, het nieuwste eerst."""
    return render(request, "publiek/jaarverslagen.html", {"verslagen": Jaarverslag.objects.defer("inhoud")})


def _vind(jaar: int) -> Jaarverslag:
    rij = Jaarverslag.objects.filter(jaar=jaar).first()
    if rij is None:
        raise Http404
    return rij


@openbaar
def jaarverslag(request: HttpRequest, jaar: int) -> HttpResponse:
    """Eén jaarverslag met zijn getallen, zoals het is aangeboden."""
    rij = _vind(jaar)
    tekst = als_html([Hoofdstuk(**deel) for deel in rij.inhoud], scherm=True)
    return render(
        request,
        "publiek/jaarverslag.html",
        {"verslag": rij, "tekst": mark_safe(tekst)},  # noqa: S308 - als_html ontsnapt alle tekst
    )


@openbaar
def jaarverslag_pdf(request: HttpRequest, jaar: int) -> HttpResponse:
    """De PDF van het jaarverslag, dezelfde bytes als de ministers kregen."""
    rij = _vind(jaar)
    try:
        inhoud = opslag.pad(rij.sha256).read_bytes() if rij.sha256 else b""
    except FileNotFoundError:
        inhoud = b""
    if not inhoud:
        raise Http404
    return als_pdf(inhoud, f"SER-jaarverslag-{rij.jaar}.pdf")
