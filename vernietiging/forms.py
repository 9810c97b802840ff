"""Formulieren van de vernietigingslijst."""

from django import forms

from kern.datumveld import Datumveld


class BesluitForm(forms.Form):
    """Een besluit over de lijst zoals de gebruiker haar zag."""

    versie = forms.IntegerField(widget=forms.HiddenInput)


class RedenForm(BesluitForm):
    """Afwijzen vraagt een reden."""

    reden = forms.CharField(
        label="Waarom niet", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), help_text="Blijft bij de lijst."
    )


class UitzonderForm(BesluitForm):
    """Eén post blijft, tot een dag en met een reden."""

    reden = forms.CharField(
        label="Waarom dit blijft",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Bijvoorbeeld een lopende procedure of een verzoek op grond van de Woo. Blijft bij de lijst.",
    )
    tot = Datumveld(
        label="Blijft in elk geval tot", widget=forms.DateInput, help_text="Daarna komt het weer op een lijst."
    )
