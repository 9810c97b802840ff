"""Formulieren van het jaarrooster."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kern.datumveld import Datumveld
from kern.tijd import MAANDEN, datum_nl
from vergaderingen.rooster import Maandvoorstel


class JaarForm(forms.Form):
    """Voor welk jaar, en wanneer is het reces?"""

    verberg_niet_verplicht = True
    jaar = forms.IntegerField(label="Jaar", min_value=2000, max_value=2100)
    reces_van = Datumveld(label="Reces van", required=False)
    reces_tot = Datumveld(label="tot en met", required=False)

    def clean(self) -> dict[str, Any]:
        """Een reces heeft een begin en een einde."""
        schoon: dict[str, Any] = super().clean() or self.cleaned_data
        van, tot = schoon.get("reces_van"), schoon.get("reces_tot")
        if bool(van) != bool(tot) or (van and tot and tot < van):
            raise ValidationError("Geef van het reces de eerste en de laatste dag.")
        return schoon

    @property
    def reces(self) -> tuple[date, date] | None:
        """Geef (eerste, laatste dag) of None."""
        schoon = self.cleaned_data
        return (schoon["reces_van"], schoon["reces_tot"]) if schoon["reces_van"] else None


class RoosterForm(forms.Form):
    """De dagen van een jaar: een lege dag slaat die maand over."""

    verberg_niet_verplicht = True

    def __init__(
        self, *args: Any, jaar: int, voorstellen: Sequence[Maandvoorstel], bezet: dict[int, date], **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.jaar = jaar
        for v in voorstellen:
            naam = MAANDEN[v.maand - 1].capitalize()
            if v.maand in bezet:
                continue
            self.fields[f"dag_{v.maand}"] = Datumveld(
                label=naam, required=False, initial=None if v.reces else v.dag,
                help_text=f"{v.reden} Voorstel was {datum_nl(v.dag)}." if v.reces else v.reden,
            )  # fmt: skip
        self.fields["begin"] = forms.TimeField(label="Begin", initial="10:15")
        self.fields["eind"] = forms.TimeField(label="Einde", required=False)
        self.fields["plaats"] = forms.CharField(label="Plaats", required=False, initial="Raadzaal, SER-gebouw")

    def clean(self) -> dict[str, Any]:
        """Verzamel de gekozen dagen; elke dag valt in haar maand en staat er één keer."""
        schoon: dict[str, Any] = super().clean() or self.cleaned_data
        gekozen = {naam: dag for naam, dag in schoon.items() if naam.startswith("dag_") and dag}
        for naam, dag in gekozen.items():
            maand = MAANDEN[int(naam.removeprefix("dag_")) - 1]
            if (dag.year, MAANDEN[dag.month - 1]) == (self.jaar, maand):
                continue
            ook = next((n for n, d in gekozen.items() if d == dag and n != naam), "")
            self.add_error(
                naam,
                f"Deze dag staat ook bij {MAANDEN[int(ook.removeprefix('dag_')) - 1]}."
                if ook
                else f"{datum_nl(dag, weekdag=False)} valt niet in {maand} {self.jaar}.",
            )
        schoon["dagen"] = list(gekozen.values())
        if not schoon["dagen"] and not self.errors:
            raise ValidationError("Kies ten minste één dag.")
        return schoon
