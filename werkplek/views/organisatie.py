"""/organisatie/: mijn achterbanberaden."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from adviezen.queries.organisatie import uitnodigingen
from toegang.routes import ingelogd
from toegang.verzoek import gebruiker
from werkplek import queries_organisatie as queries

PER_BLADZIJDE = 25


@ingelogd
@require_safe
def organisatie(request: HttpRequest) -> HttpResponse:
    """Wat er van mijn organisatie gevraagd wordt, tot wanneer, en wat er met eerdere reacties is gedaan."""
    persoon = gebruiker(request)
    open_ = queries.open_beraden(persoon)
    gesloten = Paginator(queries.gesloten(persoon), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    gesloten.object_list = queries.uitgelegd(gesloten.object_list, persoon)
    return render(
        request,
        "werkplek/organisatie.html",
        {
            "uitnodigingen": uitnodigingen(persoon),
            "gevraagd": [b for b in open_ if b.open],
            "gereed": [b for b in open_ if not b.open],
            "gesloten": gesloten,
        },
    )
