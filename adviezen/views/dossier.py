"""Het archiefdossier van een traject: bekijken wat erin komt, en het ophalen als ZIP."""

import tempfile

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from adviezen.actions.dossier import exporteer_dossier
from adviezen.policies.einde import dossier_tekorten
from adviezen.queries.dossier import stukken
from adviezen.views.gedeeld import laad_traject
from kern.fouten import OvergangGeweigerd
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def dossier(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Toon de stukken van het dossier; POST geeft de ZIP en legt dat vast. Wat niet kan, wordt geweigerd met waarom."""
    traject = laad_traject(request, slug)
    tekorten = dossier_tekorten(traject)
    if request.method == "POST" and not tekorten:
        pak = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse sluit het
        try:
            exporteer_dossier(traject=traject, naar=pak, door=gebruiker(request))
        except OvergangGeweigerd as fout:
            pak.close()
            tekorten = fout.tekorten
        else:
            pak.seek(0)
            naam = f"dossier-{traject.kenmerk.replace('/', '-')}.zip"
            return FileResponse(
                pak,
                as_attachment=True,
                filename=naam,
                content_type="application/zip",
                headers={"Cache-Control": "private, no-store"},
            )
    return render(
        request,
        "adviezen/dossier.html",
        {"traject": traject, "tekorten": tekorten, "stukken": [] if tekorten else list(stukken(traject))},
        status=409 if request.method == "POST" else 200,
    )
