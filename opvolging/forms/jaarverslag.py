"""Formulieren van het jaarverslag."""

from collections.abc import Sequence
from typing import Any

from django import forms

from kern.datumveld import Datumveld
from kern.tijd import vandaag
from vergaderingen.models import Agendapunt


class JaarForm(forms.Form):
    """Over welk jaar."""

    jaar = forms.IntegerField(label="Jaar", min_value=1950, max_value=2199)


class InleidingForm(forms.Form):
    """De inleiding, als gewone tekst."""

    soms_verplicht = ("inleiding",)
    versie = forms.IntegerField(widget=forms.HiddenInput)
    inleiding = forms.CharField(
        label="Inleiding",
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Verplicht om het jaarverslag aan te bieden. Een witregel begint een nieuwe alinea. De andere "
        "hoofdstukken telt het portaal zelf.",
    )


class AanbiedForm(forms.Form):
    """Wanneer het naar de ministers ging, en in welke vergadering de raad het vaststelde."""

    versie = forms.IntegerField(widget=forms.HiddenInput)
    op = Datumveld(label="Aangeboden op", initial=vandaag)
    vastgesteld_bij = forms.ModelChoiceField(
        label="Vastgesteld door de raad",
        queryset=Agendapunt.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Kies in welke vergadering de raad het vaststelde."},
    )

    def __init__(self, *args: Any, punten: Sequence[Agendapunt], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld: Any = self.fields["vastgesteld_bij"]
        veld.queryset = Agendapunt.objects.filter(pk__in=[p.pk for p in punten]).select_related("vergadering")
        veld.label_from_instance = lambda p: f"{p.onderwerp}, vergadering van {p.vergadering.datum_tekst}"
        if len(punten) == 1:
            self.initial.setdefault("vastgesteld_bij", punten[0].pk)
