"""Formulieren per advies en per aanbeveling: de matrix, de stand en het bewijs."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from adviezen.models import Aanbeveling, Advies, Geadresseerde
from kern.bronveld import Bronadres
from kern.datumveld import Datumveld
from kern.models import Precisie
from kern.tijd import vandaag
from opvolging.actions import Antwoordregel
from opvolging.enums import Oordeel, SoortBewijs, Stand
from opvolging.models import Antwoord, Kabinetsreactie
from stukken.ontvangst import WORD_OF_PDF

LANG = 5_000  # tekens, voor een uitleg die op een openbare bladzijde past
KOLOMMEN = ("oordeel", "citaat", "vindplaats", "motivering")


def _over(aanbeveling: Aanbeveling, wie: Geadresseerde | None) -> str:
    return f"aanbeveling {aanbeveling.nummer}" + (f" ({wie.naam})" if wie is not None else "")


class MatrixForm(forms.Form):
    """De antwoorden uit één brief, een regel per aanbeveling (en per geadresseerde als dat er meer zijn)."""

    verberg_niet_verplicht = True  # de uitleg erboven zegt wat leeg laten betekent

    reactie = forms.ModelChoiceField(
        label="De brief",
        queryset=Kabinetsreactie.objects.none(),
        help_text="Alle antwoorden hieronder komen uit deze brief.",
        error_messages={"required": "Kies de brief waaruit de antwoorden komen."},
    )

    def __init__(
        self,
        *args: Any,
        advies: Advies,
        regels: Sequence[tuple[Aanbeveling, Geadresseerde | None]],
        stond: Mapping[tuple[int, int | None], Antwoord],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        brieven = Kabinetsreactie.objects.filter(ingetrokken_op__isnull=True).filter(adviezen=advies)
        self.fields["reactie"].queryset = brieven  # type: ignore[attr-defined]
        eerste = brieven.first()
        self.initial = {"reactie": eerste.pk if eerste is not None else None}
        self.regels = list(regels)
        for n, (aanbeveling, wie) in enumerate(self.regels):
            oud = stond.get((aanbeveling.pk, wie.pk if wie else None))
            self.fields[f"oordeel_{n}"] = forms.ChoiceField(
                label="Het kabinet", required=False, choices=[("", "nog niet ingevuld"), *Oordeel.choices]
            )
            self.fields[f"citaat_{n}"] = forms.CharField(
                label="Citaat uit de brief",
                required=False,
                max_length=LANG,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text="Letterlijk; nodig bij elk oordeel, behalve “niet beantwoord”.",
            )
            self.fields[f"vindplaats_{n}"] = forms.CharField(
                label="Vindplaats", required=False, max_length=120, help_text="Bijvoorbeeld: blz. 4."
            )
            self.fields[f"motivering_{n}"] = forms.CharField(
                label="Waarom dit oordeel", required=False, max_length=LANG, widget=forms.Textarea(attrs={"rows": 2})
            )
            self.fields[f"gezien_{n}"] = forms.IntegerField(required=False, widget=forms.HiddenInput)
            for kolom in KOLOMMEN:
                self.initial[f"{kolom}_{n}"] = getattr(oud, kolom) if oud else ""
            self.initial[f"gezien_{n}"] = oud.pk if oud else None

    def clean(self) -> dict[str, Any]:
        """Wie iets bij een aanbeveling schrijft, kiest ook wat het kabinet zegt: anders wordt dat niet bewaard."""
        schoon = super().clean() or {}
        for n, (aanbeveling, wie) in enumerate(self.regels):
            vakken = [schoon.get(f"{kolom}_{n}") for kolom in KOLOMMEN]
            if f"oordeel_{n}" in schoon and not schoon[f"oordeel_{n}"] and any(vakken):
                over = _over(aanbeveling, wie)
                self.add_error(f"oordeel_{n}", f"Kies ook wat het kabinet zegt over {over}, of maak de vakken leeg.")
        return schoon

    def ingevuld(self) -> list[Antwoordregel]:
        """Geef de regels waar een oordeel staat."""
        schoon = self.cleaned_data
        return [
            Antwoordregel(
                aanbeveling=aanbeveling,
                geadresseerde=wie,
                gezien=schoon[f"gezien_{n}"],
                **{kolom: schoon[f"{kolom}_{n}"] for kolom in KOLOMMEN},
            )
            for n, (aanbeveling, wie) in enumerate(self.regels)
            if schoon[f"oordeel_{n}"]
        ]

    def veld_van(self, plaats: str) -> str | None:
        """Geef het veld bij "<pk>[/<geadresseerde>]:<kolom>" uit een weigering; None als het nergens bij hoort."""
        regel, _, kolom = plaats.partition(":")
        for n, (aanbeveling, wie) in enumerate(self.regels):
            if f"{aanbeveling.pk}{f'/{wie.pk}' if wie else ''}" == regel:
                return f"{kolom}_{n}"
        return plaats if plaats in self.fields else None

    def wijs_aan(self, plaats: str, tekst: str) -> None:
        """Zet een fout bij haar veld, en zeg om welke aanbeveling het gaat: de vakken heten allemaal hetzelfde."""
        veld = self.veld_van(plaats)
        nummer = (veld or "").rpartition("_")[2]
        erbij = f" Het gaat om {_over(*self.regels[int(nummer)])}." if nummer.isdecimal() else ""
        self.add_error(veld, f"{tekst}{erbij}")

    def rijen(self) -> list[dict[str, Any]]:
        """Geef per regel haar velden, voor het sjabloon."""
        return [
            {
                "aanbeveling": aanbeveling,
                "geadresseerde": wie,
                "gezien": self[f"gezien_{n}"],
                "velden": [self[f"{kolom}_{n}"] for kolom in KOLOMMEN],
            }
            for n, (aanbeveling, wie) in enumerate(self.regels)
        ]


class StandForm(forms.Form):
    """De stand van één aanbeveling."""

    stand = forms.ChoiceField(label="Stand", choices=Stand.choices)
    per = Datumveld(label="Stand per", initial=vandaag)
    motivering = forms.CharField(
        label="Waarom",
        max_length=LANG,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Komt op de openbare bladzijde, met de dag van vandaag.",
    )
    gezien = forms.IntegerField(required=False, widget=forms.HiddenInput)


class BewijsForm(forms.Form):
    """Een bewijs bij een of meer aanbevelingen van één advies."""

    aanbevelingen = forms.ModelMultipleChoiceField(
        label="Bij welke aanbevelingen",
        queryset=Aanbeveling.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste één aanbeveling."},
    )
    soort = forms.ChoiceField(label="Soort", choices=SoortBewijs.choices)
    titel = forms.CharField(label="Wat het is", max_length=300, help_text="Bijvoorbeeld de naam van de wet of brief.")
    datum = Datumveld(label="Datum", required=False, help_text="Leeg als de dag niet bekend is.")
    datum_precisie = forms.ChoiceField(
        label="Hoe precies", choices=[c for c in Precisie.choices if c[0] != Precisie.ONBEKEND], initial=Precisie.DAG
    )
    bron = Bronadres(label="Adres van de bron", max_length=500, required=False)
    toelichting = forms.CharField(
        label="Wat eruit blijkt", required=False, max_length=LANG, widget=forms.Textarea(attrs={"rows": 2})
    )
    bestand = forms.FileField(label="Bestand", required=False, help_text=WORD_OF_PDF)

    def __init__(self, *args: Any, advies: Advies, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld: Any = self.fields["aanbevelingen"]
        veld.queryset = advies.aanbevelingen.select_related("advies")
        veld.label_from_instance = lambda rij: f"{rij.nummer}. {rij.tekst}"


class RedenForm(forms.Form):
    """Alleen een reden."""

    reden = forms.CharField(label="Reden", max_length=LANG, widget=forms.Textarea(attrs={"rows": 3}))
