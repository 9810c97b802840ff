"""Formulieren voor de pers: het persbericht, een journalist toelaten, en zijn belofte."""

from typing import Any

from django import forms

from adviezen.forms.reacties import NieuwAccountForm
from adviezen.models import Persbericht


class PersForm(forms.Form):
    """Kop, tekst en woordvoerder."""

    soms_verplicht = ("telefoon", "email")  # een van de twee
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


def _belofte() -> forms.BooleanField:
    return forms.BooleanField(
        label="Ik houd mij aan het embargo en geef mijn exemplaar niet door",
        error_messages={"required": "Zonder deze belofte kunt u het advies nog niet lezen."},
    )


class PerslezerForm(forms.Form):
    """Een journalist die het advies onder embargo leest."""

    soms_verplicht = ("naam",)
    email = forms.EmailField(label="E-mailadres van de journalist")
    naam = forms.CharField(
        label="Naam",
        required=False,
        max_length=200,
        help_text="Alleen nodig als dit adres nog geen account in het portaal heeft.",
    )
    medium = forms.CharField(label="Medium", max_length=200, help_text="Staat met de naam op elke bladzijde.")


class EmbargoForm(forms.Form):
    """De journalist aanvaardt het embargo."""

    akkoord = _belofte()


class NieuwPersaccountForm(NieuwAccountForm):
    """Het eerste wachtwoord van een journalist, en zijn belofte."""

    akkoord = _belofte()
