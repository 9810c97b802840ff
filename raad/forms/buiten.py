"""Formulieren van nevenfuncties, vertegenwoordigers van ministeries en bekendmakingen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet

from kern.datumveld import Datumveld
from raad.enums import Ambt
from raad.forms.basis import DaadForm
from raad.models import Benoeming, MinisterieVertegenwoordiger, Persoon


class NevenfunctieForm(DaadForm):
    functie = forms.CharField(label="Functie", max_length=200)
    waar = forms.CharField(label="Bij", max_length=200, required=False, help_text="De organisatie.")
    betaald = forms.BooleanField(label="Betaald", required=False)
    van = Datumveld(label="Eerste dag")
    laatste_dag = Datumveld(label="Laatste dag", required=False, help_text="Leeg: tot nader bericht.")
    onverenigbaar = forms.ChoiceField(
        label="Onverenigbaar ambt",
        required=False,
        choices=[("", "nee"), *Ambt.choices],
        help_text="Dan eindigen de zetel, het voorzitterschap en de plaats in het dagelijks bestuur op de eerste dag.",
    )


class VertegenwoordigerForm(DaadForm):
    persoon = forms.ModelChoiceField(
        label="Persoon", queryset=Persoon.objects.none(), empty_label="Kies een persoon",
        help_text="Staat de persoon er niet bij? Voeg die eerst toe op de bladzijde van de raad.",
    )  # fmt: skip
    ministerie = forms.CharField(
        label="Ministerie", max_length=120, required=False, help_text="Bij een vervanger volgt dit vanzelf."
    )
    vervangt = forms.ModelChoiceField(
        label="Vervangt", queryset=MinisterieVertegenwoordiger.objects.none(), required=False,
        empty_label="niemand: zelf vertegenwoordiger",
    )  # fmt: skip
    van = Datumveld(label="Eerste dag")
    laatste_dag = Datumveld(label="Laatste dag", required=False, help_text="Leeg: tot nader bericht.")

    def __init__(self, *args: Any, vertegenwoordigers: QuerySet[MinisterieVertegenwoordiger], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        velden: dict[str, Any] = self.fields
        velden["persoon"].queryset = Persoon.objects.filter(voorbeeld=settings.VOORBEELD)
        velden["vervangt"].queryset = vertegenwoordigers.filter(vervangt=None)


class Benoemingkeuze(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.persoon.naam}, {obj.get_soort_display()}, {obj.zetel}"


class BekendmakingForm(DaadForm):
    benoemingen = Benoemingkeuze(
        label="Wie",
        queryset=Benoeming.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies wie er in deze bekendmaking staan."},
    )
    op = Datumveld(label="Bekendgemaakt op")
    vindplaats = forms.CharField(
        label="Vindplaats",
        max_length=200,
        help_text="Bijvoorbeeld: Staatscourant 2026, 1234.",
        error_messages={"required": "Noem de vindplaats, bijvoorbeeld het nummer van de Staatscourant."},
    )

    def __init__(self, *args: Any, benoemingen: QuerySet[Benoeming], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld: Any = self.fields["benoemingen"]
        veld.queryset = benoemingen
        veld.initial = list(benoemingen)

    def argumenten(self) -> dict[str, Any]:
        """De argumenten van maak_bekend."""
        velden = super().argumenten()
        return velden | {"benoemingen": list(velden["benoemingen"])}
