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
        keuzes = [(s.value, s.label) for s in soorten]
        if Bekendmakingsoort.BEGROTING in soorten or Bekendmakingsoort.JAARREKENING in soorten:
            self.fields["soort"].help_text = "Een jaarverslag wordt niet bekendgemaakt; begroting en jaarrekening wel."
            if len(soorten) > 1:  # het onderwerp zegt niet welk
                keuzes.insert(0, ("", "Kies wat bekend is gemaakt"))
        self.fields["soort"].choices = keuzes  # type: ignore[attr-defined]
