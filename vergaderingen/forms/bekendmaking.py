"""Het formulier van een bekendmaking."""

from __future__ import annotations

from typing import Any

from django import forms

from kern.datumveld import Datumveld
from vergaderingen.enums import Bekendmakingsoort


class BekendmakingForm(forms.Form):
    """Wat er bekend is gemaakt, wanneer en waar."""

    soort = forms.ChoiceField(label="Wat", choices=[])
    op = Datumveld(label="Bekendgemaakt op")
    vindplaats = forms.CharField(
        label="Vindplaats", max_length=200, help_text="Bijvoorbeeld: Staatscourant 2026, 1234."
    )

    def __init__(self, *args: Any, soorten: list[Bekendmakingsoort], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["soort"].choices = [(s.value, s.label) for s in soorten]  # type: ignore[attr-defined]
