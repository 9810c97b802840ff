"""Met één druk: alles wat klaarstaat op de agenda, en elk stuk een nummer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from kern.fouten import PortaalFout
from toegang.routes import voor_secretariaat
from vergaderingen import actions
from vergaderingen.views.hulp import fouttekst, laad, naar_agenda, wie


@voor_secretariaat
@require_POST
def plaats_alles(request: HttpRequest, pk: int) -> HttpResponse:
    """Zet wat het scherm onder "Klaar voor deze agenda" toonde in één keer op de agenda."""
    rij = laad(request, pk)
    velden = (request.POST.getlist(naam) for naam in ("bron", "sleutel", "onderwerp"))
    zaken = [actions.Zaak(*delen) for delen in zip(*velden, strict=False)]
    try:
        gedaan = actions.plaats_alles(vergadering=rij, zaken=zaken, door=wie(request))
    except PortaalFout as fout:
        messages.error(request, fouttekst(fout))
        return naar_agenda(rij)
    aantal = len(gedaan.punten)
    if aantal:
        messages.success(request, f"{aantal} {'punt' if aantal == 1 else 'punten'} op de agenda gezet.")
    elif not gedaan.niet:
        messages.info(request, "Er is niets meer te plaatsen: het staat al op de agenda.")
    for zin in gedaan.niet:
        messages.error(request, zin)
    return naar_agenda(rij)


@voor_secretariaat
@require_POST
def nummers(request: HttpRequest, pk: int) -> HttpResponse:
    """Geef elk punt zonder nummer het volgende uit de reeks, in de volgorde van de agenda."""
    rij = laad(request, pk)
    try:
        punten = actions.geef_alle_stuknummers(vergadering=rij, door=wie(request))
    except PortaalFout as fout:
        messages.error(request, fouttekst(fout))
        return naar_agenda(rij)
    if len(punten) > 1:
        messages.success(request, f"{len(punten)} punten genummerd: {punten[0].stuknummer} tot en met "
                                  f"{punten[-1].stuknummer}.")  # fmt: skip
    elif punten:
        messages.success(request, f"“{punten[0].onderwerp}” heeft nummer {punten[0].stuknummer}.")
    else:
        messages.info(request, "Alle punten hebben al een nummer.")
    return naar_agenda(rij)
