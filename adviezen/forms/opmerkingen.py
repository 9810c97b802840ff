"""Een opmerking bij een passage, hoe zij is afgedaan, en wat een lezer voorlopig vindt."""

from collections.abc import Sequence
from typing import Any

from django import forms

from adviezen.enums import Deling, Kring, SoortOpmerking, Voorlopig
from adviezen.queries.beraad import Kringkeuze
from kern.anker import Citaat


class OpmerkingForm(forms.Form):
    """Een gewone opmerking of een blokkerend bezwaar, in een kring van de lezer."""

    soms_verplicht = ("voorstel",)
    blok = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    voor = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200, strip=False)
    na = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200, strip=False)
    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False)
    tekst = forms.CharField(
        label="Opmerking",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Vul een opmerking in."},
    )
    exact = forms.CharField(
        label="Over welke woorden?",
        required=False,
        max_length=4000,
        help_text="Laat leeg voor de hele alinea, of neem de woorden over zoals ze er staan.",
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

    def __init__(self, *args: Any, keuzes: Sequence[Kringkeuze], geheel: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kring"].choices = [(k.waarde, k.naam) for k in keuzes]  # type: ignore[attr-defined]
        if geheel:
            del self.fields["exact"]

    def velden(self) -> dict[str, Any]:
        """Geef de velden zoals de handeling ze vraagt.

        De kring gesplitst in soort en organisatie of geleding, de aangehaalde woorden als Citaat (None: het hele blok).
        """
        uit = dict(self.cleaned_data)
        exact, voor, na = (uit.pop(naam, "") for naam in ("exact", "voor", "na"))
        uit["aanhaling"] = Citaat(" ".join(exact.split()), voor, na) if exact.strip() else None
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


class VoorlopigForm(forms.Form):
    """Wat een lezer voorlopig vindt, en wie dat mag zien."""

    soms_verplicht = ("tekst",)
    keuze = forms.ChoiceField(
        label="Voorlopig standpunt",
        choices=Voorlopig.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat u voorlopig vindt."},
    )
    tekst = forms.CharField(
        label="Toelichting",
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Nodig bij “eens, met een opmerking” en bij een afwijkend standpunt.",
    )
    gedeeld_met = forms.ChoiceField(
        label="Wie ziet dit?", choices=Deling.choices, widget=forms.RadioSelect, initial=Deling.NIEMAND
    )

    def __init__(self, *args: Any, commissie: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not commissie:
            self.fields["gedeeld_met"].choices = [  # type: ignore[attr-defined]
                (w, n) for w, n in Deling.choices if w != Deling.COMMISSIE
            ]


class FilterForm(forms.Form):
    """Welke opmerkingen een lezer wil zien; leeg is alles."""

    verberg_niet_verplicht = True
    kring = forms.ChoiceField(label="Kring", choices=[("", "alle"), *Kring.choices], required=False)
    stand = forms.ChoiceField(
        label="Stand", choices=[("", "alle"), ("open", "open"), ("afgedaan", "afgedaan")], required=False
    )
    blokkerend = forms.BooleanField(label="Blokkerend", required=False)
    mij = forms.BooleanField(label="Van mij", required=False)
    nieuw = forms.BooleanField(label="Nieuw", required=False)
