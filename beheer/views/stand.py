"""/werk/beheer/: het beginscherm van de functioneel beheerder."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from beheer.stand import stand
from kern.tijd import nu
from toegang.enums import Rol
from toegang.routes import voor


@voor(Rol.BEHEERDER)
@require_safe
def beheer(request: HttpRequest) -> HttpResponse:
    """Toon of alles draait, wat er aan de hand is en wat te doen, zonder iets van de inhoud."""
    moment = nu()
    return render(request, "beheer/beheer.html", {"stand": stand(moment), "moment": moment})
