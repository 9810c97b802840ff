"""Formulieren van de vernietigingslijst."""

from typing import Any

from django import forms

from kern.datumveld import Datumveld


class BesluitForm(forms.Form):
    """Een besluit over de lijst zoals de gebruiker haar zag."""

    versie = forms.IntegerField(widget=forms.HiddenInput)


class BevestigForm(BesluitForm):
    """Vernietigen is niet terug te draaien: wie bevestigt, zegt dat hij keek."""

    gezien = forms.BooleanField(
        label="Ik heb bekeken wat er op de lijst staat en weet dat dit niet terug te draaien is",
        error_messages={"required": "Bekijk eerst wat er op de lijst staat, en kruis dit dan aan."},
    )

    def clean(self) -> dict[str, Any]:
        """Geef wat het besluit nodig heeft; het vinkje zelf niet."""
        velden = super().clean() or {}
        velden.pop("gezien", None)
        return velden


class RedenForm(BesluitForm):
    """Afwijzen vraagt een reden."""

    reden = forms.CharField(
        label="Waarom niet", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), help_text="Blijft bij de lijst."
    )
    opnieuw = forms.BooleanField(
        label="Maak meteen een nieuwe lijst",
        required=False,
        help_text="Daarop laat u staan wat moet blijven. Keurt u die lijst goed, dan bevestigt een ander de rest.",
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
