"""Formulieren van de termijnen; zij keuren de vorm, de handeling keurt de inhoud."""

from typing import Any

from django import forms

from kern.datumveld import Datumveld
from termijnen import soorten


class FilterForm(forms.Form):
    """Wat de lijst toont."""

    verberg_niet_verplicht = True
    wie = forms.ChoiceField(
        label="Van wie", required=False, choices=[("mijn", "mijn termijnen"), ("alle", "alle termijnen")]
    )
    stand = forms.ChoiceField(
        label="Stand",
        required=False,
        choices=[
            ("lopend", "lopend"),
            ("verstreken", "verstreken"),
            ("afgesloten", "afgesloten"),
            ("alle", "alles"),
        ],
    )
    soort = forms.ChoiceField(label="Soort", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keuzen = [("", "alle soorten"), *((s.naam, s.omschrijving) for s in soorten.alle())]
        self.fields["soort"].choices = keuzen  # type: ignore[attr-defined]


class HandelingForm(forms.Form):
    """De reden van een handeling, met de versie die de gebruiker zag."""

    versie = forms.IntegerField(widget=forms.HiddenInput)
    reden = forms.CharField(
        label="Reden",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="De reden komt in het dossier en in het logboek te staan.",
    )


class VerlengForm(HandelingForm):
    """De nieuwe vervaldag."""

    vervalt_op = Datumveld(label="Nieuwe vervaldag", help_text="De dag zelf is nog op tijd.")
    field_order = ("vervalt_op", "reden")


class VoldoeForm(HandelingForm):
    """De dag waarop de termijn gehaald werd."""

    op = Datumveld(label="Voldaan op", help_text="De dag waarop het gebeurde, bijvoorbeeld de datum van de brief.")
    field_order = ("op", "reden")
