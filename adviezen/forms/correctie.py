"""Het formulier van een correctie: de juiste waarde, en waarom."""

from typing import Any

from django import forms

from adviezen.actions.correctie import Gegeven
from adviezen.enums import Raadsoordeel
from kern.datumveld import Datumveld


class CorrectieForm(forms.Form):
    """De juiste waarde in een veld dat bij het gegeven past, met de reden."""

    reden = forms.CharField(
        label="Reden",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=(
            "De reden komt in het dossier te staan, naast de oude waarde. "
            "Openbaar staat alleen wat er was en wat het werd."
        ),
    )

    def __init__(self, *args: Any, gegeven: Gegeven, waarde: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = f"Juiste waarde: {gegeven.label}"
        veld: forms.Field
        if gegeven.soort == "dag":
            veld = Datumveld(label=label)
        elif gegeven.soort == "oordeel":
            veld = forms.ChoiceField(label=label, choices=Raadsoordeel.choices, widget=forms.RadioSelect)
        elif gegeven.soort == "lang":
            veld = forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 6}))
        else:
            veld = forms.CharField(label=label, max_length=500 if gegeven.naam == "titel" else 100)
        veld.required = not gegeven.leeg_mag
        self.fields = {"nieuw": veld, **self.fields}
        self.initial = {"nieuw": waarde}
