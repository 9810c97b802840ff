"""/werk/: het beginscherm van het secretariaat."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kern.tijd import vandaag
from toegang.enums import Rol
from toegang.rollen import heeft
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
        van = "mij" if heeft(persoon, Rol.COMMISSIESECRETARIS) else "alle"
    rijen, aantal = queries.aan_zet(persoon, van)
    termijnen, vergaderingen = queries.termijnstand(persoon, van, dag, rijen), queries.komende_vergaderingen(dag)
    return render(
        request,
        "werkplek/werk.html",
        {
            "van": van,
            "tabs": [("mij", "Mijn werk"), ("waarneming", "Waarneming"), ("alle", "Alles")],
            "rijen": rijen,
            "aantal": aantal,
            "termijnen": termijnen.rijen,
            "elders": termijnen.elders,
            "uitzonderingen": queries.uitzonderingen(persoon, van, dag, termijnen.verstreken, vergaderingen),
            "fasen": queries.fasen(persoon),
            "vergaderingen": vergaderingen,
            "vandaag": dag,
        },
    )
