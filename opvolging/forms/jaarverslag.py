"""Formulieren van het jaarverslag."""

from django import forms

from kern.datumveld import Datumveld
from kern.tijd import vandaag


class JaarForm(forms.Form):
    """Over welk jaar."""

    jaar = forms.IntegerField(label="Jaar", min_value=1950, max_value=2199)


class InleidingForm(forms.Form):
    """De inleiding, als gewone tekst."""

    versie = forms.IntegerField(widget=forms.HiddenInput)
    inleiding = forms.CharField(
        label="Inleiding",
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Een witregel begint een nieuwe alinea. De andere hoofdstukken telt het portaal zelf.",
    )


class AanbiedForm(forms.Form):
    """Wanneer het naar de ministers ging."""

    versie = forms.IntegerField(widget=forms.HiddenInput)
    op = Datumveld(label="Aangeboden op", initial=vandaag)
