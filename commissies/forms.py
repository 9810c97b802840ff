"""Formulieren van de commissies. Op het scherm staat de laatste dag; opgeslagen wordt de eerste dag erna."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.conf import settings

from commissies.enums import CommissieGeleding, CommissieRol, SoortCommissie
from commissies.models import Commissie, Commissielid
from kern.datumveld import Datumveld
from kern.tijd import vandaag
from raad.forms import BeeindigForm, DaadForm
from raad.models import Organisatie, Persoon
from raad.models.tijdvak import geldt_op

__all__ = ["BeeindigForm", "CommissieForm", "CommissielidForm", "FilterForm", "MandaatForm", "OmzetForm"]


class FilterForm(forms.Form):
    verberg_niet_verplicht = True
    soort = forms.ChoiceField(label="Soort", required=False, choices=[("", "alle soorten"), *SoortCommissie.choices])
    ook_opgeheven = forms.BooleanField(label="Ook opgeheven commissies", required=False)


class CommissieForm(DaadForm):
    soms_verplicht = ("mandaat_grond",)
    naam = forms.CharField(label="Naam", max_length=160)
    afkorting = forms.CharField(label="Afkorting", max_length=20, required=False)
    soort = forms.ChoiceField(label="Soort", choices=SoortCommissie.choices)
    taak = forms.CharField(label="Taak", widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)
    ingesteld_op = Datumveld(label="Ingesteld op")
    consumentenleden = forms.BooleanField(label="Consumenten zitten op de werknemersplaatsen", required=False)
    mandaat = forms.BooleanField(label="Mag zelf adviseren (mandaat)", required=False)
    mandaat_grond = forms.CharField(
        label="Grond van het mandaat",
        max_length=200,
        required=False,
        help_text="Alleen bij een mandaat, bijvoorbeeld het besluit van de raad.",
    )


class PersoonMetAccount(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.naam} (heeft een account)" if obj.gebruiker_id else str(obj.naam)


class Vervangkeuze(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.persoon.naam} ({obj.get_rol_display()})"


class CommissielidForm(DaadForm):
    soms_verplicht = ("geleding", "vervangt", "reden")
    persoon = PersoonMetAccount(label="Persoon", queryset=Persoon.objects.none(), empty_label="Kies een persoon")
    rol = forms.ChoiceField(label="Rol", choices=CommissieRol.choices, initial=CommissieRol.LID)
    van = Datumveld(label="Eerste dag")
    laatste_dag = Datumveld(label="Laatste dag", required=False, help_text="Leeg: zolang de commissie bestaat.")
    geleding = forms.ChoiceField(
        label="Geleding",
        required=False,
        choices=[("", "volgens de zetel in de raad"), *CommissieGeleding.choices],
        help_text="Nodig voor leden die niet in de raad zitten.",
    )
    organisatie = forms.ModelChoiceField(
        label="Organisatie",
        queryset=Organisatie.objects.none(),
        required=False,
        empty_label="volgens de zetel in de raad, of geen",
    )
    vervangt = Vervangkeuze(
        label="Vervangt",
        queryset=Commissielid.objects.none(),
        required=False,
        empty_label="niemand",
        help_text="Alleen bij plaatsvervangers.",
    )
    reden = forms.CharField(
        label="Reden",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=2000,
        help_text="Nodig als de voorzitter geen (plaatsvervangend) kroonlid is.",
    )

    def __init__(self, *args: Any, commissie: Commissie, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        velden: dict[str, Any] = dict(self.fields)
        velden["persoon"].queryset = Persoon.objects.filter(voorbeeld=commissie.voorbeeld)
        velden["organisatie"].queryset = Organisatie.objects.filter(voorbeeld=settings.VOORBEELD)
        velden["vervangt"].queryset = Commissielid.objects.filter(
            geldt_op(vandaag()), commissie=commissie, rol__in=[CommissieRol.VOORZITTER, CommissieRol.LID]
        ).select_related("persoon")


class MandaatForm(DaadForm):
    soms_verplicht = ("grond",)
    mandaat = forms.BooleanField(label="Mag zelf adviseren (mandaat)", required=False)
    grond = forms.CharField(label="Grond van het mandaat", max_length=200, required=False)
    reden = forms.CharField(label="Reden", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)
    op_scherm: ClassVar[Mapping[str, str]] = {"mandaat_grond": "grond"}


class OmzetForm(DaadForm):
    naam = forms.CharField(label="Nieuwe naam", max_length=160)
    soort = forms.ChoiceField(
        label="Wordt een", choices=[keuze for keuze in SoortCommissie.choices if keuze[0] != SoortCommissie.WERKGROEP]
    )
    reden = forms.CharField(label="Reden", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)
