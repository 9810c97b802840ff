"""Formulieren bij de klok: een toezegging, de vrijgave, en de brieven aan het ministerie."""

from typing import Any

from django import forms

from kern.datumveld import Datumveld
from kern.models import Precisie
from kern.tijd import vandaag
from opvolging.models import Herinneringsbrief


class ToezeggingForm(forms.Form):
    """Wat een bewindspersoon toezegde."""

    datum = Datumveld(label="Reactie toegezegd voor", help_text="Bij een maand: kies een dag in die maand.")
    datum_precisie = forms.ChoiceField(
        label="Hoe precies", choices=[(Precisie.DAG, "op de dag"), (Precisie.MAAND, "in die maand")]
    )
    door_wie = forms.CharField(
        label="Wie zegde het toe",
        max_length=300,
        widget=forms.TextInput(attrs={"list": "wie-zegde-toe"}),
        help_text="De functie, geen naam; zo staat het op de openbare klok. Bijvoorbeeld: minister van Financiën.",
    )
    gedaan_op = Datumveld(label="Toegezegd op", initial=vandaag)
    bron = forms.CharField(label="Bron", max_length=300, required=False, help_text="Bijvoorbeeld een Kamerstuk.")


class VrijgaveForm(forms.Form):
    """Terugnemen vraagt een reden. `wat` is wat er op het scherm stond: twee keer klikken doet niet het omgekeerde."""

    reden = forms.CharField(label="Reden", required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 2}))
    wat = forms.ChoiceField(choices=[("vrij", "vrij"), ("terug", "terug")], required=False, widget=forms.HiddenInput)


class BriefForm(forms.Form):
    """De tekst van een herinneringsbrief."""

    aan = forms.CharField(label="Aan", max_length=300)
    email = forms.EmailField(
        label="E-mailadres van het ministerie", required=False, help_text="Leeg: de brief gaat met de post."
    )
    onderwerp = forms.CharField(label="Onderwerp", max_length=150)
    tekst = forms.CharField(
        label="Tekst van de brief",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Een witregel begint een nieuwe alinea.",
    )
    versie = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, brief: Herinneringsbrief, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {naam: getattr(brief, naam) for naam in ("aan", "email", "onderwerp", "tekst")}
        self.initial["versie"] = brief.rijversie
