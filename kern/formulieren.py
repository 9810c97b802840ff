"""Zo ziet ieder Django-formulier eruit: `{{ form }}` volstaat, ook met bestand, datum, keuzes en formsets.

De renderer wijst de sjablonen in templates/basis/ aan; het gebonden veld geeft elk invoervak zijn klasse en
maakt van een gewone datum- of tijdinvoer het datumvak van de browser.
"""

import copy
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

STREEPJES = "---------"  # wat Django als naam van een lege keuze geeft
# Volgorde telt: een klasse erft soms van een andere.
KLASSEN: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "keuzes"),
    (forms.RadioSelect, "keuzes"),
    (forms.CheckboxInput, "aankruisvak"),
    (forms.Select, "utrecht-select utrecht-select--html-select"),
    (forms.Textarea, "utrecht-textarea utrecht-textarea--html-textarea"),
    (forms.FileInput, "bestandskeuze"),
    (forms.widgets.Input, "utrecht-textbox utrecht-textbox--html-input"),
)
# Precies deze klassen: een eigen onderklasse (het beheer, een agenda-invoer) regelt het zelf.
BROWSERVAK: dict[type[forms.Widget], tuple[str, str]] = {
    forms.DateInput: ("date", "%Y-%m-%d"),
    forms.DateTimeInput: ("datetime-local", "%Y-%m-%dT%H:%M"),
    forms.TimeInput: ("time", "%H:%M"),
}


def browservak(widget: forms.Widget) -> forms.Widget:
    """Geef bij een gewone datum- of tijdinvoer een kopie met het vak van de browser, anders hetzelfde."""
    soort = BROWSERVAK.get(type(widget))
    if soort is None or getattr(widget, "input_type", "") != "text":
        return widget
    vak: Any = copy.copy(widget)
    vak.input_type, vak.format = soort
    return vak


def _noem_lege_keuze(veld: forms.Field) -> None:
    """Zet woorden waar Django streepjes zet: een lege keuze is op het scherm ook een keuze."""
    woord = "Maak een keuze" if veld.required else "Geen keuze"
    if isinstance(veld, forms.ModelChoiceField):
        if veld.empty_label == STREEPJES:
            veld.empty_label = woord
    elif type(veld.widget) is forms.Select and isinstance(veld, forms.ChoiceField):
        keuzen = veld.widget.choices
        if any(naam == STREEPJES for _, naam in keuzen):
            veld.widget.choices = [(waarde, woord if naam == STREEPJES else naam) for waarde, naam in keuzen]


class PortaalVeld(BoundField):
    """Een veld op het scherm: met de klassen van het gezicht en een id waar de foutenlijst naar springt."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        _noem_lege_keuze(field)

    def as_widget(
        self, widget: forms.Widget | None = None, attrs: Any = None, only_initial: bool = False
    ) -> SafeString:
        """Teken het invoervak; verborgen vakken blijven wat ze zijn."""
        return super().as_widget(browservak(widget or self.field.widget), attrs, only_initial)

    def build_widget_attrs(self, attrs: Any, widget: forms.Widget | None = None) -> dict[str, Any]:
        """Voeg de klasse toe aan wat Django zelf bepaalt (required, aria-invalid, aria-describedby)."""
        widget = widget or self.field.widget
        uit: dict[str, Any] = dict(super().build_widget_attrs(attrs, widget))
        if widget.is_hidden:
            uit.pop("aria-describedby", None)  # bij een verborgen vak staan uitleg en fout niet op de bladzijde
        else:
            klasse = next((naam for soort, naam in KLASSEN if isinstance(widget, soort)), "")
            if self.errors and klasse.startswith("utrecht-"):
                klasse += f" {klasse.split()[0]}--invalid"
            eigen = uit.get("class") or widget.attrs.get("class", "")
            if klasse and (samen := f"{eigen} {klasse}".strip()):
                uit["class"] = samen
            if isinstance(widget, forms.Textarea | forms.TextInput):
                # De browser kapt geplakte tekst anders stil af; nu zegt het portaal dat zij te lang is.
                uit["maxlength"] = False
                if self.grens:
                    uit["aria-describedby"] = f"{uit.get('aria-describedby', '')} {self.auto_id}_grens".strip()
        return uit

    @property
    def grens(self) -> int:
        """Hoeveel tekens er in een tekstvak passen, om vooraf te zeggen; 0 als er geen grens is.

        Het scherm telt zoals `CharField`: zonder wit aan begin en eind, en een nieuwe regel als twee tekens.
        """
        lang = isinstance(self.field.widget, forms.Textarea) and not self.field.widget.is_hidden
        grens: int = getattr(self.field, "max_length", None) or 0
        return grens if lang else 0

    @property
    def grens_tekst(self) -> str:
        """De grens in cijfers, met een punt bij duizendtallen."""
        return f"{self.grens:,}".replace(",", ".")

    @property
    def is_aankruisvak(self) -> bool:
        """Waar voor één los aankruisvak: dan staat de naam achter het vak."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def toon_niet_verplicht(self) -> bool:
        """Waar als er '(niet verplicht)' achter de naam hoort (uit: `verberg_niet_verplicht` op het formulier).

        Niet bij een keuzelijst zonder lege keuze: daar is altijd iets gekozen. En niet bij een veld uit
        `soms_verplicht`, de namen die een formulier zelf noemt: wat de handeling in een geval toch vraagt, heet niet
        "niet verplicht".
        """
        if self.field.required or self.is_aankruisvak or getattr(self.form, "verberg_niet_verplicht", False):
            return False
        if self.name in getattr(self.form, "soms_verplicht", ()):
            return False
        keuzen = getattr(self.field, "choices", None) if type(self.field.widget) is forms.Select else None
        return keuzen is None or any(waarde in ("", None) for waarde, _ in keuzen)

    @property
    def anker(self) -> str:
        """Het id waar de foutenlijst naar springt: het invoervak, of de groep keuzes."""
        return self.id_for_label or self.auto_id


class PortaalRenderer(TemplatesSetting):
    """De FORM_RENDERER van het portaal."""

    form_template_name = "basis/formulier.html"
    field_template_name = "basis/veld.html"
    formset_template_name = "basis/formulierset.html"
    bound_field_class = PortaalVeld
