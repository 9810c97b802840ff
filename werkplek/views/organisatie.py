"""/organisatie/: mijn achterbanberaden."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from adviezen.queries.organisatie import uitnodigingen
from toegang.routes import ingelogd
from toegang.verzoek import gebruiker
from werkplek import queries_organisatie as queries


@ingelogd
@require_safe
def organisatie(request: HttpRequest) -> HttpResponse:
    """Wat er van mijn organisatie gevraagd wordt, tot wanneer, en wat er met eerdere reacties is gedaan."""
    alle = queries.beraden(gebruiker(request))
    return render(
        request,
        "werkplek/organisatie.html",
        {
            "uitnodigingen": uitnodigingen(gebruiker(request)),
            "gevraagd": [b for b in alle if b.open],
            "gereed": [b for b in alle if b.deelname.beraad.is_open and not b.open],
            "gesloten": Paginator([b for b in alle if not b.deelname.beraad.is_open], 25).get_page(
                request.GET.get("pagina")
            ),
        },
    )
