"""Een opmerking bij een passage, en hoe zij is afgedaan."""

from collections.abc import Sequence
from typing import Any

from django import forms

from adviezen.enums import SoortOpmerking
from adviezen.queries.beraad import Kringkeuze


class OpmerkingForm(forms.Form):
    """Een gewone opmerking of een blokkerend bezwaar, in een kring van de lezer."""

    blok = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    tekst = forms.CharField(
        label="Opmerking",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Vul een opmerking in."},
    )
    kring = forms.ChoiceField(
        label="Wie leest dit?",
        choices=(),
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wie deze opmerking mag lezen."},
    )
    soort = forms.ChoiceField(
        label="Soort", choices=SoortOpmerking.choices, widget=forms.RadioSelect, initial=SoortOpmerking.GEWOON
    )
    voorstel = forms.CharField(
        label="Tekstvoorstel",
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Verplicht bij een blokkerend bezwaar: hoe zou de tekst wel kunnen?",
    )

    def __init__(self, *args: Any, keuzes: Sequence[Kringkeuze], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kring"].choices = [(k.waarde, k.naam) for k in keuzes]  # type: ignore[attr-defined]

    def velden(self) -> dict[str, Any]:
        """Geef de velden zoals de handeling ze vraagt: de kring gesplitst in soort en organisatie of geleding."""
        uit = dict(self.cleaned_data)
        kring, _, rest = uit["kring"].partition(":")
        uit["kring"] = kring
        if kring == "organisatie":
            uit["organisatie"] = int(rest)
        elif kring == "geleding":
            uit["geleding"] = rest
        return uit


class AntwoordForm(forms.Form):
    """Een antwoord; het staat in de kring van de opmerking."""

    tekst = forms.CharField(
        label="Antwoord",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Vul een antwoord in."},
    )


class AfdoenForm(forms.Form):
    """Wat er met de opmerking gedaan is."""

    afdoening = forms.CharField(
        label="Wat is ermee gedaan?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Bijvoorbeeld: verwerkt in paragraaf 2, of besproken in de commissie en zo gelaten.",
        error_messages={"required": "Zeg wat ermee gedaan is."},
    )
