"""/lezen/: het beginscherm van leden, plaatsvervangers en andere lezers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from adviezen.permissions import is_bestuurslid
from adviezen.queries.inspraak import is_kroonlezer
from adviezen.queries.voortraject import open_vragen
from kern.tijd import vandaag
from toegang.enums import Rol
from toegang.rollen import heeft, hoedanigheden
from toegang.routes import ingelogd
from toegang.verzoek import gebruiker
from werkplek import queries_lezen as queries


@ingelogd
@require_safe
def lezen(request: HttpRequest) -> HttpResponse:
    """Wat er van mij gevraagd wordt, wat ik kan lezen, en wanneer ik vergader."""
    persoon = gebruiker(request)
    rollen = {h.rol for h in hoedanigheden(persoon)}
    lijst, komend = queries.leeslijst(persoon), queries.vergaderingen(persoon)
    return render(
        request,
        "werkplek/lezen.html",
        {
            "te_lezen": [t for t in lijst if not t.klaar],
            "gelezen": [t for t in lijst if t.klaar],
            "gevraagd": [] if heeft(persoon, Rol.SECRETARIAAT) else queries.gevraagd(persoon),
            "kroon": is_kroonlezer(persoon),
            "alleen_oud": rollen == {Rol.OUD_LID},
            "zonder_rol": not rollen,
            "verwacht": list(open_vragen(persoon)) if is_bestuurslid(persoon) else None,
            "vergaderingen": komend,
            "eerstvolgende": queries.eerstvolgende(komend, vandaag()),
            "vastgesteld": queries.vastgesteld(persoon),
        },
    )
