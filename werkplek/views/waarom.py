"""Voor de beheerder: waarom ziet deze persoon dit adres wel of niet. Elke vraag staat met haar reden in het logboek."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from kern.fouten import InvoerFout
from toegang.enums import Rol
from toegang.models import Gebruiker
from toegang.routes import voor
from toegang.verzoek import gebruiker
from werkplek.actions import vraag_waarom
from werkplek.queries_waarom import Uitleg


class Accountkeuze(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.naam} ({obj.email})"


class WaaromForm(forms.Form):
    """Wie, welk adres, en waarom de beheerder dit wil weten."""

    wie = Accountkeuze(label="Wie", queryset=Gebruiker.objects.order_by("naam", "pk"), empty_label="Kies een account")
    adres = forms.CharField(
        label="Adres", max_length=500, help_text="Zoals het boven in de browser staat, bijvoorbeeld /lezen/versie/12/."
    )
    reden = forms.CharField(label="Waarom u dit vraagt", max_length=300, help_text="Komt in het logboek.")


@voor(Rol.BEHEERDER)
@require_http_methods(["GET", "HEAD", "POST"])
def waarom(request: HttpRequest) -> HttpResponse:
    """Toon per deur waardoor iemand binnenkomt of waarom niet; van het stuk zelf alleen soort en nummer."""
    form = WaaromForm(request.POST if request.method == "POST" else None)
    uitleg: Uitleg | None = None
    if form.is_valid():
        try:
            uitleg = vraag_waarom(**form.cleaned_data, door=gebruiker(request))
        except InvoerFout as fout:
            form.add_error(fout.veld, fout.tekst)
    status = 422 if form.errors else 200
    wie = form.cleaned_data.get("wie") if uitleg else None
    return render(request, "werkplek/waarom.html", {"form": form, "uitleg": uitleg, "wie": wie}, status=status)
