"""/werk/: het beginscherm van het secretariaat."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kern.tijd import vandaag
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker
from werkplek import queries


@voor_secretariaat
@require_safe
def werk(request: HttpRequest) -> HttpResponse:
    """Wat vandaag moet en door wie; `?van=` kiest mijn werk, waarneming of alles."""
    persoon, dag = gebruiker(request), vandaag()
    van = request.GET.get("van", "")
    if van not in queries.VAN:
        van = "mij" if queries.trajecten_van(persoon, "mij").exists() else "alle"
    rijen, aantal = queries.aan_zet(persoon, van)
    return render(
        request,
        "werkplek/werk.html",
        {
            "van": van,
            "tabs": [("mij", "Mijn werk"), ("waarneming", "Waarneming"), ("alle", "Alles")],
            "rijen": rijen,
            "aantal": aantal,
            "termijnen": queries.termijnen(persoon, van, dag),
            "uitzonderingen": queries.uitzonderingen(persoon, dag),
            "fasen": queries.fasen(persoon),
            "vergaderingen": queries.komende_vergaderingen(dag),
            "vandaag": dag,
        },
    )
