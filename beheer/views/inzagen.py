"""/werk/beheer/inzagen/: wie een vertrouwelijk stuk opende. Elke vraag staat met haar reden in het logboek."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from beheer import actions, forms
from beheer.views.accounts import weiger
from kern.fouten import PortaalFout
from toegang.enums import Rol
from toegang.opnieuw import opnieuw_bevestigd
from toegang.routes import voor
from toegang.verzoek import gebruiker


@voor(Rol.BEHEERDER)
@require_http_methods(["GET", "HEAD", "POST"])
@opnieuw_bevestigd
def inzagen(request: HttpRequest) -> HttpResponse:
    """Toon per stuk achter een adres wie het opende en wanneer; van het stuk alleen soort en nummer."""
    form = forms.InzageForm(request.POST or None)
    gelezen: list[actions.Gelezen] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            gelezen = actions.vraag_inzagen(**form.cleaned_data, door=gebruiker(request))
        except PortaalFout as fout:
            weiger(form, fout)
    gegevens = {"form": form, "gelezen": gelezen, "adres": form.cleaned_data.get("adres") if gelezen else ""}
    return render(request, "beheer/inzagen.html", gegevens, status=422 if form.errors else 200)
