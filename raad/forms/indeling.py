"""De indeling van een nieuwe zittingsperiode: wie komt in welke zetel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from kern.datumveld import Datumveld
from raad.enums import Geleding, SoortBenoeming
from raad.forms.basis import DaadForm
from raad.indeling import Keuze, Plek

SOORTEN = (SoortBenoeming.LID, SoortBenoeming.PLAATSVERVANGER)


class Keuzelijst(forms.Select):
    """Een keuzelijst waarvan de opties één keer zijn gemaakt: zeventig lijsten van honderden namen blijven zo vlot."""

    def __init__(self, opties: SafeString, leeg: str) -> None:
        super().__init__()
        self.opties, self.leeg = opties, leeg

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Geef de lijst als HTML, met deze waarde gekozen."""
        opties = str(self.opties)
        if str(value or "").isdigit():
            opties = opties.replace(f'<option value="{value}">', f'<option value="{value}" selected>', 1)
        kenmerken = flatatt({"name": name, "class": "utrecht-select utrecht-select--html-select", **(attrs or {})})
        return format_html('<select{}><option value="">{}</option>{}</select>', kenmerken, self.leeg, mark_safe(opties))  # noqa: S308 - uit format_html_join


def als_opties(rijen: Sequence[tuple[int, str]]) -> SafeString:
    """Geef de opties van een keuzelijst als HTML."""
    return format_html_join("", '<option value="{}">{}</option>', rijen)


class IndelingForm(DaadForm):
    """Twee keuzelijsten per zetel; wie erin staat volgt uit de geleding, met het voorstel al gekozen."""

    verberg_niet_verplicht = True
    meegedeeld_op = Datumveld(
        label="Meegedeeld op",
        required=False,
        help_text="Dan loopt voor ieder de termijn van drie weken om te aanvaarden. Leeg: dat komt later, per persoon.",
    )

    def __init__(
        self,
        *args: Any,
        plekken: Sequence[Plek],
        keuzelijst: Mapping[Geleding, Sequence[tuple[int, str]]],
        voorstel: Sequence[Keuze],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.plekken = list(plekken)
        opties = {geleding: als_opties(rijen) for geleding, rijen in keuzelijst.items()}
        voorgesteld = {(k.nummer, k.soort): k.persoon for k in voorstel}
        for plek in self.plekken:
            van_wie = plek.organisatie.naam if plek.organisatie else plek.bijzonder.upper() or "kroonleden"
            for soort in SOORTEN:
                self.fields[f"{soort}_{plek.nummer}"] = forms.TypedChoiceField(
                    label=f"{soort.label.capitalize()} in zetel {plek.nummer}, {van_wie}",
                    coerce=int,
                    empty_value=None,
                    required=False,
                    choices=[("", ""), *keuzelijst[plek.geleding]],
                    widget=Keuzelijst(opties[plek.geleding], "vacant" if soort == SoortBenoeming.LID else "geen"),
                    initial=voorgesteld.get((plek.nummer, soort)),
                )

    def argumenten(self) -> dict[str, Any]:
        """De argumenten van richt_periode_in_met_benoemingen, zonder die van de periode zelf."""
        schoon = self.cleaned_data
        keuzen = [
            Keuze(plek.nummer, soort, schoon[f"{soort}_{plek.nummer}"])
            for plek in self.plekken
            for soort in SOORTEN
            if schoon.get(f"{soort}_{plek.nummer}")
        ]
        return {"keuzen": keuzen, "meegedeeld_op": schoon.get("meegedeeld_op")}

    def regels(self) -> list[tuple[Plek, forms.BoundField, forms.BoundField]]:
        """Geef per zetel de twee velden, voor de tabel."""
        return [
            (plek, self[f"{SoortBenoeming.LID}_{plek.nummer}"], self[f"{SoortBenoeming.PLAATSVERVANGER}_{plek.nummer}"])
            for plek in self.plekken
        ]
