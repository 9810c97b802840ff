"""Het formulier van het persbericht."""

from typing import Any

from django import forms

from adviezen.models import Persbericht


class PersForm(forms.Form):
    """Kop, tekst en woordvoerder."""

    titel = forms.CharField(label="Kop", max_length=200)
    tekst = forms.CharField(
        label="Tekst",
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Een witregel begint een nieuwe alinea.",
    )
    woordvoerder = forms.CharField(label="Woordvoerder", max_length=200)
    telefoon = forms.CharField(label="Telefoon", max_length=40, required=False)
    email = forms.EmailField(label="E-mailadres", required=False)

    def __init__(self, *args: Any, rij: Persbericht | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if rij is not None:
            self.initial = {naam: getattr(rij, naam) for naam in self.fields}
