"""Formulieren van stemming, briefjes, peiling en onthouding."""

from __future__ import annotations

from typing import Any

from django import forms

from vergaderingen.enums import Besluitsoort, Rondesoort
from vergaderingen.models import Stemronde
from vergaderingen.stemlijst import Stemgroep
from vergaderingen.stemming import Telling

STEMMING, PEILING = "stemming", "peiling"
WIJZE = (
    (STEMMING, "Stemming: over zaken hoofdelijk, over personen met briefjes"),
    (PEILING, "Peiling op de tablets van de leden; bindt niet"),
)


class StemrondeForm(forms.Form):
    """Een stemming of peiling openen."""

    vraag = forms.CharField(
        label="Voorstel", widget=forms.Textarea(attrs={"rows": 2}), help_text="Komt in het besluit."
    )
    over = forms.ChoiceField(label="Waarover", choices=Besluitsoort.choices, initial=Besluitsoort.ZAAK)
    wijze = forms.ChoiceField(label="Hoe", choices=WIJZE, initial=STEMMING, widget=forms.RadioSelect)
    vorige = forms.TypedChoiceField(label="Herstemming van", required=False, coerce=int, empty_value=None, choices=[])

    def __init__(self, *args: Any, herstembaar: list[Stemronde], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._herstembaar = {r.pk: r for r in herstembaar}
        if not herstembaar:
            del self.fields["vorige"]
            return
        self.fields["vorige"].choices = [  # type: ignore[attr-defined]
            ("", "Nee, dit is een nieuwe stemming"),
            *((r.pk, f"{r.agendapunt.vergadering.datum_tekst}: {r.vraag[:80]}") for r in herstembaar),
        ]

    @property
    def velden(self) -> dict[str, Any]:
        """Geef wat de handeling vraagt."""
        schoon = self.cleaned_data
        peiling = schoon["wijze"] == PEILING
        return {
            "vraag": schoon["vraag"],
            "over": schoon["over"],
            "soort": Rondesoort.PEILING if peiling else Rondesoort.HOOFDELIJK,
            "vorige": None if peiling else self._herstembaar.get(schoon.get("vorige") or 0),
        }


class SluitForm(forms.Form):
    """Een hoofdelijke stemming sluiten."""

    besluit = forms.CharField(
        label="Besluit", required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text="Leeg: het voorstel zelf."
    )
    onvolledig = forms.BooleanField(label="Wie nog geen stem heeft, nam niet deel", required=False)

    def __init__(self, *args: Any, vol: bool = False, **kwargs: Any) -> None:
        """Met `vol` heeft iedereen een stem en valt er niets aan te kruisen."""
        super().__init__(*args, **kwargs)
        if vol:
            del self.fields["onvolledig"]


class BriefjesForm(forms.Form):
    """De uitslag van een stemming met briefjes: wie er een inleverde, en alleen totalen."""

    verberg_niet_verplicht = True
    zetels = forms.TypedMultipleChoiceField(
        label="Leverden een briefje in",
        coerce=int,
        choices=[],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "briefjes-keuzes"}),
        required=False,
    )
    voor = forms.IntegerField(label="Voor", min_value=0, max_value=200)
    tegen = forms.IntegerField(label="Tegen", min_value=0, max_value=200)
    blanco = forms.IntegerField(
        label="Blanco", min_value=0, max_value=200, initial=0, help_text="Ook een briefje dat niet te lezen is."
    )
    besluit = forms.CharField(
        label="Besluit", required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text="Leeg: het voorstel zelf."
    )

    def __init__(self, *args: Any, groepen: list[Stemgroep], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plekken = [plek for groep in groepen for plek in groep.plekken]
        self.fields["zetels"].choices = [(p.zetel.pk, p.persoon.naam) for p in plekken]  # type: ignore[attr-defined]
        self.fields["zetels"].initial = [p.zetel.pk for p in plekken]

    @property
    def velden(self) -> dict[str, Any]:
        """Geef wat de handeling vraagt."""
        schoon = self.cleaned_data
        return {
            "zetels": schoon["zetels"],
            "besluit": schoon["besluit"],
            "telling": Telling(schoon["voor"], schoon["tegen"], schoon["blanco"]),
        }


class OnthoudingForm(forms.Form):
    """Wie zich bij dit punt van medestemmen onthoudt."""

    zetel = forms.TypedChoiceField(label="Lid", coerce=int, choices=[])
    reden = forms.CharField(
        label="Reden",
        required=False,
        max_length=300,
        help_text="Alleen voor het secretariaat (Wet, art. 23).",
    )

    def __init__(self, *args: Any, leden: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zetel"].choices = [("", "Kies een lid"), *leden]  # type: ignore[attr-defined]
