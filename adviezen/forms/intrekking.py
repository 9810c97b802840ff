"""Formulieren om een openbaar advies in te trekken: de openbare reden, en waarom het toch niet doorgaat."""

from django import forms

from adviezen.actions.intrekking import LANGSTE_REDEN


class IntrekkingForm(forms.Form):
    """De reden, die iedereen te lezen krijgt."""

    reden = forms.CharField(
        label="Reden",
        max_length=LANGSTE_REDEN,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Openbaar: deze tekst komt op het adres van het advies te staan. Noem geen persoon.",
    )


class VervalForm(forms.Form):
    """Waarom het voorstel of de intrekking niet doorgaat; alleen in het dossier."""

    waarom = forms.CharField(
        label="Waarom niet", max_length=500, help_text="Niet openbaar: dit blijft in het dossier staan."
    )
