"""Voor de beheerder: waarom ziet deze persoon dit adres wel of niet. Elke vraag staat met haar reden in het logboek."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from kern.fouten import InvoerFout
from toegang.enums import Rol
from toegang.routes import voor
from toegang.verzoek import gebruiker
from toegang.zoeken import accounts_met
from werkplek.actions import vraag_waarom
from werkplek.queries_waarom import Uitleg

HOOGSTENS = 12  # zoveel accounts staan er om uit te kiezen; bij meer vraagt het scherm om meer van de naam


class WaaromForm(forms.Form):
    """Wie, welk adres, en waarom de beheerder dit wil weten.

    Past er meer dan één account bij `wie`, dan staan die er om uit te kiezen.
    """

    verberg_niet_verplicht = True
    wie = forms.CharField(label="Wie", max_length=200, help_text="Een deel van de naam of van het e-mailadres.")
    account = forms.ChoiceField(label="Kies wie u bedoelt", required=False, widget=forms.RadioSelect, choices=())
    adres = forms.CharField(
        label="Adres", max_length=500, help_text="Zoals het boven in de browser staat, bijvoorbeeld /lezen/versie/12/."
    )
    reden = forms.CharField(
        label="Waarom u dit vraagt", min_length=5, max_length=300,
        help_text="Bijvoorbeeld wie het u vroeg. Komt in het logboek.",
        error_messages={"min_length": "Geef een reden waar een ander iets aan heeft, bijvoorbeeld wie het vroeg."},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zoek = str(self.data.get("wie", "")) if self.is_bound else ""
        gevonden = list(accounts_met(zoek)[: HOOGSTENS + 1]) if zoek.split() else []
        heel = [g for g in gevonden if g.email == zoek.strip().lower()]  # een heel adres is er één
        self.passend = heel or gevonden
        keuze: Any = self.fields["account"]
        if 1 < len(self.passend) <= HOOGSTENS:
            keuze.choices = [(str(g.pk), f"{g.naam} ({g.email})") for g in self.passend]
        else:
            del self.fields["account"]

    def clean(self) -> dict[str, Any]:
        """Maak van wat getypt is één account, of zeg bij het veld wat er nog nodig is."""
        velden = super().clean() or {}
        gekozen = velden.pop("account", "")
        if "wie" not in velden:
            return velden
        if not self.passend:
            self.add_error("wie", "Er is geen account met deze naam of dit adres.")
        elif len(self.passend) > HOOGSTENS:
            self.add_error("wie", f"Hier passen meer dan {HOOGSTENS} accounts bij. Typ meer van de naam of het adres.")
        elif len(self.passend) > 1 and not gekozen:
            self.add_error("account", f"Hier passen {len(self.passend)} accounts bij. Kies wie u bedoelt.")
        else:
            velden["wie"] = next(g for g in self.passend if len(self.passend) == 1 or str(g.pk) == gekozen)
        return velden


@voor(Rol.BEHEERDER)
@require_http_methods(["GET", "HEAD", "POST"])
def waarom(request: HttpRequest) -> HttpResponse:
    """Toon per deur waardoor iemand binnenkomt of waarom niet; van het stuk zelf alleen soort en nummer."""
    form = WaaromForm(request.POST if request.method == "POST" else None, initial={"wie": request.GET.get("wie", "")})
    uitleg: Uitleg | None = None
    if form.is_valid():
        try:
            uitleg = vraag_waarom(**form.cleaned_data, door=gebruiker(request))
        except InvoerFout as fout:
            form.add_error(fout.veld, fout.tekst)
    status = 422 if form.errors else 200
    gevraagd = {naam: form.cleaned_data.get(naam) if uitleg else None for naam in ("wie", "adres")}
    return render(request, "werkplek/waarom.html", {"form": form, "uitleg": uitleg, **gevraagd}, status=status)
