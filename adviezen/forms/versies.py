"""Formulieren van stap 3: een Word-bestand inlezen, schrijven in de browser, wit of groen vaststellen."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse

from adviezen.models import Adviestraject
from adviezen.policies.beraad import wit_sinds
from adviezen.policies.verwerking import groen_sinds
from kern.tijd import datum_nl
from stukken.docx_verslag import LosBeeld
from vergaderingen.enums import Orgaan, Status
from vergaderingen.models import Vergadering

NOTITIE = "Wat is er veranderd? Wie de versies leest, ziet dit bij de versie."


class WordForm(forms.Form):
    """Een nieuwe versie uit een Word-bestand."""

    basis = forms.IntegerField(widget=forms.HiddenInput, required=False)
    bestand = forms.FileField(
        label="Word-bestand",
        help_text=(
            "Alleen .docx, hoogstens 25 MB. Koppen, lijsten, tabellen en voetnoten komen mee; wijzigingen die in Word "
            "nog open staan, gelden als aanvaard."
        ),
        error_messages={"required": "Kies een Word-bestand."},
    )
    notitie = forms.CharField(
        label="Notitie", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}), help_text=NOTITIE
    )


class BeschrijfForm(forms.Form):
    """Voor elke afbeelding zonder beschrijving één vak; een leeg vak laat de afbeelding weg."""

    verberg_niet_verplicht = True

    def __init__(self, *args: Any, beelden: Sequence[LosBeeld], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.beelden = beelden
        for nummer, beeld in enumerate(beelden, start=1):
            self.fields[beeld.sleutel] = forms.CharField(
                label=f"Wat is er te zien op afbeelding {nummer}?",
                required=False,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        """Ten minste één beschrijving, anders is er niets te doen."""
        schoon = super().clean() or {}
        if not any(tekst.strip() for tekst in schoon.values()):
            raise forms.ValidationError("Beschrijf ten minste één afbeelding.")
        return schoon

    def beschrijvingen(self) -> dict[str, str]:
        """Geef de ingevulde beschrijvingen, per sleutel."""
        return {sleutel: tekst.strip() for sleutel, tekst in self.cleaned_data.items() if tekst.strip()}

    def met_beelden(self) -> list[tuple[LosBeeld, forms.BoundField]]:
        """Geef elke afbeelding met haar vak."""
        return [(beeld, self[beeld.sleutel]) for beeld in self.beelden]


class SchrijfForm(forms.Form):
    """De tekst zelf; `basis` is de versie waarop de schrijver voortbouwt.

    `gezien` is een nieuwere versie waarvan hij de verschillen voor zich had: wie dan bewaart, koos wat erin staat.
    """

    verberg_niet_verplicht = True

    basis = forms.IntegerField(widget=forms.HiddenInput, required=False)
    gezien = forms.IntegerField(widget=forms.HiddenInput, required=False)
    html = forms.CharField(
        label="Tekst",
        widget=forms.Textarea(attrs={"rows": 24, "data-schrijven": "1"}),
        error_messages={"required": "De tekst is leeg."},
    )
    notitie = forms.CharField(
        label="Notitie", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}), help_text=NOTITIE
    )


def welke(sinds: date | None) -> str:
    """Geef de uitleg bij een keuze uit de vergaderingen vanaf `sinds`, en waar een andere te zetten is."""
    if sinds is None:
        return ""
    lijst = reverse("vergaderingen:lijst")
    return (
        f"Hier staan de vergaderingen vanaf {datum_nl(sinds)}; eerder was het nog niet zover. Staat de goede er niet "
        f'bij? Zet haar eerst bij de <a href="{lijst}">vergaderingen</a>.'
    )


class VaststelForm(forms.Form):
    """In welke vergadering de commissie de versie vaststelde."""

    vergadering = forms.ModelChoiceField(
        label="Vergadering van de commissie",
        queryset=Vergadering.objects.none(),
        error_messages={"required": "Kies de vergadering waarin de commissie besloot."},
    )
    notitie = forms.CharField(
        label="Notitie", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}), help_text=NOTITIE
    )

    def __init__(self, *args: Any, traject: Adviestraject, slot: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld = self.fields["vergadering"]
        sinds = groen_sinds(traject) if slot else wit_sinds(traject)
        veld.queryset = commissievergaderingen(traject, sinds)  # type: ignore[attr-defined]
        if slot:
            veld.label = "Slotvergadering van de commissie"
            veld.help_text = "De vergadering waarin de commissie haar werk aan dit advies afsloot."
        veld.help_text = f"{veld.help_text} {welke(sinds)}".strip()


def commissievergaderingen(traject: Adviestraject, sinds: date | None = None) -> Any:
    """Geef de vergaderingen van de eigen commissie vanaf `sinds`, jongste eerst, zonder wat niet doorging."""
    vergaderingen = Vergadering.objects.filter(orgaan=Orgaan.COMMISSIE, commissie=traject.commissie)
    if sinds is not None:
        vergaderingen = vergaderingen.exclude(datum__lt=sinds)
    niet = (Status.AFGELAST, Status.NIET_DOORGEGAAN)
    return vergaderingen.exclude(status__in=niet).select_related("commissie").order_by("-datum", "-pk")
