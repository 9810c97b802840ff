"""Het formulier van een evaluatie."""

from django import forms

from kern.datumveld import Datumveld
from kern.tijd import vandaag
from opvolging.enums import Uitwerking
from opvolging.models.evaluatie import MOMENTEN, moment_in_woorden


class EvaluatieForm(forms.Form):
    """Wat een advies uitwerkte."""

    na_jaren = forms.TypedChoiceField(
        label="Welke evaluatie",
        coerce=int,
        choices=[(str(jaren), moment_in_woorden(jaren).capitalize()) for jaren in (*MOMENTEN[1:], MOMENTEN[0])],
    )
    per = Datumveld(label="Stand per", initial=vandaag)
    uitwerking = forms.ChoiceField(
        label="Is bereikt wat het advies wilde?",
        choices=Uitwerking.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies of bereikt is wat het advies wilde."},
    )
    bevindingen = forms.CharField(
        label="Wat veranderde er?",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Zeg ook waaruit dat blijkt, en of het door het advies kwam. Dit komt op de openbare bladzijde.",
    )
    groepen = forms.CharField(
        label="Wat merkten de geraakte groepen?", required=False, max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ten goede en ten kwade. Openbaar.",
    )  # fmt: skip
    geraadpleegd = forms.CharField(
        label="Wie sprak de SER erover?", required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Organisaties en functies, geen namen van mensen. Openbaar.",
    )  # fmt: skip
    lessen = forms.CharField(
        label="Wat leert de SER hiervan?", required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Blijft binnen het secretariaat.",
    )  # fmt: skip
    gezien = forms.IntegerField(required=False, widget=forms.HiddenInput)
